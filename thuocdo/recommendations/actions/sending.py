"""A recommendation is sent upward; what waits for its answer is named."""

from datetime import date, datetime

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Closure
from thuocdo.assignments.actions import common
from thuocdo.assignments.models import Assignment, Difficulty
from thuocdo.assignments.wording import wording
from thuocdo.audit import log
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Say, require, say
from thuocdo.recommendations.actions import handling, waiting
from thuocdo.recommendations.models import Recommendation, Wait
from thuocdo.recommendations.terms import Asking


@transaction.atomic
def send(*, asking: Asking, happened_on: date, by: User | None, at: datetime) -> Recommendation:
    """The agency asks; from this day what it names waits for the addressee."""
    require(
        common.day_problem(happened_on, at),
        common.alive_problem(asking.agency, happened_on),
        common.alive_problem(asking.addressee, happened_on),
        say("Ask another agency, not your own.") if asking.agency == asking.addressee else None,
        None if asking.text.strip() else say("Say what you ask for."),
        _wanted_problem(asking.wanted_on, happened_on),
    )
    row = Recommendation(
        agency=asking.agency, addressee=asking.addressee, kind=asking.kind, text=asking.text,
        basis=asking.basis, directive=asking.directive, awaits=asking.awaits, wanted_on=asking.wanted_on,
        happened_on=happened_on, source=asking.origin.source, observed_on=asking.origin.observed_on,
        is_example=asking.origin.is_example, by=by, recorded_at=at,
    )  # fmt: skip
    row.save(force_insert=True)
    log.record("recommendation.sent", row, by=by, at=at)
    for assignment in asking.assignments:
        wait(recommendation=row, assignment=assignment, happened_on=happened_on, by=by, at=at)
    for difficulty in asking.difficulties:
        wait(recommendation=row, difficulty=difficulty, happened_on=happened_on, by=by, at=at)
    return row


@transaction.atomic
def wait(
    *,
    recommendation: Recommendation,
    assignment: Assignment | None = None,
    difficulty: Difficulty | None = None,
    happened_on: date,
    by: User | None,
    at: datetime,
) -> Wait:
    """A duty or a difficulty of the asking agency, or of one below it, waits for the answer."""
    if assignment is None and difficulty is not None:
        assignment = difficulty.assignment
    row, known = handling.locked(recommendation)
    require(
        common.day_problem(happened_on, at),
        common.order_problem(happened_on, known.last_on),
        None if waiting.is_open(known.steps) else say("It has been answered: nothing waits for it."),
        _theirs_problem(row, assignment, difficulty, happened_on),
        _twice_problem(row, assignment, difficulty),
    )
    return waiting.begin(
        row, known.owner, happened_on, assignment=assignment, difficulty=difficulty, by=by, at=at
    )


def _wanted_problem(wanted_on: date | None, happened_on: date) -> Say | None:
    if wanted_on is None or wanted_on >= happened_on:
        return None
    return say("The day you need the answer by is before the day you ask.")


def _theirs_problem(
    row: Recommendation, assignment: Assignment | None, difficulty: Difficulty | None, day: date
) -> Say | None:
    """Nobody's duty waits because a stranger asked for something."""
    lead = wording(assignment).lead_id if assignment else None
    met = difficulty.agency_id if difficulty else None
    below = Closure.objects.standing(AsOf(day)).filter(
        ancestor=row.agency_id, kind=RelationKind.ADMINISTRATIVE
    )
    theirs = {row.agency_id, *below.values_list("descendant_id", flat=True)}
    if all(one in theirs for one in (lead, met) if one is not None):
        return None
    return say("Name duties and difficulties of the agency that asks, or of agencies below it.")


def _twice_problem(
    row: Recommendation, assignment: Assignment | None, difficulty: Difficulty | None
) -> Say | None:
    rows = Wait.objects.filter(recommendation=row)
    same = rows.filter(difficulty=difficulty) if difficulty else rows.filter(assignment=assignment)
    return say("It is named already.") if same.exists() else None
