"""How long unanswered recommendations have been lying with whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

BOUNDS = (30, 90)  # days: to 30, to 90, longer


@dataclass(frozen=True, slots=True)
class Lying:
    """An unanswered recommendation: with which agency, since when, by when it is to be answered."""

    owner_id: int
    since: date
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Age:
    """What lies with one agency: how many in each band of days, how many past their day, the oldest."""

    owner_id: int
    bands: tuple[int, ...]
    late: int
    oldest: int  # days

    @property
    def count(self) -> int:
        """All of them."""
        return sum(self.bands)


def ageing(lying: Iterable[Lying], day: date) -> list[Age]:
    """One line for each owner, who keeps the oldest first."""
    found: dict[int, list[Lying]] = {}
    for one in lying:
        found.setdefault(one.owner_id, []).append(one)
    ages = [_age(owner, rows, day) for owner, rows in found.items()]
    return sorted(ages, key=lambda age: (-age.oldest, age.owner_id))


def band(days: int) -> int:
    """The place of the band that holds so many days."""
    return next((place for place, bound in enumerate(BOUNDS) if days <= bound), len(BOUNDS))


def _age(owner_id: int, rows: list[Lying], day: date) -> Age:
    days = [(day - one.since).days for one in rows]
    places = [band(one) for one in days]
    return Age(
        owner_id,
        tuple(places.count(place) for place in range(len(BOUNDS) + 1)),
        sum(one.due_on is not None and one.due_on < day for one in rows),
        max(days),
    )
