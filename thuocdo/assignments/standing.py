"""Where an assignment, its claim and its requests stand, read from the facts for the checks of actions."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from thuocdo.assignments.enums import ClaimState, DutyState, InterruptionKind
from thuocdo.assignments.models import Assignment, Claim, Hold, HoldAnswer, Interruption, Review
from thuocdo.assignments.rules.lifecycle import (
    AFTER,
    Move,
    sequence_problem,
    state_after,
)
from thuocdo.lib.moments import DAY_MAX
from thuocdo.lib.say import Say

Happened = tuple[date, datetime, DutyState]


def moves_of(
    assignments: Iterable[Assignment], *, leaving_out: Review | None = None
) -> dict[int, list[Move]]:
    """What happened to each, by id, in the order of happening; a draft has no moves. Two statements."""
    rows = list(assignments)
    ids = [row.pk for row in rows]
    found: dict[int, list[Happened]] = defaultdict(list)
    columns = ("assignment", "happened_on", "recorded_at", "kind", "joined_into")
    interruptions = Interruption.objects.filter(assignment__in=ids).order_by("pk").values_list(*columns)
    for pk, day, at, kind, joined_into in interruptions:
        state = DutyState.JOINED if joined_into else AFTER[InterruptionKind(kind)]
        found[pk].append((day, at, state))
    accepted = Review.objects.filter(claim__assignment__in=ids, accepted=True, corrected_by=None)
    reviews = accepted.order_by("pk").values_list("pk", "claim__assignment", "happened_on", "recorded_at")
    for review, pk, day, at in reviews:
        if leaving_out is None or review != leaving_out.pk:
            found[pk].append((day, at, DutyState.CONFIRMED))
    return {row.pk: _in_order(row, found[row.pk]) for row in rows}


def _in_order(row: Assignment, happened: list[Happened]) -> list[Move]:
    if row.given_on is None:
        return []
    later = sorted(happened, key=lambda move: move[:2])
    return [(row.given_on, DutyState.GIVEN), *((day, state) for day, _, state in later)]


def state(assignment: Assignment, day: date = DAY_MAX) -> DutyState:
    """The state at the end of the day; by default now, after all that is recorded."""
    return states([assignment], day)[assignment.pk]


def states(assignments: Iterable[Assignment], day: date = DAY_MAX) -> dict[int, DutyState]:
    """The state of each, by id. Two statements."""
    return {pk: state_on(known, day) for pk, known in moves_of(assignments).items()}


def state_on(known: list[Move], day: date = DAY_MAX) -> DutyState:
    """The state at the end of the day, the moves already read."""
    return state_after([move for move in known if move[0] <= day])


def move_problem(known: list[Move], day: date, following: DutyState) -> Say | None:
    """Why this cannot happen on that day, between what happened before and after it."""
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


def last_hold_answer(hold: Hold) -> HoldAnswer | None:
    """What was answered last to the hold, if anything."""
    return HoldAnswer.objects.filter(hold=hold).order_by("happened_on", "recorded_at", "pk").last()
