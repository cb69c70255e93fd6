"""Requests of the lead to change an assignment, and what the assigner decides on them (1.13)."""

from datetime import date, datetime

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.agencies.models import Agency
from thuocdo.assignments import offices, spans
from thuocdo.assignments.actions import common
from thuocdo.assignments.actions.interrupting import withdraw
from thuocdo.assignments.enums import ChangeKind
from thuocdo.assignments.models import Assignment, ChangeDecision, ChangeRequest
from thuocdo.assignments.rules import extension
from thuocdo.assignments.terms import NOBODY, Ask, Head
from thuocdo.assignments.wording import reworded, wording
from thuocdo.audit import log
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Say, require, say


@transaction.atomic
def ask_change(
    *, assignment: Assignment, ask: Ask, happened_on: date, by: User | None, at: datetime
) -> ChangeRequest:
    """Ask the assigner for another content, product, lead or limit, or return the duty as not one's own."""
    row = common.locked(assignment)
    require(
        common.state_problem(row, happened_on),
        common.day_problem(happened_on, at),
        common.text_problem(ask.reason),
        _asked_twice_problem(row, ask.kind),
    )
    require(_ask_problem(row, ask, happened_on))
    worded = wording(row, AsOf(happened_on))
    made = ChangeRequest(
        assignment=row,
        kind=ask.kind,
        text=ask.text,
        folded=reworded(worded, ask.kind, ask.text),
        lead=ask.lead,
        limit_on=ask.limit_on,
        reason=ask.reason,
        agency_id=worded.lead_id or 0,
        by=by,
        happened_on=happened_on,
        recorded_at=at,
    )
    made.save(force_insert=True)
    log.record("change.asked", made, by=by, at=at)
    return made


@transaction.atomic
def decide_change(
    *,
    request: ChangeRequest,
    granted: bool,
    happened_on: date,
    reason: str = "",
    limit_on: date | None = None,
    head: Head = NOBODY,
    by: User | None,
    at: datetime,
) -> ChangeDecision:
    """Grant or refuse. `limit_on`: the limit granted, if not the one asked for; `head`: of the new lead.

    Granted, it holds from this day: the wording changes, the assignment changes hands, or (returned as not
    its function) it is withdrawn until it is given anew.
    """
    row = common.locked(request.assignment)
    limit = (limit_on or request.limit_on) if granted and request.kind == ChangeKind.LIMIT else None
    require(
        say("This request has already been decided.")
        if ChangeDecision.objects.filter(request=request).exists()
        else None,
        common.state_problem(row, happened_on),
        common.day_problem(happened_on, at),
        common.order_problem(happened_on, request.happened_on),
        None if granted else common.text_problem(reason),
        _limit_problem(row, limit) if limit else None,
    )
    made = ChangeDecision(
        request=request,
        granted=granted,
        limit_on=limit,
        reason=reason,
        agency=offices.answering(offices.assigner(row, AsOf(happened_on)), happened_on),
        by=by,
        happened_on=happened_on,
        recorded_at=at,
    )
    made.save(force_insert=True)
    log.record("change.granted" if granted else "change.refused", made, by=by, at=at)
    if granted:
        _take_effect(row, made, head, by=by, at=at)
    spans.refresh([row.pk], at=at)
    return made


def _take_effect(
    row: Assignment, decision: ChangeDecision, head: Head, *, by: User | None, at: datetime
) -> None:
    request = decision.request
    if request.kind == ChangeKind.LEAD and request.lead is not None:
        require(_lead_problem(row, request.lead, decision.happened_on))
        common.hand_over(row, request.lead, head, request.reason, decision.happened_on, by=by, at=at)
    if request.kind == ChangeKind.NOT_OURS:
        withdraw(assignment=row, reason=request.reason, happened_on=decision.happened_on, by=by, at=at)


def _asked_twice_problem(row: Assignment, kind: str) -> Say | None:
    waiting = ChangeRequest.objects.filter(assignment=row, kind=kind, decision=None)
    return say("The same has been asked and is not decided yet.") if waiting.exists() else None


def _ask_problem(row: Assignment, ask: Ask, day: date) -> Say | None:
    if ask.kind in (ChangeKind.CONTENT, ChangeKind.PRODUCT) and not ask.text.strip():
        return say("Write the wording you ask for.")
    if ask.kind == ChangeKind.LEAD:
        return _lead_problem(row, ask.lead, day)
    if ask.kind == ChangeKind.LIMIT:
        return _limit_problem(row, ask.limit_on)
    return None


def _lead_problem(row: Assignment, lead: Agency | None, day: date) -> Say | None:
    if lead is None:
        return say("Name the agency that should lead.")
    if lead.pk == wording(row, AsOf(day)).lead_id:
        return say("%(agency)s already leads it.", agency=lead.name)
    return common.alive_problem(lead, day)


def _limit_problem(row: Assignment, limit_on: date | None) -> Say | None:
    if limit_on is None:
        return say("Name the new limit.")
    return extension.problem(row.limit_class, wording(row).limit_on, limit_on)
