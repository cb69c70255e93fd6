"""The periods for which values are given: calendar months, quarters, half-years, years."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from thuocdo.indicators.enums import Periodicity
from thuocdo.lib.say import Refused, say

MONTHS = {Periodicity.MONTH: 1, Periodicity.QUARTER: 3, Periodicity.HALF: 6, Periodicity.YEAR: 12}
MARK = {Periodicity.QUARTER: "Q", Periodicity.HALF: "H"}
KEY = re.compile(r"(?P<year>\d{4})(?:-(?P<mark>[QH]?)(?P<number>\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both inside."""

    every: Periodicity
    first: date
    last: date

    @property
    def key(self) -> str:
        """2025, 2025-H1, 2025-Q3, 2025-09."""
        year, number = self.first.year, (self.first.month - 1) // MONTHS[self.every] + 1
        if self.every is Periodicity.YEAR:
            return str(year)
        return (
            f"{year}-{number:02d}"
            if self.every is Periodicity.MONTH
            else f"{year}-{MARK[self.every]}{number}"
        )


def period_of(day: date, every: Periodicity) -> Period:
    """The period in which the day lies."""
    length = MONTHS[every]
    month = (day.month - 1) // length * length
    first = date(day.year, month + 1, 1)
    after = month + length
    following = date(day.year + after // 12, after % 12 + 1, 1)
    return Period(every, first, following - timedelta(days=1))


def read(key: str) -> Period:
    """The period of a key. `Refused` for anything else."""
    found = KEY.fullmatch(key.strip())
    every = None if found is None else _every(found["mark"], found["number"])
    if found is None or every is None:
        raise Refused(say("%(key)s is no period: write 2025, 2025-H1, 2025-Q3 or 2025-09.", key=key))
    month = (int(found["number"] or 1) - 1) * MONTHS[every] + 1
    if not 1 <= month <= 12 or int(found["year"]) < 1900:
        raise Refused(say("There is no period %(key)s.", key=key))
    return period_of(date(int(found["year"]), month, 1), every)


def before(period: Period) -> Period:
    """The period before it."""
    return period_of(period.first - timedelta(days=1), period.every)


def last_closed(day: date, every: Periodicity) -> Period:
    """The last period that was over before the day began."""
    return before(period_of(day, every))


def due_on(period: Period, delay: int) -> date:
    """The day by which the value has to be there: so many days after the end of the period."""
    return period.last + timedelta(days=delay)


def _every(mark: str | None, number: str | None) -> Periodicity | None:
    if number is None:
        return Periodicity.YEAR
    if not mark:
        return Periodicity.MONTH if len(number) == 2 else None
    return Periodicity.QUARTER if mark == "Q" else Periodicity.HALF
