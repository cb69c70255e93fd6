"""A limit as a term on the calendar: "within 15 working days from 24 April", and what moves it (2.01)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from thuocdo.agencies.rules.calendar import Calendar, moment
from thuocdo.agencies.rules.clock import Due, Term, due, term_problem
from thuocdo.lib.say import Say, say


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A term with the day, perhaps the hour, it runs from; `text` as the document says it."""

    term: Term
    start_on: date
    start_at: time | None = None
    text: str = ""

    def due(self, calendar: Calendar) -> Due:
        """When it ends on this calendar."""
        start = self.start_on if self.start_at is None else moment(self.start_on, self.start_at)
        return due(calendar, start, self.term)


@dataclass(frozen=True, slots=True)
class Shift:
    """A running limit that the calendar moves. `key`: the term's."""

    key: int
    from_on: date
    to_on: date
    to_at: datetime

    @property
    def days(self) -> int:
        """How many calendar days it moves, below zero to an earlier day."""
        return (self.to_on - self.from_on).days


@dataclass(frozen=True, slots=True)
class Standing:
    """A running term with the day its limit stands at now."""

    key: int
    reckoned: Reckoned
    stands_on: date
    agency_id: int | None


def reckoned_problem(reckoned: Reckoned | None) -> Say | None:
    """Why nothing can be counted from it."""
    return None if reckoned is None else term_problem(reckoned.term)


def shifts(standing: Iterable[Standing], calendars: dict[int | None, Calendar]) -> list[Shift]:
    """What moves on these calendars, the farthest first, then in the order of the limits."""
    found = []
    for one in standing:
        now = one.reckoned.due(calendars[one.agency_id])
        if now.on != one.stands_on:
            found.append(Shift(one.key, one.stands_on, now.on, now.at))
    return sorted(found, key=lambda shift: (-abs(shift.days), shift.to_on, shift.key))


def moving(found: Iterable[Shift], *, earlier: bool) -> list[Shift]:
    """Those that are carried out: a day once promised is kept, unless somebody says so or it gets later."""
    return [shift for shift in found if earlier or shift.days > 0]


def changed_problem(seen: str, now: str) -> Say | None:
    """Only what was shown is carried out."""
    return None if seen == now else say("What moves has changed since it was shown. This is how it is now.")
