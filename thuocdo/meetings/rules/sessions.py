"""How far a session has come, what may be done in it, and what stands in the way of closing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from thuocdo.assignments.rules import six_clears
from thuocdo.assignments.rules.six_clears import Duty
from thuocdo.lib.say import Say, say
from thuocdo.lib.transitions import Transitions
from thuocdo.meetings.enums import SessionState

S = SessionState
SESSION: Transitions[SessionState] = Transitions(
    {S.CALLED: {S.CLOSED}, S.CLOSED: {S.ISSUED}, S.ISSUED: set()}
)
AFTER = {
    S.CALLED: say("The session has not been closed yet."),
    S.CLOSED: say("The session is closed: its minutes and conclusions stand as they are."),
    S.ISSUED: say("Its notice of conclusions has been issued already."),
}


@dataclass(frozen=True, slots=True)
class Held:
    """The dated facts of a session."""

    closed_on: date | None = None
    issued_on: date | None = None


def state(held: Held, day: date) -> SessionState:
    """How far it had come on the day."""
    if held.issued_on is not None and held.issued_on <= day:
        return S.ISSUED
    return S.CLOSED if held.closed_on is not None and held.closed_on <= day else S.CALLED


def move_problem(now: SessionState, to: SessionState) -> Say | None:
    """Why the session cannot go there from where it is."""
    return None if SESSION.problem(now, to) is None else AFTER[now]


def writing_problem(now: SessionState) -> Say | None:
    """Why nothing is entered any more."""
    return None if now is S.CALLED else AFTER[now]


def closing_problems(duties: Sequence[Duty]) -> list[Say]:
    """What each conclusion lacks of the six clears; a session that concluded nothing issues nothing."""
    if not duties:
        return [say("The session has no conclusion yet.")]
    return [
        say("Conclusion %(number)s lacks: %(missing)s.", number=number, missing=gaps)
        for number, duty in enumerate(duties, 1)
        if (gaps := six_clears.missing(duty))
    ]
