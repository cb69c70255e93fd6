"""Urging, instructing, demanding explanation; answering; promising (2.05, 2.06)."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.agencies.enums import TermUnit
from thuocdo.agencies.models import Agency
from thuocdo.agencies.rules.clock import Term
from thuocdo.assignments.actions import common, limiting
from thuocdo.assignments.models import Answer, Assignment, Commitment, Demand, DemandWithdrawal, LimitTerm
from thuocdo.assignments.rules import discipline
from thuocdo.assignments.rules.reckoning import Reckoned
from thuocdo.assignments.terms import Asking
from thuocdo.assignments.wording import wording
from thuocdo.audit import log
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Say, require, say


@transaction.atomic
def demand(*, asking: Asking, happened_on: date, by: User | None, at: datetime) -> Demand:
    """Write to an agency and say by when it has to answer: a day, or so many of its working days."""
    require(
        common.day_problem(happened_on, at),
        None if asking.text.strip() else say("Write what you ask."),
        say("An agency does not write to itself.") if asking.sender == asking.agency else None,
        common.alive_problem(asking.agency, happened_on),
        common.state_problem(asking.assignment, happened_on) if asking.assignment else None,
        _term_problem(asking),
    )
    term = _counted(asking, happened_on, by=by, at=at)
    answer_on = term.due_on if term else asking.answer_on or happened_on
    require(None if answer_on >= happened_on else say("Leave time for the answer."))
    made = Demand(
        kind=asking.kind,
        assignment=asking.assignment,
        agency=asking.agency,
        sender=asking.sender,
        text=asking.text,
        term=term,
        answer_on=answer_on,
        by=by,
        happened_on=happened_on,
        recorded_at=at,
    )
    made.save(force_insert=True)
    log.record(f"demand.{asking.kind}", made, by=by, at=at)
    return made


def _counted(asking: Asking, start: date, *, by: User | None, at: datetime) -> LimitTerm | None:
    """So many working days of the agency that is asked; decisions on working days move the end (2.01)."""
    if asking.answer_on is not None:
        return None
    term = Term(Decimal(asking.term_days or 0), TermUnit.WORKING_DAY)
    made = limiting.unsaved(Reckoned(term, start), asking.agency.pk, at)
    made.save(force_insert=True)
    log.record("limit.counted", made, by=by, at=at)
    return made


@transaction.atomic
def answer(
    *, demand: Demand, agency: Agency, text: str, happened_on: date, by: User | None, at: datetime
) -> Answer:
    """Answer a demand; a further answer adds to the first."""
    row = Demand.objects.select_for_update().get(pk=demand.pk)
    require(
        say("It has been taken back; nobody waits for an answer.") if hasattr(row, "withdrawal") else None,
        common.day_problem(happened_on, at),
        common.order_problem(happened_on, demand.happened_on),
        None if text.strip() else say("Write the answer."),
    )
    made = Answer(demand=demand, text=text, agency=agency, by=by, happened_on=happened_on, recorded_at=at)
    made.save(force_insert=True)
    log.record("demand.answered", made, by=by, at=at)
    return made


@transaction.atomic
def take_back(
    *, demand: Demand, agency: Agency, reason: str, happened_on: date, by: User | None, at: datetime
) -> DemandWithdrawal:
    """Take back a demand that nobody has answered, with the reason; it stays readable."""
    row = Demand.objects.select_for_update().get(pk=demand.pk)
    require(
        common.day_problem(happened_on, at),
        common.order_problem(happened_on, row.happened_on),
        common.text_problem(reason),
        say("It has already been taken back.") if hasattr(row, "withdrawal") else None,
        say("It has been answered; what was answered is not taken back.") if row.answers.exists() else None,
    )
    made = DemandWithdrawal(
        demand=row, reason=reason, agency=agency, by=by, happened_on=happened_on, recorded_at=at
    )
    made.save(force_insert=True)
    log.record("demand.taken_back", made, by=by, at=at)
    return made


@transaction.atomic
def promise(
    *, assignment: Assignment, promised_on: date, text: str, happened_on: date, by: User | None, at: datetime
) -> Commitment:
    """A late lead promises in writing a day by which it will be done. The limit does not move."""
    row = common.locked(assignment)
    require(common.state_problem(row, happened_on), common.day_problem(happened_on, at))
    now = wording(row, AsOf(happened_on))
    require(
        discipline.promise_problem(now.limit_on, promised_on, happened_on),
        None if text.strip() else say("Write what you will do until then."),
    )
    made = Commitment(
        assignment=row,
        promised_on=promised_on,
        text=text,
        agency_id=now.lead_id or 0,
        by=by,
        happened_on=happened_on,
        recorded_at=at,
    )
    made.save(force_insert=True)
    log.record("commitment.made", made, by=by, at=at)
    return made


def _term_problem(asking: Asking) -> Say | None:
    if asking.answer_on is None and not 0 < (asking.term_days or 0) <= discipline.MOST_DAYS:
        return say(
            "Say by when to answer: a day, or from 1 to %(most)s working days.", most=discipline.MOST_DAYS
        )
    return None
