"""Writes rows in bulk past the ORM: COPY on PostgreSQL, INSERT on SQLite. Only for synthetic loads."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

ROWS_AT_ONCE = 20_000


class Table:
    """The columns of a model in their order, and where some of them stand in a row."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.name = model._meta.db_table
        self.fields = [field.attname for field in model._meta.concrete_fields]
        self.columns = [str(field.column) for field in model._meta.concrete_fields]

    def row(self, **values: object) -> list[object]:
        """A row of these values; what is not said is the field's default, or null."""
        return [
            values[field.attname] if field.attname in values else _default(field)
            for field in self.model._meta.concrete_fields
        ]

    def place(self, name: str) -> int:
        """Where the column stands in a row."""
        return self.fields.index(name)


class Sink:
    """Collects rows by table and writes them when there are many, tables in the order first used."""

    def __init__(self) -> None:
        self.rows: dict[Table, list[Sequence[object]]] = defaultdict(list)
        self.count = 0

    def add(self, table: Table, row: Sequence[object]) -> None:
        """Take one row."""
        self.rows[table].append(row)
        self.count += 1

    def flush(self) -> None:
        """Write everything taken."""
        for table, rows in self.rows.items():
            _write(table, rows)
            rows.clear()

    def flush_when_many(self) -> None:
        """Write when enough is waiting."""
        if sum(len(rows) for rows in self.rows.values()) >= ROWS_AT_ONCE:
            self.flush()

    def finish(self) -> None:
        """Write the rest and set the sequences behind the ids written."""
        self.flush()
        with connection.cursor() as cursor:
            written = [table.model for table in self.rows]
            for statement in connection.ops.sequence_reset_sql(no_style(), written):
                cursor.execute(statement)


def _default(field: "models.Field[Any, Any]") -> object:
    if field.has_default():
        return field.get_default()
    return "" if isinstance(field, models.CharField | models.TextField) and not field.null else None


def _write(table: Table, rows: Iterable[Sequence[object]]) -> None:
    columns = ", ".join(f'"{column}"' for column in table.columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(table.columns))
            statement = f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})'  # nosec B608 # names of our models
            cursor.executemany(statement, [[_plain(value) for value in row] for row in rows])


def _plain(value: object) -> Any:  # noqa: ANN401 - what a driver takes
    """As SQLite keeps it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return value.isoformat()
    return value
