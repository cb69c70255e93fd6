"""The status table of `rules/status.py` as SQL over spans."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, F, Func, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from thuocdo.assignments.enums import Series
from thuocdo.assignments.models import Span
from thuocdo.assignments.rules.status import TABLES
from thuocdo.lib.conditions import Column, Condition, Day, Op, Present, Test, Value
from thuocdo.lib.moments import MOMENT_MAX, AsOf

SIGNS: Mapping[Op, str] = {Op.EQUALS: "=", Op.BEFORE: "<", Op.NOT_AFTER: "<=", Op.AFTER: ">"}


def standing(as_of: AsOf) -> QuerySet[Span]:
    """One span for each assignment given by the day, as known at the moment asked for."""
    rows = Span.objects.filter(valid_from__lte=as_of.day, valid_to__gt=as_of.day)
    if as_of.known is None:
        return rows.filter(known_to=MOMENT_MAX)
    return rows.filter(known_from__lte=as_of.known, known_to__gt=as_of.known)


class StatusOn(Func):
    """The status of a span on the day, as one SQL expression.

    Written as text: the same out of Django's `Case` and `When` costs a page milliseconds to put together.
    """

    def __init__(self, day: date, series: Series) -> None:
        table = TABLES[series]
        self.day, self.series = day, series
        self.names = sorted({name for _, condition in table for test in condition for name in _columns(test)})
        super().__init__(*map(F, self.names), output_field=CharField())

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: object
    ) -> tuple[str, tuple[str | int, ...]]:
        """Every part is a column, a day or a word of our own tables: there is nothing to escape."""
        of = dict(zip(self.names, (compiler.compile(one)[0] for one in self.source_expressions), strict=True))
        table = TABLES[self.series]
        whens = [f"WHEN {_sql(condition, of, self.day)} THEN '{status}'" for status, condition in table[:-1]]
        return f"CASE {' '.join(whens)} ELSE '{table[-1][0]}' END", ()


def with_status(spans: QuerySet[Span], day: date) -> QuerySet[Any]:
    """The spans with `status_declared` and `status_confirmed` on the day."""
    return spans.annotate(**{f"status_{series}": StatusOn(day, series) for series in Series})


def _columns(test: Test | Present) -> list[str]:
    right = test.value if isinstance(test, Test) else None
    return [test.column, right.name] if isinstance(right, Column) else [test.column]


def _sql(condition: Condition, of: Mapping[str, str], day: date) -> str:
    return " AND ".join(
        f"{of[test.column]} IS NOT NULL"
        if isinstance(test, Present)
        else f"{of[test.column]} {SIGNS[test.op]} {_value(test.value, of, day)}"
        for test in condition
    )


def _value(value: Value, of: Mapping[str, str], day: date) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, Column):
        return of[value.name]
    return f"'{day if isinstance(value, Day) else value}'"
