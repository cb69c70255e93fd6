"""Reads of the log: its end, the entries of a row, the place of an entry, what is not sealed yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet

from thuocdo.audit import heads, keyring
from thuocdo.audit.models import Batch, Entry, Seal
from thuocdo.lib import merkle

# Every transaction that has taken an id for an entry holds this lock on the table until it ends.
_WRITERS = """
SELECT DISTINCT virtualtransaction FROM pg_locks
WHERE locktype = 'relation' AND relation = 'audit_entry'::regclass AND mode = 'RowExclusiveLock' AND granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
AND pid IS DISTINCT FROM pg_backend_pid()
"""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as a page shows it; `batch` is None while it is not sealed."""

    entry: Entry
    batch: int | None


@dataclass(frozen=True, slots=True)
class Proof:
    """That an entry is in a batch: its leaf, the path beside it, the root it leads to (hexadecimal)."""

    entry_id: int
    batch: int
    position: int
    count: int
    leaf: str
    path: tuple[str, ...]
    root: str

    def holds(self) -> bool:
        """Whether the path leads from the leaf to the root."""
        path = [bytes.fromhex(beside) for beside in self.path]
        found = bytes.fromhex(self.leaf), bytes.fromhex(self.root)
        return merkle.proves(found[0], self.position, self.count, path, found[1])


@dataclass(frozen=True, slots=True)
class HeadStatus:
    """The end of the log: the last batch, what waits to be sealed and for how long, the public key."""

    head: Batch | None
    unsealed: int
    age: timedelta | None  # of the oldest entry that is not sealed; None: all are
    key: str | None


def last_entry_id() -> int:
    """The id of the newest entry; 0 in an empty log."""
    return Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0


def last_batch_number() -> int:
    """The number of the newest batch; 0 before the first seal."""
    last = last_batch()
    return last.number if last else 0


def batches_of(entry_ids: Iterable[int]) -> dict[int, int]:
    """The batch of each entry that is sealed, in one statement."""
    return dict(Seal.objects.filter(entry_id__in=list(entry_ids)).values_list("entry_id", "batch"))


def _lines(entries: list[Entry]) -> list[Line]:
    batches = batches_of(entry.id for entry in entries)
    return [Line(entry, batches.get(entry.id)) for entry in entries]


def tail(limit: int, before_id: int | None = None, *, table: str = "", row_id: str = "") -> list[Line]:
    """The last entries, newest first; `before_id` goes on from the last one of the page before.

    `table` keeps those of one table, with `row_id` of one row.
    """
    entries = Entry.objects.order_by("-id")
    if table:
        entries = entries.filter(table=table, **({"row_id": row_id} if row_id else {}))
    if before_id is not None:
        entries = entries.filter(id__lt=before_id)
    return _lines(list(entries[:limit]))


def entries_of(table: str, row_id: object, limit: int = 1000) -> list[Line]:
    """What happened to one row, oldest first."""
    return _lines(list(Entry.objects.filter(table=table, row_id=str(row_id)).order_by("id")[:limit]))


def acted_for(table: str, row_ids: Iterable[object]) -> dict[str, int]:
    """For whom somebody stood in when they wrote these rows, by the row's key; one statement (2.11)."""
    written = Entry.objects.filter(table=table, row_id__in=[str(pk) for pk in row_ids], for_id__isnull=False)
    return dict(written.order_by("-id").values_list("row_id", "for_id"))


def heads_of_log(limit: int) -> list[Batch]:
    """The last batches, newest first."""
    return list(Batch.objects.order_by("-number")[:limit])


def last_batch() -> Batch | None:
    """The batch that ends the log."""
    return Batch.objects.order_by("-number").first()


def last_id() -> int:
    """The highest id of an entry that is visible; on PostgreSQL lower ones may still appear."""
    return Entry.objects.aggregate(last=Max("id"))["last"] or 0


def writers() -> frozenset[str]:
    """The transactions of others that may hold entries not committed yet; none on SQLite, with one writer.

    When those that are named after `last_id` was asked have ended, nothing can appear up to that id.
    """
    if connection.vendor != "postgresql":
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(_WRITERS)
        return frozenset(holder for (holder,) in cursor.fetchall())


def after(entry_id: int, until_id: int, limit: int) -> list[Entry]:
    """The entries behind this id, up to another, in the order of their ids."""
    found: QuerySet[Entry] = Entry.objects.filter(id__gt=entry_id, id__lte=until_id).order_by("id")
    return list(found.only("id", "verb", "table", "row_id", "at")[:limit])


def unsealed(after_id: int) -> "QuerySet[Entry]":
    """Visible entries beyond this id that are in no batch, in the order of their ids."""
    seal = Seal.objects.filter(entry_id=OuterRef("id"))
    found: QuerySet[Entry] = Entry.objects.filter(~Exists(seal), id__gt=after_id).order_by("id")
    return found


def unsealed_age(now: datetime) -> timedelta | None:
    """How old the oldest unsealed entry is; None when all are sealed."""
    return head_status(now).age


def head_status(now: datetime) -> HeadStatus:
    """What the page of the log says at its top, in three statements."""
    last = last_batch()
    waiting = (
        unsealed(last.settled_id if last else 0).order_by().aggregate(count=Count("id"), oldest=Min("at"))
    )
    oldest = waiting["oldest"]
    age = None if oldest is None else now - oldest
    return HeadStatus(last, waiting["count"], age, keyring.load().current())


def proof(entry_id: int) -> Proof | None:
    """The place of an entry with its proof, in three statements; None while it is not sealed."""
    seal = Seal.objects.filter(entry_id=entry_id).first()
    batch = None if seal is None else Batch.objects.filter(number=seal.batch).first()
    if seal is None or batch is None:
        return None
    leaves = [
        bytes(leaf)
        for leaf in Seal.objects.filter(batch=seal.batch).order_by("position").values_list("leaf", flat=True)
    ]
    return Proof(
        entry_id=entry_id,
        batch=batch.number,
        position=seal.position,
        count=batch.count,
        leaf=bytes(seal.leaf).hex(),
        path=tuple(beside.hex() for beside in merkle.proof(leaves, seal.position)),
        root=batch.root,
    )


def moment(clock: datetime) -> datetime:
    """When something is recorded that is written now: after all that the log holds, whatever the clock says.

    A clock that was set back, or ran ahead before, would put new facts among those known earlier.
    """
    last = last_at()
    return clock if last is None or last < clock else last + timedelta(microseconds=1)


def last_at() -> datetime | None:
    """The moment of the last entry."""
    return Entry.objects.order_by("-id").values_list("at", flat=True).first()


def export_head() -> str | None:
    """The signed head as JSON for outsiders to keep; None while nothing is sealed."""
    batch = last_batch()
    return None if batch is None else heads.of(batch, keyring.load().of(batch.number) or "").text()
