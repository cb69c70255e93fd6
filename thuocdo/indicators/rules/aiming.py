"""Which target counts on a day, and what a change did to it: a lowered target is shown as lowered (3.02)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeVar

from thuocdo.indicators.enums import Direction


class Change(StrEnum):
    """What a new version of a target did to the one before."""

    LOWERED = "lowered"
    RAISED = "raised"
    MOVED = "moved"  # another value of a level or a band: neither easier nor harder by itself
    SAME = "same"


class Dated(Protocol):
    """Whatever is due on a day."""

    @property
    def due_on(self) -> date: ...


D = TypeVar("D", bound=Dated)


@dataclass(frozen=True, slots=True)
class Level:
    """What a version of a target asks for."""

    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None


def changed(former: Level, new: Level, direction: Direction) -> Change:
    """Whether the new version asks for less, for more, or for something else."""
    if former == new:
        return Change.SAME
    if direction not in (Direction.RISE, Direction.FALL) or former.value is None or new.value is None:
        return Change.MOVED
    more = new.value > former.value
    return Change.RAISED if more == (direction is Direction.RISE) else Change.LOWERED


def postponed(former_due: date, due: date) -> bool:
    """Whether the new version gives more time: as much worth saying as a lowered target."""
    return due > former_due


def current(targets: Sequence[D], day: date) -> D | None:
    """The next one that is due; when all have passed, the last of them."""
    ahead = sorted((one for one in targets if one.due_on >= day), key=_due)
    passed = sorted((one for one in targets if one.due_on < day), key=_due)
    return ahead[0] if ahead else passed[-1] if passed else None


def _due(one: Dated) -> date:
    return one.due_on
