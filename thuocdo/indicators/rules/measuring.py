"""An indicator against its target on a day: progress, pace and status, made from the same values (3.06)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from thuocdo.indicators.enums import Direction, Health, Missing, Side, Standing
from thuocdo.indicators.rules import pace as pace_rule
from thuocdo.indicators.rules.health import Judgement, Situation, judge
from thuocdo.indicators.rules.pace import Mark, Pace, Projection
from thuocdo.indicators.rules.progress import FULL, Aim, Progress, progress
from thuocdo.lib.card import Card, Input
from thuocdo.lib.say import say

VERSION = "2025-01-01"
LEVELS = (Direction.HOLD, Direction.BAND)  # nothing to travel: the level is due on every day


@dataclass(frozen=True, slots=True)
class Way:
    """A target with the road to it. `trajectory`: start, interim targets, target; empty without a start."""

    aim: Aim
    due_on: date
    trajectory: tuple[Mark, ...] = ()
    stepwise: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of the indicator on a day. `course`: its values by the ends of their periods."""

    day: date
    value: Decimal | None
    standing: Standing | None = None
    course: tuple[Mark, ...] = ()
    fresh_until: date | None = None
    reporting_on: date | None = None  # the last day by which figures had to be there


@dataclass(frozen=True, slots=True)
class Measured:
    """What the value is worth. `missing` says why there is no status."""

    seen: Seen
    way: Way | None
    progress: Progress | None
    pace: Pace | None
    judgement: Judgement | None
    missing: Missing | None = None
    annual: Progress | None = None  # against where it has to be at the end of the year
    projection: Projection | None = None

    @property
    def cards(self) -> tuple[Card, ...]:
        """How each of its figures was computed."""
        made = [one.card for one in (self.progress, self.annual) if one is not None]
        if self.projection:
            made.append(_projection_card(self.seen, self.projection))
        if self.pace:
            made.append(_pace_card(self.seen, self.pace))
        return (*made, self.judgement.card) if self.judgement else tuple(made)


def measure(seen: Seen, way: Way | None) -> Measured:
    """The value against the target that counts; without one it only says whether there are figures."""
    made = progress(way.aim, seen.value) if way else None
    found = _judged(seen, way, made)
    pace = _pace(seen, way)
    nothing_due = found.health is Health.NOT_DUE and found.situation.since_start
    if nothing_due and pace is None:  # there is nothing to compare it with
        why = (made.missing if made else None) or (Missing.NO_BASELINE if way else Missing.NO_TARGET)
        return Measured(seen, way, made, None, None, why)
    return Measured(seen, way, made, pace, found, None, this_year(seen, way), _projection(seen, way))


def this_year(seen: Seen, way: Way | None) -> Progress | None:
    """From the last value of the year before to where the trajectory is when this year ends (c1).

    None without a trajectory, and when the target day lies in a year that is over.
    """
    start, end = date(seen.day.year - 1, 12, 31), date(seen.day.year, 12, 31)
    if way is None or not way.trajectory or way.aim.direction in LEVELS or way.due_on <= start:
        return None
    told = [mark.value for mark in seen.course if mark.on <= start]
    begun = told[-1] if told else pace_rule.expected(way.trajectory, start, stepwise=way.stepwise)
    wanted = pace_rule.expected(way.trajectory, min(end, way.due_on), stepwise=way.stepwise)
    return progress(replace(way.aim, baseline=begun, target=wanted), seen.value)


def _projection(seen: Seen, way: Way | None) -> Projection | None:
    """Where the last values lead, if there are enough of them and the target day is still to come."""
    if way is None or way.aim.target is None or way.aim.direction in LEVELS or way.due_on <= seen.day:
        return None
    return pace_rule.projected(seen.course, Mark(way.due_on, way.aim.target))


def _projection_card(seen: Seen, made: Projection) -> Card:
    points = seen.course[-pace_rule.DAYS_OF_FIT :]
    inputs = tuple(Input(say("value on %(day)s", day=mark.on), mark.value) for mark in points)
    steps = (say("With twice its error: from %(low)s to %(high)s.", low=made.low, high=made.high),)
    rule = say("The straight line through the last values, drawn on to the target day. It is no fact.")
    return Card(rule, VERSION, inputs, steps, made.value)


def wrong_way(course: Sequence[Mark], direction: Direction) -> int:
    """How many of the last steps from value to value went against the direction."""
    sign = {Direction.RISE: -1, Direction.FALL: 1}.get(direction, 0)
    steps = [(after.value - before.value) * sign > 0 for before, after in pairwise(course)]
    return next((place for place, wrong in enumerate(reversed(steps)) if not wrong), len(steps))


def is_met(aim: Aim, value: Decimal | None) -> bool:
    """Whether the value is where it has to be, whatever the start was."""
    if value is None:
        return False
    if aim.direction in LEVELS:
        return progress(aim, value).rate == FULL
    side = Side.AT_LEAST if aim.direction is Direction.RISE else Side.AT_MOST
    return progress(replace(aim, direction=Direction.HOLD, side=side), value).rate == FULL


def _judged(seen: Seen, way: Way | None, made: Progress | None) -> Judgement:
    """The status on the day, which keeps to that of the last reporting day until the next."""
    reporting = seen.reporting_on
    if reporting is None or reporting >= seen.day or way is None:
        return judge(_situation(seen, way, made))
    told = tuple(mark for mark in seen.course if mark.on <= reporting)
    then = replace(seen, day=reporting, value=told[-1].value if told else None, course=told)
    former = judge(_situation(then, way, progress(way.aim, then.value))).health
    return judge(replace(_situation(seen, way, made), former=former, on_reporting_day=False))


def _situation(seen: Seen, way: Way | None, made: Progress | None) -> Situation:
    situation = Situation(seen.day, has_value=seen.value is not None, fresh_until=seen.fresh_until)
    if way is None or made is None:
        return situation
    return replace(
        situation,
        reached=(seen.standing or Standing.DECLARED) if is_met(way.aim, seen.value) else None,
        target_on=way.due_on,
        ratio=_ratio(seen, way, made),
        since_start=_is_later(seen, way),
        wrong_way=wrong_way(seen.course, way.aim.direction),
    )


def _ratio(seen: Seen, way: Way, made: Progress) -> Decimal | None:
    if way.aim.direction in LEVELS:
        return None if made.rate is None else made.rate / FULL
    pace = _pace(seen, way)
    return pace.ratio if pace else None


def _is_later(seen: Seen, way: Way) -> bool:
    """Whether the last value is later than the starting value, which alone shows no progress and no delay."""
    return not way.trajectory or not seen.course or seen.course[-1].on > way.trajectory[0].on


def _pace(seen: Seen, way: Way | None) -> Pace | None:
    if way is None or not way.trajectory or not seen.course or way.aim.direction in LEVELS:
        return None
    if not _is_later(seen, way):
        return None
    return pace_rule.pace(way.trajectory, seen.course, seen.day, stepwise=way.stepwise)


def _pace_card(seen: Seen, made: Pace) -> Card:
    inputs = (Input(say("value"), seen.value), Input(say("where the trajectory is"), made.expected))
    rule = say("How far it has come, over how far the trajectory has come on the day.")
    why = () if made.ratio is not None else (say("Nothing was due yet by this day."),)
    return Card(rule, VERSION, inputs, (), made.ratio, why)
