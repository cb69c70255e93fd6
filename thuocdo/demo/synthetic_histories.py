"""Draws the history of one made-up assignment: reports, claim, review, hold, extension, interruptions.

All by the seed of the random source given; the days lie between the assigning and `LAST_DAY`.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from thuocdo.assignments.enums import InterruptionKind, LimitClass
from thuocdo.assignments.rules.history import (
    Claimed,
    Extended,
    Facts,
    Interrupted,
    Reported,
    Reviewed,
)
from thuocdo.assignments.rules.weighing import Held
from thuocdo.lib.bitemporal import Known
from thuocdo.lib.moments import DAY_MAX, ZONE

LAST_DAY = date(2025, 12, 31)
REPORTS = 3
KEY = 1  # of the only claim, in the facts


@dataclass(slots=True)
class Drawn:
    """What happened, with the moments it was recorded; None where it did not."""

    given_on: date
    limit_on: date
    reports: list[tuple[date, datetime]]
    claim: tuple[date, date, datetime] | None = None  # happened, shown, recorded
    review: tuple[date, bool, datetime] | None = None  # happened, accepted, recorded
    hold: tuple[date, date, datetime, datetime | None] | None = None  # from, to, recorded, end recorded
    extension: tuple[date, date, date, bool] | None = None  # asked, decided, new limit, granted
    interruptions: list[tuple[date, InterruptionKind]] = field(default_factory=list)


def moment(day: date, hour: int = 9) -> datetime:
    """A moment of a working day in Vietnam."""
    return datetime.combine(day, time(hour), ZONE)


def draw(random: Random, given_on: date, limit_on: date) -> Drawn:
    """One history."""
    first, last = given_on + timedelta(days=7), min(limit_on + timedelta(days=45), LAST_DAY)
    days = sorted(_between(random, first, last) for _ in range(REPORTS))
    drawn = Drawn(given_on, limit_on, [(day, _recorded(random, day)) for day in days])
    if random.random() < 0.65:
        _claim(random, drawn)
    if random.random() < 0.12:
        _hold(random, drawn, last)
    if random.random() < 0.12:
        _extend(random, drawn)
    if random.random() < 0.03:
        _interrupt(random, drawn)
    return drawn


def facts(drawn: Drawn, lead: int, assigner: int, office: int) -> Facts:
    """The same as the pure rule of spans wants it; the office confirms, monitors, is waited for."""
    return Facts(
        given_on=drawn.given_on,
        lead=lead,
        assigner=assigner,
        confirming=office,
        monitoring=office,
        limit_class=LimitClass.DATED,
        limit_on=drawn.limit_on,
        observed_on=None,
        known=Known(moment(drawn.given_on)),
        limits=tuple(_granted(drawn)),
        interruptions=tuple(Interrupted(day, kind, Known(moment(day))) for day, kind in drawn.interruptions),
        reports=tuple(
            Reported(day, None, Known(at), progress(number))
            for number, (day, at) in enumerate(drawn.reports, 1)
        ),
        claims=(
            Claimed(KEY, drawn.claim[0], drawn.claim[1], None, outside=False, known=Known(drawn.claim[2])),
        )
        if drawn.claim
        else (),
        reviews=tuple(_reviewed(drawn)),
        holds=tuple(_held(drawn, office)),
    )


def progress(number: int) -> Decimal | None:
    """What the report of this number declares; the first states none."""
    return None if number == 1 else Decimal(number * 30)


def _between(random: Random, first: date, last: date) -> date:
    return first + timedelta(days=random.randrange((last - first).days + 1))


def _recorded(random: Random, day: date) -> datetime:
    """Most facts are entered the day they happen, some a few days later."""
    return moment(day + timedelta(days=random.randrange(1, 6) if random.random() < 0.1 else 0))


def _claim(random: Random, drawn: Drawn) -> None:
    day, at = drawn.reports[-1]
    drawn.claim = day, max(day - timedelta(days=random.randrange(10)), drawn.given_on), at
    if random.random() < 0.85:
        on = at.date() + timedelta(days=random.randrange(1, 15))
        drawn.review = on, random.random() < 0.88, moment(on, 15)


def _hold(random: Random, drawn: Drawn, last: date) -> None:
    start = _between(random, drawn.given_on + timedelta(days=3), last)
    if random.random() < 0.6:
        end = start + timedelta(days=random.randrange(3, 60))
        drawn.hold = start, end, moment(start), moment(end)
    else:
        drawn.hold = start, DAY_MAX, moment(start), None


def _extend(random: Random, drawn: Drawn) -> None:
    asked = _between(random, drawn.given_on + timedelta(days=5), drawn.limit_on)
    decided = asked + timedelta(days=random.randrange(1, 12))
    limit_on = drawn.limit_on + timedelta(days=random.randrange(15, 90))
    drawn.extension = asked, decided, limit_on, random.random() < 0.7


def _interrupt(random: Random, drawn: Drawn) -> None:
    day = drawn.given_on + timedelta(days=random.randrange(3, 30))
    if drawn.claim is not None or random.random() < 0.7:
        end = day + timedelta(days=random.randrange(1, 20))
        drawn.interruptions = [(day, InterruptionKind.PAUSE), (end, InterruptionKind.RESUME)]
    else:
        drawn.interruptions = [(day, InterruptionKind.WITHDRAW)]


def _granted(drawn: Drawn) -> list[Extended]:
    if drawn.extension is None or not drawn.extension[3]:
        return []
    _, decided, limit_on, _ = drawn.extension
    return [Extended(decided, limit_on, Known(moment(decided)))]


def _reviewed(drawn: Drawn) -> list[Reviewed]:
    if drawn.review is None or drawn.claim is None:
        return []
    on, accepted, at = drawn.review
    return [Reviewed(KEY, on, accepted, drawn.claim[1] if accepted else None, None, Known(at))]


def _held(drawn: Drawn, office: int) -> list[Held]:
    """As `assignments.facts` reads a hold: first believed open, then ended."""
    if drawn.hold is None:
        return []
    start, end, at, ended_at = drawn.hold
    if ended_at is None:
        return [Held(start, DAY_MAX, office, Known(at))]
    return [
        Held(start, DAY_MAX, office, Known(at, ended_at)),
        Held(start, end, office, Known(ended_at)),
    ]
