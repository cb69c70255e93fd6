"""Urging, instructing, demanding explanation; answering; promising (2.05, 2.06)."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.agencies import working_days
from thuocdo.agencies.enums import TermUnit
from thuocdo.agencies.models import Agency
from thuocdo.agencies.rules import clock
from thuocdo.assignments.actions import common
from thuocdo.assignments.models import Answer, Assignment, Commitment, Demand
from thuocdo.assignments.rules import discipline
from thuocdo.assignments.terms import Asking
from thuocdo.assignments.wording import wording
from thuocdo.audit import log
from thuocdo.lib.moments import AsOf, day_of
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
    answer_on = asking.answer_on or answer_limit(asking.agency, asking.term_days or 0, happened_on, at)
    require(None if answer_on >= happened_on else say("Leave time for the answer."))
    made = Demand(
        kind=asking.kind,
        assignment=asking.assignment,
        agency=asking.agency,
        sender=asking.sender,
        text=asking.text,
        term_days=None if asking.answer_on else asking.term_days,
        answer_on=answer_on,
        by=by,
        happened_on=happened_on,
        recorded_at=at,
    )
    made.save(force_insert=True)
    log.record(f"demand.{asking.kind}", made, by=by, at=at)
    return made


def answer_limit(agency: Agency, days: int, start: date, at: datetime) -> date:
    """The last of so many working days of the agency, by the decisions known at the moment."""
    calendar = working_days.of_agency(agency.pk, AsOf(day_of(at), at))
    return clock.due(calendar, start, clock.Term(Decimal(days), TermUnit.WORKING_DAY)).on


@transaction.atomic
def answer(
    *, demand: Demand, agency: Agency, text: str, happened_on: date, by: User | None, at: datetime
) -> Answer:
    """Answer a demand; a further answer adds to the first."""
    Demand.objects.select_for_update().get(pk=demand.pk)
    require(
        common.day_problem(happened_on, at),
        common.order_problem(happened_on, demand.happened_on),
        None if text.strip() else say("Write the answer."),
    )
    made = Answer(demand=demand, text=text, agency=agency, by=by, happened_on=happened_on, recorded_at=at)
    made.save(force_insert=True)
    log.record("demand.answered", made, by=by, at=at)
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
