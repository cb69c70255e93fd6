"""Reporting periods belong to the duty: which period a day is in, its cut-off, its sending day (2.03).

Three regimes: calendar months and quarters; the 15th to the 14th of Decree 09/2019/NĐ-CP; "before the 25th"
of System 57. At least one working day lies between cut-off and sending (Decree 09/2019/NĐ-CP), and a sending
day on a day off is moved and said.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from thuocdo.agencies.rules.calendar import ONE_DAY, Calendar
from thuocdo.assignments.enums import Regime, Sent
from thuocdo.lib.say import Say, say

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}  # values of directives.enums.ReportEvery
DECREE_LAST, DECREE_SENDS = 14, 25  # the cut-off; ministries and provinces send by the 25th of the last month
BEFORE = 25  # of System 57
BETWEEN = 1  # working days between cut-off and sending, at least
MOST_BACK = 24  # periods back that a late report may be about
LAST_DAY = 28  # the highest day of sending: every month has it


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a duty is reported and by which regime; `sends` is the day of the month its text sets."""

    every: str
    regime: Regime = Regime.CALENDAR
    sends: int | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """What one report is about: the days [first, cut_off], sent by `sends_on`; `said`: what moved it."""

    key: str  # 2025-09, 2025-Q3, 2025-H2, 2025
    first: date
    cut_off: date
    sends_on: date
    said: tuple[Say, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A period with whether its report was sent, on which day."""

    period: Period
    sent: Sent
    on: date | None = None


def rhythm_problem(rhythm: Rhythm) -> Say | None:
    """Why a duty cannot be reported like this."""
    if rhythm.every not in MONTHS:
        return say("Say how often the duty is reported.")
    if rhythm.regime == Regime.SYSTEM_57 and (rhythm.every != "month" or rhythm.sends is not None):
        return say("System 57 is reported to every month, before the 25th.")
    if rhythm.sends is not None and not 1 <= rhythm.sends <= LAST_DAY:
        return say("The day of sending is from 1 to %(last)s, so that every month has it.", last=LAST_DAY)
    if rhythm.regime == Regime.DECREE_09 and rhythm.sends is not None and rhythm.sends <= DECREE_LAST:
        return say("The period ends on the 14th; it cannot be sent before.")
    return None


def period_of(rhythm: Rhythm, day: date, calendar: Calendar) -> Period:
    """The period that the day is in."""
    year, month = day.year, day.month
    if rhythm.regime == Regime.SYSTEM_57:
        found = _before_the_25th(year, month, calendar)
        return found if day <= found.cut_off else _before_the_25th(*_month(year, month + 1), calendar)
    if rhythm.regime == Regime.DECREE_09 and day.day > DECREE_LAST:
        year, month = _month(year, month + 1)
    return _period(rhythm, year, (month - 1) // MONTHS[rhythm.every], calendar)


def before(rhythm: Rhythm, period: Period, calendar: Calendar) -> Period:
    """The period right before this one."""
    return period_of(rhythm, period.first - ONE_DAY, calendar)


def due(rhythm: Rhythm, day: date, calendar: Calendar) -> Period:
    """The period whose report is asked for on the day: the last one that is over."""
    return before(rhythm, period_of(rhythm, day, calendar), calendar)


def asked(rhythm: Rhythm, sent_keys: Iterable[str], day: date, calendar: Calendar) -> Period:
    """The period a report of this day is about: the last one over, or the present if that was sent."""
    found = due(rhythm, day, calendar)
    return period_of(rhythm, day, calendar) if found.key in set(sent_keys) else found


def open_for(rhythm: Rhythm, since: date, day: date, calendar: Calendar) -> list[Period]:
    """The periods a report of this day may be about, newest first: the present one, and those over before."""
    found = [period_of(rhythm, day, calendar)]
    while (former := before(rhythm, found[-1], calendar)).cut_off >= since and len(found) <= MOST_BACK:
        found.append(former)
    return found


def standings(
    rhythm: Rhythm, reports: Iterable[tuple[str, date]], since: date, day: date, calendar: Calendar
) -> list[Standing]:
    """Each period that was over by the day and not before `since`, newest first, with its report.

    `reports`: the key of the period and the day of each report.
    """
    first: dict[str, date] = {}
    for key, on in sorted(reports, key=lambda report: report[1]):
        first.setdefault(key, on)
    found = []
    period = due(rhythm, day, calendar)
    while period.cut_off >= since:
        when = first.get(period.key)
        found.append(Standing(period, sent(period, when, day), when))
        period = before(rhythm, period, calendar)
    return found


def sent(period: Period, on: date | None, day: date) -> Sent:
    """Whether the report of the period was sent in time, late, is due, or is missing."""
    if on is not None and on <= day:
        return Sent.IN_TIME if on <= period.sends_on else Sent.LATE
    return Sent.DUE if day <= period.sends_on else Sent.MISSING


def _month(year: int, month: int) -> tuple[int, int]:
    """Year and month of a month counted on past December or back before January."""
    return year + (month - 1) // 12, (month - 1) % 12 + 1


def _key(every: str, year: int, number: int) -> str:
    part = {"month": f"-{number + 1:02}", "quarter": f"-Q{number + 1}", "half": f"-H{number + 1}", "year": ""}
    return f"{year}{part[every]}"


def _bounds(rhythm: Rhythm, year: int, number: int) -> tuple[date, date]:
    """First and last day of the period of this number (0 …) in the year."""
    length = MONTHS[rhythm.every]
    start, end = number * length + 1, (number + 1) * length
    if rhythm.regime == Regime.DECREE_09:
        return date(*_month(year, start - 1), DECREE_LAST + 1), date(year, end, DECREE_LAST)
    return date(year, start, 1), date(year, end, monthrange(year, end)[1])


def _period(rhythm: Rhythm, year: int, number: int, calendar: Calendar) -> Period:
    first, last = _bounds(rhythm, year, number)
    wanted = sends_on = _wanted(rhythm, last, calendar)
    said: list[Say] = []
    if not calendar.works(sends_on):
        sends_on = calendar.next_working(sends_on)
        said.append(say("%(day)s is a day off: sent by the next working day", day=wanted))
    earliest = _working_after(calendar, last, BETWEEN + 1)
    if sends_on < earliest:
        said.append(say("one working day must lie between cut-off and sending"))
        sends_on = earliest
    return Period(_key(rhythm.every, year, number), first, last, sends_on, tuple(said))


def _wanted(rhythm: Rhythm, last: date, calendar: Calendar) -> date:
    """The sending day as the regime or the text sets it; where none does, as soon as it is allowed."""
    if rhythm.regime == Regime.DECREE_09:
        return last.replace(day=rhythm.sends or DECREE_SENDS)
    if rhythm.sends is None:
        return _working_after(calendar, last, BETWEEN + 1)
    return date(*_month(last.year, last.month + 1), rhythm.sends)


def _before_the_25th(year: int, month: int, calendar: Calendar) -> Period:
    """Sent by the last working day before the 25th; it ends before the working day that lies between."""
    wanted = date(year, month, BEFORE - 1)
    sends_on = _working_before(calendar, date(year, month, BEFORE))
    moved = say("%(day)s is a day off: sent by the working day before it, as it is due before the 25th",
                day=wanted)  # fmt: skip
    before = _before_cut_off(*_month(year, month - 1), calendar)
    cut_off = _before_cut_off(year, month, calendar)
    said = () if sends_on == wanted else (moved,)
    return Period(_key("month", year, month - 1), before + ONE_DAY, cut_off, sends_on, said)


def _before_cut_off(year: int, month: int, calendar: Calendar) -> date:
    sends_on = _working_before(calendar, date(year, month, BEFORE))
    return _working_before(calendar, sends_on) - ONE_DAY


def _working_before(calendar: Calendar, day: date) -> date:
    """The last working day before the day."""
    day -= ONE_DAY
    while not calendar.works(day):
        day -= ONE_DAY
    return day


def _working_after(calendar: Calendar, day: date, number: int) -> date:
    """The working day of this number after the day."""
    for _ in range(number):
        day = calendar.next_working(day + ONE_DAY)
    return day
