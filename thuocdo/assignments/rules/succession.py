"""Whose hands assignments go into when agencies merge, split or change their name (1.08)."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from thuocdo.lib.moments import DAY_MAX


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of several successors, by their codes, takes what; `rest` takes what is not named.

    With one successor nothing is to be chosen. Of a split, open assignments and people are chosen for; what
    else there is goes to `rest`, or to the first successor.
    """

    duties: Mapping[int, str] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)  # by the id of the membership
    rest: str | None = None

    def of_duty(self, assignment_id: int, successors: Sequence[str]) -> str | None:
        return self._among(self.duties.get(assignment_id), successors)

    def of_person(self, membership_id: int, successors: Sequence[str]) -> str | None:
        return self._among(self.people.get(membership_id), successors)

    def _among(self, named: str | None, successors: Sequence[str]) -> str | None:
        found = successors[0] if len(successors) == 1 else named or self.rest
        return found if found in successors else None


NOTHING_CHOSEN = Choice()


@dataclass(frozen=True, slots=True)
class OpenDuty:
    """An assignment of an agency that ends, or of one that takes over; agencies by their codes."""

    assignment_id: int
    lead: str
    same: Hashable  # equal for children of one obligation that ask the same of different agencies
    first_limit_on: date | None
    joinable: bool = True  # nothing was recorded of it after the day that a joining would contradict
    settled: bool = False  # confirmed or withdrawn before the day: nothing of it is open


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
    """Who leads what from the day on. What is undecided, of an agency with several successors, has to be
    chosen first. What is settled goes with the agency, so that totals after the day lack nothing.
    """

    moves: tuple[Move, ...]
    joins: tuple[Join, ...]
    undecided: tuple[int, ...]
    settled: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Holding:
    """An agency that ends, by its code, has a part in an assignment other than leading it."""

    assignment_id: int
    capacity: str
    code: str


@dataclass(frozen=True, slots=True)
class Passing:
    """From the day on, `to` has the part."""

    held: Holding
    to: str


def handover(
    duties: Sequence[OpenDuty], ends: Iterable[str], successors: Sequence[str], choice: Choice
) -> Handover:
    """Where each assignment goes.

    Of several that ask the same of one successor, the one with the earliest first limit goes on, so that no
    limit is gained by a merger; the others are joined into it.
    """
    ending = frozenset(ends)
    to: dict[int, str] = {}
    for duty in duties:
        target = choice.of_duty(duty.assignment_id, successors) if duty.lead in ending else duty.lead
        if target is not None and target in successors:
            to[duty.assignment_id] = target
    open_ = [duty for duty in duties if not duty.settled]
    joins = _joins([duty for duty in open_ if duty.assignment_id in to], ending, to)
    joined = {join.assignment_id for join in joins}
    leaving = [duty for duty in open_ if duty.lead in ending and duty.assignment_id not in joined]
    return Handover(
        moves=tuple(
            Move(duty.assignment_id, duty.lead, to[duty.assignment_id])
            for duty in leaving
            if duty.assignment_id in to
        ),
        joins=joins,
        undecided=tuple(duty.assignment_id for duty in leaving if duty.assignment_id not in to),
        settled=tuple(
            Move(duty.assignment_id, duty.lead, to.get(duty.assignment_id, successors[0]))
            for duty in duties
            if duty.settled and duty.lead in ending
        ),
    )


def passings(holdings: Iterable[Holding], successors: Sequence[str], choice: Choice) -> tuple[Passing, ...]:
    """Who assigns, confirms, monitors, coordinates instead of the agencies that end."""
    return tuple(
        Passing(held, choice.of_duty(held.assignment_id, successors) or successors[0])
        for held in sorted(holdings)
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
