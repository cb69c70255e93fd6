"""Which key signs which batch: the first one, and each that took its place (2.23)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thuocdo.audit import keys
from thuocdo.audit.models import Batch, KeyChange
from thuocdo.lib.say import Say, say

FORM = "thuocdo log key 1"


@dataclass(frozen=True, slots=True)
class Ring:
    """The keys of the log in their order; `outside` is the public key in the file beside the private one."""

    changes: tuple[KeyChange, ...]
    outside: str | None

    def current(self) -> str | None:
        """The key that signs now."""
        return self.changes[-1].key if self.changes else self.outside

    def of(self, batch: int) -> str | None:
        """The key that signed this batch."""
        if not self.changes:
            return self.outside
        since = [change.key for change in self.changes if change.from_batch <= batch]
        return since[-1] if since else self.changes[0].previous_key


def load() -> Ring:
    """The keys as the log and the file tell of them, in one statement."""
    return Ring(tuple(KeyChange.objects.order_by("from_batch")), keys.public_key())


def message(change: KeyChange) -> bytes:
    """The bytes that both keys sign: what is vouched for is this key, from this batch, after this log."""
    words = (FORM, change.from_batch, change.chain, change.previous_key, change.key)
    return "".join(f"{word}\n" for word in words).encode()


def problems(ring: Ring, chains: dict[int, str]) -> Iterator[tuple[int, Say]]:
    """What is wrong with the changes of key; `chains` gives the chain hash of each batch before a change."""
    for place, change in enumerate(ring.changes):
        yield from ((change.from_batch, text) for text in _problems(ring.changes, place, chains))
    if ring.changes and ring.changes[-1].key != ring.outside:
        text = say("The key beside the log is not the one that the log names last.")
        yield ring.changes[-1].from_batch, text


def _problems(changes: Sequence[KeyChange], place: int, chains: dict[int, str]) -> Iterator[Say]:
    change, told = changes[place], message(changes[place])
    where = {"batch": change.from_batch}
    if place and changes[place - 1].key != change.previous_key:
        yield say("The change of key at batch %(batch)s does not follow the key before it.", **where)
    if chains.get(change.from_batch - 1) != change.chain:
        yield say("The change of key at batch %(batch)s was made for another log.", **where)
    if not keys.signed(told, change.by_key, change.key):
        yield say("The change of key at batch %(batch)s is not signed by the new key.", **where)
    if change.by_previous and not keys.signed(told, change.by_previous, change.previous_key):
        yield say("The change of key at batch %(batch)s is not signed by the key before.", **where)


def chains_before(ring: Ring) -> dict[int, str]:
    """The chain hash of each batch that stands before a change of key, in one statement."""
    numbers = [change.from_batch - 1 for change in ring.changes]
    return dict(Batch.objects.filter(number__in=numbers).values_list("number", "chain"))
