"""Where a demand and a promise stand on a day: computed from their days, never typed (2.05, 2.06)."""

from dataclasses import dataclass
from datetime import date

from thuocdo.assignments.enums import DemandState, PromiseState
from thuocdo.lib.say import Say, say
from thuocdo.lib.transitions import Transitions

D, P = DemandState, PromiseState

DEMAND: Transitions[DemandState] = Transitions(
    {
        D.OPEN: {D.ANSWERED, D.LATE, D.TAKEN_BACK, D.LAPSED},
        D.LATE: {D.ANSWERED_LATE, D.TAKEN_BACK, D.LAPSED},
        D.LAPSED: {D.OPEN, D.LATE, D.ANSWERED, D.ANSWERED_LATE, D.TAKEN_BACK},  # the duty is given anew
        D.ANSWERED: set(),
        D.ANSWERED_LATE: set(),
        D.TAKEN_BACK: set(),
    }
)
PROMISE: Transitions[PromiseState] = Transitions(
    {
        P.OPEN: {P.KEPT, P.BROKEN, P.LAPSED, P.NOT_KNOWN},
        P.KEPT: {P.OPEN, P.BROKEN},  # the claim that kept it is returned
        P.BROKEN: {P.KEPT},  # the evidence shows that it was done in time
        P.LAPSED: {P.OPEN},  # given anew
        P.NOT_KNOWN: {P.KEPT, P.BROKEN},  # nothing is heard of the duty here
    }
)
LONGEST = 366  # days ahead that a promise may lie
MOST_DAYS = 250  # working days that may be given for an answer


@dataclass(frozen=True, slots=True)
class Demanded:
    """What became of a demand by a day: when it was first answered, when taken back, whether it lapsed."""

    answer_on: date
    answered_on: date | None = None
    taken_back_on: date | None = None
    lapsed: bool = False  # its duty is withdrawn on the day


def demand_state(of: Demanded, day: date) -> DemandState:
    """The state of a demand on the day. Nobody is late with an answer that nobody waits for."""
    if of.answered_on is not None and of.answered_on <= day:
        return D.ANSWERED if of.answered_on <= of.answer_on else D.ANSWERED_LATE
    if of.taken_back_on is not None and of.taken_back_on <= day:
        return D.TAKEN_BACK
    if of.lapsed:
        return D.LAPSED
    return D.LATE if of.answer_on < day else D.OPEN


@dataclass(frozen=True, slots=True)
class Duty:
    """How the duty of a promise stands on the day."""

    done_by: date | None  # completed no later than, as declared
    withdrawn: bool
    known_until: date | None  # after this day nothing is known of it; None: it is


def promise_state(promised_on: date, duty: Duty, day: date) -> PromiseState:
    """The state of a promise on the day. Nobody is asked to keep it for a duty that was withdrawn."""
    if duty.done_by is not None and duty.done_by <= promised_on:
        return P.KEPT
    if duty.withdrawn:
        return P.LAPSED
    if promised_on >= day:
        return P.OPEN
    unknown = duty.done_by is None and duty.known_until is not None and duty.known_until < day
    return P.NOT_KNOWN if unknown else P.BROKEN


def promise_problem(limit_on: date | None, promised_on: date, happened_on: date) -> Say | None:
    """Why this cannot be promised: the limit has not passed, or the day lies behind or too far ahead."""
    if limit_on is None or limit_on >= happened_on:
        return say("The time limit has not passed: ask for an extension instead.")
    if promised_on < happened_on:
        return say("Promise a day that is still to come.")
    if (promised_on - happened_on).days > LONGEST:
        return say("Promise a day within a year.")
    return None
