"""How far a value has come from its starting value to its target (formulas, c1).

One formula serves rise and fall: (value − start) / (target − start), kept raw and cut to 0–100 % for the
rate. Where there is no way to go, the level has to be held. Nothing is divided by a target, so a start other
than 0 and a target of 0 are ordinary cases.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from thuocdo.indicators.enums import Direction, Missing, Side
from thuocdo.lib.card import Card, Input
from thuocdo.lib.say import Say, say

VERSION = "2025-01-01"
FULL = Decimal(100)
NOTHING = Decimal(0)

WHY: Mapping[Missing, Say] = {
    Missing.NO_BASELINE: say("There is no starting value."),
    Missing.NO_TARGET: say("There is no target."),
    Missing.NO_VALUE: say("No value has been reported."),
    Missing.NOT_APPLICABLE: say("The indicator does not apply here."),
    Missing.NOT_DUE: say("The period is not over yet."),
    Missing.NO_EVIDENCE: say("No evidence has been accepted yet."),
    Missing.INCOMPLETE: say("Values that were expected are missing."),
    Missing.ZERO_DENOMINATOR: say("There was nothing to divide by."),
}


@dataclass(frozen=True, slots=True)
class Aim:
    """Where an indicator has to go, in its own unit.

    `target` is also the level of `HOLD`, with `side`; a `BAND` has `low`, `high` and the `tolerance` within
    which a value outside still counts in part.
    """

    direction: Direction
    baseline: Decimal | None = None
    target: Decimal | None = None
    side: Side = Side.AT_LEAST
    low: Decimal | None = None
    high: Decimal | None = None
    tolerance: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """`rate` is in per cent, 0–100; `raw` is the share of the way before it is cut (1 = the target)."""

    aim: Aim
    value: Decimal | None
    rate: Decimal | None
    raw: Decimal | None = None
    missing: Missing | None = None

    @property
    def card(self) -> Card:
        """How the rate was computed."""
        steps = () if self.rate is None else (_step(self),)
        why = () if self.missing is None else (WHY[self.missing],)
        return Card(_rule(self.aim), VERSION, tuple(_inputs(self)), steps, self.rate, why)


def progress(aim: Aim, value: Decimal | None) -> Progress:
    """The progress of a value; without a rate, `missing` says why."""
    if aim.direction is Direction.BAND:
        return _band(aim, value)
    if aim.direction is Direction.HOLD:
        return _held(aim, value, aim.side)
    known = _known(aim, value)
    if isinstance(known, Missing):
        return Progress(aim, value, None, missing=known)
    start, target, reached = known
    way = target - start
    if way == 0 or (way > 0) != (aim.direction is Direction.RISE):  # the start is there already, or past it
        return _held(aim, value, Side.AT_LEAST if aim.direction is Direction.RISE else Side.AT_MOST)
    raw = (reached - start) / way
    return Progress(aim, value, FULL * min(Decimal(1), max(NOTHING, raw)), raw)


def yes_or_no(*, reached: bool | None, evidence_accepted: bool) -> tuple[Decimal | None, Missing | None]:
    """0 or 100 %; 100 only with accepted evidence (formulas, c1)."""
    if reached is None:
        return None, Missing.NO_VALUE
    if reached and not evidence_accepted:
        return None, Missing.NO_EVIDENCE
    return (FULL if reached else NOTHING), None


def stages(weights: Mapping[str, Decimal], accepted: Sequence[str]) -> tuple[Decimal | None, Missing | None]:
    """The share of the weights of the accepted stages, in per cent."""
    whole = sum(weights.values(), NOTHING)
    if not whole:
        return None, Missing.NO_TARGET
    return FULL * sum((weights[stage] for stage in set(accepted) if stage in weights), NOTHING) / whole, None


def ordinal(grades: Sequence[str], baseline: str, target: str, value: str | None) -> Progress:
    """Progress over ordered grades, worst first; `ValueError` for a grade that is not among them."""
    place = {grade: Decimal(number) for number, grade in enumerate(grades)}
    unknown = {baseline, target, value or baseline} - place.keys()
    if unknown:
        raise ValueError(f"not among the grades: {sorted(unknown)}")
    direction = Direction.RISE if place[target] >= place[baseline] else Direction.FALL
    return progress(Aim(direction, place[baseline], place[target]), None if value is None else place[value])


def _known(aim: Aim, value: Decimal | None) -> tuple[Decimal, Decimal, Decimal] | Missing:
    if aim.baseline is None:
        return Missing.NO_BASELINE
    if aim.target is None:
        return Missing.NO_TARGET
    return Missing.NO_VALUE if value is None else (aim.baseline, aim.target, value)


def _held(aim: Aim, value: Decimal | None, side: Side) -> Progress:
    if aim.target is None:
        return Progress(aim, value, None, missing=Missing.NO_TARGET)
    if value is None:
        return Progress(aim, value, None, missing=Missing.NO_VALUE)
    met = value >= aim.target if side is Side.AT_LEAST else value <= aim.target
    return Progress(aim, value, FULL if met else NOTHING)


def _band(aim: Aim, value: Decimal | None) -> Progress:
    if aim.low is None or aim.high is None:
        return Progress(aim, value, None, missing=Missing.NO_TARGET)
    if value is None:
        return Progress(aim, value, None, missing=Missing.NO_VALUE)
    distance = max(aim.low - value, value - aim.high, NOTHING)
    if not distance:
        return Progress(aim, value, FULL)
    if not aim.tolerance:
        return Progress(aim, value, NOTHING)
    return Progress(aim, value, FULL * max(NOTHING, 1 - distance / aim.tolerance))


def _rule(aim: Aim) -> Say:
    if aim.direction is Direction.BAND:
        return say("Inside the band it is 100 %; outside it falls to 0 over the tolerance.")
    if aim.direction is Direction.HOLD:
        return say("100 % while the level is held, else 0.")
    return say("The share of the way from the starting value to the target that has been covered.")


def _inputs(made: Progress) -> list[Input]:
    aim, value = made.aim, Input(say("value"), made.value)
    if aim.direction is Direction.BAND:
        edges = [Input(say("lower edge"), aim.low), Input(say("upper edge"), aim.high)]
        return [value, *edges, Input(say("tolerance"), aim.tolerance)]
    target = Input(say("target"), aim.target)
    if aim.direction is Direction.HOLD:
        return [value, target]
    return [value, Input(say("starting value"), aim.baseline), target]


def _step(made: Progress) -> Say:
    aim = made.aim
    if made.raw is not None:
        return say(
            "(%(value)s − %(start)s) / (%(target)s − %(start)s) = %(raw)s",
            value=made.value,
            start=aim.baseline,
            target=aim.target,
            raw=made.raw,
        )
    if aim.direction is Direction.BAND:
        return say("%(value)s against %(low)s to %(high)s", value=made.value, low=aim.low, high=aim.high)
    return say("%(value)s against the level %(target)s", value=made.value, target=aim.target)
