"""Exact numbers as an integer and a scale, so that every database adds the same (3.03)."""

from decimal import Decimal

from thuocdo.lib.say import Refused, say

SCALE = 6  # decimals that are kept; formulas keep more, observations do not need them
LARGEST = 10**18  # fits a 64-bit integer with room for sums


def scaled(value: Decimal) -> int:
    """The value as a number of millionths. `Refused` where it has more decimals, or is too large."""
    shifted = value.scaleb(SCALE)
    whole = shifted.to_integral_value()
    if shifted != whole:
        raise Refused(say("%(value)s has more than %(n)s decimals.", value=value, n=SCALE))
    if abs(whole) >= LARGEST:
        raise Refused(say("%(value)s is too large; check the unit.", value=value))
    return int(whole)


def unscaled(number: int, scale: int = SCALE) -> Decimal:
    """The value of so many units of 10 to the minus `scale`."""
    return Decimal(number).scaleb(-scale).normalize() + 0
