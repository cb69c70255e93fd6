"""From periods to a comparable value, and from children to the value above (c2, c3, c4)."""

from datetime import date
from decimal import Decimal

import pytest

from tests.marks import covers
from thuocdo.indicators.enums import Combine, Missing, Since, Standing
from thuocdo.indicators.rules.combining import Part, combine, weakest
from thuocdo.indicators.rules.comparable import Point, Shape, comparable
from thuocdo.indicators.rules.rollup import Item, rollup

YEAR_END = date(2025, 12, 31)


def quarter(number, value, year=2025, parts=(None, None)):
    ends = [date(year, 3, 31), date(year, 6, 30), date(year, 9, 30), date(year, 12, 31)]
    return Point(ends[number - 1], None if value is None else Decimal(value), *parts)


SINCE_NEW_YEAR = Shape(window=Since.YEAR_START, operation=Combine.SUM)
LAST_HALF = Shape(window=Since.MONTHS_6, operation=Combine.SUM)
LAST_QUARTER = Shape(window=Since.MONTHS_3, operation=Combine.SUM)
MEAN = Decimal(35) / 3
FLOWS = [quarter(1, 10), quarter(2, 20), quarter(3, None), quarter(4, 5)]
TOTALS = [quarter(4, 70, 2024), quarter(1, 10), quarter(2, 30), quarter(3, 45), quarter(4, 50)]

TABLE = [  # name, points, shape, day, value, reported, expected
    ("the last value", FLOWS, Shape(), YEAR_END, 5, 3, 4),
    ("the last value known by a day", FLOWS, Shape(), date(2025, 8, 1), 20, 2, 2),
    ("the sum since 1 January", FLOWS, SINCE_NEW_YEAR, YEAR_END, 35, 3, 4),
    ("the mean of what was reported", FLOWS, Shape(operation=Combine.AVERAGE), YEAR_END, MEAN, 3, 4),
    ("the last six months", FLOWS, LAST_HALF, YEAR_END, 5, 1, 2),
    ("the last three months", FLOWS, LAST_QUARTER, date(2025, 6, 30), 20, 1, 1),
    ("the largest", FLOWS, Shape(operation=Combine.MAX), YEAR_END, 20, 3, 4),
    ("the smallest", FLOWS, Shape(operation=Combine.MIN), YEAR_END, 5, 3, 4),
    ("how many", FLOWS, Shape(operation=Combine.COUNT), YEAR_END, 3, 3, 4),
    (
        "running totals of a year, taken apart: the last quarter added 5",
        TOTALS, Shape(decumulate=Since.YEAR_START), YEAR_END, 5, 5, 5,
    ),
    (
        "running totals, added again over the year, give the total",
        TOTALS,
        Shape(decumulate=Since.YEAR_START, window=Since.YEAR_START, operation=Combine.SUM),
        YEAR_END, 50, 4, 4,
    ),
    (
        "running totals since a day",
        TOTALS,
        Shape(Since.DATE, Since.DATE, Combine.SUM, date(2025, 4, 1)),
        YEAR_END, 50, 3, 3,
    ),
]  # fmt: skip


@covers("3.01", "3.06")
@pytest.mark.parametrize(
    ("points", "shape", "day", "value", "reported", "expected"),
    [row[1:] for row in TABLE],
    ids=[row[0] for row in TABLE],
)
def test_periods_make_one_value(points, shape, day, value, reported, expected):
    made = comparable(list(reversed(points)), shape, day)
    assert (made.value, made.reported, made.expected) == (Decimal(str(value)), reported, expected)


@covers("3.03")
def test_a_running_total_after_a_gap_is_not_guessed():
    totals = [quarter(1, 10), quarter(2, None), quarter(3, 45)]
    made = comparable(totals, Shape(decumulate=Since.YEAR_START, operation=Combine.SUM), YEAR_END)
    assert (made.value, made.reported, made.expected) == (Decimal(10), 1, 3)


@covers("3.06")
def test_per_cent_are_never_averaged():
    points = [
        quarter(1, "0.5", parts=(Decimal(1), Decimal(2))),
        quarter(2, "0.9", parts=(Decimal(90), Decimal(100))),
    ]
    made = comparable(points, Shape(operation=Combine.RATIO), YEAR_END)
    assert (made.value, made.numerator, made.denominator) == (Decimal(91) / 102, Decimal(91), Decimal(102))


@covers("3.03")
def test_nothing_reported_and_nothing_to_divide_by():
    assert comparable([quarter(1, None)], Shape(), YEAR_END).missing is Missing.NO_VALUE
    empty = [quarter(1, 0, parts=(Decimal(0), Decimal(0)))]
    assert comparable(empty, Shape(operation=Combine.RATIO), YEAR_END).missing is Missing.ZERO_DENOMINATOR


CHILDREN = [
    Part(1, Decimal("0.5"), Decimal(1), Decimal(2), Standing.CONFIRMED),
    Part(2, Decimal("0.9"), Decimal(90), Decimal(100), Standing.MEASURED),
    Part(3, None),
]


@covers("3.01", "3.07")
@pytest.mark.parametrize(
    ("rule", "value"),
    [
        (Combine.SUM, Decimal("1.4")),
        (Combine.AVERAGE, Decimal("0.7")),
        (Combine.RATIO, Decimal(91) / 102),
        (Combine.MIN, Decimal("0.5")),
        (Combine.MAX, Decimal("0.9")),
        (Combine.COUNT, Decimal(2)),
        (Combine.MANUAL, None),
        (Combine.NONE, None),
    ],
)
def test_children_make_the_value_above_them(rule, value):
    whole = combine(rule, CHILDREN)
    assert (whole.value, whole.reported, whole.expected) == (value, 2, 3)
    assert whole.card.result == value


@covers("3.03")
def test_a_ratio_says_how_much_of_it_is_confirmed():
    parts = [CHILDREN[0], Part(2, Decimal("0.9"), Decimal(90), Decimal(100), Standing.DECLARED)]
    whole = combine(Combine.RATIO, parts)
    assert (whole.standing, whole.of_which) == (Standing.DECLARED, Decimal(2))


@covers("3.03")
def test_the_weakest_standing():
    assert weakest([Standing.MEASURED, Standing.CONFIRMED]) is Standing.CONFIRMED
    assert weakest([Standing.MEASURED, None]) is None
    assert weakest([]) is None


@covers("3.06")
@pytest.mark.parametrize(
    ("rates", "floor", "rate", "coverage", "low", "high", "missing"),
    [
        ((60, 80), 100, 70, 100, 70, 70, None),
        ((60, None), 100, None, 50, 30, 80, Missing.INCOMPLETE),
        ((60, None), 50, 60, 50, 30, 80, None),
        ((None, None), 0, None, 0, 0, 100, Missing.NO_VALUE),
        ((0, 0), 100, 0, 100, 0, 0, None),
    ],
)
def test_a_roll_up_has_a_coverage_and_a_range(rates, floor, rate, coverage, low, high, missing):
    items = [Item(str(n), Decimal(2), None if one is None else Decimal(one)) for n, one in enumerate(rates)]
    made = rollup(items, coverage_floor=Decimal(floor))
    assert (made.rate, made.coverage, made.low, made.high, made.missing) == (
        rate,
        coverage,
        low,
        high,
        missing,
    )
    assert bool(made.card.missing) == (None in rates)


@covers("3.06")
def test_weights_need_not_be_one_hundred():
    """c4: Decidim divides by nothing, and changes its method when a weight is 1."""
    assert rollup([Item("a", Decimal(1), Decimal(100)), Item("b", Decimal(3), Decimal(0))]).rate == 25
    assert rollup([Item("a", Decimal(0), Decimal(100))]).missing is Missing.NOT_APPLICABLE
