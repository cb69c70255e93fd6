"""The status table of `rules/status.py` as SQL over spans."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from thuocdo.assignments.enums import Series
from thuocdo.assignments.models import Span
from thuocdo.assignments.rules.status import TABLES
from thuocdo.lib.conditions import Column, Condition, Day, Op, Present, Test
from thuocdo.lib.moments import MOMENT_MAX, AsOf

LOOKUP: Mapping[Op, str] = {Op.EQUALS: "", Op.BEFORE: "__lt", Op.NOT_AFTER: "__lte", Op.AFTER: "__gt"}


def standing(as_of: AsOf) -> QuerySet[Span]:
    """One span for each assignment given by the day, as known at the moment asked for."""
    rows = Span.objects.filter(valid_from__lte=as_of.day, valid_to__gt=as_of.day)
    if as_of.known is None:
        return rows.filter(known_to=MOMENT_MAX)
    return rows.filter(known_from__lte=as_of.known, known_to__gt=as_of.known)


def status_on(day: date, series: Series) -> Case:
    """The status of a span on the day, as an SQL expression."""
    table = TABLES[series]
    whens = [When(_q(condition, day), then=Value(status.value)) for status, condition in table[:-1]]
    return Case(*whens, default=Value(table[-1][0].value), output_field=CharField())


def with_status(spans: QuerySet[Span], day: date) -> QuerySet[Any]:
    """The spans with `status_declared` and `status_confirmed` on the day."""
    return spans.annotate(**{f"status_{series}": status_on(day, series) for series in Series})


def _q(condition: Condition, day: date) -> Q:
    found = Q()
    for test in condition:
        found &= _test(test, day)
    return found


def _test(test: Test | Present, day: date) -> Q:
    if isinstance(test, Present):
        return Q(**{f"{test.column}__isnull": False})
    value: object = test.value
    if isinstance(test.value, Day):
        value = day
    elif isinstance(test.value, Column):
        value = F(test.value.name)
    return Q(**{f"{test.column}{LOOKUP[test.op]}": value})
