"""Whether a value can be given as it is, and what may be said of it afterwards (3.03)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from thuocdo.indicators.enums import Kind, Missing, Origin, Periodicity, Standing
from thuocdo.lib.say import Say, say


@dataclass(frozen=True, slots=True)
class Given:
    """A value as it is given."""

    value: Decimal | None
    numerator: int | None
    denominator: int | None
    missing: Missing | None
    text: str
    origin: Origin
    has_source: bool
    has_query: bool
    every: Periodicity
    ended_on: date


@dataclass(frozen=True, slots=True)
class Shape:
    """What the definition asks for."""

    kind: str
    every: str
    has_formula: bool
    grades: Sequence[object]


def problems(given: Given, shape: Shape, happened_on: date) -> list[Say]:
    """Everything that stands against the value; empty when it can be recorded."""
    found = [_missing(given), _ratio(given, shape), _grade(given, shape), _origin(given)]
    found.append(_period(given, shape, happened_on))
    if shape.has_formula and given.origin is not Origin.OUTSIDE:
        found.append(say("This indicator is computed from others; no value of it is entered."))
    return [problem for problem in found if problem is not None]


def judging_problem(origin: str, *, already: bool, accepted: bool) -> Say | None:
    """Why a value cannot be accepted or returned. `already`: its last verdict accepted it."""
    if origin != Origin.ENTERED:
        return say("Only a value that an agency entered here is confirmed or returned.")
    if already and accepted:
        return say("It has been confirmed already.")
    return None


def standing(origin: str, *, accepted: bool | None) -> Standing:
    """Who stands behind the value: counted from records, confirmed by a verdict, else declared."""
    if origin == Origin.RECORDS:
        return Standing.MEASURED
    return Standing.CONFIRMED if accepted and origin == Origin.ENTERED else Standing.DECLARED


def _missing(given: Given) -> Say | None:
    if given.value is None and given.missing is None and given.denominator == 0:
        return say("Of nothing there is no share: say why there is no value.")
    if given.value is None and given.missing is None:
        return say("Give the value, or say why there is none. Nothing reported is not 0.")
    if given.value is not None and given.missing is not None:
        return say("There is a value and a reason why there is none: keep one.")
    return None


def _ratio(given: Given, shape: Shape) -> Say | None:
    if (given.numerator is None) != (given.denominator is None):
        return say("Give both parts of the ratio.")
    if given.value is None:
        return None
    if shape.kind != Kind.RATIO:
        return say("Only a ratio has two parts.") if given.numerator is not None else None
    if given.numerator is None or given.denominator is None:
        if given.origin is Origin.OUTSIDE:
            return None  # a printed percentage whose parts are not printed stays what it is
        return say("Give both parts of the ratio.")
    if not given.denominator:
        return say("Of nothing there is no share: say why there is no value.")
    if abs(Decimal(given.numerator) / given.denominator - given.value) > Decimal("0.000001"):
        return say(
            "%(part)s of %(all)s is not %(value)s.",
            part=given.numerator,
            all=given.denominator,
            value=given.value,
        )
    return None


def _grade(given: Given, shape: Shape) -> Say | None:
    if shape.kind == Kind.ORDINAL and given.text and given.text not in shape.grades:
        return say("%(grade)s is none of the grades.", grade=given.text)
    return None


def _origin(given: Given) -> Say | None:
    if given.origin is Origin.OUTSIDE and not given.has_source:
        return say("Name the source it was read in.")
    if given.origin is Origin.RECORDS and not given.has_query:
        return say("Say what was counted, and by which rule.")
    return None


def _period(given: Given, shape: Shape, happened_on: date) -> Say | None:
    if given.every != shape.every and given.origin is not Origin.OUTSIDE:
        return say("This indicator is given %(every)s.", every=Periodicity(shape.every))
    if given.ended_on > happened_on and given.missing is None:
        return say("The period ends on %(day)s; its value is not known before.", day=given.ended_on)
    return None
