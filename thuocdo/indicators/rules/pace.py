"""Where a value should be on a day, and how fast it has to go on (formulas, c5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

FULL = Decimal(100)
DAYS_OF_FIT = 4  # how many last points a projection looks at, unless told otherwise


@dataclass(frozen=True, slots=True)
class Mark:
    """A value on a day: the start, an interim target, the target, or something observed."""

    on: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Pace:
    """How a value stands against its trajectory. Rates in per cent, `ratio` 1 = as expected."""

    expected: Decimal  # the value where the trajectory is
    ratio: Decimal | None  # None: nothing was due yet
    gap: Decimal | None  # in points of progress: progress less expected progress
    needed: Decimal | None  # units a day from now to the target day; None once it has passed
    achieved: Decimal | None  # units a day since the value before


@dataclass(frozen=True, slots=True)
class Projection:
    """Where the last points lead: never a fact. `low` and `high` are two standard errors away."""

    on: date
    value: Decimal
    low: Decimal
    high: Decimal
    reached_on: date | None  # when the line meets the target; None: it does not, or within 100 years


def expected(trajectory: Sequence[Mark], day: date, *, stepwise: bool = False) -> Decimal:
    """The value on a day: straight between the marks; stepwise: the last mark holds until the next.

    Before the first mark its value, after the last mark its value. `ValueError` without marks.
    """
    marks = sorted(trajectory, key=lambda mark: mark.on)
    if not marks:
        raise ValueError("a trajectory has at least its start")
    if day <= marks[0].on:
        return marks[0].value
    for before, after in pairwise(marks):
        if day < after.on:
            if stepwise:
                return before.value
            share = Decimal((day - before.on).days) / (after.on - before.on).days
            return before.value + (after.value - before.value) * share
    return marks[-1].value


def pace(trajectory: Sequence[Mark], seen: Sequence[Mark], day: date, *, stepwise: bool = False) -> Pace:
    """How the last value seen by the day stands. `ValueError` where nothing was seen."""
    marks, told = sorted(trajectory, key=_on), sorted((mark for mark in seen if mark.on <= day), key=_on)
    if not told:
        raise ValueError("there is no value by this day")
    start, target, value = marks[0], marks[-1], told[-1].value
    due = expected(marks, day, stepwise=stepwise)
    way = target.value - start.value
    ratio = None if due == start.value else (value - start.value) / (due - start.value)
    gap = FULL * (value - due) / way if way else None
    left = (target.on - day).days
    needed = (target.value - value) / left if left > 0 else None
    former = told[-2] if len(told) > 1 else start
    days = (told[-1].on - former.on).days
    return Pace(due, ratio, gap, needed, (value - former.value) / days if days > 0 else None)


def projected(seen: Sequence[Mark], target: Mark, *, last: int = DAYS_OF_FIT) -> Projection | None:
    """The straight line of the last points, on the target day; None with fewer than three points."""
    points = sorted(seen, key=_on)[-last:]
    if len(points) < 3:
        return None
    zero = points[0].on
    line = _fit([(Decimal((mark.on - zero).days), mark.value) for mark in points])
    if line is None:
        return None
    slope, height, error = line
    value = height + slope * (target.on - zero).days
    return Projection(
        target.on, value, value - 2 * error, value + 2 * error, _meets(slope, height, zero, target.value)
    )


def _on(mark: Mark) -> date:
    return mark.on


def _fit(points: Sequence[tuple[Decimal, Decimal]]) -> tuple[Decimal, Decimal, Decimal] | None:
    """Least squares: slope, height at 0, standard error of the residuals; None when all are of one day."""
    count = len(points)
    mean_x = sum((x for x, _ in points), Decimal(0)) / count
    mean_y = sum((y for _, y in points), Decimal(0)) / count
    spread = sum(((x - mean_x) ** 2 for x, _ in points), Decimal(0))
    if not spread:
        return None
    slope = sum(((x - mean_x) * (y - mean_y) for x, y in points), Decimal(0)) / spread
    height = mean_y - slope * mean_x
    residuals = sum(((y - height - slope * x) ** 2 for x, y in points), Decimal(0))
    return slope, height, (residuals / (count - 2)).sqrt()


def _meets(slope: Decimal, height: Decimal, zero: date, target: Decimal) -> date | None:
    if not slope:
        return None
    days = (target - height) / slope
    return zero + timedelta(days=int(days.to_integral_value())) if 0 <= days <= 36_525 else None
