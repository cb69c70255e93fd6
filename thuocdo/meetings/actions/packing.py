"""The pack of a session is built and frozen: the same bytes whenever it is opened again (4.03)."""

import hashlib
from datetime import date, datetime

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.assignments.actions import common
from thuocdo.audit import log
from thuocdo.audit.canon import dumps
from thuocdo.audit.queries import last_batch_number, last_entry_id
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import require
from thuocdo.meetings.actions.holding import locked
from thuocdo.meetings.models import Pack, Session
from thuocdo.meetings.queries.packing import gathered
from thuocdo.meetings.rules import sessions


@transaction.atomic
def freeze(*, session: Session, as_of: date, by: User | None, at: datetime) -> Pack:
    """Gather the exceptions of a day as known now, with the head of the log; frozen anew, the last counts."""
    row, now = locked(session)
    require(sessions.writing_problem(now), common.day_problem(as_of, at))
    entry, batch = last_entry_id(), last_batch_number()
    content = gathered(row, AsOf(as_of, at), log_entry=entry, log_batch=batch)
    body = dumps(content)
    made = Pack(
        session=row, as_of=as_of, known=at, log_entry=entry, log_batch=batch, body=body,
        sha256=hashlib.sha256(body.encode()).hexdigest(), by=by, recorded_at=at,
    )  # fmt: skip
    made.save(force_insert=True)
    log.record("session.pack_frozen", made, by=by, at=at)
    return made
