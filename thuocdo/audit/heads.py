"""What of a batch is hashed, chained, signed; the head that outsiders keep."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256

from thuocdo.audit import canon, keys
from thuocdo.audit.models import Batch, Entry
from thuocdo.lib import merkle

FIRST = "0" * 64  # stands as the previous chain hash of batch 1
FORM = "thuocdo log head 1"


def content(entry: Entry) -> list[object]:
    """What of an entry is hashed: all its columns; "for whom" only where somebody stood in."""
    return [
        entry.id, entry.verb, entry.table, entry.row_id, entry.by_id, canon.moment(entry.at),
        entry.old, entry.new, entry.row_digest, entry.salt,
        *([] if entry.for_id is None else [entry.for_id]),
    ]  # fmt: skip


def leaf(entry: Entry) -> bytes:
    """The leaf of an entry in its tree."""
    return merkle.leaf(canon.dumps(content(entry)).encode())


def chain(batch: Batch) -> str:
    """The hash that stands for this batch with all batches before it."""
    content = [
        batch.number,
        batch.previous,
        batch.root,
        batch.count,
        batch.settled_id,
        canon.moment(batch.at),
    ]
    return sha256(b"\2" + canon.dumps(content).encode()).hexdigest()


def message(number: int, chain_hash: str) -> bytes:
    """The bytes that are signed. The chain hash stands for everything else."""
    return f"{FORM}\n{number}\n{chain_hash}\n".encode()


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the log at a moment, for people outside to keep. Nothing in it is secret."""

    batch: int
    at: str
    count: int
    settled_id: int
    root: str
    previous: str
    chain: str
    signature: str
    key: str

    def text(self) -> str:
        """As JSON, ready to be published."""
        return json.dumps({"form": FORM, **asdict(self)}, indent=2)


def of(batch: Batch, key: str) -> Head:
    """The head that ends with this batch."""
    return Head(
        batch=batch.number,
        at=canon.moment(batch.at),
        count=batch.count,
        settled_id=batch.settled_id,
        root=batch.root,
        previous=batch.previous,
        chain=batch.chain,
        signature=batch.signature,
        key=key,
    )


def read(text: str) -> Head:
    """The head that `text` gave. `ValueError` for anything else."""
    try:
        found = json.loads(text)
        if not isinstance(found, Mapping) or found.get("form") != FORM:
            raise ValueError("This is not a head of the log.")
        head = Head(**{name: value for name, value in found.items() if name != "form"})
        datetime.fromisoformat(head.at)
        return head
    except (json.JSONDecodeError, TypeError) as fault:
        raise ValueError("This is not a head of the log.") from fault


def as_batch(head: Head) -> Batch:
    """The batch that the head tells of, to compute its chain hash anew; never saved."""
    return Batch(
        number=head.batch,
        at=datetime.fromisoformat(head.at),
        count=head.count,
        settled_id=head.settled_id,
        root=head.root,
        previous=head.previous,
    )


def sealed(batch: Batch, key: str | None) -> Batch:
    """The batch with its chain hash and its signature by the key of this public half (None: the first)."""
    batch.chain = chain(batch)
    batch.signature = keys.sign(message(batch.number, batch.chain), key)
    return batch
