"""The assigner pauses, resumes, withdraws an assignment, gives it anew, or names another head."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.agencies.models import Agency
from thuocdo.assignments import spans, standing
from thuocdo.assignments.actions import common
from thuocdo.assignments.enums import DutyState
from thuocdo.assignments.models import Assignment, CapacityChange, Interruption
from thuocdo.assignments.terms import Head
from thuocdo.assignments.wording import wording
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Refused, Say, require, say


@transaction.atomic
def pause(
    *, assignment: Assignment, reason: str, happened_on: date, by: User | None, at: datetime
) -> list[Interruption]:
    """Let it rest from this day; a fan-out rests with all its children. The limit does not move."""
    rows = _reached(assignment, DutyState.GIVEN)
    return _moved(rows, DutyState.PAUSED, reason, happened_on, by=by, at=at)


@transaction.atomic
def resume(
    *, assignment: Assignment, reason: str, happened_on: date, by: User | None, at: datetime
) -> list[Interruption]:
    """Take it up again after a pause; a fan-out with all its paused children."""
    rows = _reached(assignment, DutyState.PAUSED)
    if standing.state(rows[0], happened_on) is not DutyState.PAUSED:
        raise Refused(say("Only a paused assignment is resumed."))
    return _moved(rows, DutyState.GIVEN, reason, happened_on, by=by, at=at)


@transaction.atomic
def withdraw(
    *, assignment: Assignment, reason: str, happened_on: date, by: User | None, at: datetime
) -> list[Interruption]:
    """Take it back, with every open assignment below it."""
    top = common.locked(assignment)
    below = _branch(top)
    states = standing.states(below)
    still_open = [row for row in below if states[row.pk] in common.OPEN_STATES]
    return _moved([top, *still_open], DutyState.WITHDRAWN, reason, happened_on, by=by, at=at)


@transaction.atomic
def give_anew(
    *,
    assignment: Assignment,
    lead: Agency,
    head: Head,
    reason: str,
    happened_on: date,
    by: User | None,
    at: datetime,
) -> CapacityChange:
    """Give a withdrawn assignment again, to the same or another lead; its first limit stays."""
    row = common.locked(assignment)
    if standing.state(row, happened_on) is not DutyState.WITHDRAWN:
        raise Refused(say("Only a withdrawn assignment is given anew."))
    require(*_move_problems([row], DutyState.GIVEN, reason, happened_on, at))
    require(common.alive_problem(lead, happened_on))
    common.interrupt([row], DutyState.GIVEN, reason, happened_on, by=by, at=at)
    change = common.hand_over(row, lead, head, reason, happened_on, by=by, at=at)
    spans.refresh([row.pk], at=at)
    return change


@transaction.atomic
def change_head(
    *,
    assignment: Assignment,
    head: Head,
    basis: str,
    happened_on: date,
    by: User | None,
    at: datetime,
) -> CapacityChange:
    """From this day another person answers for it; the lead stays."""
    row = common.locked(assignment)
    require(common.state_problem(row, happened_on), common.day_problem(happened_on, at))
    lead = Agency.objects.get(pk=wording(row, AsOf(happened_on)).lead_id or 0)
    change = common.hand_over(row, lead, head, basis, happened_on, by=by, at=at)
    spans.refresh([row.pk], at=at)
    return change


def _reached(assignment: Assignment, state: DutyState) -> list[Assignment]:
    """The assignment; with a fan-out, those of its children that are in this state."""
    top = common.locked(assignment)
    if not top.is_fan_out:
        return [top]
    children = _children([top])
    states = standing.states(children)
    return [top, *(row for row in children if states[row.pk] is state)]


def _branch(top: Assignment) -> list[Assignment]:
    """All that stands below, whatever the depth."""
    found: list[Assignment] = []
    level = [top]
    while level := _children(level):
        found += level
    return found


def _children(rows: Iterable[Assignment]) -> list[Assignment]:
    return list(Assignment.objects.given().filter(parent__in=rows).select_for_update().order_by("pk"))


def _moved(
    rows: list[Assignment], following: DutyState, reason: str, day: date, *, by: User | None, at: datetime
) -> list[Interruption]:
    require(*_move_problems(rows, following, reason, day, at))
    made = common.interrupt(rows, following, reason, day, by=by, at=at)
    spans.refresh([row.pk for row in rows], at=at)
    return made


def _move_problems(
    rows: list[Assignment], following: DutyState, reason: str, day: date, at: datetime
) -> list[Say | None]:
    moves = common.interruption_problems(rows, following, day)
    return [common.text_problem(reason), common.day_problem(day, at), *moves]
