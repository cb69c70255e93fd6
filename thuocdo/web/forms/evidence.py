"""Lines of evidence in a form: a kept file, the number of a text, or an address, each of a kind."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.models import User
from thuocdo.assignments.enums import EvidenceKind, Reference
from thuocdo.assignments.queries.coverage import registered
from thuocdo.assignments.rules.evidence import CARRIES, form_problem
from thuocdo.assignments.terms import Shown
from thuocdo.faces import kept, wording
from thuocdo.files import actions as file_actions
from thuocdo.files.models import StoredFile
from thuocdo.lib.say import Refused
from thuocdo.web.access import PageRequest
from thuocdo.web.forms.base import choices

LINES = 5
FIELDS = {Reference.FILE: "file", Reference.SYMBOL: "symbol", Reference.ADDRESS: "address"}


class EvidenceForm(forms.Form):
    """One line. A file that was taken once is kept and not asked for again, whatever else is wrong."""

    kind = forms.ChoiceField(label=_("Kind of evidence"), required=False, choices=choices(EvidenceKind, "—"))
    symbol = forms.CharField(
        label=_("Number of the text"), required=False, max_length=80, help_text=_("For example 145/KH-UBND.")
    )
    file = forms.FileField(label=_("File"), required=False)
    address = forms.URLField(
        label=_("Address"), required=False, max_length=400, assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )  # fmt: skip
    kept = forms.CharField(required=False, widget=forms.HiddenInput)  # the token of `forms.kept`

    def __init__(self, *args: Any, user: User, at: datetime, **kwargs: Any) -> None:  # noqa: ANN401
        kwargs |= {"label_suffix": "", "use_required_attribute": False}
        super().__init__(*args, **kwargs)
        self.user, self.at = user, at
        self.kept_file: StoredFile | None = None

    def clean(self) -> dict[str, Any]:
        """Keep the file first, so that it survives whatever else is wrong; then check what the line names."""
        given = self.cleaned_data
        self.kept_file = kept.found(given.get("kept", ""), self.user)
        if isinstance(given.get("file"), UploadedFile):
            self._keep(given["file"])
        if self.empty or self.errors:
            return given
        kind = given.get("kind", "")
        if not kind:
            self.add_error("kind", gettext("Say what kind of evidence it is."))
        problem = form_problem(kind, self._carried()) if kind else None
        if problem is not None:
            wanted = next(field for reference, field in FIELDS.items() if reference in CARRIES[kind])
            self.add_error(wanted, wording.tell(problem))
        return given

    @property
    def empty(self) -> bool:
        """Whether nothing stands in the line."""
        given = self.cleaned_data
        return not (given.get("kind") or given.get("symbol") or given.get("address") or self.kept_file)

    def shown(self, request: PageRequest) -> Shown:
        """The evidence; a text that is registered here, and that the reader may see, is linked."""
        given = self.cleaned_data
        symbol = given["symbol"].strip()
        return Shown(
            kind=given["kind"],
            file=self.kept_file,
            directive=registered(symbol, request.reader) if symbol else None,
            symbol=symbol,
            address=given["address"],
        )

    def _carried(self) -> set[Reference]:
        given = self.cleaned_data
        named = {
            Reference.FILE: self.kept_file,
            Reference.SYMBOL: given.get("symbol"),
            Reference.ADDRESS: given.get("address"),
        }
        return {reference for reference, value in named.items() if value}

    def _keep(self, upload: "UploadedFile[Any]") -> None:
        try:
            self.kept_file = file_actions.store(
                name=upload.name or "", content=upload.chunks(), by=self.user, at=self.at
            )
        except Refused as refusal:
            for reason in refusal.reasons:
                self.add_error("file", wording.tell(reason))
            return
        data = dict(self.data.items())
        data[self.add_prefix("kept")] = kept.token(self.kept_file, self.user)
        self.data = data


def lines(
    data: Mapping[str, Any] | None, files: Mapping[str, Any] | None, *, user: User, at: datetime
) -> list[EvidenceForm]:
    """The empty or filled lines of a form."""
    return [
        EvidenceForm(data, files, prefix=f"e{number}", user=user, at=at) for number in range(1, LINES + 1)
    ]
