"""Moves open assignments to the successors of agencies that merge, split or change their name (1.08)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.agencies.models import Agency
from thuocdo.agencies.rules.succession import Wish
from thuocdo.assignments import handing_over, spans
from thuocdo.assignments.actions import common
from thuocdo.assignments.enums import DutyState
from thuocdo.assignments.models import Assignment, LeadChange
from thuocdo.assignments.rules.succession import Handover, Move
from thuocdo.audit import log
from thuocdo.lib.say import Refused, require, say


@transaction.atomic
def succeed_assignments(
    *, wish: Wish, chosen: Mapping[int, str] | None = None, by: User | None, at: datetime
) -> Handover:
    """Move what is open, join children of one obligation, keep first limits; called after the agencies'
    own succession, in its transaction. The preview is `handing_over.preview(wish, chosen)`.

    The head of the new lead is not known by this and is named with `change_head`.
    """
    require(common.day_problem(wish.on, at))
    plan = handing_over.preview(wish, chosen or {}, lock=True)
    if plan.undecided:
        raise Refused(say("Choose a successor for %(count)s assignments.", count=len(plan.undecided)))
    agencies = {one.code: one for one in Agency.objects.filter(code__in=wish.successors)}
    touched = [*(move.assignment_id for move in plan.moves), *(join.assignment_id for join in plan.joins)]
    rows = Assignment.objects.in_bulk(touched)
    _move(plan.moves, rows, agencies, wish, by=by, at=at)
    into = {join.assignment_id: join.into for join in plan.joins}
    for day, some in _by_day((rows[pk] for pk in into), wish.on).items():
        common.interrupt(some, DutyState.JOINED, wish.basis, day, joined_into=into, by=by, at=at)
    _move_drafts(wish, agencies, by=by, at=at)
    spans.refresh(touched, at=at)
    return plan


def _move(
    moves: Iterable[Move],
    rows: Mapping[int, Assignment],
    agencies: Mapping[str, Agency],
    wish: Wish,
    *,
    by: User | None,
    at: datetime,
) -> None:
    made = [
        LeadChange(
            assignment=rows[move.assignment_id],
            lead=agencies[move.to],
            basis=wish.basis[:300],
            by=by,
            happened_on=max(wish.on, rows[move.assignment_id].given_on or wish.on),
            recorded_at=at,
        )
        for move in moves
    ]
    LeadChange.objects.bulk_create(made, batch_size=common.ROWS_PER_INSERT)
    log.record_many("assignment.handed_over", made, by=by, at=at)


def _by_day(rows: Iterable[Assignment], on: date) -> dict[date, list[Assignment]]:
    """What was entered as given after the day moves on the day it was given."""
    found: dict[date, list[Assignment]] = {}
    for row in rows:
        found.setdefault(max(on, row.given_on or on), []).append(row)
    return found


def _move_drafts(wish: Wish, agencies: Mapping[str, Agency], *, by: User | None, at: datetime) -> None:
    """Drafts for an agency with one successor are made out to it; with several, somebody amends them."""
    if len(wish.successors) != 1:
        return
    for row in Assignment.objects.drafts().filter(lead__code__in=wish.ends).select_for_update(of=("self",)):
        before = log.snapshot(row)
        row.lead = agencies[wish.successors[0]]
        row.save(update_fields=["lead"])
        log.record("assignment.amended", row, by=by, at=at, before=before)
