"""The log: its signed heads and proofs for everybody, its entries for those who read it (1.22)."""

import json

from django.http import Http404
from ninja import Query
from pydantic import Field

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.models import User
from thuocdo.api.caller import Call
from thuocdo.api.operations import reads
from thuocdo.api.paging import Paging, cursor
from thuocdo.api.schemas.common import Page
from thuocdo.api.schemas.log import EntryOut, HeadOut, ProofOut
from thuocdo.audit import queries
from thuocdo.audit.queries import Line


class Entries(Paging):
    """Which entries."""

    table: str = Field(default="", max_length=63, description="Of this table only.")
    row: str = Field(default="", max_length=40, description="Of this row of the table.")


@reads("/log/head", Permission.READ_PUBLIC, HeadOut)
def log_head(request: Call) -> HeadOut:
    """The signed head, to be kept outside and to check the log against later."""
    text = queries.export_head()
    if text is None:
        raise Http404
    return HeadOut(**json.loads(text))


@reads("/log/entries", Permission.READ_LOG, Page[EntryOut])
def log_entries(request: Call, wanted: Query[Entries]) -> Page[EntryOut]:
    """The entries, newest first."""
    place = wanted.place(int)
    lines = queries.tail(wanted.limit + 1, place[0] if place else None, table=wanted.table, row_id=wanted.row)
    page = lines[: wanted.limit]
    people: dict[int, User] = {}
    if request.reader.reads_all:
        people = User.objects.in_bulk({line.entry.by_id for line in page if line.entry.by_id})
    ends = cursor(page[-1].entry.id) if len(lines) > wanted.limit else None
    return Page(items=[_entry(one, people, whole=request.reader.reads_all) for one in page], next=ends)


@reads("/log/entries/{int:pk}/proof", Permission.READ_PUBLIC, ProofOut)
def log_proof(request: Call, pk: int) -> ProofOut:
    """That an entry is in a sealed batch; 404 while it is not sealed."""
    proof = queries.proof(pk) if pk < 2**63 else None
    if proof is None:
        raise Http404
    return ProofOut(
        sequence=proof.entry_id,
        batch=proof.batch,
        position=proof.position,
        count=proof.count,
        leaf=proof.leaf,
        path=list(proof.path),
        root=proof.root,
    )


def _entry(line: Line, people: dict[int, User], *, whole: bool) -> EntryOut:
    entry = line.entry
    by = people.get(entry.by_id or 0)
    return EntryOut(
        sequence=entry.id,
        at=entry.at,
        verb=entry.verb,
        table=entry.table,
        row_id=entry.row_id,
        batch=line.batch,
        by=by.name if by else None,
        fields=sorted({**entry.old, **entry.new}),
        old=entry.old if whole else None,
        new=entry.new if whole else None,
    )
