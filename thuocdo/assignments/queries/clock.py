"""Both clocks of an assignment, with and without waiting, from what its page has read (2.04)."""

from collections.abc import Iterable
from datetime import date

from thuocdo.agencies.models import Agency
from thuocdo.assignments.enums import HoldState, PromiseState
from thuocdo.assignments.queries.one import Beside, One
from thuocdo.assignments.rules.discipline import Duty, promise_state
from thuocdo.assignments.rules.used import Used, Waited, used
from thuocdo.lib.moments import DAY_MAX


def clock(shown: One, day: date) -> tuple[Used, dict[int, Agency]]:
    """(days used on the day, the agencies that are charged, by id). It stops with the completion."""
    given_on = shown.assignment.given_on or day
    done = shown.span.declared_by if shown.span else None
    states = hold_states(shown)
    holds = [row for row in shown.of("hold") if row.agency and row.on]
    waited = [
        Waited(row.agency.pk, row.on, row.until or DAY_MAX, states.get(row.pk, HoldState.CLAIMED))
        for row in holds
        if row.agency and row.on
    ]
    found = used(given_on, min(done or day, day), waited)
    return found, {row.agency.pk: row.agency for row in holds if row.agency}


def hold_states(shown: One) -> dict[int, HoldState]:
    """What became of each hold by the day; those not named stand as claimed."""
    return {answer.of: HoldState(answer.kind) for answer in shown.of("hold_answer") if answer.of}


def open_holds(shown: One) -> Iterable[tuple[Beside, HoldState]]:
    """The holds that have not ended by the day, each with its state."""
    states = hold_states(shown)
    return [(row, states.get(row.pk, HoldState.CLAIMED)) for row in shown.of("hold") if row.until is None]


def promises(shown: One, day: date) -> list[tuple[Beside, PromiseState]]:
    """The promises of the lead, each kept, broken or still open, as the duty stands on the day."""
    span = shown.span
    if span is None:
        return []
    duty = Duty(span.declared_by, span.withdrawn, span.known_until)
    return [(row, promise_state(row.since or day, duty, day)) for row in shown.of("commitment")]
