"""Conditions on a row and a day, stated once and read two ways: in Python here, in SQL by the row's app.

A condition is a conjunction of tests. A comparison with a missing value is never true, in Python as in SQL.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Op(StrEnum):
    """Comparisons that both sides know."""

    EQUALS = "equals"
    BEFORE = "before"
    NOT_AFTER = "not_after"
    AFTER = "after"


class Day:
    """The day that is looked at."""


DAY = Day()


@dataclass(frozen=True, slots=True)
class Column:
    """Another column of the same row."""

    name: str


Value = str | bool | Day | Column


@dataclass(frozen=True, slots=True)
class Test:
    """`column op value`; or with `present` alone: whether the column has a value."""

    column: str
    op: Op
    value: Value


@dataclass(frozen=True, slots=True)
class Present:
    """The column has a value."""

    column: str


@dataclass(frozen=True, slots=True)
class Not:
    """The test is not true of the row; a comparison with a missing value is not."""

    test: Test | Present


Condition = tuple[Test | Present | Not, ...]

COMPARE: Mapping[Op, Callable[[Any, Any], bool]] = {
    Op.EQUALS: operator.eq,
    Op.BEFORE: operator.lt,
    Op.NOT_AFTER: operator.le,
    Op.AFTER: operator.gt,
}


def holds(condition: Condition, row: object, day: date) -> bool:
    """Whether every test of the condition is true of the row on the day."""
    return all(_true(test, row, day) for test in condition)


def _true(test: Test | Present | Not, row: object, day: date) -> bool:
    if isinstance(test, Not):
        return not _true(test.test, row, day)
    left = getattr(row, test.column)
    if isinstance(test, Present):
        return left is not None
    right = _value(test.value, row, day)
    return left is not None and right is not None and COMPARE[test.op](left, right)


def _value(value: Value, row: object, day: date) -> object:
    if isinstance(value, Day):
        return day
    return getattr(row, value.name) if isinstance(value, Column) else value
