"""Sealing: takes the entries that are visible but in no batch into the next batch."""

from datetime import datetime

from django.db import connection, transaction

from thuocdo.audit import heads, keyring, queries
from thuocdo.audit.models import Batch, Entry, Seal, Sealer
from thuocdo.lib import merkle

MOST = 4096  # entries in one batch: a proof of 12 hashes


@transaction.atomic
def seal(*, at: datetime, most: int = MOST) -> Batch | None:
    """Seal the oldest unsealed entries, at most `most`; None when there are none. Call again until None.

    Sealers wait for one another at the `Sealer` row; writers are not held up, on PostgreSQL. An entry that
    commits late, with an id below one already sealed, goes into a later batch.
    """
    sealer, _made = Sealer.objects.select_for_update().get_or_create(pk=1)
    last = queries.last_batch()
    settled_id = last.settled_id if last else 0
    final_id = max(settled_id, _final_id(sealer))
    entries = list(queries.unsealed(settled_id)[:most])
    if not entries:
        return None
    seen_id = entries[-1].id
    if connection.vendor != "postgresql":
        settled_id = seen_id  # one writer at a time, and it is this one
    else:
        settled_id = max(settled_id, min(final_id, seen_id) if len(entries) == most else final_id)
        _look_ahead(sealer, settled_id, seen_id)
    return _write(last, entries, settled_id, at)


def _final_id(sealer: Sealer) -> int:
    """Up to here nothing more can appear. To be asked before the entries are read."""
    if sealer.holders and set(sealer.holders) & queries.writers():
        return 0
    sealer.holders = []
    return sealer.pending_id


def _look_ahead(sealer: Sealer, settled_id: int, seen_id: int) -> None:
    """Note who is writing now, when the last note is settled. To be asked after the entries are read."""
    if sealer.pending_id <= settled_id:
        sealer.pending_id, sealer.holders = seen_id, sorted(queries.writers())
    sealer.save()


def _write(last: Batch | None, entries: list[Entry], settled_id: int, at: datetime) -> Batch:
    leaves = [heads.leaf(entry) for entry in entries]
    batch = Batch(
        number=last.number + 1 if last else 1,
        at=max(at, last.at) if last else at,
        count=len(entries),
        settled_id=settled_id,
        root=merkle.root(leaves).hex(),
        previous=last.chain if last else heads.FIRST,
    )
    heads.sealed(batch, keyring.load().current()).save()
    Seal.objects.bulk_create(
        Seal(entry_id=entry.id, batch=batch.number, position=position, leaf=leaf)
        for position, (entry, leaf) in enumerate(zip(entries, leaves, strict=True))
    )
    return batch
