"""Where a value should be, and the status that follows (c5, c6)."""

from datetime import date
from decimal import Decimal

import pytest

from tests.marks import covers
from thuocdo.indicators.enums import Health, Standing
from thuocdo.indicators.rules.health import Situation, judge
from thuocdo.indicators.rules.pace import Mark, expected, pace, projected

START, MIDDLE, TARGET = (
    Mark(date(2025, 1, 1), Decimal(20)),
    Mark(date(2025, 7, 1), Decimal(30)),
    Mark(date(2026, 1, 1), Decimal(80)),
)
WAY = [TARGET, START, MIDDLE]
JUNE = date(2025, 6, 30)


@covers("3.02", "3.06")
@pytest.mark.parametrize(
    ("day", "stepwise", "value"),
    [
        (date(2024, 1, 1), False, Decimal(20)),
        (date(2025, 1, 1), False, Decimal(20)),
        (date(2025, 7, 1), False, Decimal(30)),
        (date(2025, 10, 1), False, Decimal(55)),
        (date(2025, 10, 1), True, Decimal(30)),
        (date(2030, 1, 1), False, Decimal(80)),
    ],
)
def test_a_trajectory_is_straight_between_its_marks(day, stepwise, value):
    assert expected(WAY, day, stepwise=stepwise) == value


@covers("3.06")
def test_pace_gap_and_what_is_needed():
    seen = [Mark(date(2025, 4, 1), Decimal(22)), Mark(date(2025, 10, 1), Decimal(48))]
    made = pace(WAY, seen, date(2025, 10, 1))
    assert (made.expected, made.ratio) == (Decimal(55), Decimal(28) / 35)
    assert made.gap == Decimal(100) * (48 - 55) / 60
    assert made.needed == Decimal(32) / 92
    assert made.achieved == Decimal(26) / 183


@covers("3.06")
def test_nothing_due_yet_has_no_pace_and_no_target_ahead_needs_none():
    flat = [
        Mark(date(2025, 1, 1), Decimal(0)),
        Mark(date(2025, 6, 1), Decimal(0)),
        Mark(date(2025, 12, 1), Decimal(9)),
    ]
    assert pace(flat, [Mark(date(2025, 3, 1), Decimal(1))], date(2025, 4, 1)).ratio is None
    assert pace(flat, [Mark(date(2025, 3, 1), Decimal(1))], date(2026, 4, 1)).needed is None
    with pytest.raises(ValueError, match="no value"):
        pace(flat, [], JUNE)


@covers("3.06")
def test_a_projection_has_a_band_and_needs_three_points():
    line = [Mark(date(2025, 1, 1 + 10 * n), Decimal(10 * n)) for n in range(3)]
    assert projected(line[:2], TARGET) is None
    made = projected(line, Mark(date(2025, 2, 10), Decimal(40)))
    assert (made.value, made.low, made.high, made.reached_on) == (
        Decimal(40),
        Decimal(40),
        Decimal(40),
        date(2025, 2, 10),
    )
    bent = projected([*line[:2], Mark(date(2025, 1, 21), Decimal(5))], Mark(date(2025, 2, 10), Decimal(40)))
    assert bent.low < bent.value < bent.high


@covers("3.06")
def test_a_falling_line_never_meets_a_higher_target():
    falling = [Mark(date(2025, 1, 1 + n), Decimal(10 - n)) for n in range(4)]
    assert projected(falling, TARGET).reached_on is None


STATUS = [  # what is known, the status: in the order of the tests
    ({"applies": False, "has_value": False}, Health.NOT_APPLICABLE),
    ({"has_value": False}, Health.NO_VALUE),
    ({"reached": Standing.CONFIRMED, "fresh_until": date(2025, 1, 1)}, Health.DONE_CONFIRMED),
    ({"reached": Standing.MEASURED}, Health.DONE_CONFIRMED),
    ({"reached": Standing.DECLARED, "target_on": date(2025, 1, 1)}, Health.DONE_DECLARED),
    ({"fresh_until": date(2025, 6, 29), "ratio": Decimal(1)}, Health.STALE),
    ({"fresh_until": JUNE, "ratio": Decimal(1)}, Health.ON_TRACK),
    ({"target_on": date(2025, 6, 29), "ratio": Decimal(1)}, Health.LATE),
    ({"target_on": JUNE, "ratio": Decimal(1)}, Health.ON_TRACK),
    ({}, Health.NOT_DUE),
    ({"since_start": False, "ratio": Decimal(0), "target_on": date(2025, 1, 1)}, Health.NOT_DUE),
    ({"since_start": False, "fresh_until": date(2025, 6, 29)}, Health.STALE),
    ({"ratio": Decimal("0.59")}, Health.OFF_TRACK),
    ({"ratio": Decimal("0.60")}, Health.BEHIND),
    ({"ratio": Decimal("0.9499")}, Health.BEHIND),
    ({"ratio": Decimal("0.95")}, Health.ON_TRACK),
    ({"ratio": Decimal(2), "wrong_way": 2}, Health.OFF_TRACK),
    ({"ratio": Decimal("0.5"), "former": Health.ON_TRACK, "on_reporting_day": False}, Health.ON_TRACK),
    ({"ratio": Decimal("0.5"), "former": Health.ON_TRACK, "on_reporting_day": True}, Health.OFF_TRACK),
    ({"ratio": Decimal("0.5"), "former": Health.NO_VALUE, "on_reporting_day": False}, Health.OFF_TRACK),
]


@covers("3.06")
@pytest.mark.parametrize(("known", "health"), STATUS)
def test_the_first_condition_that_holds_decides(known, health):
    made = judge(Situation(day=JUNE, **known))
    assert made.health is health
    assert made.card.result is health
