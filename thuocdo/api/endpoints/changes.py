"""The feed of changes: what happened behind a sequence, as far as the caller may learn of it."""

import time

from ninja import Query
from pydantic import BaseModel, Field

from thuocdo.accounts.enums import Permission
from thuocdo.api.caller import Call
from thuocdo.api.operations import reads
from thuocdo.api.schemas.log import ChangeOut, ChangesOut
from thuocdo.assignments.queries import feed
from thuocdo.assignments.queries.sight import sight_of
from thuocdo.audit import queries
from thuocdo.faces.asof import snapshot

PATIENCE = 2.0  # seconds that a call waits for writers; a longer one holds the feed back, never splits it
PAUSE = 0.01


class After(BaseModel):
    """From where on."""

    after: int = Field(default=0, ge=0, le=2**62, description="The `next` of the answer before.")
    limit: int = Field(default=100, ge=1, le=500, description="How many entries of the log are looked at.")


@reads("/changes", Permission.READ_PUBLIC, ChangesOut, whole=False)
def changes(request: Call, wanted: Query[After]) -> ChangesOut:
    """What happened behind a sequence to the duties and texts that the caller may see.

    Nothing is missed: an entry that is committed late, with a lower number than one already visible, holds
    the feed back until it is there. `next` moves on over what the caller may not see.
    """
    until = settled()
    with snapshot():
        entries = queries.after(wanted.after, until, wanted.limit)
        found = feed.changes(entries, sight_of(request.reader))
    last = entries[-1].id if entries else wanted.after
    return ChangesOut(items=[_told(one) for one in found], next=last, more=last < until)


def settled() -> int:
    """Up to here nothing can appear any more: those who were writing when it was the last id have ended."""
    last, waited = queries.last_id(), time.monotonic()
    holders = queries.writers()
    while holders:
        if time.monotonic() - waited > PATIENCE:
            batch = queries.last_batch()
            return batch.settled_id if batch else 0
        time.sleep(PAUSE)
        holders &= queries.writers()
    return last


def _told(of: feed.Change) -> ChangeOut:
    return ChangeOut(
        sequence=of.entry.id,
        at=of.entry.at,
        verb=of.entry.verb,
        kind=of.kind,
        id=int(of.entry.row_id),
        assignment_id=of.assignment_id,
        directive_id=of.directive_id,
    )
