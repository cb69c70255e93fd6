"""What weighs on an assignment, with its numbers in other systems (1.14, 1.15)."""

from datetime import date, datetime

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.agencies.models import Agency
from thuocdo.assignments import spans
from thuocdo.assignments.actions import common
from thuocdo.assignments.enums import DutyState, ResourceKind
from thuocdo.assignments.models import Assignment, Difficulty, ForeignNumber, Hold, Resource
from thuocdo.assignments.terms import Amount, Obstacle
from thuocdo.audit import log
from thuocdo.lib.moments import DAY_MAX
from thuocdo.lib.say import Refused, Say, require, say

EVER_GIVEN = frozenset(DutyState) - {DutyState.DRAFT}


@transaction.atomic
def open_hold(
    *,
    assignment: Assignment,
    agency: Agency,
    reason: str,
    opened_on: date,
    by: User | None,
    at: datetime,
) -> Hold:
    """The lead waits for this agency from this day; the limit does not move."""
    row = common.locked(assignment)
    require(
        common.state_problem(row, opened_on),
        common.day_problem(opened_on, at),
        common.text_problem(reason),
        _waiting_problem(row, agency),
    )
    hold = Hold(assignment=row, agency=agency, reason=reason, opened_on=opened_on, by=by, recorded_at=at)
    common.written("hold.opened", hold, row.pk, by=by, at=at)
    return hold


@transaction.atomic
def close_hold(*, hold: Hold, closed_on: date, by: User | None, at: datetime) -> Hold:
    """What the lead waited for has come: from this day it waits no more."""
    common.locked(hold.assignment)
    row = Hold.objects.get(pk=hold.pk)
    require(*_end_problems(row.opened_on, row.closed_on, closed_on, at))
    before = log.snapshot(row)
    row.closed_on, row.closed_recorded_at = closed_on, at
    row.save(update_fields=["closed_on", "closed_recorded_at"])
    log.record("hold.closed", row, by=by, at=at, before=before)
    spans.refresh([row.assignment_id], at=at)
    return row


@transaction.atomic
def open_difficulty(*, obstacle: Obstacle, opened_on: date, by: User | None, at: datetime) -> Difficulty:
    """Name what holds work back, by class, and who has to remove it."""
    require(
        common.day_problem(opened_on, at),
        None if obstacle.text.strip() else say("Say what the difficulty is."),
        common.state_problem(obstacle.assignment, opened_on, EVER_GIVEN) if obstacle.assignment else None,
    )
    made = Difficulty(
        assignment=obstacle.assignment,
        agency=obstacle.agency,
        owner=obstacle.owner,
        kind=obstacle.kind,
        nature=obstacle.nature,
        text=obstacle.text,
        source=obstacle.origin.source,
        observed_on=obstacle.origin.observed_on,
        is_example=obstacle.origin.is_example,
        opened_on=opened_on,
        by=by,
        recorded_at=at,
    )
    made.save(force_insert=True)
    log.record("difficulty.opened", made, by=by, at=at)
    if obstacle.assignment is not None:
        spans.refresh([obstacle.assignment.pk], at=at)
    return made


@transaction.atomic
def remove_difficulty(
    *, difficulty: Difficulty, closed_on: date, by: User | None, at: datetime
) -> Difficulty:
    """The difficulty is removed: from this day it holds nothing back."""
    if difficulty.assignment is not None:
        common.locked(difficulty.assignment)
    row = Difficulty.objects.select_for_update().get(pk=difficulty.pk)
    require(*_end_problems(row.opened_on, row.closed_on, closed_on, at))
    before = log.snapshot(row)
    row.closed_on, row.closed_recorded_at = closed_on, at
    row.save(update_fields=["closed_on", "closed_recorded_at"])
    log.record("difficulty.removed", row, by=by, at=at, before=before)
    if row.assignment_id is not None:
        spans.refresh([row.assignment_id], at=at)
    return row


@transaction.atomic
def add_resource(
    *,
    assignment: Assignment,
    kind: ResourceKind,
    amount: Amount,
    happened_on: date,
    by: User | None,
    at: datetime,
) -> Resource:
    """Money asked, allocated or disbursed, people, equipment: a dated fact with its source."""
    row = common.locked(assignment)
    require(
        common.state_problem(row, happened_on, EVER_GIVEN),
        common.day_problem(happened_on, at),
        None if amount.amount >= 0 else say("An amount is not negative."),
        None if amount.unit.strip() else say("Name the unit: VND, persons, pieces …"),
    )
    made = Resource(
        assignment=row,
        kind=kind,
        amount=amount.amount,
        unit=amount.unit,
        source_text=amount.source_text,
        by=by,
        happened_on=happened_on,
        recorded_at=at,
    )
    made.save(force_insert=True)
    log.record("resource.added", made, by=by, at=at)
    return made


@transaction.atomic
def enter_foreign_number(
    *,
    assignment: Assignment,
    system: str,
    number: str,
    entered_on: date | None = None,
    by: User | None,
    at: datetime,
) -> ForeignNumber:
    """Its number in another system, "entered there on"; entered again, the last one counts."""
    if not system.strip() or not number.strip():
        raise Refused(say("Name the system and the number it gave."))
    require(common.day_problem(entered_on, at) if entered_on else None)
    row = common.locked(assignment)
    made = ForeignNumber(assignment=row, system=system, number=number, entered_on=entered_on, recorded_at=at)
    made.save(force_insert=True)
    log.record("number.entered", made, by=by, at=at)
    return made


def _waiting_problem(row: Assignment, agency: Agency) -> Say | None:
    standing = Hold.objects.filter(assignment=row, agency=agency, closed_on=DAY_MAX)
    return say("It already waits for %(agency)s.", agency=agency.name) if standing.exists() else None


def _end_problems(opened_on: date, ended_on: date, closed_on: date, at: datetime) -> list[Say | None]:
    return [
        say("It has already ended.") if ended_on != DAY_MAX else None,
        common.day_problem(closed_on, at),
        common.order_problem(closed_on, opened_on),
    ]
