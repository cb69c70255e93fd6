"""Forms on waiting: answers to holds, decisions of disputes, interim targets, places without a signal."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thuocdo.agencies.models import Agency
from thuocdo.assignments.enums import HoldState
from thuocdo.assignments.rules.pace import Point
from thuocdo.assignments.terms import Reach
from thuocdo.web.forms.base import DAY_FORMS, DayField
from thuocdo.web.forms.reporting import DatedForm


class AnswerHoldForm(DatedForm):
    """Who is waited for accepts, or disputes with a reason."""

    choices = ((HoldState.ACCEPTED, _("Yes, it waits for us")), (HoldState.DISPUTED, _("No, we dispute it")))
    state = forms.ChoiceField(label=_("Does it wait for you?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when you dispute it: since when, with which document you have answered."),
    )  # fmt: skip
    happened_on = DayField(label=_("Day of the answer"))

    def __init__(self, *args: Any, disputed: bool = False, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        offered = self.choices[:1] if disputed else self.choices
        self.fields["state"].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A move against somebody says why."""
        given = self.cleaned_data
        against = given.get("state") in (HoldState.DISPUTED, HoldState.REJECTED)
        if against and not given.get("reason", "").strip():
            self.add_error("reason", gettext("Say why."))
        return given


class DecideHoldForm(AnswerHoldForm):
    """The assigner decides whether the lead had to wait."""

    choices = ((HoldState.ACCEPTED, _("It had to wait")), (HoldState.REJECTED, _("It did not have to wait")))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["state"].label = _("Your decision")
        self.fields["reason"].help_text = _("Needed when the waiting is not upheld.")
        self.fields["happened_on"].label = _("Day of the decision")


class TargetsForm(DatedForm):
    """Interim targets, one on each line."""

    points = forms.CharField(
        label=_("Targets"), widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One on each line: a day and a share in per cent, as in “30/06/2025 40”."),
    )  # fmt: skip
    happened_on = DayField(label=_("They hold from"))

    def clean_points(self) -> list[Point]:
        """Days with their shares, in the order written."""
        lines = [line.split() for line in self.cleaned_data["points"].splitlines() if line.strip()]
        return [_point(number, words) for number, words in enumerate(lines, 1)]


def _point(number: int, words: list[str]) -> Point:
    if len(words) > 1:
        share = words[1].rstrip("%").replace(",", ".")
        for form in DAY_FORMS:
            try:
                return datetime.strptime(words[0], form).date(), Decimal(share)  # noqa: DTZ007 - a day has no zone
            except (ValueError, InvalidOperation):
                continue
    message = gettext("Line %(number)s is not a day and a share: “%(line)s”. Write it as 30/06/2025 40.")
    raise ValidationError(message % {"number": number, "line": " ".join(words)[:60]})


class OutageForm(DatedForm):
    """No signal: the agency alone, or everybody in its territory."""

    day_field = "opened_on"
    wide = forms.ChoiceField(
        label=_("Where"), widget=forms.RadioSelect,
        choices=(("agency", _("this agency alone")), ("territory", _("everybody in its territory"))),
        initial="agency",
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What is cut off, and how you know it."),
    )  # fmt: skip
    opened_on = DayField(label=_("Without a signal since"))
    closed_on = DayField(label=_("The signal was back on"), required=False, help_text=_("Empty: not yet."))

    def __init__(self, *args: Any, agency: Agency, day: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, day=day, **kwargs)
        self.agency = agency
        if agency.territory is None:
            del self.fields["wide"]

    def reach(self) -> Reach:
        """The agency, or its territory."""
        if self.cleaned_data.get("wide") == "territory":
            return Reach(territory=self.agency.territory)
        return Reach(agency=self.agency)
