"""Statements of one form: Django puts each together once, later calls bring only other values (1.31).

Most of the processor time of a page went into building and compiling the same few statements. A function
that builds a queryset from its arguments becomes a `Fixed`:

    @Fixed
    def _children(kind, *, day, parent):
        return Relation.objects.filter(kind=kind, parent=parent, opened_on__lte=day)

    _children.rows(kind, day=day, parent=agency.pk)

What is given by position is the form, known when the statement is built; what is given by name are values,
in whose places the function finds a `Given`. Values are days, moments, numbers, words, and sets of these,
whose size is part of the form. The function may filter by a value, pass it on, write it into SQL of its own;
it may not calculate with it or decide by it.
"""

from collections.abc import Callable, Collection
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, QuerySet
from django.db.models.sql.compiler import SQLCompiler

Sql = tuple[str, tuple[Any, ...]]
EMPTY: Sql = ("", ())
MOST = 500  # statements kept of one function; with more forms than that it begins anew


def sql_of(rows: QuerySet[Any, Any]) -> Sql:
    """The statement of the rows and its parameters; empty where Django sees that there can be none."""
    try:
        text, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return EMPTY
    return text, tuple(params)


class Given(Expression):
    """The place of a value in a statement; of a set, one for each of its members."""

    def __init__(self, name: str, size: int | None = None) -> None:
        super().__init__()
        self.name, self.size = name, size

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: object
    ) -> tuple[str, tuple["_Place", ...]]:
        if self.size is None:
            return "%s", (_Place(self.name),)
        return f"({', '.join(['%s'] * self.size)})", tuple(_Place(self.name, n) for n in range(self.size))


@dataclass(frozen=True, slots=True)
class _Place:
    """One parameter of a compiled statement that is still to be filled."""

    name: str
    member: int | None = None


class Fixed:
    """A function that builds a queryset, with the statements it has built by their form."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self.build = build
        self.compiled: dict[Any, _Compiled] = {}

    def rows(self, *form: Any, **values: Any) -> list[Any]:  # noqa: ANN401 - what the function takes
        """What the statement finds."""
        if _has_empty_set(values):
            return list(self.build(*form, **values))
        return self._of(form, values).rows(values)

    def sql(self, *form: Any, **values: Any) -> Sql:  # noqa: ANN401 - what the function takes
        """The statement and its parameters; empty where Django sees that nothing can be found."""
        if _has_empty_set(values):
            return sql_of(self.build(*form, **values))
        compiled = self._of(form, values)
        return compiled.text, compiled.filled(values)

    def _of(self, form: tuple[Any, ...], values: dict[str, Any]) -> "_Compiled":
        sizes = {name: len(value) if _is_set(value) else None for name, value in values.items()}
        key = (connection.vendor, form, tuple(sizes.items()))
        found = self.compiled.get(key)
        if found is None:
            if len(self.compiled) >= MOST:
                self.compiled.clear()
            given = {name: Given(name, size) for name, size in sizes.items()}
            found = self.compiled[key] = _Compiled(self.build(*form, **given))
        return found


class _Compiled:
    """A queryset whose statement is written, with places in it."""

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        self.queryset = rows
        # `connection` is that of the thread in which it is asked.
        self.compiler: Any = rows.query.get_compiler(connection=connection)
        self.text, self.places = self.compiler.as_sql()

    def filled(self, values: dict[str, Any]) -> tuple[Any, ...]:
        """The parameters, these values in their places."""
        members = {name: tuple(value) for name, value in values.items() if _is_set(value)}
        return tuple(
            one
            if not isinstance(one, _Place)
            else _adapted(values[one.name] if one.member is None else members[one.name][one.member])
            for one in self.places
        )

    def rows(self, values: dict[str, Any]) -> list[Any]:
        """What Django makes of the rows found, as if the queryset had been built with these values."""
        compiler = copy(self.compiler)
        compiler.as_sql = lambda *_, **__: (self.text, self.filled(values))
        queryset = self.queryset.all()
        queryset.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return list(queryset)


def _is_set(value: object) -> bool:
    return isinstance(value, Collection) and not isinstance(value, str)


def _has_empty_set(values: dict[str, Any]) -> bool:
    return any(_is_set(value) and not value for value in values.values())


def _adapted(value: Any) -> Any:  # noqa: ANN401 - as the database takes it
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
