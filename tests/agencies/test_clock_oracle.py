"""Our calendar beside an independent one: 6,210 limits, and a ruling wherever the two differ (2.02)."""

from datetime import date, timedelta

import holidays
import pytest

from tests.agencies.calendars import term, vietnam
from tests.marks import covers
from thuocdo.agencies.rules import clock

FIRST, LAST = date(2024, 1, 1), date(2026, 10, 31)
QUANTITIES = (3, 5, 10, 15, 20, 30)
OURS = vietnam()
ORACLE = holidays.country_holidays("VN", years=range(2023, 2028))

# Day: what is right, and the text that says so. The oracle does not know the swap of the New Year of 2026.
RULINGS = {
    date(2026, 1, 2): (False, "12729/VPCP-KGVX of 25 December 2025: swapped for Saturday 10 January"),
    date(2026, 1, 10): (True, "12729/VPCP-KGVX of 25 December 2025: worked in place of 2 January"),
}


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def works(day: date) -> bool:
    """The oracle's answer, put right where a decision says otherwise."""
    return RULINGS[day][0] if day in RULINGS else ORACLE.is_working_day(day)


def by_the_oracle(start: date, quantity: int) -> date:
    """A count as plain as can be: received on the first working day, then so many working days after it."""
    day = start
    while not works(day):
        day += timedelta(days=1)
    while quantity:
        day += timedelta(days=1)
        quantity -= works(day)
    return day


@covers("2.02")
def test_there_are_6210_cases():
    assert len(days(FIRST, LAST)) * len(QUANTITIES) == 6_210


@covers("2.02")
@pytest.mark.parametrize("quantity", QUANTITIES)
def test_each_day_with_the_oracle(quantity):
    wrong = {
        start: (ours, theirs) for start in days(FIRST, LAST)
        if (ours := clock.due(OURS, start, term(quantity)).on) != (theirs := by_the_oracle(start, quantity))
    }  # fmt: skip
    assert wrong == {}


@covers("2.02")
def test_the_calendars_differ_only_where_it_is_ruled():
    differ = {day for day in days(FIRST, date(2026, 12, 31)) if OURS.works(day) != ORACLE.is_working_day(day)}
    assert differ == set(RULINGS)


@covers("2.02")
def test_each_ruling_stands_on_a_decision_held_here():
    for day, (right, _) in RULINGS.items():
        assert OURS.works(day) == right
        assert OURS.marks[day].basis == "12729/VPCP-KGVX"
