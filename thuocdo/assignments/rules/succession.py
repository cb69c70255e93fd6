"""Whose hands open assignments go into when agencies merge, split or change their name (1.08)."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from thuocdo.lib.moments import DAY_MAX


@dataclass(frozen=True, slots=True)
class OpenDuty:
    """An open assignment of an agency that ends, or of one that takes over; agencies by their codes."""

    assignment_id: int
    lead: str
    same: Hashable  # equal for children of one obligation that ask the same of different agencies
    first_limit_on: date | None
    joinable: bool = True  # nothing was recorded of it after the day that a joining would contradict


@dataclass(frozen=True, slots=True)
class Move:
    """From the day on, the assignment is led by `to`."""

    assignment_id: int
    lead: str
    to: str


@dataclass(frozen=True, slots=True)
class Join:
    """The assignment ends; `into` goes on for both, with its own first limit."""

    assignment_id: int
    into: int


@dataclass(frozen=True, slots=True)
class Handover:
    """The preview. What is undecided, of an agency with several successors, has to be chosen first."""

    moves: tuple[Move, ...]
    joins: tuple[Join, ...]
    undecided: tuple[int, ...]


def handover(
    duties: Sequence[OpenDuty], ends: Iterable[str], successors: Sequence[str], chosen: Mapping[int, str]
) -> Handover:
    """Where each open assignment goes. `chosen`: successor by assignment, where there are several.

    Of several that ask the same of one successor, the one with the earliest first limit goes on, so that no
    limit is gained by a merger; the others are joined into it.
    """
    ending = frozenset(ends)
    only = successors[0] if len(successors) == 1 else None
    to: dict[int, str] = {}
    for duty in duties:
        target = chosen.get(duty.assignment_id, only) if duty.lead in ending else duty.lead
        if target is not None and target in successors:
            to[duty.assignment_id] = target
    joins = _joins([duty for duty in duties if duty.assignment_id in to], ending, to)
    joined = {join.assignment_id for join in joins}
    leaving = [duty for duty in duties if duty.lead in ending and duty.assignment_id not in joined]
    return Handover(
        moves=tuple(
            Move(duty.assignment_id, duty.lead, to[duty.assignment_id])
            for duty in leaving
            if duty.assignment_id in to
        ),
        joins=joins,
        undecided=tuple(duty.assignment_id for duty in leaving if duty.assignment_id not in to),
    )


def _joins(duties: list[OpenDuty], ending: frozenset[str], to: Mapping[int, str]) -> tuple[Join, ...]:
    groups: dict[tuple[Hashable, str], list[OpenDuty]] = defaultdict(list)
    for duty in duties:
        if duty.joinable:
            groups[duty.same, to[duty.assignment_id]].append(duty)
    found = []
    for group in groups.values():
        first, *others = sorted(group, key=lambda duty: _rank(duty, ending))
        found += [Join(duty.assignment_id, first.assignment_id) for duty in others]
    return tuple(found)


def _rank(duty: OpenDuty, ending: frozenset[str]) -> tuple[date, bool, int]:
    """The earliest limit goes on; at equal limits the successor's own, then the oldest."""
    return duty.first_limit_on or DAY_MAX, duty.lead in ending, duty.assignment_id
