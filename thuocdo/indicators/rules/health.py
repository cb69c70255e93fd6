"""The computed status of an indicator (formulas, c6): the first condition that holds decides.

"Reached" is tested before "out of date": what is done does not go stale. "Not due yet" is neutral. On track,
behind and off track change on a reporting day only: they do not flicker from night to night.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from thuocdo.indicators.enums import Health, Standing
from thuocdo.lib.card import Card, Input
from thuocdo.lib.say import Say, say

VERSION = "2025-01-01"
JUDGED = (Health.OFF_TRACK, Health.BEHIND, Health.ON_TRACK)  # worst first


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Parameters, dated and named; these are the defaults (formulas, c6)."""

    on_track: Decimal = Decimal("0.95")
    behind: Decimal = Decimal("0.60")
    wrong_way: int = 2  # so many reporting periods in the wrong direction are off track


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of an indicator on a day."""

    day: date
    applies: bool = True
    has_value: bool = True
    reached: Standing | None = None  # the target is met, and who stands behind it
    fresh_until: date | None = None  # the day by which the next value must be there
    target_on: date | None = None
    ratio: Decimal | None = None  # pace; None: nothing was due yet
    since_start: bool = True  # whether a value is later than the starting value; else nothing is shown by it
    wrong_way: int = 0  # how many last reporting periods went in the wrong direction
    former: Health | None = None  # as of the last reporting day
    on_reporting_day: bool = True


@dataclass(frozen=True, slots=True)
class Judgement:
    """The status with what decided it."""

    health: Health
    why: Say
    situation: Situation

    @property
    def card(self) -> Card:
        """How the status was decided."""
        seen = self.situation
        inputs = (
            Input(say("pace against the trajectory"), seen.ratio),
            Input(say("figures are fresh until"), seen.fresh_until),
            Input(say("target day"), seen.target_on),
        )
        rule = say("The first condition that holds decides, in a fixed order.")
        return Card(rule, VERSION, inputs, (self.why,), self.health)


def judge(seen: Situation, thresholds: Thresholds = Thresholds()) -> Judgement:
    """The status on a day."""
    health, why = _first(seen, thresholds)
    return Judgement(health, why, seen)


def _first(seen: Situation, limits: Thresholds) -> tuple[Health, Say]:
    if not seen.applies:
        return Health.NOT_APPLICABLE, say("It does not apply here.")
    if not seen.has_value:
        return Health.NO_VALUE, say("No value has been reported.")
    if seen.reached is not None:
        declared = seen.reached is Standing.DECLARED
        health = Health.DONE_DECLARED if declared else Health.DONE_CONFIRMED
        return health, say("The target is reached.")
    return _unreached(seen, limits)


def _unreached(seen: Situation, limits: Thresholds) -> tuple[Health, Say]:
    if seen.fresh_until is not None and seen.day > seen.fresh_until:
        return Health.STALE, say("The next figures were due by %(day)s.", day=seen.fresh_until)
    if not seen.since_start:
        return Health.NOT_DUE, say("No value after the starting value has been reported.")
    if seen.target_on is not None and seen.day > seen.target_on:
        return Health.LATE, say("The target day, %(day)s, has passed.", day=seen.target_on)
    if seen.ratio is None:
        return Health.NOT_DUE, say("Nothing was due yet by this day.")
    found, why = _by_pace(seen, seen.ratio, limits)
    if seen.former in JUDGED and found is not seen.former and not seen.on_reporting_day:
        return seen.former, say("It changes on the next reporting day only.")
    return found, why


def _by_pace(seen: Situation, ratio: Decimal, limits: Thresholds) -> tuple[Health, Say]:
    if seen.wrong_way >= limits.wrong_way:
        text = say("It has gone the wrong way in the last %(n)s periods.", n=seen.wrong_way)
        return Health.OFF_TRACK, text
    if ratio < limits.behind:
        return Health.OFF_TRACK, say("Below %(limit)s of what was expected.", limit=limits.behind)
    if ratio < limits.on_track:
        return Health.BEHIND, say("Below %(limit)s of what was expected.", limit=limits.on_track)
    return Health.ON_TRACK, say("At least %(limit)s of what was expected.", limit=limits.on_track)
