"""Which days are worked, in which hours, and by which decision: the calendar that clocks count on (2.01)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from thuocdo.agencies.enums import DayKind, Occasion
from thuocdo.lib.moments import ZONE
from thuocdo.lib.say import Say, say

ONE_DAY = timedelta(days=1)
SATURDAY = 5
Shift = tuple[time, time]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a decision makes of a day. `nearness`: 0 for everybody, more the closer the agency it names."""

    day: date
    kind: DayKind
    occasion: Occasion
    basis: str  # symbol of the decision, or its title where no number is held
    signed_on: date
    note: str = ""
    works: Shift | None = None  # of a half day
    nearness: int = 0


@dataclass(frozen=True, slots=True)
class Hours:
    """The shifts of an ordinary working day from a day on."""

    opened_on: date
    shifts: tuple[Shift, ...]
    basis: str = ""
    nearness: int = 0


OFFICE = Hours(date.min, ((time(8), time(12)), (time(13, 30), time(17, 30))))


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of one agency, as known on a day: marks, one for a day, over Monday to Friday."""

    marks: Mapping[date, Mark] = field(default_factory=dict)
    hours: tuple[Hours, ...] = (OFFICE,)

    def works(self, day: date) -> bool:
        """Whether anything is worked on the day."""
        mark = self.marks.get(day)
        return day.weekday() < SATURDAY if mark is None else mark.kind != DayKind.OFF

    def shifts(self, day: date) -> tuple[Shift, ...]:
        """The hours worked on the day, in order."""
        if not self.works(day):
            return ()
        mark = self.marks.get(day)
        return (mark.works,) if mark is not None and mark.works is not None else self.ordinary(day)

    def ordinary(self, day: date) -> tuple[Shift, ...]:
        """The hours of a whole working day at that time."""
        held = [hours for hours in self.hours if hours.opened_on <= day] or [OFFICE]
        return max(held, key=lambda hours: (hours.nearness, hours.opened_on)).shifts

    def next_working(self, day: date) -> date:
        """The day itself if it is worked, else the first worked one after it."""
        while not self.works(day):
            day += ONE_DAY
        return day

    def reason(self, day: date) -> Say | None:
        """Why the day is not as its weekday says, or why a weekend is off; None for an ordinary day."""
        mark = self.marks.get(day)
        if mark is None:
            return say("weekend") if day.weekday() >= SATURDAY else None
        if mark.note:
            return say("%(occasion)s: %(note)s (%(basis)s)", occasion=mark.occasion, note=mark.note,
                       basis=mark.basis)  # fmt: skip
        return say("%(occasion)s (%(basis)s)", occasion=mark.occasion, basis=mark.basis)

    @property
    def held_until(self) -> date | None:
        """The end of the last year whose Lunar New Year is decided; after it only weekends are sure."""
        decided = [day.year for day, mark in self.marks.items() if mark.occasion == Occasion.TET]
        return date(max(decided), 12, 31) if decided else None


def calendar(marks: Iterable[Mark], hours: Iterable[Hours] = ()) -> Calendar:
    """The calendar of these marks: of two for a day the nearer agency's stands, then the later signed."""
    standing: dict[date, Mark] = {}
    for mark in sorted(marks, key=lambda mark: (mark.nearness, mark.signed_on)):
        standing[mark.day] = mark
    return Calendar(standing, tuple(hours) or (OFFICE,))


@dataclass(frozen=True, slots=True)
class NewMark:
    """A day that a decision makes, as somebody enters it. `agency_id` None: for everybody."""

    day: date
    kind: DayKind
    occasion: Occasion
    note: str = ""
    agency_id: int | None = None
    works: Shift | None = None


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A text that makes days off or worked, with the days."""

    symbol: str
    issuer: str
    title: str
    signed_on: date
    marks: tuple[NewMark, ...]
    source: str = ""


def decision_problems(new: NewDecision, today: date) -> list[Say]:
    """Why the decision cannot be entered."""
    found = []
    if not new.title.strip() or not new.issuer.strip():
        found.append(say("Say what the text decides and who issued it."))
    if new.signed_on > today:
        found.append(say("It is entered on the day it is signed, not before: %(day)s.", day=new.signed_on))
    if not new.marks:
        found.append(say("Name at least one day."))
    for mark in new.marks:
        if (mark.kind == DayKind.HALF) != (mark.works is not None):
            found.append(say("%(day)s: only a half day, and every half day, says its hours.", day=mark.day))
        elif mark.works is not None and mark.works[0] >= mark.works[1]:
            found.append(say("%(day)s: the hours end before they begin.", day=mark.day))
    keys = [(mark.day, mark.agency_id) for mark in new.marks]
    twice = sorted({day for day, agency in keys if keys.count((day, agency)) > 1})
    return [*found, *(say("%(day)s is named twice.", day=day) for day in twice)]


def moment(day: date, hour: time) -> datetime:
    """The moment of an hour of a day in Vietnam."""
    return datetime.combine(day, hour, ZONE)
