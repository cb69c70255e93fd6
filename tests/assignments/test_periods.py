"""Reporting periods: three regimes, cut-offs, sending days, sent or not (2.03)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.agencies.calendars import vietnam
from tests.marks import covers
from thuocdo.assignments.enums import Regime, Sent
from thuocdo.assignments.rules import periods
from thuocdo.assignments.rules.periods import Rhythm

VIETNAM = vietnam()
CALENDAR, DECREE, S57 = Regime
MONTHLY = Rhythm("month")
RHYTHMS = [
    *(Rhythm(every, regime) for every in periods.MONTHS for regime in (CALENDAR, DECREE)),
    Rhythm("month", S57),
]  # fmt: skip


def at(rhythm, day):
    return periods.period_of(rhythm, day, VIETNAM)


@covers("2.03")
@pytest.mark.parametrize(
    ("rhythm", "day", "key", "first", "cut_off", "sends_on"),
    [
        # the calendar: sent once a working day lies between
        (MONTHLY, date(2025, 9, 30), "2025-09", date(2025, 9, 1), date(2025, 9, 30), date(2025, 10, 2)),
        (Rhythm("quarter"), date(2025, 9, 1), "2025-Q3", date(2025, 7, 1), date(2025, 9, 30),
         date(2025, 10, 2)),
        (Rhythm("month", CALENDAR, 5), date(2025, 9, 1), "2025-09", date(2025, 9, 1), date(2025, 9, 30),
         date(2025, 10, 6)),  # the 5th is a Sunday
        # Decree 09: 15th to 14th, ministries and provinces by the 25th
        (Rhythm("month", DECREE), date(2025, 9, 15), "2025-10", date(2025, 9, 15), date(2025, 10, 14),
         date(2025, 10, 27)),  # the 25th is a Saturday
        (Rhythm("month", DECREE), date(2025, 9, 14), "2025-09", date(2025, 8, 15), date(2025, 9, 14),
         date(2025, 9, 25)),
        (Rhythm("quarter", DECREE), date(2025, 1, 10), "2025-Q1", date(2024, 12, 15), date(2025, 3, 14),
         date(2025, 3, 25)),
        (Rhythm("quarter", DECREE), date(2024, 12, 15), "2025-Q1", date(2024, 12, 15), date(2025, 3, 14),
         date(2025, 3, 25)),
        (Rhythm("half", DECREE), date(2025, 6, 14), "2025-H1", date(2024, 12, 15), date(2025, 6, 14),
         date(2025, 6, 25)),
        (Rhythm("year", DECREE), date(2025, 12, 14), "2025", date(2024, 12, 15), date(2025, 12, 14),
         date(2025, 12, 25)),
        (Rhythm("month", DECREE, 17), date(2025, 9, 1), "2025-09", date(2025, 8, 15), date(2025, 9, 14),
         date(2025, 9, 17)),  # communes to the province
        # System 57: before the 25th; 24 August 2025 is a Sunday, so Friday 22
        (Rhythm("month", S57), date(2025, 9, 10), "2025-09", date(2025, 8, 21), date(2025, 9, 22),
         date(2025, 9, 24)),
        (Rhythm("month", S57), date(2025, 8, 10), "2025-08", date(2025, 7, 23), date(2025, 8, 20),
         date(2025, 8, 22)),
    ],
)  # fmt: skip
def test_the_period_of_a_day(rhythm, day, key, first, cut_off, sends_on):
    found = at(rhythm, day)
    assert (found.key, found.first, found.cut_off, found.sends_on) == (key, first, cut_off, sends_on)


@covers("2.03")
@pytest.mark.parametrize(
    ("rhythm", "day", "words"),
    [
        (Rhythm("month", CALENDAR, 5), date(2025, 9, 1), "sent by the next working day"),
        (Rhythm("month", DECREE), date(2025, 10, 1), "sent by the next working day"),
        (Rhythm("month", S57), date(2025, 8, 1), "due before the 25th"),
        (Rhythm("month", CALENDAR, 1), date(2025, 9, 1), "one working day must lie between"),
    ],
)
def test_a_moved_sending_day_says_why(rhythm, day, words):
    assert words in " ".join(str(said) for said in at(rhythm, day).said)


@covers("2.03")
@pytest.mark.parametrize(
    ("rhythm", "words"),
    [
        (Rhythm(""), "how often"),
        (Rhythm("quarter", S57), "every month"),
        (Rhythm("month", S57, 20), "before the 25th"),
        (Rhythm("month", CALENDAR, 31), "from 1 to 28"),
        (Rhythm("month", DECREE, 10), "ends on the 14th"),
    ],
)
def test_a_rhythm_that_cannot_be_is_said(rhythm, words):
    assert words in str(periods.rhythm_problem(rhythm))


@covers("2.03")
def test_those_that_can_be_are_not_in_the_way():
    assert [periods.rhythm_problem(rhythm) for rhythm in RHYTHMS] == [None] * len(RHYTHMS)


@covers("2.03")
@given(st.sampled_from(RHYTHMS), st.dates(date(2024, 3, 1), date(2026, 9, 30)))
def test_periods_lie_without_gap_and_a_working_day_is_between(rhythm, day):
    found = at(rhythm, day)
    assert found.first <= day <= found.cut_off
    assert periods.before(rhythm, found, VIETNAM).cut_off == found.first - timedelta(days=1)
    after = [found.cut_off + timedelta(days=n) for n in range(1, (found.sends_on - found.cut_off).days)]
    assert any(VIETNAM.works(one) for one in after)
    assert VIETNAM.works(found.sends_on)


@covers("2.03")
@pytest.mark.parametrize(
    ("on", "day", "expected"),
    [
        (date(2025, 10, 1), date(2025, 10, 20), Sent.IN_TIME),
        (date(2025, 10, 2), date(2025, 10, 20), Sent.IN_TIME),
        (date(2025, 10, 3), date(2025, 10, 20), Sent.LATE),
        (None, date(2025, 10, 2), Sent.DUE),
        (None, date(2025, 10, 3), Sent.MISSING),
        (date(2025, 10, 3), date(2025, 10, 2), Sent.DUE),  # not sent yet on that day
    ],
)
def test_sent_in_time_late_due_or_missing(on, day, expected):
    assert periods.sent(at(MONTHLY, date(2025, 9, 1)), on, day) == expected


@covers("2.03")
def test_the_periods_of_a_duty_from_the_day_it_was_given():
    reports = [("2025-08", date(2025, 9, 2)), ("2025-07", date(2025, 9, 1))]
    found = periods.standings(MONTHLY, reports, date(2025, 7, 15), date(2025, 10, 1), VIETNAM)
    assert [(one.period.key, one.sent) for one in found] == [
        ("2025-09", Sent.DUE), ("2025-08", Sent.IN_TIME), ("2025-07", Sent.LATE),
    ]  # fmt: skip


@covers("2.03")
@pytest.mark.parametrize(("sent", "key"), [([], "2025-08"), (["2025-08"], "2025-09")])
def test_a_report_is_about_the_last_period_until_that_was_sent(sent, key):
    assert periods.asked(MONTHLY, sent, date(2025, 9, 10), VIETNAM).key == key
