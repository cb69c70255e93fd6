"""The clock of an assignment with and without waiting: days used, and who is charged (2.04).

Accepted hold time is charged to who was waited for; until it is accepted it stands as claimed. A day on which
two were waited for is one day of waiting, and is charged to both. None of it moves the limit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from thuocdo.assignments.enums import HoldState


@dataclass(frozen=True, slots=True)
class Waited:
    """A hold as it stands on the day: for whom, from, to before, and what became of it."""

    agency: int
    on: date
    until: date
    state: HoldState


@dataclass(frozen=True, slots=True)
class Charge:
    """Days on which an agency was waited for, of one state of the holds."""

    agency: int
    state: HoldState
    days: int


@dataclass(frozen=True, slots=True)
class Used:
    """Both clocks on the day."""

    days: int  # with the waiting
    accepted: int  # days of waiting that who was waited for, or the assigner, accepted
    claimed: int  # days more that the lead claims
    charges: tuple[Charge, ...]  # the most days first

    @property
    def own(self) -> int:
        """The days without accepted waiting: those that are the lead's own."""
        return self.days - self.accepted

    @property
    def own_as_claimed(self) -> int:
        """The days that would be the lead's own if every claim were accepted."""
        return self.own - self.claimed


def used(given_on: date, end: date, holds: Sequence[Waited]) -> Used:
    """The days after the giving up to `end`: the day looked at, or that of completion if it came before."""
    if end <= given_on:
        return Used(0, 0, 0, ())
    accepted = _days((one for one in holds if one.state is HoldState.ACCEPTED), given_on, end)
    counted = [one for one in holds if one.state is not HoldState.REJECTED]
    charges: dict[tuple[int, HoldState], set[int]] = {}
    for one in counted:
        days = _days([one], given_on, end)
        charges.setdefault((one.agency, one.state), set()).update(days)
    found = [Charge(agency, state, len(days)) for (agency, state), days in charges.items()]
    return Used(
        days=(end - given_on).days,
        accepted=len(accepted),
        claimed=len(_days(counted, given_on, end) - accepted),
        charges=tuple(sorted(found, key=lambda one: (-one.days, one.agency, one.state))),
    )


def _days(holds: Iterable[Waited], given_on: date, end: date) -> set[int]:
    found: set[int] = set()
    for one in holds:
        first, last = max(one.on, given_on), min(one.until, end)
        found |= set(range(first.toordinal(), last.toordinal()))
    return found
