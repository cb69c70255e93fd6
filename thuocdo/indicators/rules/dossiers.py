"""Two clocks of one dossier, the official one of Decision 766 and the one the citizen lives through (3.13).

Days are compared by the number of working days before them, so a day off stands for the next working day.
The import runs the same rules as SQL over whole files (`facts/deriving.py`); a test holds both equal.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

NEVER = 9_999_999  # the ordinal of what has not happened
REFILED_WITHIN = 30  # days after a refusal in which filing anew is the same matter
LATE_SHARE = (9, 10)  # a request for supplement after this share of the term is one in the last tenth
TAKEN_UP_WITHIN = 1  # working days in which a dossier filed is taken up


class Flag(StrEnum):
    """A trace that a trick leaves; it says where to look, and proves nothing."""

    LAST_TENTH = "last_tenth"  # supplement asked for in the last tenth of the term
    NO_ITEM = "no_item"  # supplement asked for without saying what
    ASKED_TWICE = "asked_twice"
    REFILED = "refiled"  # refused, then filed anew within 30 days
    EMPTY_RESULT = "empty_result"  # an electronic result without content
    ATTACHMENT_ONLY = "attachment_only"  # called digitised, but only files are attached
    MOVED_PROMISE = "moved_promise"  # the day of return was moved back
    DONE_EARLY = "done_early"  # "done" in time, in the citizen's hand after it
    TAKEN_UP_LATE = "taken_up_late"  # the clock began long after the filing
    UNASKED = "unasked"  # late, and the citizen was not asked for a rating


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The working days of a calendar, in order, from `first` to `last`."""

    first: date
    last: date
    days: tuple[date, ...]

    @classmethod
    def of(cls, works: Callable[[date], bool], first: date, last: date) -> "WorkingDays":
        """Those days from `first` to `last` that are worked."""
        every = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return cls(first, last, tuple(day for day in every if works(day)))

    def before(self, day: date) -> int:
        """How many working days lie before the day. `ValueError` outside of the calendar."""
        if not self.first <= day <= self.last:
            raise ValueError(f"{day} is not between {self.first} and {self.last}")
        return bisect_left(self.days, day)


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a one-stop system knows of a dossier. None: it has not happened, or nobody said."""

    filed_on: date
    received_on: date | None = None  # taken up: the official clock begins
    promised_on: date | None = None
    first_promised_on: date | None = None
    limit_days: int | None = None  # working days that the law gives
    done_on: date | None = None
    returned_on: date | None = None
    refused_on: date | None = None
    stopped_on: date | None = None
    withdrawn_on: date | None = None
    collected_on: date | None = None  # the citizen has the result
    requested_on: date | None = None
    supplied_on: date | None = None
    requested_again_on: date | None = None
    items_listed: int | None = None
    first_filed_on: date | None = None  # of the same matter, where this refiles a refused dossier
    matter_promised_on: date | None = None  # the earliest day promised before that
    refused_before_on: date | None = None
    electronic_result: bool | None = None
    result_bytes: int | None = None
    digitised: bool | None = None
    data_parts: int | None = None
    rating_asked: bool | None = None


@dataclass(frozen=True, slots=True)
class Moments:
    """A dossier in ordinals of working days; `NEVER` where something has not happened."""

    of: Dossier
    calendar: WorkingDays

    def at(self, day: date | None) -> int:
        """The ordinal of a day."""
        return NEVER if day is None else self.calendar.before(day)

    @property
    def stop(self) -> int:
        """The first ending state; "done" has priority over "returned"."""
        one = self.of
        handled = one.done_on or one.returned_on
        return min(self.at(day) for day in (one.refused_on, one.stopped_on, one.withdrawn_on, handled))

    @property
    def hand(self) -> int:
        """The citizen has the result."""
        return self.at(self.of.collected_on or self.of.returned_on)

    @property
    def without(self) -> int:
        """It ended without a result."""
        return min(self.at(day) for day in (self.of.refused_on, self.of.stopped_on, self.of.withdrawn_on))

    @property
    def limit(self) -> int:
        """The last ordinal in time, before anything is deducted: the promise, else what the law gives."""
        if self.of.promised_on is not None:
            return self.at(self.of.promised_on)
        return self.at(self.of.received_on) + (self.of.limit_days or 0)

    @property
    def supplement(self) -> int:
        """Working days that the citizen needed to supplement."""
        if self.of.requested_on is None or self.of.supplied_on is None:
            return 0
        return max(0, self.at(self.of.supplied_on) - self.at(self.of.requested_on))

    @property
    def lived_limit(self) -> int:
        """The earliest of what was promised and what the law gives from the first filing on."""
        one = self.of
        legal = NEVER
        if one.limit_days is not None:
            legal = self.at(one.first_filed_on or one.filed_on) + one.limit_days
        promises = (one.matter_promised_on, one.first_promised_on, one.promised_on)
        return min(*(self.at(day) for day in promises), legal)


def official(moments: Moments, until: date) -> bool | None:
    """Whether it counts as on time at the end of a period (metric 2.1). None: it was never taken up."""
    if moments.of.received_on is None:
        return None
    end, limit = moments.at(until), moments.limit
    requested = moments.at(moments.of.requested_on)
    if moments.at(moments.of.requested_again_on) <= end:
        return False
    if moments.stop <= end:
        return moments.stop <= limit + moments.supplement
    if requested <= end < moments.at(moments.of.supplied_on):
        return requested <= limit
    return end <= limit + moments.supplement


def lived(moments: Moments, until: date) -> bool:
    """Whether the citizen had the result in time, or could still have it at the end of the period; all in."""
    end, limit = moments.at(until), moments.lived_limit
    return moments.hand <= limit or (end <= limit and moments.without > end)


def lived_days(one: Dossier) -> int | None:
    """Days from the first filing of the matter until the citizen has the result; None while there is none."""
    hand = one.collected_on or one.returned_on
    return None if hand is None else (hand - (one.first_filed_on or one.filed_on)).days


def official_days(one: Dossier) -> int | None:
    """Days of handling as the official clock counts them, without the citizen's; None while unfinished."""
    ends = [one.refused_on, one.stopped_on, one.withdrawn_on, one.done_on or one.returned_on]
    days = [day for day in ends if day is not None]
    if one.received_on is None or not days:
        return None
    waited = 0
    if one.requested_on is not None and one.supplied_on is not None:
        waited = max(0, (one.supplied_on - one.requested_on).days)
    return max(0, (min(days) - one.received_on).days - waited)


def flags(moments: Moments, until: date) -> frozenset[Flag]:
    """The traces of tricks in one dossier."""
    one = moments.of
    found: Iterable[tuple[Flag, bool]] = (
        (Flag.LAST_TENTH, _in_last_tenth(moments)),
        (Flag.NO_ITEM, one.requested_on is not None and one.items_listed == 0),
        (Flag.ASKED_TWICE, one.requested_again_on is not None),
        (Flag.REFILED, _refiled(one)),
        (Flag.EMPTY_RESULT, one.electronic_result is True and one.result_bytes == 0),
        (Flag.ATTACHMENT_ONLY, one.digitised is True and one.data_parts == 0),
        (Flag.MOVED_PROMISE, moments.at(one.first_promised_on) < moments.at(one.promised_on) < NEVER),
        (Flag.DONE_EARLY, _done_early(moments)),
        (Flag.TAKEN_UP_LATE, moments.at(one.received_on) > moments.at(one.filed_on) + TAKEN_UP_WITHIN
            and one.received_on is not None),
        (Flag.UNASKED, one.rating_asked is False and moments.stop < NEVER
            and official(moments, until) is False),
    )  # fmt: skip
    return frozenset(flag for flag, holds in found if holds)


def _in_last_tenth(moments: Moments) -> bool:
    if moments.of.requested_on is None or moments.of.received_on is None:
        return False
    start, asked = moments.at(moments.of.received_on), moments.at(moments.of.requested_on)
    part, whole = LATE_SHARE
    return asked <= moments.limit and (asked - start) * whole >= (moments.limit - start) * part


def _refiled(one: Dossier) -> bool:
    if one.refused_before_on is None:
        return False
    return 0 <= (one.filed_on - one.refused_before_on).days <= REFILED_WITHIN


def _done_early(moments: Moments) -> bool:
    if moments.of.done_on is None:
        return False
    limit = moments.limit + moments.supplement
    return moments.at(moments.of.done_on) <= limit < moments.hand < NEVER
