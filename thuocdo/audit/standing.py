"""For migrations that add a field to what is `audited`: standing rows enter the log with it (ADR 10)."""

from datetime import datetime
from itertools import islice

from django.db import models

from thuocdo.audit import canon, log

ROWS = 500  # at once


def enter(
    model: type[models.Model],
    audited: tuple[str, ...],
    *,
    added: tuple[str, ...],
    at: datetime,
    personal: tuple[str, ...] = (),
) -> int:
    """Log every row of the model as it stood in the migration's own state; how many.

    `audited` are its audited fields from this migration on, `added` the new ones among them, `personal` those
    that enter as salted digests. Without this the digests of the rows would differ from those in the log.
    """
    # A model of a migration's state has none of its own.
    model.audited, model.audited_personal = audited, personal  # type: ignore[attr-defined]
    rows = model._base_manager.order_by("pk").iterator(chunk_size=ROWS)
    count = 0
    while some := list(islice(rows, ROWS)):
        former = {row.pk: _without(canon.snapshot(row), added) for row in some}
        count += log.record_many("fields.added", some, by=None, at=at, before=former)
    return count


def _without(values: canon.Snapshot, names: tuple[str, ...]) -> canon.Snapshot:
    return {name: value for name, value in values.items() if name not in names}
