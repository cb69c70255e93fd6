"""From raw reports to a value that can be compared with a target (formulas, c2): the axis of time.

Three parameters of the indicator decide: from where running totals are taken apart (`decumulate`), over which
window values are looked at, and what is made of them. Missing periods stay missing: they are counted, never
filled.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from thuocdo.indicators.enums import Combine, Missing, Since

MONTHS = {Since.MONTHS_3: 3, Since.MONTHS_6: 6, Since.MONTHS_12: 12, Since.MONTHS_48: 48}


@dataclass(frozen=True, slots=True)
class Point:
    """The value of one period, by the day it ended; a ratio has its two parts. None: not reported."""

    ended_on: date
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """How periods make one value. `start` is the day that `Since.DATE` means, for either use."""

    decumulate: Since = Since.NONE
    window: Since = Since.NONE
    operation: Combine = Combine.LAST
    start: date | None = None


@dataclass(frozen=True, slots=True)
class Comparable:
    """The value on a day, with how many periods it rests on and how many were expected."""

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    reported: int
    expected: int
    latest: date | None  # the end of the last period with a value
    missing: Missing | None = None


def comparable(points: Sequence[Point], shape: Shape, day: date) -> Comparable:
    """The value on a day from all points of one agency, each period once, in any order."""
    known = sorted((point for point in points if point.ended_on <= day), key=lambda point: point.ended_on)
    inside = _window(_flows(known, shape), shape, day)
    told = [point for point in inside if point.value is not None]
    latest = told[-1].ended_on if told else None
    if not told:
        return Comparable(None, None, None, 0, len(inside), None, Missing.NO_VALUE)
    if shape.operation is Combine.RATIO:
        return _ratio(told, len(inside), latest)
    last = told[-1] if shape.operation is Combine.LAST else None  # a last ratio keeps its two parts
    above, below = (last.numerator, last.denominator) if last else (None, None)
    return Comparable(_made(told, shape.operation), above, below, len(told), len(inside), latest)


def _flows(points: Sequence[Point], shape: Shape) -> list[Point]:
    """Running totals taken apart into what each period added; the first after a start is its own flow.

    A running total after a gap cannot be taken apart: what was added in between is not known by period.
    """
    if shape.decumulate is Since.NONE:
        return list(points)
    found: list[Point] = []
    former: Point | None = None
    for point in points:
        if former is None or _restarts(former.ended_on, point.ended_on, shape):
            found.append(point)
        elif former.value is None or point.value is None:
            found.append(replace(point, value=None))
        else:
            found.append(replace(point, value=point.value - former.value))
        former = point
    return found


def _restarts(former: date, ended_on: date, shape: Shape) -> bool:
    if shape.decumulate is Since.YEAR_START:
        return former.year != ended_on.year
    return shape.start is not None and former < shape.start <= ended_on


def _window(points: Sequence[Point], shape: Shape, day: date) -> list[Point]:
    start = window_start(shape, day)
    return [point for point in points if start is None or point.ended_on >= start]


def window_start(shape: Shape, day: date) -> date | None:
    """The first day of the window; None: no limit."""
    if shape.window is Since.YEAR_START:
        return date(day.year, 1, 1)
    if shape.window is Since.DATE:
        return shape.start
    months = MONTHS.get(shape.window)
    if months is None:
        return None
    first = day.year * 12 + day.month - months  # months since year 0 of the first month of the window
    return date(first // 12, first % 12 + 1, 1)


def _made(told: Sequence[Point], operation: Combine) -> Decimal:
    values = [point.value for point in told if point.value is not None]
    if operation is Combine.SUM:
        return sum(values, Decimal(0))
    if operation is Combine.AVERAGE:
        return sum(values, Decimal(0)) / len(values)
    if operation in (Combine.MIN, Combine.MAX):
        return min(values) if operation is Combine.MIN else max(values)
    if operation is Combine.COUNT:
        return Decimal(len(values))
    if operation is Combine.LAST:
        return values[-1]
    raise ValueError(f"periods are not combined by {operation!r}")


def _ratio(told: Sequence[Point], expected: int, latest: date | None) -> Comparable:
    """Sum of numerators over sum of denominators: per cent are never averaged."""
    parts = [
        (point.numerator, point.denominator)
        for point in told
        if point.numerator is not None and point.denominator is not None
    ]
    above = sum((numerator for numerator, _ in parts), Decimal(0))
    below = sum((denominator for _, denominator in parts), Decimal(0))
    if not below:
        return Comparable(None, above, below, len(parts), expected, latest, Missing.ZERO_DENOMINATOR)
    return Comparable(above / below, above, below, len(parts), expected, latest)
