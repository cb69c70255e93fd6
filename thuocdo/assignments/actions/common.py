"""Checks and writes that the actions share."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from django.db import models

from thuocdo.accounts.models import User
from thuocdo.agencies.models import Agency
from thuocdo.assignments import spans, standing
from thuocdo.assignments.enums import DutyState, InterruptionKind
from thuocdo.assignments.models import Assignment, CapacityChange, Coordinator, Interruption
from thuocdo.assignments.terms import Head, Terms
from thuocdo.audit import log
from thuocdo.lib.fold import fold
from thuocdo.lib.moments import day_of
from thuocdo.lib.say import Say, say

OPEN_STATES = frozenset({DutyState.GIVEN, DutyState.PAUSED})
ROWS_PER_INSERT = 500
KINDS = {
    DutyState.PAUSED: InterruptionKind.PAUSE,
    DutyState.GIVEN: InterruptionKind.RESUME,
    DutyState.WITHDRAWN: InterruptionKind.WITHDRAW,
    DutyState.JOINED: InterruptionKind.WITHDRAW,
}
VERBS = {
    DutyState.PAUSED: "assignment.paused",
    DutyState.GIVEN: "assignment.resumed",
    DutyState.WITHDRAWN: "assignment.withdrawn",
    DutyState.JOINED: "assignment.joined",
}


def locked(assignment: Assignment) -> Assignment:
    """The row as it is now, held until the transaction ends, so that two moves cannot cross."""
    return Assignment.objects.select_for_update().get(pk=assignment.pk)


def day_problem(happened_on: date, at: datetime) -> Say | None:
    """A late entry may be dated back; nothing may be dated ahead."""
    if happened_on <= day_of(at):
        return None
    return say("%(day)s has not come yet: a fact is dated the day it happened.", day=happened_on)


def order_problem(happened_on: date, earliest: date | None) -> Say | None:
    """Nothing happens to an assignment before what it answers to."""
    if earliest is None or happened_on >= earliest:
        return None
    return say("%(day)s is before %(earliest)s.", day=happened_on, earliest=earliest)


def state_problem(
    assignment: Assignment, happened_on: date, allowed: Iterable[DutyState] = OPEN_STATES
) -> Say | None:
    """Why nothing of the kind can be written about the assignment in the state it is in on that day."""
    if assignment.is_fan_out:
        return say("This is one duty for many; write to the assignment of one agency.")
    if assignment.given_on is None:
        return say("It is a draft and has not been given to anybody yet.")
    state = standing.state(assignment, happened_on)
    if state in set(allowed):
        return order_problem(happened_on, assignment.given_on)
    return say("The assignment is “%(state)s”; this cannot be done now.", state=state)


def above_problem(parent: Assignment) -> Say | None:
    """Nothing is given below what is not open itself."""
    state = standing.state(parent)
    return None if state in OPEN_STATES else say("The assignment above it is “%(state)s”.", state=state)


def alive_problem(agency: Agency, day: date) -> Say | None:
    """Why the agency cannot be given anything on that day."""
    if agency.opened_on <= day < agency.closed_on:
        return None
    return say("%(agency)s does not exist on %(day)s.", agency=agency.name, day=day)


def text_problem(text: str) -> Say | None:
    """A move against somebody says why."""
    return None if text.strip() else say("Say why.")


def terms_fields(terms: Terms) -> dict[str, object]:
    """The columns of an assignment that its terms fill."""
    return {
        "work": terms.work,
        "product": terms.product,
        "product_kind": terms.product_kind,
        "limit_class": terms.limit_class,
        "limit_on": terms.limit_on,
        "reporting_period": terms.reporting_period,
        "reporting_regime": terms.reporting_regime,
        "sends": terms.sends,
        "signer": terms.signer,
        "is_key": terms.is_key,
        "folded": fold(f"{terms.work}\n{terms.product}"),
    }


def head_fields(head: Head) -> dict[str, object]:
    """The columns that the person who answers fills."""
    return {"head_post": head.post, "head_name": head.name, "head_since": head.since}


def name_coordinators(named: Mapping[int, Iterable[Agency]], *, by: User | None, at: datetime) -> None:
    """Enter the coordinators of assignments by id; nobody twice."""
    rows = [
        Coordinator(assignment_id=pk, agency=agency, recorded_at=at)
        for pk, agencies in named.items()
        for agency in dict.fromkeys(agencies)
    ]
    Coordinator.objects.bulk_create(rows, batch_size=ROWS_PER_INSERT)
    log.record_many("coordinator.named", rows, by=by, at=at)


def written(verb: str, row: models.Model, assignment_id: int, *, by: User | None, at: datetime) -> None:
    """Save a new fact, log it, bring the spans of its assignment up to it."""
    row.save(force_insert=True)
    log.record(verb, row, by=by, at=at)
    spans.refresh([assignment_id], at=at)


def interruption_problems(rows: Collection[Assignment], following: DutyState, day: date) -> list[Say | None]:
    """Why the assignments cannot be paused, resumed, withdrawn … on that day."""
    known = standing.moves_of(rows)
    early = [order_problem(day, row.given_on) for row in rows]
    return [*early, *(standing.move_problem(known[row.pk], day, following) for row in rows)]


def interrupt(
    rows: Iterable[Assignment],
    following: DutyState,
    reason: str,
    day: date,
    *,
    joined_into: Mapping[int, int] | None = None,
    by: User | None,
    at: datetime,
) -> list[Interruption]:
    """Write the interruptions; the caller has checked them, and refreshes the spans."""
    made = [
        Interruption(
            assignment=row,
            kind=KINDS[following],
            reason=reason,
            joined_into_id=(joined_into or {}).get(row.pk),
            by=by,
            happened_on=day,
            recorded_at=at,
        )
        for row in rows
    ]
    Interruption.objects.bulk_create(made, batch_size=ROWS_PER_INSERT)
    log.record_many(VERBS[following], made, by=by, at=at)
    return made


def hand_over(
    row: Assignment, lead: Agency, head: Head, basis: str, day: date, *, by: User | None, at: datetime
) -> CapacityChange:
    """Write that another lead, or another head, answers from this day; the caller refreshes the spans."""
    made = CapacityChange(
        assignment=row,
        agency=lead,
        basis=basis[:300],
        by=by,
        happened_on=day,
        recorded_at=at,
        **head_fields(head),
    )
    made.save(force_insert=True)
    log.record("assignment.handed_over", made, by=by, at=at)
    return made
