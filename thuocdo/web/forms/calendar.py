"""Forms on working days: a count of days, a decision that makes days off or worked, the limits it moves."""

from datetime import date, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thuocdo.agencies.enums import DayKind, Occasion, TermUnit
from thuocdo.agencies.models import Agency
from thuocdo.agencies.rules.calendar import Hours, NewDecision, NewMark, Shift
from thuocdo.agencies.rules.clock import LONGEST, Counting, Term, term_problem
from thuocdo.assignments.rules.reckoning import Reckoned
from thuocdo.faces import wording
from thuocdo.web.forms.base import DAY_FORMS, AgencyField, DayField, DeskForm, choices, on_day

MOST_DAYS = 60  # days of one kind in one decision
EDGES = {"morning_from": (8, 0), "morning_to": (12, 0), "afternoon_from": (13, 30), "afternoon_to": (17, 30)}


def hour_field(**more: Any) -> forms.TimeField:  # noqa: ANN401
    """An hour of the day, by the browser's own picker or typed."""
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    formats = ["%H:%M", "%H:%M:%S"]
    return forms.TimeField(widget=widget, input_formats=formats, **{"required": False, **more})


class CountingForm(forms.Form):
    """How a text counts where it does not count as usual: the named parameters, with that text."""

    day_zero = forms.BooleanField(label=_("The day of receipt counts as the first day"), required=False)
    cut_off = hour_field(
        label=_("Cut-off hour"),
        help_text=_("Received at this hour or later, it counts on the next day. Empty: there is none."),
    )
    basis = forms.CharField(
        label=_("The text that counts otherwise"), max_length=300, required=False,
        help_text=_("Needed where one of the two above is set."),
    )  # fmt: skip

    def counting(self) -> Counting:
        """The parameters as entered."""
        given = self.cleaned_data
        basis = given.get("basis", "").strip()
        return Counting(day_zero=given.get("day_zero", False), cut_off=given.get("cut_off"), basis=basis)


class CountForm(CountingForm):
    """So many days from a day, for anybody who wants to know when a term ends."""

    quantity = forms.DecimalField(
        label=_("How many"), min_value=Decimal("0.01"), max_value=LONGEST, max_digits=7, decimal_places=2
    )
    unit = forms.ChoiceField(
        label=_("Counted in"), choices=choices(TermUnit), initial=TermUnit.WORKING_DAY.value
    )
    start_on = DayField(label=_("Received on"))
    start_at = hour_field(label=_("At the hour"))
    agency = AgencyField(
        label=_("By the working days of"), required=False, help_text=_("Empty: those of everybody.")
    )
    field_order = ("quantity", "unit", "start_on", "start_at", "agency", "day_zero", "cut_off", "basis")

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:  # noqa: ANN401
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        on_day(self, day)

    def clean(self) -> dict[str, Any]:
        """Whole days are counted whole."""
        given = self.cleaned_data
        if given.get("quantity") and given.get("unit"):
            unit = TermUnit(given["unit"])
            if term_problem(Term(given["quantity"], unit)) is not None:
                self.add_error("quantity", gettext("Only hours and fractions of a day may be broken."))
            elif (problem := term_problem(Term(given["quantity"], unit, self.counting()))) is not None:
                self.add_error("basis", wording.tell(problem))
        return given

    def reckoned(self) -> Reckoned:
        """The term with its start."""
        given = self.cleaned_data
        return Reckoned(
            Term(given["quantity"], TermUnit(given["unit"]), self.counting()),
            given["start_on"],
            given["start_at"],
        )


class HoursForm(DeskForm):
    """The hours of an ordinary working day from a day on."""

    agency = AgencyField(
        label=_("Holds for"), required=False,
        help_text=_("An agency with all below it. Empty: for everybody, which only a steward of a central "
                    "agency decides."),
    )  # fmt: skip
    opened_on = DayField(label=_("They hold from"))
    morning_from = hour_field(label=_("The morning begins"), required=True)
    morning_to = hour_field(label=_("The morning ends"), required=True)
    afternoon_from = hour_field(label=_("The afternoon begins"), required=True)
    afternoon_to = hour_field(label=_("The afternoon ends"), required=True)
    basis = forms.CharField(label=_("The text that sets them"), max_length=300)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["opened_on"].initial = day
        for name, (hour, minute) in EDGES.items():
            self.fields[name].initial = time(hour, minute)
        on_day(self, day)

    def hours(self) -> Hours:
        """The hours."""
        edges = [self.cleaned_data[name] for name in EDGES]
        shifts = ((edges[0], edges[1]), (edges[2], edges[3]))
        return Hours(self.cleaned_data["opened_on"], shifts, self.cleaned_data["basis"].strip())


class ParameterForm(DeskForm):
    """Another value of a named number of the discipline, from a day on."""

    value = forms.DecimalField(label=_("Value"), max_digits=8, decimal_places=2)
    happened_on = DayField(label=_("It holds from"))
    source_text = forms.CharField(label=_("The decision that says so"), max_length=300)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["happened_on"].initial = day


class DaysField(forms.CharField):
    """Days, one on each line; of half days each with its hours."""

    def __init__(self, *, hours: Any = False, **kwargs: Any) -> None:  # noqa: ANN401
        self.hours = hours
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def clean(self, value: Any) -> Any:  # noqa: ANN401
        lines = [line.strip() for line in (super().clean(value) or "").splitlines() if line.strip()]
        if len(lines) > MOST_DAYS:
            raise ValidationError(gettext("At most %(most)s days at a time.") % {"most": MOST_DAYS})
        return tuple(self._read(line) for line in lines)

    def _read(self, line: str) -> tuple[date, Shift | None]:
        day, _gap, rest = line.partition(" ")
        try:
            return forms.DateField(input_formats=DAY_FORMS).clean(day), self._shift(rest)
        except (ValidationError, ValueError):
            raise ValidationError(gettext("“%(line)s” is not understood.") % {"line": line[:80]}) from None

    def _shift(self, text: str) -> Shift | None:
        if not self.hours:
            if text.strip():
                raise ValueError(text)
            return None
        start, end = text.replace("–", "-").split("-")
        return time.fromisoformat(start.strip().zfill(5)), time.fromisoformat(end.strip().zfill(5))


class DecisionForm(DeskForm):
    """A text that makes days off, worked or half worked, entered on the day it is signed."""

    symbol = forms.CharField(
        label=_("Number and symbol"), max_length=60, required=False,
        help_text=_("Empty if it is not known; do not make one up."),
    )  # fmt: skip
    issuer = forms.CharField(label=_("Issued by"), max_length=200)
    title = forms.CharField(label=_("What it decides"), max_length=300)
    signed_on = DayField(label=_("Signed on"))
    occasion = forms.ChoiceField(label=_("Occasion of the days off"), choices=choices(Occasion, "—"))
    off = DaysField(label=_("Days off"), help_text=_("One on each line: 02/05/2025."))
    worked = DaysField(
        label=_("Days that are worked, though they would be off"), help_text=_("One on each line.")
    )
    half = DaysField(
        label=_("Days worked in part"), hours=True, help_text=_("Day and hours: 05/05/2025 08:00-12:00.")
    )
    agency = AgencyField(
        label=_("Holds for"), required=False,
        help_text=_("An agency with all below it. Empty: for everybody, which only a steward of a central "
                    "agency decides."),
    )  # fmt: skip
    source = forms.CharField(label=_("Where it was read"), max_length=400, required=False)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["signed_on"].initial = day
        on_day(self, day)

    def new(self) -> NewDecision:
        """The decision with its days."""
        given = self.cleaned_data
        agency: Agency | None = given["agency"]
        reason = Occasion(given["occasion"])
        kinds = (("off", DayKind.OFF, reason), ("worked", DayKind.WORKED, Occasion.MAKEUP),
                 ("half", DayKind.HALF, reason))  # fmt: skip
        marks = [
            NewMark(day, kind, why, agency_id=agency.pk if agency else None, works=works)
            for name, kind, why in kinds
            for day, works in given[name]
        ]
        texts = {name: given[name].strip() for name in ("symbol", "issuer", "title", "source")}
        return NewDecision(**texts, signed_on=given["signed_on"], marks=tuple(marks))


class MoveForm(DeskForm):
    """Carries out what was shown."""

    seen = forms.CharField(max_length=32, widget=forms.HiddenInput)
    earlier = forms.BooleanField(
        label=_("Move limits to an earlier day too"), required=False,
        help_text=_("Otherwise a day that was promised is kept."),
    )  # fmt: skip
