"""A proof for people outside: entries, their paths, the chain to a signed head, the script that checks it."""

import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from thuocdo.audit import canon, heads, keyring
from thuocdo.audit.models import Batch, Entry, KeyChange, Seal
from thuocdo.lib import merkle
from thuocdo.lib.say import require, say

SCRIPT = Path(__file__).with_name("verify_proof.py")
README = """A proof from the log of Thước Đo.

    python3 verify.py

checks proof.json with nothing but Python: that every entry is what was sealed, where it was sealed, in a log
that ends with the signed head. It prints the key that signed. Compare it with the key that the installation
publishes on its page of the log, or give that one: python3 verify.py --key HEX
An entry is: its number, what was done, the table and row, who (number of the account), when, the values
before and after, the digest of the whole row, a salt. Personal values stand there as salted digests only.
"""
Made = dict[str, Any]


def prove(entry_ids: Iterable[int], *, nearest: bool = False) -> Made:
    """The proof of these entries, up to the last head; `nearest`: to the head of their last batch alone.

    `Refused` when one is not there, or not sealed yet. Statements for each batch that holds one of them.
    """
    wanted = sorted(set(entry_ids))
    seals = list(Seal.objects.filter(entry_id__in=wanted).order_by("batch", "position"))
    missing = sorted(set(wanted) - {seal.entry_id for seal in seals})
    require(say("No entry is named.") if not wanted else None, _unsealed(missing))
    entries = Entry.objects.in_bulk(wanted)
    span = Batch.objects.filter(number__gte=seals[0].batch).order_by("number")
    batches = list(span.filter(number__lte=seals[-1].batch) if nearest else span)
    ring = keyring.load()
    changes = [change for change in ring.changes if change.from_batch <= batches[-1].number]
    return {
        "form": "thuocdo proof 1",
        "entries": _entries(seals, entries),
        "previous": batches[0].previous,
        "batches": [_batch(batch) for batch in batches],
        "signature": batches[-1].signature,
        "key": changes[0].previous_key if changes else ring.of(batches[-1].number),
        "changes": [_change(change) for change in changes],
    }


def _unsealed(missing: Sequence[int]) -> Any:  # noqa: ANN401 - Say or None
    if not missing:
        return None
    told = ", ".join(str(number) for number in missing[:10])
    return say("Not sealed yet, or not there: entries %(entries)s. Seal first: thuocdo seal", entries=told)


def _entries(seals: Sequence[Seal], entries: dict[int, Entry]) -> list[Made]:
    found = []
    for batch in sorted({seal.batch for seal in seals}):
        leaves = [
            bytes(leaf)
            for leaf in Seal.objects.filter(batch=batch).order_by("position").values_list("leaf", flat=True)
        ]
        found += [_entry(seal, entries[seal.entry_id], leaves) for seal in seals if seal.batch == batch]
    return found


def _entry(seal: Seal, entry: Entry, leaves: Sequence[bytes]) -> Made:
    return {
        "content": heads.content(entry),
        "batch": seal.batch,
        "position": seal.position,
        "leaf": bytes(seal.leaf).hex(),
        "path": [beside.hex() for beside in merkle.proof(leaves, seal.position)],
    }


def _batch(batch: Batch) -> Made:
    return {
        "number": batch.number,
        "at": canon.moment(batch.at),
        "count": batch.count,
        "settled_id": batch.settled_id,
        "root": batch.root,
        "chain": batch.chain,
    }


def _change(change: KeyChange) -> Made:
    names = ("from_batch", "chain", "previous_key", "key", "by_previous", "by_key")
    return {name: getattr(change, name) for name in names}


def bundle(proof: Made) -> bytes:
    """The proof with its script and a word on both, as one .zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("proof.json", json.dumps(proof, ensure_ascii=False, indent=1))
        archive.writestr("verify.py", SCRIPT.read_text(encoding="utf-8"))
        archive.writestr("README.txt", README)
    return out.getvalue()
