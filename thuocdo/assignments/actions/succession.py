"""Moves assignments to the successors of agencies that merge, split or change their name (1.08)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from thuocdo.accounts import actions as account_actions
from thuocdo.accounts.actions import Place
from thuocdo.accounts.enums import Role
from thuocdo.accounts.models import Membership, User
from thuocdo.agencies import actions as agency_actions
from thuocdo.agencies import spans as agency_spans
from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Agency
from thuocdo.agencies.rules.succession import Wish
from thuocdo.assignments import handing_over, spans, succeeding
from thuocdo.assignments.actions import common
from thuocdo.assignments.enums import Capacity, DutyState
from thuocdo.assignments.handing_over import OF_COLUMNS, Hands
from thuocdo.assignments.models import Assignment, CapacityChange
from thuocdo.assignments.rules.succession import NOTHING_CHOSEN, Choice, Move, Passing
from thuocdo.assignments.succeeding import Preview
from thuocdo.audit import log
from thuocdo.lib.say import Refused, require, say

COLUMNS = [f"{capacity}_id" for capacity in (Capacity.LEAD, *OF_COLUMNS)]


@transaction.atomic
def succeed_assignments(
    *, wish: Wish, choice: Choice = NOTHING_CHOSEN, by: User | None, at: datetime
) -> Hands:
    """Move what is led, join children of one obligation, pass the other parts, keep first limits.

    Called after the agencies' own succession, in its transaction; the preview is `handing_over.preview(wish,
    choice)`. The head of the new lead is not known by this and is named with `change_head`.
    """
    require(common.day_problem(wish.on, at))
    plan = handing_over.preview(wish, choice, lock=True)
    if plan.leads.undecided:
        raise Refused(say("Choose a successor for %(count)s assignments.", count=len(plan.leads.undecided)))
    agencies = {one.code: one for one in Agency.objects.filter(code__in={*wish.ends, *wish.successors})}
    moves = [*plan.leads.moves, *plan.leads.settled]
    into = {join.assignment_id: join.into for join in plan.leads.joins}
    touched = {*into, *(one.assignment_id for one in moves), *(one.held.assignment_id for one in plan.parts)}
    rows = Assignment.objects.in_bulk(touched)
    _pass_on(_changes(moves, plan.parts, agencies), rows, wish, by=by, at=at)
    for day, some in _by_day((rows[pk] for pk in into), wish.on).items():
        common.interrupt(some, DutyState.JOINED, wish.basis, day, joined_into=into, by=by, at=at)
    _move_drafts(wish, choice, agencies, by=by, at=at)
    spans.refresh(touched, at=at)
    return plan


def _changes(
    moves: Iterable[Move], parts: Iterable[Passing], agencies: Mapping[str, Agency]
) -> Iterable[CapacityChange]:
    for move in moves:
        yield CapacityChange(assignment_id=move.assignment_id, agency=agencies[move.to])
    for part in parts:
        held = part.held
        was = agencies[held.code] if held.capacity == Capacity.COORDINATOR else None
        yield CapacityChange(
            assignment_id=held.assignment_id, capacity=held.capacity, agency=agencies[part.to], was=was
        )


def _pass_on(
    changes: Iterable[CapacityChange],
    rows: Mapping[int, Assignment],
    wish: Wish,
    *,
    by: User | None,
    at: datetime,
) -> None:
    made = list(changes)
    for change in made:
        change.basis, change.by, change.recorded_at = wish.basis[:300], by, at
        change.happened_on = max(wish.on, rows[change.assignment_id].given_on or wish.on)
    CapacityChange.objects.bulk_create(made, batch_size=common.ROWS_PER_INSERT)
    log.record_many("assignment.handed_over", made, by=by, at=at)


def _by_day(rows: Iterable[Assignment], on: date) -> dict[date, list[Assignment]]:
    """What was entered as given after the day moves on the day it was given."""
    found: dict[date, list[Assignment]] = {}
    for row in rows:
        found.setdefault(max(on, row.given_on or on), []).append(row)
    return found


def _move_drafts(
    wish: Wish, choice: Choice, agencies: Mapping[str, Agency], *, by: User | None, at: datetime
) -> None:
    """Drafts are made out anew: nobody was told of them yet."""
    ending = {agencies[code].pk for code in wish.ends}
    for row in handing_over.drafts(ending).select_for_update(of=("self",)):
        to = agencies[choice.of_duty(row.pk, wish.successors) or wish.successors[0]]
        before = log.snapshot(row)
        for column in COLUMNS:
            if getattr(row, column) in ending:
                setattr(row, column, to.pk)
        row.save(update_fields=COLUMNS)
        log.record("assignment.amended", row, by=by, at=at, before=before)


@transaction.atomic
def succeed(*, preview: Preview, by: User | None, at: datetime) -> Hands:
    """Carry out a merger, split or renaming as it was previewed: agencies, roles of people, assignments.

    `Refused` when the preview has problems, or what it rests on has changed since.
    """
    agency_spans.hold(at)
    require(*preview.problems)
    if succeeding.preview(preview.wish, preview.choice, today=preview.today) != preview:
        raise Refused(say("What this rests on has changed since it was previewed; preview it again."))
    agency_actions.succeed(plan=preview.plan, by=by, at=at)
    _move_roles(preview, by=by, at=at)
    return succeed_assignments(wish=preview.wish, choice=preview.choice, by=by, at=at)


def _move_roles(preview: Preview, *, by: User | None, at: datetime) -> None:
    rows = Membership.objects.in_bulk([one.membership_id for one in preview.roles.ends])
    people = User.objects.in_bulk({one.user_id for one in preview.roles.opens})
    agencies = {one.code: one for one in Agency.objects.filter(code__in=preview.wish.successors)}
    for ended in preview.roles.ends:
        account_actions.close_membership(
            membership=rows[ended.membership_id], closed_on=ended.on, by=by, at=at
        )
    for opened in preview.roles.opens:
        account_actions.open_membership(
            user=people[opened.user_id],
            place=Place(agencies[opened.agency], Role(opened.role), RelationKind(opened.kind)),
            opened_on=opened.opened_on,
            closed_on=opened.closed_on,
            by=by,
            at=at,
        )
