"""The tables of `rules/status.py` and `rules/conditions.py` as SQL over spans."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, CharField, F, Field, Func, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from thuocdo.assignments.enums import Condition as DutyCondition
from thuocdo.assignments.enums import Series
from thuocdo.assignments.models import Span
from thuocdo.assignments.rules.conditions import CONDITIONS
from thuocdo.assignments.rules.status import TABLES
from thuocdo.lib.conditions import Column, Condition, Day, Not, Op, Present, Test, Value
from thuocdo.lib.moments import MOMENT_MAX, AsOf
from thuocdo.statements.fixed import Given

SIGNS: Mapping[Op, str] = {Op.EQUALS: "=", Op.BEFORE: "<", Op.NOT_AFTER: "<=", Op.AFTER: ">"}


def standing(as_of: AsOf) -> QuerySet[Span]:
    """One span for each assignment given by the day, as known at the moment asked for."""
    rows = Span.objects.filter(valid_from__lte=as_of.day, valid_to__gt=as_of.day)
    if as_of.known is None:
        return rows.filter(known_to=MOMENT_MAX)
    return rows.filter(known_from__lte=as_of.known, known_to__gt=as_of.known)


class OnDay(Func):
    """An expression over columns of a span on the day, from a table of conditions.

    Written as text: the same out of Django's `Case` and `When` costs a page milliseconds to put together.
    """

    def __init__(self, day: date | Given, conditions: Iterable[Condition], field: "Field[Any, Any]") -> None:
        self.day, self.day_sql = day, "%s" if isinstance(day, Given) else f"'{day}'"
        self.names = sorted({name for one in conditions for test in one for name in _columns(test)})
        super().__init__(*map(F, self.names), output_field=field)

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: object
    ) -> tuple[str, tuple[Any, ...]]:
        """Every part is a column, a day or a word of our own tables: there is nothing to escape."""
        of = dict(zip(self.names, (compiler.compile(one)[0] for one in self.source_expressions), strict=True))
        text = self.written(of)
        if not isinstance(self.day, Given):
            return text, ()
        return text, self.day.as_sql(compiler, connection)[1] * text.count("%s")

    def written(self, of: Mapping[str, str]) -> str:
        """The expression; `of` gives the columns by name."""
        raise NotImplementedError


class StatusOn(OnDay):
    """The status of a span on the day, as one SQL expression."""

    def __init__(self, day: date | Given, series: Series) -> None:
        self.table = TABLES[series]
        super().__init__(day, (condition for _, condition in self.table), CharField())

    def written(self, of: Mapping[str, str]) -> str:
        table = self.table
        whens = [
            f"WHEN {_sql(condition, of, self.day_sql)} THEN '{status}'" for status, condition in table[:-1]
        ]
        return f"CASE {' '.join(whens)} ELSE '{table[-1][0]}' END"


class Holds(OnDay):
    """Whether a condition of `rules/conditions.py` holds of a span on the day; filters take it as it is."""

    conditional = True

    def __init__(self, day: date | Given, condition: DutyCondition) -> None:
        self.condition = CONDITIONS[condition]
        super().__init__(day, [self.condition], BooleanField())

    def written(self, of: Mapping[str, str]) -> str:
        return f"({_sql(self.condition, of, self.day_sql)})"


def with_status(spans: QuerySet[Span], day: date) -> QuerySet[Any]:
    """The spans with `status_declared` and `status_confirmed` on the day."""
    return spans.annotate(**{f"status_{series}": StatusOn(day, series) for series in Series})


def _columns(test: Test | Present | Not) -> list[str]:
    if isinstance(test, Not):
        return _columns(test.test)
    right = test.value if isinstance(test, Test) else None
    return [test.column, right.name] if isinstance(right, Column) else [test.column]


def _sql(condition: Condition, of: Mapping[str, str], day: str) -> str:
    return " AND ".join(_test(test, of, day) for test in condition)


def _test(test: Test | Present | Not, of: Mapping[str, str], day: str) -> str:
    if isinstance(test, Not):
        return f"({_test(test.test, of, day)}) IS NOT TRUE"
    if isinstance(test, Present):
        return f"{of[test.column]} IS NOT NULL"
    return f"{of[test.column]} {SIGNS[test.op]} {_value(test.value, of, day)}"


def _value(value: Value, of: Mapping[str, str], day: str) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, Column):
        return of[value.name]
    return day if isinstance(value, Day) else f"'{value}'"
