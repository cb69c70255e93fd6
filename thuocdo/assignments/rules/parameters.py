"""The named numbers of the discipline: what they are until an office decides otherwise, from a day on (2.04).

A decision is a dated fact with its source (`models.ParameterValue`); these defaults hold before any.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from thuocdo.assignments.enums import Parameter
from thuocdo.lib.bitemporal import Known
from thuocdo.lib.say import Say, say


@dataclass(frozen=True, slots=True)
class Default:
    """A value with where it comes from, and within which bounds a decision may set it."""

    value: Decimal
    source: Say
    least: Decimal
    most: Decimal


DEFAULTS: Mapping[Parameter, Default] = {
    Parameter.PACE: Default(
        Decimal("0.60"),
        say("rule of this system: red below 0.60 of the expected progress"),
        Decimal("0.05"),
        Decimal(1),
    ),
    Parameter.SILENCE: Default(
        Decimal(30),
        say("rule of this system: reports are due monthly (System 57, before the 25th)"),
        Decimal(1),
        Decimal(366),
    ),
    Parameter.HASTE: Default(
        Decimal(10),
        say("rule of this system: nobody reads a product in ten minutes"),
        Decimal(1),
        Decimal(1440),
    ),
}


OF_SPANS = frozenset({Parameter.PACE, Parameter.SILENCE})
"""Those that the fold into spans depends on."""


@dataclass(frozen=True, slots=True)
class Setting:
    """From `on`, the parameter has this value."""

    on: date
    name: Parameter
    value: Decimal
    known: Known


def value_on(settings: Iterable[Setting], name: Parameter, day: date) -> Decimal:
    """The value in force on the day; the settings stand in the order of their days."""
    found = DEFAULTS[name].value
    for setting in settings:
        if setting.name == name and setting.on <= day:
            found = setting.value
    return found


def value_problem(name: Parameter, value: Decimal) -> Say | None:
    """Why the parameter cannot have this value."""
    bounds = DEFAULTS[name]
    if bounds.least <= value <= bounds.most:
        return None
    return say("It lies between %(least)s and %(most)s.", least=bounds.least, most=bounds.most)
