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
    fresh: int  # values not older than their periodicity and delay allow


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
    return Quality(
        correct=Share(say("Values that pass the checks, of those checked."), seen.passed, seen.checked),
        complete=Share(say("Values received, of those expected."), seen.received, seen.expected),
        clean=Share(
            say("Values neither given twice nor in conflict, of those received."),
            seen.received - seen.doubled,
            seen.received,
        ),
        live=Share(say("Values that are still fresh, of those expected."), seen.fresh, seen.expected),
        reporting=Share(say("Reports received, of those expected."), seen.received, seen.expected),
        punctual=Share(say("Reports received in time, of those expected."), seen.in_time, seen.expected),
    )
