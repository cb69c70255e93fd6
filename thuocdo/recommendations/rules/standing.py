"""Where a recommendation stands on a day, and which steps may follow which."""

from dataclasses import dataclass
from datetime import date

from thuocdo.lib.say import Say, say
from thuocdo.lib.transitions import Transitions
from thuocdo.recommendations.enums import Outcome, Stage, State, StepKind

G = Stage

# forwarded, it is sent again: the next agency has to receive it
STAGES: Transitions[Stage] = Transitions(
    {
        G.SENT: {G.SENT, G.RECEIVED, G.GRANTED, G.REFUSED, G.WITHDRAWN},
        G.RECEIVED: {G.SENT, G.GRANTED, G.REFUSED, G.WITHDRAWN},
        G.GRANTED: {G.IN_EFFECT},
        G.REFUSED: set(),
        G.IN_EFFECT: {G.IN_EFFECT},
        G.WITHDRAWN: set(),
    }
)
LEADS_TO = {
    StepKind.RECEIVED: G.RECEIVED,
    StepKind.FORWARDED: G.SENT,
    StepKind.EFFECT: G.IN_EFFECT,
    StepKind.WITHDRAWN: G.WITHDRAWN,
}
ALREADY = {
    G.RECEIVED: say("It has been received already."),
    G.GRANTED: say("It has been answered already."),
    G.REFUSED: say("It has been refused; nothing follows from it."),
    G.IN_EFFECT: say("It has been answered already."),
    G.WITHDRAWN: say("It has been withdrawn."),
}
NOT_YET = say("It has not been answered yet.")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the steps up to a day come to. `known_until`: read elsewhere, nothing is known after that day."""

    received_on: date | None = None  # by the agency with which it lies
    due_on: date | None = None
    answered_on: date | None = None
    outcome: str = ""
    effect_on: date | None = None
    withdrawn_on: date | None = None
    known_until: date | None = None


def stage_after(kind: StepKind, outcome: str) -> Stage:
    """The stage that a step leads to."""
    if kind is StepKind.ANSWERED:
        return G.REFUSED if outcome == Outcome.REFUSED else G.GRANTED
    return LEADS_TO[kind]


def step_problem(now: Stage, kind: StepKind, outcome: str = "") -> Say | None:
    """Why the step cannot be taken in this stage."""
    if STAGES.problem(now, stage_after(kind, outcome)) is None:
        return None
    return ALREADY.get(now, NOT_YET)


def state(facts: Facts, day: date) -> State:
    """Where it stands on the day."""
    if facts.withdrawn_on is not None:
        return State.WITHDRAWN
    if facts.answered_on is not None:
        granted = facts.outcome != Outcome.REFUSED and facts.effect_on is not None
        return State.IN_EFFECT if granted else State(facts.outcome)
    if facts.known_until is not None and facts.known_until < day:
        return State.NOT_KNOWN
    if facts.due_on is not None and facts.due_on < day:
        return State.LATE
    return State.IN_HAND if facts.received_on is not None else State.SENT
