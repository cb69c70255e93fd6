"""Drafts of assignments, and giving them: only what is clear in all six respects is given (1.10)."""

from datetime import date, datetime

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.assignments import declarations, offices, spans
from thuocdo.assignments.actions import common, limiting
from thuocdo.assignments.models import Assignment, Coordinator
from thuocdo.assignments.rules import periods, six_clears
from thuocdo.assignments.terms import Parties, Terms, duty_of
from thuocdo.audit import log
from thuocdo.directives.models import Obligation
from thuocdo.lib.moments import day_of
from thuocdo.lib.say import Say, require, say


@transaction.atomic
def draft(
    *, obligation: Obligation, terms: Terms, parties: Parties, by: User | None, at: datetime
) -> Assignment:
    """Prepare an assignment of a duty; without a lead it is one for many, for `fan_out`."""
    require(terms.limit_problem())
    terms = limiting.counted(terms, parties.lead.pk if parties.lead else None, at)
    row = Assignment(
        obligation=obligation,
        directive_id=obligation.directive_id,
        recorded_at=at,
        **common.terms_fields(terms),
        **party_fields(parties, day_of(at)),
    )
    require(lead_problem(parties, day_of(at)))
    row.save(force_insert=True)
    log.record("assignment.drafted", row, by=by, at=at)
    limiting.keep([row], terms.reckoned, by=by, at=at)
    common.name_coordinators({row.pk: parties.coordinators}, by=by, at=at)
    return row


@transaction.atomic
def amend_draft(
    *, assignment: Assignment, terms: Terms, parties: Parties, by: User | None, at: datetime
) -> Assignment:
    """Write a draft anew; what has been given changes only by a granted request."""
    row = common.locked(assignment)
    require(_draft_problem(row), lead_problem(parties, day_of(at)), terms.limit_problem())
    if (parties.lead is None) != row.is_fan_out:
        require(say("A duty for one agency and a duty for many are not turned into one another."))
    before = log.snapshot(row)
    terms = limiting.counted(terms, parties.lead.pk if parties.lead else None, at)
    for name, value in {**common.terms_fields(terms), **party_fields(parties, day_of(at))}.items():
        setattr(row, name, value)
    row.save()
    log.record("assignment.amended", row, by=by, at=at, before=before)
    limiting.keep_anew(row, terms.reckoned, by=by, at=at)
    _rename_coordinators(row, parties, by=by, at=at)
    return row


@transaction.atomic
def issue(*, assignment: Assignment, given_on: date, by: User | None, at: datetime) -> Assignment:
    """Give a draft to its lead. Refused with what is missing while it is not clear in all six respects."""
    row = common.locked(assignment)
    require(*issue_problems(row), common.day_problem(given_on, at))
    if row.lead is not None:
        require(common.alive_problem(row.lead, given_on))
    give(row, given_on, by=by, at=at)
    return row


def issue_problems(row: Assignment) -> list[Say | None]:
    """What stands in the way of giving this draft, each None where nothing does."""
    return [
        _draft_problem(row),
        six_clears.issue_problem(six_clears.missing(duty_of(row))),
        _rhythm_problem(row),
        say("Name the agency that confirms.") if row.confirming_id is None else None,
        say("An agency does not confirm its own work; name another one.")
        if row.lead_id is not None and row.confirming_id == row.lead_id
        else None,
        common.above_problem(row.parent) if row.parent else None,
    ]


def give(row: Assignment, given_on: date, *, by: User | None, at: datetime) -> None:
    """Write that a draft is given; the caller has checked that it may be."""
    before = log.snapshot(row)
    limiting.settle(row, by=by, at=at)
    row.given_on, row.given_recorded_at = given_on, at
    row.save(update_fields=["given_on", "given_recorded_at", "limit_on"])
    log.record("assignment.given", row, by=by, at=at, before=before)
    spans.refresh([row.pk], at=at)


def party_fields(parties: Parties, day: date) -> dict[str, object]:
    """The columns that the parties fill; the confirming agency by default the assigner's office."""
    lead_id = parties.lead.pk if parties.lead else None
    confirming = parties.confirming or offices.confirming_for(parties.assigner, lead_id, day)
    return {
        "assigner": parties.assigner,
        "lead": parties.lead,
        "is_fan_out": parties.lead is None,
        "monitoring": parties.monitoring,
        "confirming": confirming,
        "confirmed_locally": confirming is not None and not parties.assigner.inside,
        **common.head_fields(parties.head),
    }


def lead_problem(parties: Parties, day: date) -> Say | None:
    """Why the lead cannot be given anything, if there is one."""
    return common.alive_problem(parties.lead, day) if parties.lead else None


def _rhythm_problem(row: Assignment) -> Say | None:
    """Why a standing duty cannot be reported as the draft says."""
    rhythm = declarations.rhythm_of(row)
    return periods.rhythm_problem(rhythm) if rhythm else None


def _draft_problem(row: Assignment) -> Say | None:
    return say("It has already been given.") if row.given_on is not None else None


def _rename_coordinators(row: Assignment, parties: Parties, *, by: User | None, at: datetime) -> None:
    wanted = {agency.pk: agency for agency in parties.coordinators}
    for coordinator in Coordinator.objects.filter(assignment=row):
        if wanted.pop(coordinator.agency_id, None) is None:
            log.record_gone("coordinator.dropped", coordinator, by=by, at=at)
            coordinator.delete()
    common.name_coordinators({row.pk: wanted.values()}, by=by, at=at)
