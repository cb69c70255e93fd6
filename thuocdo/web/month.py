"""The days of a year as a page shows them: twelve months of weeks, and the days that are not ordinary."""

import calendar as of_months
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from thuocdo.agencies.rules.calendar import SATURDAY, Calendar
from thuocdo.lib.say import Say

PLAIN, OFF, WORKED, HALF, WEEKEND = "plain", "off", "worked", "half", "weekend"
SIGNS = {OFF: "●", WORKED: "+", HALF: "◐"}  # never colour alone


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a month."""

    day: date
    kind: str

    @property
    def sign(self) -> str:
        """What stands beside the number of a day that is not ordinary."""
        return SIGNS.get(self.kind, "")


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks from Monday; None where a week has days of another month."""

    first: date
    weeks: tuple[tuple[Cell | None, ...], ...]
    working: int


@dataclass(frozen=True, slots=True)
class Special:
    """A day that is not as its weekday says."""

    day: date
    kind: str
    reason: Say


def months(calendar: Calendar, year: int) -> list[Month]:
    """The twelve months."""
    return [_month(calendar, year, number) for number in range(1, 13)]


def specials(calendar: Calendar, year: int) -> Iterator[Special]:
    """The days a decision made, in order."""
    for day in sorted(day for day in calendar.marks if day.year == year):
        reason = calendar.reason(day)
        if reason is not None:
            yield Special(day, str(calendar.marks[day].kind), reason)


def weekdays() -> list[date]:
    """Seven days from a Monday on, to name the columns by."""
    return [date(2024, 1, 1) + timedelta(days=n) for n in range(7)]


def _month(calendar: Calendar, year: int, number: int) -> Month:
    weeks = tuple(
        tuple(_cell(calendar, date(year, number, day)) if day else None for day in week)
        for week in of_months.monthcalendar(year, number)
    )
    days = [cell.day for week in weeks for cell in week if cell]
    return Month(days[0], weeks, sum(calendar.works(day) for day in days))


def _cell(calendar: Calendar, day: date) -> Cell:
    mark = calendar.marks.get(day)
    if mark is not None:
        return Cell(day, str(mark.kind))
    return Cell(day, WEEKEND if day.weekday() >= SATURDAY else PLAIN)
