"""What a definition must be to make sense: each check is one function and one sentence (3.01)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from thuocdo.indicators.enums import Combine, Direction, Kind
from thuocdo.indicators.rules import formula
from thuocdo.lib.say import Refused, Say, say

CODE = re.compile(r"[A-Z][A-Z0-9_.]{1,59}")


@dataclass(frozen=True, slots=True)
class Draft:
    """What the checks look at of a definition."""

    code: str
    names: tuple[str, ...]
    unit: str
    kind: Kind
    direction: Direction
    periods: Combine
    children: Combine
    has_tolerance: bool
    formula: str
    grades: tuple[object, ...]


def problems(draft: Draft) -> list[Say]:
    """Everything that is wrong with the definition; empty when it makes sense."""
    return [problem for check in CHECKS for problem in check(draft)]


def _code(draft: Draft) -> Iterator[Say]:
    if not CODE.fullmatch(draft.code):
        yield say(
            "The code %(code)s is not usable: capital letters, digits, _ and . only, a letter first.",
            code=draft.code or "—",
        )
    elif draft.code.lower() in formula.FUNCTIONS:
        yield say("%(code)s is a word of the formula language; choose another code.", code=draft.code)


def _names(draft: Draft) -> Iterator[Say]:
    if not all(name.strip() for name in draft.names):
        yield say("The name is needed in all four languages.")


def _ratio(draft: Draft) -> Iterator[Say]:
    if draft.kind is not Kind.RATIO:
        return
    if draft.children in (Combine.SUM, Combine.AVERAGE) or draft.periods in (Combine.SUM, Combine.AVERAGE):
        yield say("Ratios are neither added nor averaged: combine numerators and denominators.")


def _parts(draft: Draft) -> Iterator[Say]:
    if draft.kind is not Kind.RATIO and Combine.RATIO in (draft.periods, draft.children):
        yield say("Only a ratio has numerators and denominators to combine.")


def _periods(draft: Draft) -> Iterator[Say]:
    if draft.periods in (Combine.MANUAL, Combine.NONE):
        yield say("Say how the values of several periods make one.")


def _children(draft: Draft) -> Iterator[Say]:
    if draft.children is Combine.LAST:
        yield say("“Last value” combines periods, not agencies.")


def _band(draft: Draft) -> Iterator[Say]:
    if draft.has_tolerance and draft.direction is not Direction.BAND:
        yield say("A tolerance belongs to a band only.")


def _grades(draft: Draft) -> Iterator[Say]:
    if draft.kind in (Kind.ORDINAL, Kind.STAGES) and len(draft.grades) < 2:
        yield say("At least two grades or stages are needed.")


def _formula(draft: Draft) -> Iterator[Say]:
    if not draft.formula:
        return
    try:
        needed = formula.names(formula.read(draft.formula))
    except Refused as refusal:
        yield from refusal.reasons
        return
    if draft.code in needed:
        yield say("The formula needs itself.")


CHECKS: tuple[Callable[[Draft], Iterator[Say]], ...] = (
    _code, _names, _ratio, _parts, _periods, _children, _band, _grades, _formula,
)  # fmt: skip
