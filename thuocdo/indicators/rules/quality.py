"""How well an agency reports: "đúng, đủ, sạch, sống", and how often and how punctually (formulas, c9)."""

from dataclasses import dataclass
from decimal import Decimal

from thuocdo.lib.card import Card, Input
from thuocdo.lib.say import Say, say

VERSION = "2025-01-01"


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its two numbers, also in per cent. None: there was nothing to divide by."""

    rule: Say
    numerator: int
    denominator: int

    @property
    def value(self) -> Decimal | None:
        return Decimal(self.numerator) / self.denominator if self.denominator else None

    @property
    def rate(self) -> Decimal | None:
        return Decimal(100) * self.numerator / self.denominator if self.denominator else None

    @property
    def card(self) -> Card:
        """How the share was computed."""
        inputs = (Input(say("numerator"), self.numerator), Input(say("denominator"), self.denominator))
        missing = () if self.denominator else (say("There was nothing to divide by."),)
        return Card(self.rule, VERSION, inputs, (), self.rate, missing)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was counted of an agency's figures over a period, all as numbers of values."""

    expected: int  # values that were due
    received: int
    in_time: int  # received by the sending day
    checked: int  # values that went through the checks
    passed: int
    doubled: int  # values given twice for the same thing, or in conflict with another
    fresh: int  # indicators whose last value is not older than periodicity and delay allow
    kept: int = 0  # indicators that have to be kept fresh


@dataclass(frozen=True, slots=True)
class Quality:
    """The four words, and the two rates of reporting."""

    correct: Share  # đúng
    complete: Share  # đủ
    clean: Share  # sạch
    live: Share  # sống
    reporting: Share
    punctual: Share


def quality(seen: Seen) -> Quality:
    """The measured scores of one agency and period."""
    shares = reporting(seen.expected, seen.received, seen.in_time)
    return Quality(
        correct=Share(say("Values that pass the checks, of those checked."), seen.passed, seen.checked),
        complete=Share(say("Values received, of those expected."), seen.received, seen.expected),
        clean=Share(
            say("Values neither given twice nor in conflict, of those received."),
            seen.received - seen.doubled,
            seen.received,
        ),
        live=Share(
            say("Indicators whose last value is still fresh, of those to be reported."), seen.fresh, seen.kept
        ),
        reporting=shares[0],
        punctual=shares[1],
    )


def reporting(expected: int, received: int, in_time: int) -> tuple[Share, Share]:
    """How completely and how punctually is reported."""
    return (
        Share(say("Reports received, of those expected."), received, expected),
        Share(say("Reports received in time, of those expected."), in_time, expected),
    )
