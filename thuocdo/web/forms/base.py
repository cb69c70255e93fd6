"""The base of forms where officers work, with the fields that several of them have."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.models import User
from thuocdo.agencies.models import Agency
from thuocdo.faces import kept, wording
from thuocdo.files import actions as file_actions
from thuocdo.files.models import StoredFile
from thuocdo.lib.fold import fold
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Refused, Say
from thuocdo.lib.trouble import Trouble

DAY_FORMS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"]
OFFERED = 8  # agencies named in an error when a name fits several


class DeskForm(forms.Form):
    """A form that is one act: it carries a key, so that sending it twice does nothing twice."""

    status = 200  # of the answer that shows the form again
    once = forms.CharField(max_length=43, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django's form takes them
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = secrets.token_urlsafe(32)

    @property
    def key(self) -> str:
        """The key the form was made with; a form without one is an act of its own."""
        return self.cleaned_data.get("once") or secrets.token_urlsafe(32)

    def refuse(self, reasons: Iterable[Say]) -> None:
        """Say above the form why the act was refused."""
        for reason in reasons:
            self.add_error(None, wording.tell(reason))

    def fail(self, trouble: Trouble) -> None:
        """Say above the form that the machine did not keep it; what was typed stays."""
        self.refuse(trouble.told)
        self.status = trouble.status

    def require(self, name: str, problem: Say | None) -> None:
        """Say beside the field what is wrong with it, if anything is."""
        if problem is not None:
            self.add_error(name, wording.tell(problem))


class KeepsFile(DeskForm):
    """A form with one file, which is kept at once: it survives whatever else is wrong with what was sent."""

    file = forms.FileField(label=_("File"), required=False)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)  # the token of `faces.kept`

    def __init__(self, *args: Any, user: User, at: datetime, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.user, self.at = user, at
        self.stored: StoredFile | None = None

    def clean(self) -> dict[str, Any]:
        """Keep the file before anything else is looked at."""
        given = super().clean() or self.cleaned_data
        self.stored = kept.found(given.get("kept", ""), self.user)
        if isinstance(given.get("file"), UploadedFile):
            self._keep(given["file"])
        return given

    def _keep(self, upload: "UploadedFile[Any]") -> None:
        try:
            self.stored = file_actions.store(
                name=upload.name or "", content=upload.chunks(), by=self.user, at=self.at
            )
        except Refused as refusal:
            for reason in refusal.reasons:
                self.require("file", reason)
            return
        self.data = {**dict(self.data.items()), "kept": kept.token(self.stored, self.user)}


class DayField(forms.DateField):
    """A day of the calendar, by the browser's own picker or typed."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(input_formats=DAY_FORMS, widget=widget, **kwargs)


class AgencyField(forms.CharField):
    """An agency by its code, name or known abbreviation, marks and capitals left aside."""

    day: date | None = None  # set by the form: agencies of this day

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        kwargs.setdefault("help_text", _("Its name, abbreviation or code."))
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(max_length=200, **kwargs)

    def clean(self, value: Any) -> Any:  # noqa: ANN401
        text = super().clean(value)
        return named(text, self.day) if text else None

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401
        return value.name if isinstance(value, Agency) else value


class AgenciesField(AgencyField):
    """Several agencies, one on each line."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        kwargs.setdefault("help_text", _("One on each line: name, abbreviation or code."))
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), **kwargs)
        self.max_length = None
        self.validators = []

    def clean(self, value: Any) -> Any:  # noqa: ANN401
        lines = [line.strip() for line in (forms.CharField.clean(self, value) or "").splitlines()]
        return tuple(dict.fromkeys(named(line, self.day) for line in lines if line))

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401
        return value if value is None or isinstance(value, str) else "\n".join(one.name for one in value)


def named(text: str, day: date | None) -> Agency:
    """The agency of the day that the text names; `ValidationError` offers those that it may mean."""
    agencies = Agency.objects.alive(AsOf(day)) if day else Agency.objects.all()
    folded = fold(text)
    by_code = agencies.filter(code__iexact=text.strip()).first()
    if by_code is not None:
        return by_code
    found = list(agencies.filter(names_folded__contains=folded).order_by("level", "code")[:200])
    exact = [one for one in found if folded in one.names_folded.split("\n")]
    if len(exact) == 1:
        return exact[0]
    offered = "; ".join(f"{one.name} ({one.code})" for one in (exact or found)[:OFFERED])
    if not offered:
        raise ValidationError(gettext("No agency is known here as “%(text)s”.") % {"text": text[:80]})
    raise ValidationError(
        gettext("“%(text)s” may be: %(offered)s. Write the code that stands in brackets.")
        % {"text": text[:80], "offered": offered}
    )


def choices(kinds: type[TextChoices], empty: Any = None) -> list[tuple[str, Any]]:  # noqa: ANN401
    """The choices of an enum; `empty` is the word for none of them."""
    return [*([("", empty)] if empty is not None else []), *kinds.choices]


def on_day(form: forms.Form, day: date) -> None:
    """Agencies named in the form are those of this day."""
    for field in form.fields.values():
        if isinstance(field, AgencyField):
            field.day = day
