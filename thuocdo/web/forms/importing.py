"""The form of an import: the table, then an answer for each lead that is asked for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thuocdo.assignments.queries import importing
from thuocdo.assignments.queries.importing import Place, Plan
from thuocdo.directives.models import Directive
from thuocdo.faces import wording
from thuocdo.files import queries as file_queries
from thuocdo.files.models import StoredFile
from thuocdo.lib.moments import AsOf
from thuocdo.web import officer
from thuocdo.web.access import PageRequest
from thuocdo.web.forms.base import AgenciesField, AgencyField, KeepsFile, on_day

ASKED = 200  # questions on one page; the rest come when these are answered


class ImportForm(KeepsFile):
    """A table of duties for one text. It is kept, so that answers are given without sending it again."""

    file = forms.FileField(
        label=_("Table"), required=False, help_text=_("An .xlsx, .ods or .csv file as your office keeps it.")
    )
    confirming = AgencyField(
        label=_("Confirming agency"),
        required=False,
        help_text=_("Only when the issuer works outside this installation: its focal office here."),
    )
    strict = forms.BooleanField(
        label=_("All or nothing: enter no row while one has a problem"), required=False
    )

    def __init__(self, request: PageRequest, of: Directive) -> None:
        sent = request.method == "POST"
        data = (request.POST, request.FILES) if sent else (None, None)
        super().__init__(*data, user=officer.person(request), at=officer.now())
        self.of, self.day = of, of.issued_on or officer.today()
        if of.issuer is None or of.issuer.inside:
            del self.fields["confirming"]
        on_day(self, self.day)

    def clean(self) -> dict[str, Any]:
        """Without a table there is nothing to look at."""
        given = super().clean()
        if self.table is None and "file" not in self.errors:
            self.add_error("file", gettext("Choose a table."))
        return given

    @property
    def table(self) -> StoredFile | None:
        """The table that was sent, now or before."""
        return self.stored

    def plan(self) -> Plan:
        """The preview, with the answers given so far; a field is added for each question."""
        first = self._planned({})
        return self._planned(answers) if (answers := self._answers(first)) else first

    def _planned(self, answers: dict[Place, tuple[str, ...]]) -> Plan:
        if self.table is None:
            raise ValueError("A preview is made of a valid form.")
        return importing.plan(
            content=b"".join(file_queries.read(self.table)),
            name=self.table.name,
            directive=self.of,
            as_of=AsOf(self.day),
            answers=answers,
            confirming=self.cleaned_data.get("confirming"),
        )

    def _answers(self, plan: Plan) -> dict[Place, tuple[str, ...]]:
        """Ask for each lead that is not known; what was typed is read as agencies of that day."""
        found: dict[Place, tuple[str, ...]] = {}
        for ask in plan.asks[:ASKED]:
            if ask.row is None:
                continue
            name = f"lead-{ask.sheet}-{ask.row}"
            place = gettext("Sheet %(sheet)s, row %(row)s") if ask.sheet else gettext("Row %(row)s")
            told = place % {"sheet": ask.sheet, "row": ask.row}
            field = AgenciesField(label=f"{told}: {wording.tell(ask.say)}", required=False)
            field.widget.attrs["rows"] = 2
            field.day = self.day
            self.fields[name] = field
            try:
                agencies = field.clean(self.data.get(name, ""))
            except ValidationError as error:
                self.add_error(name, error)
                continue
            if agencies:
                found[ask.sheet, ask.row] = tuple(one.code for one in agencies)
        return found

    @property
    def questions(self) -> list[forms.BoundField]:
        """The fields of the questions."""
        return [self[name] for name in self.fields if name.startswith("lead-")]

    @property
    def first(self) -> list[forms.BoundField]:
        """The fields that stand there from the beginning."""
        return [item for item in self.visible_fields() if not item.name.startswith("lead-")]
