"""Finds rows of the database that are not as the log left them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import Max

from thuocdo.audit import canon
from thuocdo.audit.models import Entry
from thuocdo.audit.verify import Problem
from thuocdo.lib.say import say

ROWS = 500  # compared at once, inside one snapshot of the database


def audited_models() -> list[type[models.Model]]:
    """The models that name `audited` fields and have a table of their own."""
    found = [model for model in apps.get_models() if getattr(model, "audited", None)]
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def rows() -> Iterator[Problem]:
    """Rows that differ from their last entry, have none, or are gone without one. Statements per 500 rows."""
    for model in audited_models():
        yield from _changed(model)
        yield from _gone(model)


@contextmanager
def _snapshot() -> Iterator[None]:
    """The reads inside see one state of the database, so that a write in between is no false alarm."""
    nested = connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and not nested:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _changed(model: type[models.Model]) -> Iterator[Problem]:
    """Rows against their last entries, in the order of their keys."""
    fields = ("pk", *getattr(model, "audited", ()))
    table, seen = model._meta.db_table, None
    while True:
        with _snapshot():
            wanted = model._base_manager.order_by("pk").only(*fields)
            chunk = list((wanted if seen is None else wanted.filter(pk__gt=seen))[:ROWS])
            keys = [str(row.pk) for row in chunk]
            of_chunk = Entry.objects.filter(table=table, row_id__in=keys)
            last = of_chunk.values("row_id").annotate(last=Max("id")).values("last")
            entries = {entry.row_id: entry for entry in Entry.objects.filter(id__in=last)}
            found = [problem for row in chunk if (problem := _compare(row, entries.get(str(row.pk))))]
        yield from found
        if len(chunk) < ROWS:
            return
        seen = chunk[-1].pk


def _compare(row: models.Model, entry: Entry | None) -> Problem | None:
    table, key = row._meta.db_table, str(row.pk)
    if entry is None:
        text = say("%(table)s %(row)s: the row has no entry in the log.", table=table, row=key)
        return Problem("row", text, table=table, row_id=key)
    if entry.row_digest is None:
        text = say(
            "%(table)s %(row)s: the row is there, but the log says it was removed.", table=table, row=key
        )
        return Problem("row", text, entry_id=entry.id, table=table, row_id=key)
    names = canon.personal(type(row))
    if canon.digest(canon.masked(canon.snapshot(row), names, entry.salt)) == entry.row_digest:
        return None
    fields = _differing(row)
    text = say(
        "%(table)s %(row)s is not as entry %(entry)s left it: %(fields)s.",
        table=table, row=key, entry=entry.id, fields=", ".join(fields) or "?",
    )  # fmt: skip
    return Problem("row", text, entry_id=entry.id, table=table, row_id=key, fields=fields)


def _differing(row: models.Model) -> tuple[str, ...]:
    """The fields that differ from what the entries of this row last said of each."""
    names, values = canon.personal(type(row)), canon.snapshot(row)
    said: dict[str, tuple[str | None, str]] = {}
    history = Entry.objects.filter(table=row._meta.db_table, row_id=str(row.pk)).order_by("id")
    for entry in history.iterator():
        said.update({name: (value, entry.salt) for name, value in entry.new.items()})
    return tuple(
        name
        for name, (value, salt) in said.items()
        if name in values and canon.masked({name: values[name]}, names, salt)[name] != value
    )


def _gone(model: type[models.Model]) -> Iterator[Problem]:
    """Rows that the log knows and the table lacks, in the order of the log's keys."""
    table, seen = model._meta.db_table, ""
    while True:
        with _snapshot():
            of_table = Entry.objects.filter(table=table, row_id__gt=seen)
            chunk = list(of_table.values("row_id").annotate(last=Max("id")).order_by("row_id")[:ROWS])
            ids = [line["last"] for line in chunk]
            kept = Entry.objects.filter(id__in=ids, row_digest__isnull=False).order_by("id")
            expected = {row_id: number for number, row_id in kept.values_list("id", "row_id")}
            there = model._base_manager.filter(pk__in=_keys(model, expected)).values_list("pk", flat=True)
            missing = expected.keys() - {str(key) for key in there}
        for key in sorted(missing):
            text = say(
                "%(table)s %(row)s was removed: entry %(entry)s knows it.",
                table=table, row=key, entry=expected[key],
            )  # fmt: skip
            yield Problem("row", text, entry_id=expected[key], table=table, row_id=key)
        if len(chunk) < ROWS:
            return
        seen = chunk[-1]["row_id"]


def _keys(model: type[models.Model], texts: dict[str, int]) -> list[Any]:
    """The texts as keys of the table; a text that can be no key is no row."""
    found = []
    for text in texts:
        try:
            found.append(model._meta.pk.to_python(text))
        except ValidationError:
            continue
    return found
