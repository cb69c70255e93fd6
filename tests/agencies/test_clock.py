"""Time limits on the calendar of Vietnam: when they end and why (2.01)."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.agencies.calendars import at, term, vietnam
from tests.marks import covers
from thuocdo.agencies.enums import DayKind, Occasion, TermUnit
from thuocdo.agencies.rules import clock
from thuocdo.agencies.rules.calendar import Hours, Mark, calendar
from thuocdo.agencies.rules.clock import Counting, Term

VIETNAM = vietnam()
HOUR, FRACTION, WORKING, DAY, MONTH = TermUnit
STARTS = st.dates(date(2024, 1, 1), date(2026, 10, 31))


def ends(start, quantity, unit=WORKING, calendar=VIETNAM, **counting):
    return clock.due(calendar, start, term(quantity, unit, **counting)).on


def skipped(due):
    return [(step.first, step.last, str(step.said)) for step in due.trace if step.skipped]


@covers("2.01")
@pytest.mark.parametrize(
    ("start", "quantity", "unit", "end"),
    [
        (at("2025-04-24 16:30"), 15, WORKING, date(2025, 5, 19)),  # 2 May off, Saturday 26 April worked
        (date(2025, 4, 24), 15, DAY, date(2025, 5, 9)),
        (date(2025, 5, 10), 1, WORKING, date(2025, 5, 13)),  # received on a Saturday: as on Monday
        (date(2025, 5, 10), 1, DAY, date(2025, 5, 12)),  # ends on a Sunday: the next working day
        (date(2025, 1, 31), 1, MONTH, date(2025, 2, 28)),  # clamped
        (date(2024, 1, 31), 1, MONTH, date(2024, 2, 29)),  # a leap year
        (date(2026, 1, 31), 1, MONTH, date(2026, 3, 2)),  # clamped to a Saturday
        (date(2024, 10, 31), 4, MONTH, date(2025, 2, 28)),  # over the end of a year
        (date(2024, 12, 31), 12, MONTH, date(2025, 12, 31)),
        (date(2024, 2, 7), 1, WORKING, date(2024, 2, 15)),  # Lunar New Year with two substitute days
        (date(2024, 5, 3), 1, WORKING, date(2024, 5, 4)),  # a makeup Saturday
        (date(2025, 12, 31), 1, WORKING, date(2026, 1, 5)),  # Friday 2 January swapped …
        (date(2026, 1, 9), 1, WORKING, date(2026, 1, 10)),  # … for this Saturday
    ],
)
def test_ends_on(start, quantity, unit, end):
    assert ends(start, quantity, unit) == end


@covers("2.01")
@pytest.mark.parametrize(
    ("start", "quantity", "unit", "moment"),
    [
        ("2025-04-29 16:30", 8, HOUR, "2025-05-05 16:30"),  # one hour left, four days off
        ("2025-05-05 09:00", 2, HOUR, "2025-05-05 11:00"),
        ("2025-05-05 11:30", 2, HOUR, "2025-05-05 15:00"),  # over midday
        ("2025-05-05 12:30", 2, HOUR, "2025-05-05 15:30"),  # received at midday
        ("2025-05-05 06:00", 2, HOUR, "2025-05-05 10:00"),  # received before work
        ("2025-05-05 20:00", 2, HOUR, "2025-05-06 10:00"),  # and after it
        ("2025-05-05 08:00", "0.25", FRACTION, "2025-05-05 10:00"),
        ("2025-05-05 08:00", "1.5", FRACTION, "2025-05-06 12:00"),
        ("2025-05-05 08:00", 1, FRACTION, "2025-05-05 17:30"),
    ],
)
def test_ends_at(start, quantity, unit, moment):
    assert clock.due(VIETNAM, at(start), term(quantity, unit)).at == at(moment)


@covers("2.01")
def test_a_count_in_days_ends_at_midnight_in_vietnam():
    assert clock.due(VIETNAM, date(2025, 5, 5), term(1)).at == datetime(2025, 5, 6, 17, tzinfo=UTC)


@covers("2.01")
def test_the_day_is_that_of_vietnam():
    """20:00 UTC on Friday 9 May is 03:00 on Saturday in Hà Nội: received on a day off."""
    assert ends(datetime(2025, 5, 9, 20, tzinfo=UTC), 1) == date(2025, 5, 13)
    assert ends(datetime(2025, 5, 9, 16, tzinfo=UTC), 1) == date(2025, 5, 12)


@covers("2.01")
@pytest.mark.parametrize(
    ("counting", "start", "end"),
    [
        ({"day_zero": True}, date(2025, 5, 5), date(2025, 5, 7)),
        ({"off_day_waits": False}, date(2025, 5, 10), date(2025, 5, 14)),
        ({"cut_off": time(15)}, at("2025-05-05 15:00"), date(2025, 5, 9)),
        ({"cut_off": time(15)}, at("2025-05-05 14:59"), date(2025, 5, 8)),
        ({"cut_off": time(15)}, at("2025-05-09 15:00"), date(2025, 5, 15)),  # Friday evening: as on Monday
    ],
)
def test_named_parameters(counting, start, end):
    assert ends(start, 3, **counting) == end


@covers("2.01")
def test_an_end_on_a_day_off_may_stay():
    assert ends(date(2025, 5, 10), 1, DAY, ends_working=False) == date(2025, 5, 11)


@covers("2.01")
def test_the_trace_says_which_days_were_skipped_and_why():
    due = clock.due(VIETNAM, at("2025-04-24 16:30"), term(15))
    assert skipped(due) == [
        (date(2025, 4, 27), date(2025, 4, 27), "weekend"),
        (date(2025, 4, 30), date(2025, 4, 30), "reunification (45/2019/QH14)"),
        (date(2025, 5, 1), date(2025, 5, 1), "labour (45/2019/QH14)"),
        (date(2025, 5, 2), date(2025, 5, 2), "swapped_off (8726/VPCP-KGVX)"),
        (date(2025, 5, 3), date(2025, 5, 4), "weekend"),
        (date(2025, 5, 10), date(2025, 5, 11), "weekend"),
        (date(2025, 5, 17), date(2025, 5, 18), "weekend"),
    ]
    assert "makeup (8726/VPCP-KGVX)" in [str(step.said) for step in due.trace if not step.skipped]
    assert due.skipped == 10


@covers("2.01")
def test_each_parameter_names_its_source():
    named = [str(one.source) for one in clock.parameters(term(5, cut_off=time(15)))]
    assert named == ["Civil Code 2015 (91/2015/QH13), article 147", "rule of this system", "văn bản thử"]


@covers("2.01")
def test_a_year_without_decided_holidays_is_said():
    due = clock.due(VIETNAM, date(2026, 12, 28), term(10))
    assert [step.first for step in due.trace if "not decided" in str(step.said)] == [date(2027, 1, 1)]
    assert not any(
        "not decided" in str(step.said) for step in clock.due(VIETNAM, date(2026, 1, 5), term(10)).trace
    )


@covers("2.01")
def test_a_decision_counts_from_the_day_it_is_signed():
    """Nobody knew on 11 April 2024 that 29 April would be off; on 12 April it was signed."""
    before, after = vietnam(date(2024, 4, 11)), vietnam(date(2024, 4, 12))
    assert ends(date(2024, 4, 26), 1, calendar=before) == date(2024, 4, 29)
    assert ends(date(2024, 4, 26), 1, calendar=after) == date(2024, 5, 2)


@covers("2.01")
def test_half_days_and_own_hours():
    half = Mark(
        date(2025, 5, 5), DayKind.HALF, Occasion.STORM, "12/TB", date(2025, 5, 4), works=(time(8), time(12)),
        nearness=2,
    )  # fmt: skip
    morning = calendar([half], [Hours(date(2025, 5, 6), ((time(7), time(11)), (time(13), time(17))))])
    assert clock.due(morning, at("2025-05-05 08:00"), term(5, HOUR)).at == at("2025-05-06 08:00")
    assert clock.due(morning, at("2025-05-05 08:00"), term(1, FRACTION)).at == at("2025-05-06 11:00")
    assert clock.due(morning, at("2025-05-02 08:00"), term(1)).on == date(2025, 5, 5)  # worked, if in part


@covers("2.01")
def test_the_nearer_agency_and_the_later_decision_stand():
    day, early, late = date(2025, 9, 8), date(2025, 9, 1), date(2025, 9, 7)
    off = Mark(day, DayKind.OFF, Occasion.STORM, "1", early, nearness=2)
    worked = Mark(day, DayKind.WORKED, Occasion.OTHER, "2", late)
    taken_back = Mark(day, DayKind.WORKED, Occasion.OTHER, "3", late, nearness=2)
    assert not calendar([off, worked]).works(day)
    assert calendar([taken_back, off, worked]).works(day)


@covers("2.01")
@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (Term(Decimal(0), WORKING), "from 1 to"),
        (Term(Decimal("1.5"), WORKING), "broken"),
        (Term(Decimal(3661), DAY), "as a date"),
        (Term(Decimal(3), WORKING, Counting(day_zero=True)), "names the text"),
    ],
)
def test_what_cannot_be_counted_is_said(bad, words):
    assert words in str(clock.term_problem(bad))
    with pytest.raises(ValueError, match=words):
        clock.due(VIETNAM, date(2025, 5, 5), bad)


@covers("2.01")
def test_a_moment_without_a_zone_is_a_mistake():
    with pytest.raises(ValueError, match="zone"):
        clock.due(VIETNAM, datetime(2025, 5, 5, 8), term(1))  # noqa: DTZ001


@covers("2.02")
@given(STARTS, STARTS, st.integers(1, 60), st.sampled_from([WORKING, DAY, MONTH]))
def test_later_receipt_never_ends_earlier(one, other, quantity, unit):
    first, second = sorted((one, other))
    assert ends(first, quantity, unit) <= ends(second, quantity, unit)


@covers("2.02")
@given(STARTS, st.integers(1, 59), st.sampled_from([WORKING, DAY, MONTH]))
def test_more_units_never_end_earlier(start, quantity, unit):
    assert ends(start, quantity, unit) <= ends(start, quantity + 1, unit)


@covers("2.02")
@given(STARTS, st.integers(1, 30), st.integers(1, 30))
def test_two_terms_after_one_another_are_their_sum(start, first, second):
    assert ends(ends(start, first), second) == ends(start, first + second)


@covers("2.02")
@given(STARTS, st.integers(1, 30), st.integers(1, 20), st.integers(0, 15), st.sampled_from([WORKING, DAY]))
def test_a_pause_adds_the_days_it_takes(start, quantity, length, after, unit):
    """Pausing n counted days before the end moves it to where a term longer by n ends."""
    since = start + timedelta(days=1 + after)
    pause = (since, since + timedelta(days=length))
    paused = clock.due(VIETNAM, start, term(quantity, unit), [pause])
    counted = [
        day for n in range(length)
        if (day := since + timedelta(days=n)) > paused.received_on and (unit == DAY or VIETNAM.works(day))
    ]  # fmt: skip
    unpaused = clock.due(VIETNAM, start, term(quantity, unit, ends_working=False))
    reached = since <= unpaused.on
    assert paused.on == ends(start, quantity + (len(counted) if reached else 0), unit)


@covers("2.02")
@given(STARTS, st.integers(1, 25), st.integers(1, 6), st.integers(1, 6), st.integers(0, 10))
def test_two_pauses_end_where_one_of_both_lengths_does(start, quantity, first, second, gap):
    begin = start + timedelta(days=1)
    middle = begin + timedelta(days=first)
    split = [(begin, middle), (middle, middle + timedelta(days=second))]
    whole = [(begin, middle + timedelta(days=second))]
    asked = term(quantity + gap)
    assert clock.due(VIETNAM, start, asked, split).on == clock.due(VIETNAM, start, asked, whole).on


@covers("2.02")
@given(
    STARTS,
    st.integers(0, 24 * 60 - 1),
    st.integers(1, 40),
    st.integers(1, 40),
)
def test_hours_after_one_another_are_their_sum(start, minute, first, second):
    begun = datetime(start.year, start.month, start.day, tzinfo=UTC) + timedelta(minutes=minute)
    middle = clock.due(VIETNAM, begun, term(first, HOUR)).at
    assert clock.due(VIETNAM, middle, term(second, HOUR)).at == (
        clock.due(VIETNAM, begun, term(first + second, HOUR)).at
    )


@covers("2.02")
@given(STARTS, st.integers(1, 40))
def test_counting_back_finds_the_quantity(start, quantity):
    begun = VIETNAM.next_working(start)
    assert clock.working_days_between(VIETNAM, begun, ends(start, quantity)) == quantity
