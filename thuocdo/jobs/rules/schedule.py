"""The lines of the table of periodic jobs (`settings.PERIODIC_JOBS`), and when one of them is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from thuocdo.lib.moments import ZONE

TRIES = 5
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=20), timedelta(hours=1))
ENOUGH = timedelta(minutes=15)  # a job that runs longer is stuck, where its line says nothing else
GRACE = timedelta(minutes=10)  # what is due and not done after this is an alert


@dataclass(frozen=True, slots=True)
class Every:
    """Again after so much time."""

    pace: timedelta

    def before(self, at: datetime) -> datetime:
        """The moment after which the last run must lie for nothing to be due."""
        return at - self.pace


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day, from this time in Vietnam on."""

    at: time

    @property
    def pace(self) -> timedelta:
        return timedelta(days=1)

    def before(self, at: datetime) -> datetime:
        """The last moment the clock showed this time; the run of today lies after it."""
        here = at.astimezone(ZONE)
        today = here.replace(hour=self.at.hour, minute=self.at.minute, second=self.at.second, microsecond=0)
        return today if today <= here else today - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Periodic:
    """One line: the task by its path, what people call it, when, and how long it may take."""

    path: str
    name: object  # a lazy translation
    when: Every | Daily
    at_most: timedelta = ENOUGH


def due(line: Periodic, last: datetime | None, at: datetime) -> bool:
    """Whether a job last queued at `last` (None: never) is to be queued now."""
    return last is None or last <= line.when.before(at)


def overdue(line: Periodic, done: datetime | None, at: datetime) -> bool:
    """Whether it should have ended well by now: its pace, its time and some grace have passed."""
    return done is not None and at - done > line.when.pace + line.at_most + GRACE


def line_of(path: str, lines: Iterable[Periodic]) -> Periodic | None:
    """The line of a task."""
    return next((line for line in lines if line.path == path), None)


def wait(tries: int, line: Periodic | None = None) -> timedelta | None:
    """How long to wait after so many tries that failed; None: it is not tried again by itself.

    A periodic job is never waited for longer than its own pace.
    """
    if tries >= TRIES:
        return None
    pause = WAITS[min(tries, len(WAITS)) - 1]
    return pause if line is None else min(pause, line.when.pace)
