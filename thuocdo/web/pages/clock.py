"""The clock on the page of an assignment: its conditions, the days used, who is charged, what is expected."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from thuocdo.agencies.models import Agency
from thuocdo.assignments.enums import ChangeKind, HoldState, LimitClass, PromiseState
from thuocdo.assignments.queries.clock import clock, promises
from thuocdo.assignments.queries.one import Beside, One
from thuocdo.assignments.rules import pace
from thuocdo.assignments.rules.conditions import conditions_of
from thuocdo.assignments.rules.status import COMPLETED
from thuocdo.web.templatetags.duties import conditions_told


@dataclass(frozen=True, slots=True)
class Charged:
    """Days of waiting as the page shows them."""

    agency: Agency
    state: HoldState
    days: int


@dataclass(frozen=True, slots=True)
class Moved:
    """How often the limit was moved, and by how many days in all."""

    times: int
    days: int


def clock_of(shown: One, day: date, limit_on: date | None) -> dict[str, Any]:
    """What the templates show of it; nothing before the duty was given."""
    if shown.span is None:
        return {"used": None}
    used, agencies = clock(shown, day)
    span = shown.span
    named = {row.agency.pk: row.agency for row in shown.beside if row.agency}
    found = conditions_of(span, day)
    waits_for, blocked_by = named.get(span.waits_for_id), named.get(span.blocked_by_id)
    return {
        "used": used,
        "charges": [Charged(agencies[one.agency], one.state, one.days) for one in used.charges],
        "conditions": conditions_told(found, waits_for, span.hold_state, blocked_by),
        "moved": _moved(shown, limit_on),
        "promises": _promises(shown, day),
        "expected": _expected(shown, day, limit_on),
    }


def _promises(shown: One, day: date) -> list[tuple[date | None, str, PromiseState, date | None]]:
    """(the day promised, the words, what became of it, the day promised instead after it was broken)."""
    found = promises(shown, day)
    last = found[-1][0] if found else None
    return [
        (row.since, row.text, state, last.since if last and _followed(row, state, last) else None)
        for row, state in found
    ]


def _followed(row: Beside, state: PromiseState, last: Beside) -> bool:
    return state is PromiseState.BROKEN and row is not last


def _moved(shown: One, limit_on: date | None) -> Moved | None:
    """Extensions that were granted by the day shown."""
    first = shown.assignment.limit_on
    granted = [
        one
        for one in shown.changes
        if one.request.kind == ChangeKind.LIMIT and one.decision and one.decision.granted
    ]
    if first is None or limit_on is None or limit_on == first:
        return None
    return Moved(max(len(granted), 1), (limit_on - first).days)


def _expected(shown: One, day: date, limit_on: date | None) -> Decimal | None:
    """The share of the work that the trajectory expects by the day, while the duty is open."""
    given_on = shown.assignment.given_on
    dated = shown.span.limit_class == LimitClass.DATED and shown.declared not in COMPLETED
    if not dated or given_on is None or limit_on is None or not given_on < limit_on:
        return None
    line = pace.trajectory(given_on, limit_on, list(_targets(shown)))
    return pace.expected(line, day) / 100


def _targets(shown: One) -> Iterator[pace.Point]:
    """The interim targets set last."""
    rows = shown.of("target")
    for row in rows:
        if row.since and row.on == rows[-1].on:
            yield row.since, Decimal(row.text)
