"""What standing duties ask for and when, and what one report answers at once (2.03).

A duty stated in several texts is linked (`Obligation.same_duty`). What its lead reports on one of these
assignments is entered on the others too, as a copy that names the original: nobody is asked twice.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from thuocdo.accounts.permissions import Reader
from thuocdo.agencies import working_days
from thuocdo.agencies.models import Agency
from thuocdo.agencies.rules.calendar import Calendar
from thuocdo.assignments.enums import LimitClass, Regime
from thuocdo.assignments.models import Assignment, Report, Span
from thuocdo.assignments.permissions import visible
from thuocdo.assignments.queries.status import standing as standing_spans
from thuocdo.assignments.rules import periods
from thuocdo.assignments.rules.periods import Period, Rhythm, Standing
from thuocdo.lib.moments import MOMENT_MAX, AsOf
from thuocdo.lib.say import Say, say

SHOWN = 6  # periods of a duty on a page


@dataclass(frozen=True, slots=True)
class Asked:
    """A standing duty with its periods, newest first."""

    assignment: Assignment
    periods: tuple[Standing, ...]

    @property
    def last(self) -> Standing | None:
        """The period that is due, or was last."""
        return self.periods[0] if self.periods else None


@dataclass(frozen=True, slots=True)
class Reuse:
    """How many reports were asked of an agency, and how many of them what was known already answered."""

    demands: int
    answered: int

    @property
    def written(self) -> int:
        """Those that somebody had to write."""
        return self.demands - self.answered


def rhythm_of(row: Assignment) -> Rhythm | None:
    """How often the assignment is reported; None for one that is no standing duty, or does not say."""
    if row.limit_class != LimitClass.STANDING or row.reporting_period not in periods.MONTHS:
        return None
    return Rhythm(row.reporting_period, Regime(row.reporting_regime), row.sends)


def standings(row: Assignment, lead_id: int | None, as_of: AsOf) -> list[Standing]:
    """The periods of a standing duty that were over by the day, newest first; none of another duty."""
    rhythm = rhythm_of(row)
    if rhythm is None or row.given_on is None:
        return []
    calendar = working_days.of_agency(lead_id, as_of)
    return periods.standings(rhythm, reports([row.pk], as_of)[row.pk], row.given_on, as_of.day, calendar)


def asked(row: Assignment, lead_id: int | None, as_of: AsOf) -> Period | None:
    """The period that a report of the day is about; None where the duty has none."""
    return _asked(row, reports([row.pk], as_of)[row.pk], working_days.of_agency(lead_id, as_of), as_of.day)


def open_periods(row: Assignment, lead_id: int | None, day: date) -> list[Period]:
    """The periods that a report of the day may be about, newest first; none of a duty that has none."""
    rhythm = rhythm_of(row)
    if rhythm is None or row.given_on is None:
        return []
    return periods.open_for(rhythm, row.given_on, day, working_days.of_agency(lead_id, AsOf(day)))


def period_problem(row: Assignment, key: str, lead_id: int | None, day: date) -> Say | None:
    """Why a report of the day cannot be about the period of this key."""
    known = [one.key for one in open_periods(row, lead_id, day)]
    if not key or key in known:
        return None
    if not known:
        return say("This duty is not reported by periods.")
    return say(
        "“%(key)s” is no period of this duty that is open: %(known)s.", key=key, known=tuple(known[:SHOWN])
    )


def _asked(row: Assignment, sent: list[tuple[str, date]], calendar: Calendar, day: date) -> Period | None:
    rhythm = rhythm_of(row)
    return periods.asked(rhythm, [key for key, _ in sent], day, calendar) if rhythm else None


def reports(assignment_ids: Collection[int], as_of: AsOf) -> dict[int, list[tuple[str, date]]]:
    """The period and the day of every report of each, by id; corrected ones are not counted twice."""
    found: dict[int, list[tuple[str, date]]] = {pk: [] for pk in assignment_ids}
    rows = Report.objects.filter(assignment__in=found, happened_on__lte=as_of.day, corrects=None)
    if as_of.known is not None:
        rows = rows.filter(recorded_at__lte=as_of.known)
    for pk, key, on in rows.exclude(period="").values_list("assignment", "period", "happened_on"):
        found[pk].append((key, on))
    return found


def sisters(row: Assignment, lead_id: int | None, day: date) -> list[Assignment]:
    """The other open assignments of the same duty that this lead has on the day and that ask for the same."""
    number = row.obligation.same_duty
    if number is None or lead_id is None:
        return []
    open_spans = Span.objects.filter(
        assignment=OuterRef("pk"), known_to=MOMENT_MAX, valid_from__lte=day, valid_to__gt=day,
        lead_id=lead_id, withdrawn=False, declared_by=None,
    )  # fmt: skip
    rows = Assignment.objects.filter(Exists(open_spans), obligation__same_duty=number).exclude(pk=row.pk)
    alike = rows.filter(limit_class=row.limit_class, reporting_period=row.reporting_period)
    return list(alike.exclude(directive=row.directive_id).order_by("pk"))


def hold(row: Assignment) -> None:
    """Keep every assignment of the same duty from being written meanwhile, always in the same order."""
    number = row.obligation.same_duty
    if number is not None:
        rows = Assignment.objects.filter(obligation__same_duty=number)
        list(rows.select_for_update(of=("self",)).order_by("pk"))


def served(row: Assignment) -> Report | None:
    """The report, given once elsewhere, that answers what this duty asks now; None: it has to be asked.

    Of a standing duty while its period is the last one that is over, of another until something new is said.
    """
    rows = Report.objects.filter(assignment=row, corrected_by=None)
    last = rows.select_related("original__assignment__directive", "original__assignment__assigner").order_by(
        "happened_on", "recorded_at", "pk"
    ).last()  # fmt: skip
    return last if last is not None and last.original_id is not None else None


def of_agency(agency: Agency, reader: Reader, as_of: AsOf) -> list[Asked]:
    """The standing duties the agency leads on the day with their periods, as the reader may see them."""
    led = standing_spans(as_of).filter(lead_id=agency.pk, withdrawn=False, limit_class=LimitClass.STANDING)
    rows = Assignment.objects.filter(visible(reader), pk__in=led.values("assignment_id"))
    duties = list(rows.select_related("directive").order_by("directive__symbol", "pk"))
    calendar = working_days.of_agency(agency.pk, as_of)
    known = reports([row.pk for row in duties], as_of)
    return [Asked(row, _last(row, known[row.pk], calendar, as_of.day)) for row in duties]


def _last(
    row: Assignment, sent: list[tuple[str, date]], calendar: Calendar, day: date
) -> tuple[Standing, ...]:
    rhythm = rhythm_of(row)
    if rhythm is None or row.given_on is None:
        return ()
    return tuple(periods.standings(rhythm, sent, row.given_on, day, calendar)[:SHOWN])


def reuse(agency: Agency, as_of: AsOf) -> Reuse:
    """Reports of the agency by the day: each demand once, and those that one given elsewhere answered."""
    rows = Report.objects.filter(
        agency=agency, happened_on__lte=as_of.day, corrects=None, source=None, observed_on=None
    )
    if as_of.known is not None:
        rows = rows.filter(recorded_at__lte=as_of.known)
    marks = list(rows.values_list("original_id", flat=True))
    return Reuse(len(marks), sum(mark is not None for mark in marks))
