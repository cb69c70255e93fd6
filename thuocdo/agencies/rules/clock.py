"""When a time limit ends, and why on that day: terms counted on a calendar, pauses left out (2.01).

Days are those of Vietnam: a moment given in another zone is first brought there. The named parameters and
their sources stand in `Counting`; docs/adr/0015-the-clock.md says how they were chosen.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from thuocdo.agencies.enums import TermUnit
from thuocdo.agencies.rules.calendar import ONE_DAY, Calendar, Shift, moment
from thuocdo.lib.moments import ZONE
from thuocdo.lib.say import Say, say, say_n

LONGEST = 3_660  # units: ten years of days; a longer limit is written as a date
HOURLY = (TermUnit.HOUR, TermUnit.FRACTION)
Pause = tuple[date, date]  # [from, until): these days do not count


@dataclass(frozen=True, slots=True)
class Counting:
    """The named parameters of a count. A text that sets another value is named in `basis`."""

    day_zero: bool = False  # whether the day of receipt is day 1
    off_day_waits: bool = True  # received on a day off: counts as received on the next working day
    ends_working: bool = True  # an end on a day off moves to the next working day
    cut_off: time | None = None  # received at this hour or later: counts as received on the next day
    basis: str = ""


USUAL = Counting()
_DAYS = (TermUnit.WORKING_DAY, TermUnit.CALENDAR_DAY, TermUnit.MONTH)
PARAMETERS: dict[str, tuple[tuple[TermUnit, ...], bool, Say, Say, Say]] = {
    # name: units it holds for, usual value, what is said when it is so, when it is not, source of the usual
    "day_zero": (
        _DAYS, USUAL.day_zero, say("the day of receipt is counted"), say("the day of receipt is not counted"),
        say("Civil Code 2015 (91/2015/QH13), article 147"),
    ),
    "off_day_waits": (
        (TermUnit.WORKING_DAY,), USUAL.off_day_waits,
        say("received on a day off counts as received on the next working day"),
        say("a receipt on a day off counts on that day"), say("rule of this system"),
    ),
    "ends_working": (
        (TermUnit.CALENDAR_DAY, TermUnit.MONTH), USUAL.ends_working,
        say("an end on a day off moves to the next working day"), say("an end on a day off stays"),
        say("Civil Code 2015 (91/2015/QH13), article 148"),
    ),
}  # fmt: skip


FIXED: tuple[tuple[Say, Say], ...] = (  # (what holds always or unless a text says otherwise, its source)
    (
        say("no hour of the day cuts off: what comes on a day is received on that day"),
        say("rule of this system; a procedure that sets a cut-off hour is named with it"),
    ),
    (
        say(
            "a month without such a day ends on its last day: 31 January and one month is the end of February"
        ),
        say("Civil Code 2015 (91/2015/QH13), article 148"),
    ),
    (
        say("a half day counts as a working day in days, and as its hours in hours"),
        say("rule of this system"),
    ),
)


@dataclass(frozen=True, slots=True)
class Term:
    """So many units of time, counted in this way."""

    quantity: Decimal
    unit: TermUnit
    counting: Counting = USUAL


@dataclass(frozen=True, slots=True)
class Parameter:
    """One named parameter as it was applied, and the text that sets it."""

    said: Say
    source: Say | str


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the trace: the days [first, last] and what was made of them."""

    first: date
    last: date
    said: Say
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """The end of a term. `at`: the moment after which it is late; of a count in days, midnight."""

    on: date
    at: datetime
    received_on: date
    trace: tuple[Step, ...]

    @property
    def skipped(self) -> int:
        """How many days were skipped."""
        return sum((step.last - step.first).days + 1 for step in self.trace if step.skipped)


def usual() -> list[Parameter]:
    """Every named parameter as it is unless a text says otherwise, with its source."""
    named = [
        Parameter(yes if value else no, source) for _units, value, yes, no, source in PARAMETERS.values()
    ]
    return [*named, *(Parameter(said, source) for said, source in FIXED)]


def term_problem(term: Term) -> Say | None:
    """Why nothing can be counted by this term."""
    if not 0 < term.quantity <= LONGEST:
        return say("A time limit has from 1 to %(most)s units; write a longer one as a date.", most=LONGEST)
    if term.unit not in HOURLY and term.quantity != int(term.quantity):
        return say("Only hours and fractions of a day may be broken; count whole %(unit)s.", unit=term.unit)
    if term.counting != USUAL and not term.counting.basis:
        return say("A count that differs from the usual one names the text that sets it.")
    return None


def due(calendar: Calendar, start: datetime | date, term: Term, pauses: Iterable[Pause] = ()) -> Due:
    """When the term ends that began at `start`; a date alone is a receipt within the hours of that day."""
    problem = term_problem(term)
    if problem is not None:
        raise ValueError(str(problem))
    count = _Count(calendar, term, tuple(pauses), [])
    day, hour = _local(start)
    if term.unit in HOURLY:
        return count.hours(day, hour)
    day = count.received(day, hour)
    ends: dict[TermUnit, Callable[[date], date]] = {
        TermUnit.WORKING_DAY: count.working_days,
        TermUnit.CALENDAR_DAY: count.calendar_days,
        TermUnit.MONTH: count.months,
    }
    end = count.on_a_working_day(ends[term.unit](day))
    count.beyond(end)
    return Due(end, moment(end + ONE_DAY, time()), day, count.traced())


def working_days_between(calendar: Calendar, first: date, last: date) -> int:
    """How many working days lie after `first`, up to and with `last`; below zero if `last` is earlier."""
    if last < first:
        return -working_days_between(calendar, last, first)
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(calendar.works(day) for day in days)


def parameters(term: Term) -> list[Parameter]:
    """What was decided on how to count, each with its source, in the order of the count."""
    how, own = term.counting, term.counting.basis
    found = [
        Parameter(yes if getattr(how, name) else no, source if getattr(how, name) == usual else own)
        for name, (units, usual, yes, no, source) in PARAMETERS.items()
        if term.unit in units
    ]
    if how.cut_off is not None and term.unit not in HOURLY:
        cut = say("received from %(hour)s on, it counts on the next day", hour=how.cut_off)
        found.append(Parameter(cut, own))
    return found


def _local(start: datetime | date) -> tuple[date, time | None]:
    """Day and hour in Vietnam: 20:00 UTC on a Friday is Saturday there."""
    if not isinstance(start, datetime):
        return start, None
    if start.tzinfo is None:
        raise ValueError("a moment without a zone")
    here = start.astimezone(ZONE)
    return here.date(), here.time()


@dataclass(frozen=True, slots=True)
class _Count:
    """One count under way: what it counts on, and the trace it leaves."""

    calendar: Calendar
    term: Term
    pauses: Sequence[Pause]
    trace: list[Step]

    def received(self, day: date, hour: time | None) -> date:
        """The day that counts as the day of receipt."""
        how, first = self.term.counting, day
        if how.cut_off is not None and hour is not None and hour >= how.cut_off:
            self._note(day, say("received at %(hour)s, after %(cut)s: counts on the next day",
                                hour=hour.replace(microsecond=0), cut=how.cut_off))  # fmt: skip
            day += ONE_DAY
        if self.term.unit == TermUnit.WORKING_DAY and how.off_day_waits:
            while not self.calendar.works(day):
                self._skip(day, self.calendar.reason(day))
                day += ONE_DAY
        if day == first:
            self._note(day, say("received"))
        else:
            self._note(day, say("counts as received on this day"))
        return day

    def working_days(self, day: date) -> date:
        """The last of so many working days after `day`."""
        left = int(self.term.quantity)
        if self.term.counting.day_zero and self.calendar.works(day) and not self._paused(day):
            left -= 1
        while left:
            day += ONE_DAY
            left -= self._counts(day, needs_work=True)
        return day

    def calendar_days(self, day: date) -> date:
        """The last of so many days after `day`."""
        left = int(self.term.quantity) - (self.term.counting.day_zero and not self._paused(day))
        while left:
            day += ONE_DAY
            left -= self._counts(day, needs_work=False)
        return day

    def months(self, day: date) -> date:
        """The day of the same number so many months on, or the last of that month; paused days are added."""
        ahead = day.month - 1 + int(self.term.quantity)
        year, month = day.year + ahead // 12, ahead % 12 + 1
        last = monthrange(year, month)[1]
        end = date(year, month, min(day.day, last))
        if day.day > last:
            self._note(end, say("the month has no day %(day)s: its last day stands", day=day.day))
        if self.term.counting.day_zero:
            end -= ONE_DAY
        seen = day
        while seen < end:
            seen += ONE_DAY
            if not self._counts(seen, needs_work=False):
                end += ONE_DAY
        return end

    def on_a_working_day(self, end: date) -> date:
        """The end, moved off days without work where the term says so."""
        if self.term.unit != TermUnit.WORKING_DAY and self.term.counting.ends_working:
            while not self.calendar.works(end):
                self._skip(end, self.calendar.reason(end))
                end += ONE_DAY
        return end

    def hours(self, day: date, hour: time | None) -> Due:
        """So many working hours from the moment on; a fraction of a day is that share of its usual hours."""
        first, left = day, self.term.quantity
        start = hour or (self.calendar.shifts(day) or self.calendar.ordinary(day))[0][0]
        self._note(day, say("received at %(hour)s", hour=start.replace(microsecond=0)))
        while True:
            if self._counts(day, needs_work=True):
                whole = self._unit_of(day)
                for begin, end in self.calendar.shifts(day):
                    begin = max(begin, start) if day == first else begin
                    share = _length([(begin, end)]) / whole
                    if 0 < left <= share:
                        at = moment(day, begin) + timedelta(seconds=round(float(left * whole) * 3600))
                        self.beyond(day)
                        return Due(day, at, first, self.traced())
                    left -= max(share, Decimal(0))
            day += ONE_DAY

    def beyond(self, end: date) -> None:
        """Say so where the count reached into a year whose holidays are not decided."""
        held = self.calendar.held_until
        if held is None or end > held:
            since = held + ONE_DAY if held else self.trace[0].first
            said = say("holidays from here on are not decided yet; only weekends are left out")
            self._note(min(since, end), said)

    def traced(self) -> tuple[Step, ...]:
        """The trace in the order of the days."""
        return tuple(sorted(self.trace, key=lambda step: step.first))

    def _unit_of(self, day: date) -> Decimal:
        """How many hours one unit has on the day."""
        return Decimal(1) if self.term.unit == TermUnit.HOUR else _length(self.calendar.ordinary(day))

    def _counts(self, day: date, *, needs_work: bool) -> int:
        """1 where the day counts, else 0 with the reason in the trace."""
        if self._paused(day):
            self._skip(day, say("paused"))
            return 0
        if not needs_work:
            return 1
        reason = self.calendar.reason(day)
        if not self.calendar.works(day):
            self._skip(day, reason)
            return 0
        if reason is not None:
            self._note(day, reason)
        return 1

    def _paused(self, day: date) -> bool:
        return any(start <= day < until for start, until in self.pauses)

    def _skip(self, day: date, reason: Say | None) -> None:
        """A skipped day, joined to the day before when that was skipped for the same reason."""
        said = reason or say("not worked")
        last = self.trace[-1] if self.trace else None
        if last is not None and last.skipped and last.said == said and last.last + ONE_DAY == day:
            self.trace[-1] = Step(last.first, day, said, skipped=True)
        else:
            self.trace.append(Step(day, day, said, skipped=True))

    def _note(self, day: date, said: Say) -> None:
        self.trace.append(Step(day, day, said))


def _length(shifts: Iterable[Shift]) -> Decimal:
    """Hours of the shifts together."""
    anchor = date.min
    seconds = sum(
        (datetime.combine(anchor, end) - datetime.combine(anchor, begin)).total_seconds()
        for begin, end in shifts
    )
    return Decimal(int(seconds)) / 3600


def summary(due: Due, term: Term) -> Say:
    """Why this day, in one sentence."""
    return say_n(
        "%(quantity)s %(unit)s from %(start)s: until %(end)s; one day was skipped",
        "%(quantity)s %(unit)s from %(start)s: until %(end)s; %(n)s days were skipped",
        due.skipped, quantity=term.quantity, unit=term.unit, start=due.received_on, end=due.on,
    )  # fmt: skip
