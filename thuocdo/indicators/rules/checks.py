"""Checks of entered values: one check is one function; it warns or refuses, and explains (3.09)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from thuocdo.lib.say import Say, say

EVEN = Decimal(0)


class Weight(StrEnum):
    """Whether the value can be entered all the same."""

    WARNS = "warns"
    REFUSES = "refuses"


@dataclass(frozen=True, slots=True)
class Limits:
    """What the definition says of its values; None: nothing. `jump`: per cent against the period before."""

    least: Decimal | None = None
    most: Decimal | None = None
    jump: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A value with what it is checked against. `parts`: values of one disaggregation of it.

    `whole`: of a value that is itself a part, the total; `parts` are then this value and the other parts.
    """

    value: Decimal | None
    numerator: int | None = None
    denominator: int | None = None
    former: Decimal | None = None  # the value of the period before
    parts: tuple[Decimal, ...] = ()
    parts_complete: bool = False
    whole: Decimal | None = None
    not_above: tuple[str, Decimal] | None = None  # another indicator that it cannot exceed: its name, value


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found."""

    check: str
    weight: Weight
    text: Say


Check = Callable[[Entry, Limits], Iterator[Finding]]


def findings(entry: Entry, limits: Limits) -> list[Finding]:
    """Everything the checks say of the value; nothing of a value that is missing."""
    return [found for check in CHECKS.values() for found in check(entry, limits)]


def read(given: Mapping[str, str]) -> Limits:
    """The limits as a definition keeps them: least, most, jump as text."""
    return Limits(
        **{name: Decimal(text) for name, text in given.items() if name in ("least", "most", "jump")}
    )


def _in_range(entry: Entry, limits: Limits) -> Iterator[Finding]:
    value = entry.value
    if value is None:
        return
    if limits.least is not None and value < limits.least:
        text = say("%(value)s is below the least possible, %(least)s.", value=value, least=limits.least)
        yield Finding("range", Weight.REFUSES, text)
    if limits.most is not None and value > limits.most:
        text = say("%(value)s is above the most possible, %(most)s.", value=value, most=limits.most)
        yield Finding("range", Weight.REFUSES, text)


def _jump(entry: Entry, limits: Limits) -> Iterator[Finding]:
    value, former = entry.value, entry.former
    if value is None or not former or limits.jump is None:
        return
    change = abs(value - former) / abs(former) * 100
    if change > limits.jump:
        text = say(
            "%(value)s after %(former)s: a change of %(change)s %%. Check it, and say why if it is right.",
            value=value,
            former=former,
            change=round(change),
        )
        yield Finding("jump", Weight.WARNS, text)


def _parts(entry: Entry, _limits: Limits) -> Iterator[Finding]:
    total = entry.value if entry.whole is None else entry.whole
    if total is None or entry.value is None or not entry.parts:
        return
    made = sum(entry.parts, EVEN)
    if made > total or (entry.parts_complete and made != total):
        text = say("The parts make %(parts)s, the total is %(total)s.", parts=made, total=total)
        yield Finding("parts", Weight.REFUSES, text)


def _share(entry: Entry, _limits: Limits) -> Iterator[Finding]:
    above, below = entry.numerator, entry.denominator
    if above is None or below is None:
        return
    if above < 0 or below < 0:
        yield Finding("ratio", Weight.REFUSES, say("Numerator and denominator are not negative."))
    elif above > below:
        text = say("%(part)s of %(all)s: the part is larger than the whole.", part=above, all=below)
        yield Finding("ratio", Weight.REFUSES, text)


def _other(entry: Entry, _limits: Limits) -> Iterator[Finding]:
    if entry.value is None or entry.not_above is None:
        return
    name, most = entry.not_above
    if entry.value > most:
        text = say("It is above “%(name)s”, which is %(value)s.", name=name, value=most)
        yield Finding("other", Weight.WARNS, text)


CHECKS: Mapping[str, Check] = {
    "range": _in_range, "jump": _jump, "parts": _parts, "ratio": _share, "other": _other,
}  # fmt: skip
