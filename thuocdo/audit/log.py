"""Appends entries to the log, in the transaction of the write that they record."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, Protocol

from django.db import connection, models

from thuocdo.audit import canon
from thuocdo.audit.canon import Snapshot, snapshot
from thuocdo.audit.models import Entry

__all__ = ["Actor", "record", "record_gone", "record_many", "snapshot"]

ROWS_PER_INSERT = 500
_PLACES = "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
_INSERT = """
INSERT INTO audit_entry (verb, "table", row_id, by_id, for_id, at, "old", "new", row_digest, salt) VALUES
"""


class Actor(Protocol):
    """Who acts: anything with a primary key, in practice a `User`; `for_id`: for whom they stand in."""

    for_id: int | None

    @property
    def pk(self) -> Any: ...  # noqa: ANN401 - as Django types it


def record(
    verb: str, row: models.Model, *, by: Actor | None, at: datetime, before: Snapshot | None = None
) -> Entry:
    """Append what was just written to `row`. `before` is `snapshot(row)` from before the write.

    Without `before` the row counts as new and all its audited fields are entered. `RuntimeError` outside a
    transaction, `TypeError` for a model without `audited`.
    """
    _inside_transaction()
    entry = _entry(verb, row, by, at, before)
    return _insert(entry)


def record_many(
    verb: str,
    rows: Iterable[models.Model],
    *,
    by: Actor | None,
    at: datetime,
    before: Mapping[Any, Snapshot] | None = None,
) -> int:
    """Append one entry for each row, one statement for 500 of them; returns how many. `before` is by key."""
    _inside_transaction()
    former = before or {}
    entries = (_entry(verb, row, by, at, former.get(row.pk)) for row in rows)
    count = 0
    while some := list(islice(entries, ROWS_PER_INSERT)):
        _insert_many(some)
        count += len(some)
    return count


def record_gone(verb: str, row: models.Model, *, by: Actor | None, at: datetime) -> Entry:
    """Append that `row` is removed. Called before the deletion, while the row still has its key."""
    _inside_transaction()
    entry = _entry(verb, row, by, at, None)
    entry.old, entry.new, entry.row_digest = entry.new, {}, None
    return _insert(entry)


def _insert(entry: Entry) -> Entry:
    """Saves the entry. This stands in every write, so it goes straight to the database: half of `save()`."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_INSERT} {_PLACES} RETURNING id", _values(entry))
        (entry.id,) = cursor.fetchone()
    entry._state.adding, entry._state.db = False, connection.alias
    return entry


def _insert_many(entries: list[Entry]) -> None:
    """Saves the entries in one statement, without learning their ids."""
    values = [value for entry in entries for value in _values(entry)]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT + ", ".join([_PLACES] * len(entries)), values)


def _values(entry: Entry) -> tuple[str | int | None, ...]:
    return (
        entry.verb, entry.table, entry.row_id, entry.by_id, entry.for_id,
        connection.ops.adapt_datetimefield_value(entry.at),
        canon.dumps(entry.old), canon.dumps(entry.new), entry.row_digest, entry.salt,
    )  # fmt: skip


def _inside_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("The log is written only in the transaction of the write: use transaction.atomic.")


def _entry(verb: str, row: models.Model, by: Actor | None, at: datetime, before: Snapshot | None) -> Entry:
    if row.pk is None:
        raise ValueError("The log records a row that has its key: after it is saved, before it is deleted.")
    if at.tzinfo is None:
        raise ValueError("The log takes aware moments only.")
    names = canon.personal(type(row))
    salt = secrets.token_hex(16) if names else ""
    after = canon.masked(snapshot(row), names, salt)
    old: Snapshot = {}
    new = after
    if before is not None:
        former = canon.masked(before, names, salt)
        changed = [name for name, value in after.items() if former.get(name) != value]
        old, new = {name: former.get(name) for name in changed}, {name: after[name] for name in changed}
    return Entry(
        verb=verb,
        table=row._meta.db_table,
        row_id=str(row.pk),
        by_id=None if by is None else by.pk,
        for_id=None if by is None else by.for_id,
        at=at,
        old=old,
        new=new,
        row_digest=canon.digest(after),
        salt=salt,
    )
