"""Finds what was tampered with in the log: sealed batches, the exported head, the unsealed tail."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Exists, OuterRef

from thuocdo.audit import heads, keyring, keys, queries
from thuocdo.audit.heads import Head
from thuocdo.audit.keyring import Ring
from thuocdo.audit.models import Batch, Entry, Seal
from thuocdo.lib import merkle
from thuocdo.lib.say import Say, say

BATCHES = 500  # read at once
ENTRIES = 5000  # held at once, or those of one batch

LOWEST = -(2**62)  # below every number and id, also those an intruder makes up


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it was sealed, with its place as far as it is known."""

    kind: str  # changed, removed, inserted, order, batch, signature, key, head, row
    say: Say
    batch: int | None = None
    position: int | None = None
    entry_id: int | None = None
    table: str | None = None
    row_id: str | None = None
    fields: tuple[str, ...] = ()


def log(head: Head | None = None) -> Iterator[Problem]:
    """Everything wrong with the log itself. Bounded memory, three statements for a chunk of batches."""
    ring = keyring.load()
    for number, text in keyring.problems(ring, keyring.chains_before(ring)):
        yield Problem("key", text, number)
    previous: Batch | None = None
    for batches in _batches():
        for before, batch in pairwise([previous, *batches]):
            yield from _link(before, batch, ring)
        yield from _contents(batches)
        previous = batches[-1]
    yield from _ends_of_seals()
    if previous is not None:
        yield from _late(previous)
    if head is not None:
        yield from _against(head, ring.of(head.batch))


def _batches() -> Iterator[list[Batch]]:
    """All batches in their order, in chunks whose entries fit into memory."""
    number = LOWEST
    while found := list(Batch.objects.filter(number__gt=number).order_by("number")[:BATCHES]):
        number = found[-1].number
        chunk: list[Batch] = []
        for batch in found:
            if chunk and sum(known.count for known in chunk) + batch.count > ENTRIES:
                yield chunk
                chunk = []
            chunk.append(batch)
        yield chunk


def _link(before: Batch | None, batch: Batch | None, ring: Ring) -> Iterator[Problem]:
    """Whether a batch follows the one before, is what was chained, and is signed."""
    if batch is None:
        return
    key = ring.of(batch.number)
    number, expected = batch.number, before.number + 1 if before else 1
    if number != expected:
        text = say("Batches %(first)s to %(last)s are missing.", first=expected, last=number - 1)
        yield Problem("batch", text, batch=expected)
    elif batch.previous != (before.chain if before else heads.FIRST):
        yield Problem(
            "batch", say("Batch %(batch)s does not follow the batch before it.", batch=number), number
        )
    if batch.chain != heads.chain(batch):
        yield Problem("batch", say("Batch %(batch)s was changed: its hash differs.", batch=number), number)
    if key is None or not keys.signed(heads.message(number, batch.chain), batch.signature, key):
        text = say("The signature of batch %(batch)s is not by the key of this log.", batch=number)
        yield Problem("signature", text, number)


def _contents(batches: Sequence[Batch]) -> Iterator[Problem]:
    """Whether the batches hold the entries that were sealed in them."""
    span = (batches[0].number, batches[-1].number)
    seals = list(Seal.objects.filter(batch__range=span).order_by("batch", "position"))
    inside = Seal.objects.filter(batch__range=span).values("entry_id")
    entries = {entry.id: entry for entry in Entry.objects.filter(id__in=inside)}
    of_batch: dict[int, list[Seal]] = {batch.number: [] for batch in batches}
    for seal in seals:
        of_batch.setdefault(seal.batch, []).append(seal)
    for batch in batches:
        found = list(_batch(batch, of_batch[batch.number], entries))
        yield from found


def _batch(batch: Batch, seals: Sequence[Seal], entries: dict[int, Entry]) -> Iterator[Problem]:
    whole = True
    for position in sorted(set(range(batch.count)) - {seal.position for seal in seals}):
        whole = False
        text = say("Batch %(batch)s: the place %(place)s is empty.", batch=batch.number, place=position)
        yield Problem("removed", text, batch.number, position)
    for seal in seals:
        problem = _place(batch, seal, entries.get(seal.entry_id))
        whole = whole and (problem is None or problem.kind != "inserted")
        if problem is not None:
            yield problem
    if whole and merkle.root([bytes(seal.leaf) for seal in seals]).hex() != batch.root:
        text = say("Batch %(batch)s: its entries or their order are not those sealed.", batch=batch.number)
        yield Problem("order", text, batch.number)


def _place(batch: Batch, seal: Seal, entry: Entry | None) -> Problem | None:
    """Whether the entry at this place is the one that was sealed there."""
    where = {"batch": batch.number, "place": seal.position, "entry": seal.entry_id}
    if seal.position >= batch.count:
        text = say("Batch %(batch)s: entry %(entry)s at place %(place)s was added to it later.", **where)
        return Problem("inserted", text, batch.number, seal.position, seal.entry_id)
    if entry is None:
        text = say("Batch %(batch)s, place %(place)s: entry %(entry)s was removed.", **where)
        return Problem("removed", text, batch.number, seal.position, seal.entry_id)
    if heads.leaf(entry) != bytes(seal.leaf):
        text = say(
            "Batch %(batch)s, place %(place)s: entry %(entry)s (%(table)s %(row)s) was changed.",
            **where, table=entry.table, row=entry.row_id,
        )  # fmt: skip
        return Problem("changed", text, batch.number, seal.position, entry.id, entry.table, entry.row_id)
    return None


def _ends_of_seals() -> Iterator[Problem]:
    """Places in batches that do not exist."""
    batch = Batch.objects.filter(number=OuterRef("batch"))
    for seal in Seal.objects.filter(~Exists(batch)).order_by("entry_id").iterator():
        text = say(
            "Entry %(entry)s is sealed in batch %(batch)s, which is missing.",
            entry=seal.entry_id,
            batch=seal.batch,
        )
        yield Problem("batch", text, seal.batch, seal.position, seal.entry_id)


def _late(last: Batch) -> Iterator[Problem]:
    """Entries in no batch whose ids the last batch says are all sealed."""
    for entry in queries.unsealed(LOWEST).filter(id__lte=last.settled_id).iterator():
        text = say(
            "Entry %(entry)s (%(table)s %(row)s) was inserted among sealed entries: it is in no batch.",
            entry=entry.id, table=entry.table, row=entry.row_id,
        )  # fmt: skip
        yield Problem("inserted", text, None, None, entry.id, entry.table, entry.row_id)


def _against(head: Head, key: str | None) -> Iterator[Problem]:
    """Whether the log still holds what the exported head says it held."""
    where = {"batch": head.batch}
    if key is None or not keys.signed(heads.message(head.batch, head.chain), head.signature, key):
        text = say("The head of batch %(batch)s is not signed by the key of this log.", **where)
        yield Problem("signature", text, head.batch)
    if heads.chain(heads.as_batch(head)) != head.chain:
        yield Problem("head", say("The head of batch %(batch)s was changed.", **where), head.batch)
    batch = Batch.objects.filter(number=head.batch).first()
    if batch is None:
        last = queries.last_batch()
        text = say(
            "The end of the log is cut off: the head tells of batch %(batch)s, the log ends with %(last)s.",
            **where, last=last.number if last else 0,
        )  # fmt: skip
        yield Problem("head", text, head.batch)
    elif batch.chain != head.chain:
        text = say("The log up to batch %(batch)s is not the one the head tells of.", **where)
        yield Problem("head", text, head.batch)
