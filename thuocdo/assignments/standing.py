"""Where an assignment, its claim and its requests stand, read from the facts for the checks of actions."""

from datetime import date, datetime

from thuocdo.assignments.enums import ClaimState, DutyState, InterruptionKind
from thuocdo.assignments.models import Assignment, Claim, Interruption, Review
from thuocdo.assignments.rules.lifecycle import (
    AFTER,
    Move,
    sequence_problem,
    state_after,
)
from thuocdo.lib.moments import DAY_MAX
from thuocdo.lib.say import Say


def moves(assignment: Assignment, *, leaving_out: Review | None = None) -> list[Move]:
    """What happened to it, in the order of happening; a draft has no moves."""
    if assignment.given_on is None or assignment.given_recorded_at is None:
        return []
    found: list[tuple[date, datetime, DutyState]] = []
    for row in Interruption.objects.filter(assignment=assignment).order_by("pk"):
        state = DutyState.JOINED if row.joined_into_id else AFTER[InterruptionKind(row.kind)]
        found.append((row.happened_on, row.recorded_at, state))
    accepted = Review.objects.filter(claim__assignment=assignment, accepted=True, corrected_by=None)
    for review in accepted.order_by("pk"):
        if leaving_out is None or review.pk != leaving_out.pk:
            found.append((review.happened_on, review.recorded_at, DutyState.CONFIRMED))
    later = [(day, state) for day, _, state in sorted(found, key=lambda move: move[:2])]
    return [(assignment.given_on, DutyState.GIVEN), *later]


def state(assignment: Assignment, day: date = DAY_MAX) -> DutyState:
    """The state at the end of the day; by default now, after all that is recorded."""
    return state_after([move for move in moves(assignment) if move[0] <= day])


def move_problem(
    assignment: Assignment, day: date, following: DutyState, *, leaving_out: Review | None = None
) -> Say | None:
    """Why this cannot happen to the assignment on that day, between what happened before and after it."""
    known = moves(assignment, leaving_out=leaving_out)
    before = [move for move in known if move[0] <= day]
    after = [move for move in known if move[0] > day]
    return sequence_problem([*before, (day, following), *after])


def last_claim(assignment: Assignment) -> Claim | None:
    """The latest claim that was not corrected since."""
    claims = Claim.objects.filter(assignment=assignment, corrected_by=None).select_related("report")
    return claims.order_by("happened_on", "recorded_at", "pk").last()


def last_review(claim: Claim) -> Review | None:
    """The review of the claim that was not corrected since."""
    reviews = Review.objects.filter(claim=claim, corrected_by=None)
    return reviews.order_by("happened_on", "recorded_at", "pk").last()


def claim_state(claim: Claim) -> ClaimState:
    """Where the claim stands now."""
    if Claim.objects.filter(corrects=claim).exists():
        return ClaimState.CORRECTED
    review = last_review(claim)
    if review is None:
        return ClaimState.SENT
    return ClaimState.ACCEPTED if review.accepted else ClaimState.RETURNED
