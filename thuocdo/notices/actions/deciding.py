"""Messages to leaders: proposed by the escalation, released or dropped by the office that monitors."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.audit import log
from thuocdo.lib.moments import day_of
from thuocdo.lib.say import require, say
from thuocdo.notices.actions.telling import ROWS_PER_INSERT, tell
from thuocdo.notices.enums import DraftState, Kind
from thuocdo.notices.models import Draft
from thuocdo.notices.queries import people
from thuocdo.notices.terms import News, Proposal


@transaction.atomic
def propose(*, proposals: Collection[Proposal], at: datetime) -> int:
    """Lay messages before their offices, each once; how many were offered."""
    made = [
        Draft(
            key=one.key, kind=one.kind, values=dict(one.values), link=one.link, office_id=one.office_id,
            agency_id=one.agency_id, role=one.role, made_at=at,
        )
        for one in proposals
    ]  # fmt: skip
    Draft.objects.bulk_create(made, batch_size=ROWS_PER_INSERT, ignore_conflicts=True)
    return len(made)


@transaction.atomic
def release(*, draft: Draft, by: User, at: datetime) -> int:
    """Let the message go; how many people it reaches. Refused where nobody holds the role."""
    row = _locked(draft)
    known = people.holders(day_of(at), [row.agency_id])
    users = known.get((row.agency_id, row.role), ())
    require(
        None
        if users
        else say("Nobody in %(agency)s has the role “%(role)s” today.", agency=row.agency.name, role=row.role)
    )
    _decide(row, DraftState.RELEASED, "", by, at)
    news = [News(user, Kind(row.kind), row.key, row.link, row.values) for user in users]
    return tell(news=news, at=at)


@transaction.atomic
def drop(*, draft: Draft, reason: str, by: User, at: datetime) -> Draft:
    """The leader is not told; why stands in the log."""
    row = _locked(draft)
    require(None if reason.strip() else say("Say why."))
    return _decide(row, DraftState.DROPPED, reason.strip(), by, at)


def _locked(draft: Draft) -> Draft:
    row = Draft.objects.select_for_update(of=("self",)).select_related("agency").get(pk=draft.pk)
    require(None if row.state == DraftState.WAITING else say("Somebody has already decided on this message."))
    return row


def _decide(row: Draft, state: DraftState, reason: str, by: User, at: datetime) -> Draft:
    before = log.snapshot(row)
    row.state, row.reason, row.by, row.decided_at = state, reason, by, at
    row.save(update_fields=["state", "reason", "by", "decided_at"])
    log.record(f"message.{state}", row, by=by, at=at, before=before)
    return row
