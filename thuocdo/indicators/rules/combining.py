"""How the values of children make the value above them (formulas, c3): the axis of agencies.

Each indicator declares this apart from how its periods combine. Per cent are never averaged: a ratio is the
sum of numerators over the sum of denominators. A sum over missing children is a sum of what is known, and
says of how many. The standing of the whole is the weakest of its parts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from thuocdo.indicators.enums import Combine, Missing, Standing
from thuocdo.lib.card import Card, Input
from thuocdo.lib.say import Say, say

VERSION = "2025-01-01"
ORDER = (Standing.DECLARED, Standing.CONFIRMED, Standing.MEASURED)  # the weakest first


@dataclass(frozen=True, slots=True)
class Part:
    """What one child brings. `value` None: expected and not reported."""

    key: int
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """What the children make. `of_which`: the sum of what is confirmed or measured, where sums make sense."""

    rule: Combine
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    reported: int
    expected: int
    standing: Standing | None
    of_which: Decimal | None = None
    missing: Missing | None = None

    @property
    def coverage(self) -> Decimal | None:
        """The share of the expected children that have reported, in per cent."""
        return Decimal(100) * self.reported / self.expected if self.expected else None

    @property
    def card(self) -> Card:
        """How the value was computed."""
        gap = self.expected - self.reported
        lacking = (say("%(n)s of %(all)s have not reported.", n=gap, all=self.expected),) if gap else ()
        inputs = [Input(say("reported"), self.reported), Input(say("expected"), self.expected)]
        if self.denominator is not None:
            inputs.append(Input(say("numerator"), self.numerator))
            inputs.append(Input(say("denominator"), self.denominator))
        return Card(_rule(self.rule), VERSION, tuple(inputs), (), self.value, lacking)


def weakest(standings: Sequence[Standing | None]) -> Standing | None:
    """The standing of a figure made of these; None when one of them has none."""
    if not standings or any(standing is None for standing in standings):
        return None
    return min((standing for standing in standings if standing), key=ORDER.index)


def combine(rule: Combine, parts: Sequence[Part]) -> Whole:
    """The value of the children together; None with a reason where the rule gives none."""
    told = [part for part in parts if part.value is not None]
    sure = weakest([part.standing for part in told])
    if rule in (Combine.NONE, Combine.MANUAL):
        return Whole(rule, None, None, None, len(told), len(parts), None, missing=Missing.NOT_APPLICABLE)
    if not told:
        return Whole(rule, None, None, None, 0, len(parts), None, missing=Missing.NO_VALUE)
    if rule is Combine.RATIO:
        return _ratio(told, len(parts), sure)
    value = _made(rule, [part.value for part in told if part.value is not None])
    solid = [part.value for part in told if part.value is not None and part.standing in ORDER[1:]]
    of_which = sum(solid, Decimal(0)) if rule is Combine.SUM else None
    return Whole(rule, value, None, None, len(told), len(parts), sure, of_which)


def _made(rule: Combine, values: Sequence[Decimal]) -> Decimal:
    if rule is Combine.SUM:
        return sum(values, Decimal(0))
    if rule is Combine.AVERAGE:
        return sum(values, Decimal(0)) / len(values)
    if rule is Combine.COUNT:
        return Decimal(len(values))
    if rule in (Combine.MIN, Combine.MAX):
        return min(values) if rule is Combine.MIN else max(values)
    raise ValueError(f"children are not combined by {rule!r}")


def _ratio(told: Sequence[Part], expected: int, sure: Standing | None) -> Whole:
    parts = [part for part in told if part.numerator is not None and part.denominator is not None]
    if not parts:  # printed per cent whose parts are not known cannot be put together
        missing = Missing.INCOMPLETE
        return Whole(Combine.RATIO, None, None, None, len(told), expected, None, missing=missing)
    above = sum((part.numerator for part in parts if part.numerator is not None), Decimal(0))
    below = sum((part.denominator for part in parts if part.denominator is not None), Decimal(0))
    solid = [part for part in parts if part.standing in ORDER[1:]]
    of_which = sum((part.denominator for part in solid if part.denominator is not None), Decimal(0))
    if not below:
        missing = Missing.ZERO_DENOMINATOR
        return Whole(Combine.RATIO, None, above, below, len(parts), expected, sure, of_which, missing)
    return Whole(Combine.RATIO, above / below, above, below, len(parts), expected, sure, of_which)


def _rule(rule: Combine) -> Say:
    return {
        Combine.SUM: say("The sum of the values of all below it."),
        Combine.AVERAGE: say("The average of the values of all below it."),
        Combine.RATIO: say("All numerators over all denominators; per cent are never averaged."),
        Combine.MIN: say("The smallest value below it."),
        Combine.MAX: say("The largest value below it."),
        Combine.COUNT: say("How many below it have a value."),
        Combine.MANUAL: say("Entered at this level; not computed from below."),
    }.get(rule, say("Not combined from below."))
