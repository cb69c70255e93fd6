"""The day from which an assignment is behind its trajectory, or has been silent too long (2.04).

What is expected on a day goes in straight lines from nothing on the day of giving over the dated interim
targets, where there are any, to all of it on the limit. The pace is the declared progress over what is
expected; nothing is expected yet on the first day. Between two facts the declared progress stands while the
expected grows, so being slow begins on one day and lasts: that day is what a span keeps.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from thuocdo.lib.bitemporal import Known
from thuocdo.lib.say import Say, say

Point = tuple[date, Decimal]  # by this day, this share of the work in per cent
ALL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Planned:
    """On `on`, these interim targets were set; they take the place of all before."""

    on: date
    points: tuple[Point, ...]
    known: Known


def trajectory(given_on: date, limit_on: date, targets: Sequence[Point] = ()) -> tuple[Point, ...]:
    """The corners of what is expected: from nothing over the targets before the limit to all of it."""
    between = sorted(point for point in targets if given_on < point[0] < limit_on)
    return ((given_on, Decimal(0)), *between, (limit_on, ALL))


def expected(line: Sequence[Point], day: date) -> Decimal:
    """The share of the work expected by the day, in per cent."""
    for (start, low), (end, high) in pairwise(line):
        if day <= end:
            done = max((day - start).days, 0)
            return low + (high - low) * done / (end - start).days
    return ALL


def pace(progress: Decimal, line: Sequence[Point], day: date) -> Decimal | None:
    """Declared progress over expected; None on the days when nothing is expected yet."""
    due = expected(line, day)
    return progress / due if due else None


def slow_from(progress: Decimal | None, line: Sequence[Point], threshold: Decimal) -> date | None:
    """The first day on which the pace is below the threshold; None: on no day up to the limit.

    A progress that nobody declared is not known, and nobody is slow on it.
    """
    if progress is None:
        return None
    wanted = Fraction(progress) / Fraction(threshold)  # slow once more than this is expected
    for (start, low), (end, high) in pairwise(line):
        if Fraction(high) > wanted:
            share = (wanted - Fraction(low)) / (Fraction(high) - Fraction(low))
            return start + timedelta(days=max(int(share * (end - start).days) + 1, 1))
    return None


def targets_problem(points: Sequence[Point], given_on: date, limit_on: date | None) -> Say | None:
    """Why these cannot be the interim targets of an assignment."""
    if limit_on is None:
        return say("Only a duty with a time limit has interim targets.")
    if not points:
        return say("Name at least one target: a day and a share.")
    for (day, share), (later, more) in pairwise([(given_on, Decimal(0)), *points, (limit_on, ALL)]):
        if later <= day:
            return say("The targets stand in the order of their days, after giving and before the limit.")
        if more < share:
            return say("By %(day)s no less is expected than before.", day=later)
    return None
