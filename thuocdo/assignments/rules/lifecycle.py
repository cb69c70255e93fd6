"""Which state of an assignment, a claim or a request may follow which; printed in docs/states.md."""

from collections.abc import Sequence
from datetime import date

from thuocdo.assignments.enums import ClaimState, DutyState, HoldState, InterruptionKind, RequestState
from thuocdo.lib.say import Say, say
from thuocdo.lib.transitions import Transitions

D, C, R, H = DutyState, ClaimState, RequestState, HoldState

DUTY: Transitions[DutyState] = Transitions(
    {
        D.DRAFT: {D.GIVEN},
        D.GIVEN: {D.PAUSED, D.CONFIRMED, D.WITHDRAWN, D.JOINED},
        D.PAUSED: {D.GIVEN, D.WITHDRAWN, D.JOINED},
        D.CONFIRMED: {D.GIVEN},  # the reviewer corrects the confirmation
        D.WITHDRAWN: {D.GIVEN},  # given anew, perhaps to another lead
        D.JOINED: set(),
    }
)
CLAIM: Transitions[ClaimState] = Transitions(
    {
        C.SENT: {C.ACCEPTED, C.RETURNED, C.CORRECTED},
        C.RETURNED: {C.SENT},  # as a new claim
        C.ACCEPTED: set(),
        C.CORRECTED: set(),
    }
)
REQUEST: Transitions[RequestState] = Transitions(
    {R.ASKED: {R.GRANTED, R.REFUSED}, R.GRANTED: set(), R.REFUSED: set()}
)
HOLD: Transitions[HoldState] = Transitions(
    {
        H.CLAIMED: {H.ACCEPTED, H.DISPUTED},  # by the agency that is waited for
        H.DISPUTED: {H.ACCEPTED, H.REJECTED},  # it accepts after all, or the assigner decides
        H.ACCEPTED: set(),
        H.REJECTED: set(),
    }
)

AFTER = {
    InterruptionKind.PAUSE: D.PAUSED,
    InterruptionKind.RESUME: D.GIVEN,
    InterruptionKind.WITHDRAW: D.WITHDRAWN,
}

Move = tuple[date, DutyState]


def state_after(moves: Sequence[Move]) -> DutyState:
    """The state after all moves, which stand in the order of their days; without any it is a draft."""
    return moves[-1][1] if moves else D.DRAFT


def sequence_problem(moves: Sequence[Move]) -> Say | None:
    """Why these moves cannot follow one another; a late entry is set among them by its day first."""
    state = D.DRAFT
    for day, following in moves:
        problem = DUTY.problem(state, following)
        if problem is not None:
            return say(
                "On %(day)s the assignment is “%(old)s”; it cannot become “%(new)s”.",
                day=day, old=state, new=following,
            )  # fmt: skip
        state = following
    return None
