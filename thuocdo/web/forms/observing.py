"""Forms of figures: what is known is shown and not asked; a missing value needs its reason (3.09)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from thuocdo.faces import wording
from thuocdo.indicators.enums import Kind, Missing, Outlook
from thuocdo.indicators.queries.checking import Beside
from thuocdo.indicators.rules.checks import Weight
from thuocdo.indicators.terms import Value
from thuocdo.web import officer
from thuocdo.web.access import PageRequest
from thuocdo.web.forms.base import DayField, DeskForm, KeepsFile

NONE_BECAUSE = (Missing.NOT_APPLICABLE, Missing.NO_VALUE, Missing.NO_EVIDENCE, Missing.ZERO_DENOMINATOR)
DECIMAL = {"step": "any", "inputmode": "decimal"}


class ValueForm(KeepsFile):
    """One value of an indicator, agency and period. A ratio is asked for its two parts, never a share."""

    value = forms.DecimalField(
        label=_("Value"),
        required=False,
        max_digits=18,
        decimal_places=6,
        widget=forms.NumberInput(attrs=DECIMAL),
    )
    numerator = forms.IntegerField(label=_("Numerator"), required=False)
    denominator = forms.IntegerField(label=_("Denominator"), required=False)
    missing = forms.ChoiceField(
        label=_("Why there is no value"),
        required=False,
        choices=[("", _("there is a value")), *((one.value, one.label) for one in NONE_BECAUSE)],
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed when you keep a value that a check warns of."),
    )
    file = forms.FileField(
        label=_("Evidence"), required=False, help_text=_("A file that shows the value, if there is one.")
    )
    sure = forms.BooleanField(label=_("I have checked it: the value is right"), required=False)

    def __init__(self, request: PageRequest, beside: Beside, place: Value) -> None:
        sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        super().__init__(*sent, user=officer.person(request), at=officer.now())
        self.beside, self.place = beside, place
        self.is_ratio = beside.definition.kind == Kind.RATIO
        for name in ("value",) if self.is_ratio else ("numerator", "denominator"):
            del self.fields[name]
        if not self.is_bound:
            self.fields["sure"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """A value or the reason why there is none; then the checks of the definition."""
        given = super().clean()
        if not self.errors:
            self._complete(given)
        if not self.errors:
            self._check(given)
        return given

    def _complete(self, given: dict[str, Any]) -> None:
        names = ("numerator", "denominator") if self.is_ratio else ("value",)
        told = [given.get(name) is not None for name in names]
        if given.get("missing"):
            if any(told):
                self.add_error(
                    "missing", gettext("There is a value and a reason why there is none: keep one.")
                )
        elif not all(told):
            text = gettext("Give the value, or say why there is none. Nothing reported is not 0.")
            self.add_error(names[told.index(False)], text)

    def _check(self, given: dict[str, Any]) -> None:
        """What refuses stands beside the field; what only warns may be confirmed with a note."""
        found = self.beside.findings(self.given())
        kept = given.get("sure") and given.get("note", "").strip()
        for one in found:
            if one.weight is Weight.REFUSES or not kept:
                self.add_error("numerator" if self.is_ratio else "value", wording.tell(one.text))
        if found and given.get("sure") and not given.get("note", "").strip():
            self.add_error("note", gettext("Say why."))

    @property
    def number(self) -> Decimal | None:
        """The value; of a ratio computed from its parts."""
        given = self.cleaned_data
        if given.get("missing"):
            return None
        if not self.is_ratio:
            return given.get("value")
        above, below = given.get("numerator"), given.get("denominator")
        return round(Decimal(above) / below, 6) if above is not None and below else None

    def given(self) -> Value:
        """The value as the actions take it."""
        got = self.cleaned_data
        missing = Missing(got["missing"]) if got.get("missing") else None
        above, below = (None, None) if missing else (got.get("numerator"), got.get("denominator"))
        return replace(
            self.place,
            value=self.number,
            missing=missing,
            note=got.get("note", "").strip(),
            file=self.stored,
            numerator=above,
            denominator=below,
        )


class CorrectionForm(ValueForm):
    """A correction says why; the former value stays readable."""

    reason = forms.CharField(label=_("Why it is corrected"), widget=forms.Textarea(attrs={"rows": 2}))


class OutlookForm(DeskForm):
    """Where the indicator is heading, in one of four sentences."""

    outlook = forms.ChoiceField(label=_("Your judgement"), choices=Outlook, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when you judge quite otherwise than the computed status."),
    )
    happened_on = DayField(label=_("Day of the judgement"))


class Decision(TextChoices):
    """What the reviewer decides; nothing is chosen beforehand."""

    ACCEPT = "accept", pgettext_lazy("decision on a value", "Confirm: the value is right")
    RETURN = "return", pgettext_lazy("decision on a value", "Return: it has to be put right")


class JudgeForm(DeskForm):
    """The verdict on a value."""

    verdict = forms.ChoiceField(label=_("Your decision"), choices=Decision, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    happened_on = DayField(label=_("Day of the decision"))

    def clean(self) -> dict[str, Any]:
        """A return says why."""
        given = self.cleaned_data
        if given.get("verdict") == Decision.RETURN and not given.get("reason", "").strip():
            self.add_error("reason", gettext("Say why."))
        return given

    @property
    def accepts(self) -> bool:
        """Whether the value is confirmed."""
        return self.cleaned_data.get("verdict") == Decision.ACCEPT
