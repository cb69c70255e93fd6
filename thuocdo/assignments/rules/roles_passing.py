"""Which roles of people end with their agency, and which they get in its successor (1.08)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Held:
    """A role in an agency, by its code, over the subtree of one kind, on the days [opened_on, closed_on)."""

    membership_id: int
    user_id: int
    agency: str
    role: str
    kind: str
    opened_on: date
    closed_on: date


@dataclass(frozen=True, slots=True)
class Ending:
    """The role ends on this day."""

    membership_id: int
    on: date


@dataclass(frozen=True, slots=True)
class Opening:
    """The same role in a successor."""

    user_id: int
    agency: str
    role: str
    kind: str
    opened_on: date
    closed_on: date


@dataclass(frozen=True, slots=True)
class Roles:
    """What becomes of roles; those undecided, of an agency with several successors, have to be chosen for."""

    ends: tuple[Ending, ...]
    opens: tuple[Opening, ...]
    undecided: tuple[int, ...]


def passing(
    ending: Iterable[Held], standing: Iterable[Held], on: date, target: Callable[[int], str | None]
) -> Roles:
    """Each role of an agency that ends goes on in the successor that `target` names, once for each person.

    `standing` are roles already held in the successors: what somebody has there is not given again.
    """
    ends: list[Ending] = []
    opens: list[Opening] = []
    undecided: list[int] = []
    there = list(standing)
    for held in sorted(ending, key=lambda one: (one.opened_on, one.membership_id)):
        to = target(held.membership_id)
        if to is None:
            undecided.append(held.membership_id)
            continue
        start = max(on, held.opened_on)
        ends.append(Ending(held.membership_id, start))
        opened = _free(held, to, start, there)
        if opened is not None:
            opens.append(opened)
            days = (opened.opened_on, opened.closed_on)
            there.append(Held(0, held.user_id, to, held.role, held.kind, *days))
    return Roles(tuple(ends), tuple(opens), tuple(undecided))


def _free(held: Held, to: str, start: date, there: Iterable[Held]) -> Opening | None:
    """The days on which the person does not have the role there yet; None when there are none."""
    first, end = start, held.closed_on
    alike = (held.user_id, to, held.role, held.kind)
    for other in sorted(there, key=lambda one: one.opened_on):
        if (other.user_id, other.agency, other.role, other.kind) != alike:
            continue
        if other.opened_on <= first:
            first = max(first, other.closed_on)
        else:
            end = min(end, other.opened_on)
    if first >= end:
        return None
    return Opening(held.user_id, to, held.role, held.kind, first, end)
