"""Weighted roll-up of progress rates (formulas, c4), with its coverage and its range.

Weights count among what applies. A rate that was expected and is missing leaves the whole without a rate,
unless the indicator's owner accepts a lower coverage; the range always says what the rate would be if the
missing were 0, and if they were 100.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from thuocdo.indicators.enums import Missing
from thuocdo.lib.card import Card, Input
from thuocdo.lib.say import say

VERSION = "2025-01-01"
FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a roll-up. `rate` in per cent; None: not known. `applies` False: its weight is removed."""

    key: str
    weight: Decimal
    rate: Decimal | None
    applies: bool = True


@dataclass(frozen=True, slots=True)
class Rollup:
    """The rate of the whole. `coverage`, `low` and `high` in per cent."""

    rate: Decimal | None
    coverage: Decimal
    low: Decimal | None
    high: Decimal | None
    items: tuple[Item, ...]
    missing: Missing | None = None

    @property
    def card(self) -> Card:
        """How the rate was computed."""
        inputs = tuple(
            Input(say("%(item)s, weight %(weight)s", item=item.key, weight=item.weight), item.rate)
            for item in self.items
            if item.applies
        )
        lacking = [item.key for item in self.items if item.applies and item.weight and item.rate is None]
        missing = (say("Without a rate: %(items)s.", items=tuple(lacking)),) if lacking else ()
        steps = (
            say(
                "If all that is missing were 0: %(low)s %%; if it were 100: %(high)s %%.",
                low=self.low,
                high=self.high,
            ),
        )
        rule = say("The mean of the rates, each with its weight among those that apply.")
        return Card(rule, VERSION, inputs, steps if lacking else (), self.rate, missing)


def rollup(items: Sequence[Item], *, coverage_floor: Decimal = FULL) -> Rollup:
    """The weighted rate; withheld where less than `coverage_floor` per cent of the weight has a rate."""
    counted = [item for item in items if item.applies and item.weight > 0]
    whole = sum((item.weight for item in counted), Decimal(0))
    if not whole:
        return Rollup(None, Decimal(0), None, None, tuple(items), Missing.NOT_APPLICABLE)
    told = [(item.weight, item.rate) for item in counted if item.rate is not None]
    known = sum((weight for weight, _ in told), Decimal(0))
    points = sum((weight * rate for weight, rate in told), Decimal(0))
    coverage = FULL * known / whole
    low, high = points / whole, (points + FULL * (whole - known)) / whole
    if not told:
        return Rollup(None, coverage, low, high, tuple(items), Missing.NO_VALUE)
    if coverage < coverage_floor:
        return Rollup(None, coverage, low, high, tuple(items), Missing.INCOMPLETE)
    return Rollup(points / known, coverage, low, high, tuple(items))
