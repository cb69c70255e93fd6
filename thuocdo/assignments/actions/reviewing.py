"""The confirming agency accepts claims or returns them; nobody confirms their own (1.11, 1.14)."""

from datetime import date, datetime

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.accounts.queries import works_in
from thuocdo.agencies.models import Agency, Closure
from thuocdo.assignments import offices, standing
from thuocdo.assignments.actions import common
from thuocdo.assignments.enums import ClaimState, DutyState
from thuocdo.assignments.models import Claim, Report, Review
from thuocdo.assignments.rules import claim as claim_rule
from thuocdo.assignments.rules.lifecycle import CLAIM
from thuocdo.audit import queries as log_queries
from thuocdo.lib.moments import AsOf, day_of
from thuocdo.lib.say import Refused, Say, require, say


@transaction.atomic
def accept(
    *,
    claim: Claim,
    happened_on: date,
    shown_on: date | None = None,
    no_later_than: date | None = None,
    reason: str = "",
    by: User | None,
    at: datetime,
) -> Review:
    """Confirm the claim, with its own day or with the day the reviewer reads from the evidence."""
    row = common.locked(claim.assignment)
    if shown_on is None and no_later_than is None:
        shown_on, no_later_than = claim.shown_on, claim.no_later_than
    require(
        *_review_problems(claim, ClaimState.ACCEPTED, happened_on, by, at),
        claim_rule.day_problem(shown_on, no_later_than, claim.happened_on),
        standing.move_problem(standing.moves_of([row])[row.pk], happened_on, DutyState.CONFIRMED),
    )
    made = Review(
        claim=claim,
        accepted=True,
        shown_on=shown_on,
        no_later_than=no_later_than,
        reason=reason,
        agency=confirming(claim, happened_on),
        by=by,
        happened_on=happened_on,
        recorded_at=at,
    )
    common.written("claim.accepted", made, row.pk, by=by, at=at)
    return made


@transaction.atomic
def return_claim(*, claim: Claim, reason: str, happened_on: date, by: User | None, at: datetime) -> Review:
    """Send the claim back with the reason; its lead may claim again."""
    row = common.locked(claim.assignment)
    problems = _review_problems(claim, ClaimState.RETURNED, happened_on, by, at)
    require(*problems, common.text_problem(reason))
    made = Review(
        claim=claim,
        accepted=False,
        reason=reason,
        agency=confirming(claim, happened_on),
        by=by,
        happened_on=happened_on,
        recorded_at=at,
    )
    common.written("claim.returned", made, row.pk, by=by, at=at)
    return made


@transaction.atomic
def correct_review(
    *,
    review: Review,
    accepted: bool,
    shown_on: date | None = None,
    no_later_than: date | None = None,
    reason: str,
    by: User | None,
    at: datetime,
) -> Review:
    """Put right what was recorded of a review; it keeps the day of the review. The old one stays readable."""
    claim = review.claim
    row = common.locked(claim.assignment)
    if accepted and shown_on is None and no_later_than is None:
        shown_on, no_later_than = claim.shown_on, claim.no_later_than
    require(
        common.text_problem(reason),
        _corrected_problem(review),
        bar_of(claim, by, day_of(at)),
        *(_acceptance_problems(review, shown_on, no_later_than) if accepted else ()),
    )
    made = Review(
        claim=claim,
        accepted=accepted,
        shown_on=shown_on if accepted else None,
        no_later_than=no_later_than if accepted else None,
        reason=reason,
        agency=review.agency,
        corrects=review,
        by=by,
        happened_on=review.happened_on,
        recorded_at=at,
    )
    common.written("review.corrected", made, row.pk, by=by, at=at)
    return made


def confirming(claim: Claim, day: date) -> Agency:
    """The agency that reviews on that day: the one named, or its heir."""
    agency = offices.confirming(claim.assignment, AsOf(day))
    if agency is None:
        raise Refused(say("No agency is named that confirms this assignment."))
    return offices.answering(agency, day)


def bar_of(claim: Claim, reviewer: User | None, day: date) -> Say | None:
    """Why this person may not confirm the claim, whatever their role (1.11)."""
    if reviewer is None:
        return None
    made = Report.objects.filter(assignment=claim.assignment_id, source=None, observed_on=None)
    by = dict(made.exclude(by=None).values_list("pk", "by_id"))
    lead = claim.report.agency_id
    below = Closure.objects.standing(AsOf(day)).filter(ancestor=lead).values_list("descendant_id", flat=True)
    hands = claim_rule.Hands(
        people=frozenset({*by.values(), *log_queries.acted_for(Report._meta.db_table, by).values()}),
        lead_branch=frozenset({*below, *([lead] if lead else [])}),
    )
    reviewers = {reviewer.pk, *([reviewer.for_id] if reviewer.for_id else [])}
    return claim_rule.bar(reviewers, works_in(reviewers, day), hands)


def _review_problems(
    claim: Claim, following: ClaimState, happened_on: date, by: User | None, at: datetime
) -> list[Say | None]:
    return [
        _decided_problem(claim, following),
        _outside_problem(claim),
        common.state_problem(claim.assignment, happened_on),
        common.day_problem(happened_on, at),
        common.order_problem(happened_on, claim.happened_on),
        bar_of(claim, by, day_of(at)),
    ]


def _decided_problem(claim: Claim, following: ClaimState) -> Say | None:
    """Why the claim is not to be decided any more: somebody did, perhaps a moment ago."""
    state = standing.claim_state(claim)
    problem = CLAIM.problem(state, following)
    if problem is None:
        return None
    review = standing.last_review(claim)
    if review is None:
        return say("This claim was corrected meanwhile; review its later version.")
    who = review.by.name if review.by else review.agency.name
    return say(
        "%(who)s has already decided on this claim on %(day)s: %(state)s.",
        who=who, day=review.happened_on, state=state,
    )  # fmt: skip


def _outside_problem(claim: Claim) -> Say | None:
    """What a report from outside says is declared, never confirmed (1.18)."""
    if claim.report.source_id is None and claim.report.observed_on is None:
        return None
    return say("This completion was read in an outside source; only a claim made here can be reviewed.")


def _corrected_problem(review: Review) -> Say | None:
    if Review.objects.filter(corrects=review).exists():
        return say("It has already been corrected; correct the later version.")
    last = standing.last_claim(review.claim.assignment)
    if last is not None and last.pk != review.claim_id:
        return say("A later claim has been made since.")
    return None


def _acceptance_problems(
    review: Review, shown_on: date | None, no_later_than: date | None
) -> list[Say | None]:
    claim = review.claim
    moves = standing.moves_of([claim.assignment], leaving_out=review)[claim.assignment_id]
    return [
        claim_rule.day_problem(shown_on, no_later_than, claim.happened_on),
        standing.move_problem(moves, review.happened_on, DutyState.CONFIRMED),
    ]
