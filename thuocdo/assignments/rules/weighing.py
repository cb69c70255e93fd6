"""What weighs on an assignment, as dated facts: holds with their answers, difficulties, silence by no signal.

Each fact carries over which moments it was believed, like those of `history`, which folds them into spans.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from thuocdo.assignments.enums import HoldState
from thuocdo.lib.bitemporal import Known


@dataclass(frozen=True, slots=True)
class Held:
    """From `on` to before `until` the lead waits for `agency`, as it says; `key` is the hold's."""

    on: date
    until: date
    agency: int
    known: Known
    key: int = 0


@dataclass(frozen=True, slots=True)
class HoldAnswered:
    """On `on`, the hold `key` was accepted or disputed by who is waited for, or decided by the assigner."""

    on: date
    key: int
    state: HoldState
    known: Known


@dataclass(frozen=True, slots=True)
class Blocked:
    """From `on` to before `until` a difficulty stands that `owner` has to remove."""

    on: date
    until: date
    owner: int
    known: Known


@dataclass(frozen=True, slots=True)
class OutOfReach:
    """From `on` to before `until` nothing can come from `agency`: there is no signal."""

    on: date
    until: date
    agency: int
    known: Known


def hold_state(key: int, answers: Sequence[HoldAnswered], day: date) -> HoldState:
    """The state of the hold on the day, by the answers, which stand in the order of their days."""
    given = [answer.state for answer in answers if answer.key == key and answer.on <= day]
    return given[-1] if given else HoldState.CLAIMED


def waits(
    holds: Sequence[Held], answers: Sequence[HoldAnswered], day: date
) -> tuple[int | None, HoldState | str]:
    """(the agency waited for, the state of that hold): of several holds the last; one not upheld is none."""
    for hold in reversed(holds):
        if hold.on <= day < hold.until:
            state = hold_state(hold.key, answers, day)
            if state is not HoldState.REJECTED:
                return hold.agency, state
    return None, ""


def blocked_by(difficulties: Sequence[Blocked], day: date) -> int | None:
    """The agency that has to remove the difficulty met last, of those that stand on the day."""
    return next((one.owner for one in reversed(difficulties) if one.on <= day < one.until), None)
