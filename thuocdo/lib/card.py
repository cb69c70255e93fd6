"""The rule card of a figure: which rule gave it, from which inputs, in which steps, with what missing (3.05).

A card is made by the code that computed the figure, from the very values it used. It carries sentences and
values; a face puts them into the reader's language.
"""

from dataclasses import dataclass, field

from thuocdo.lib.say import Say


@dataclass(frozen=True, slots=True)
class Input:
    """One value that went in. `value` None: it was missing."""

    name: Say
    value: object


@dataclass(frozen=True, slots=True)
class Card:
    """How one figure was computed."""

    rule: Say  # what the rule does, in one sentence
    version: str  # of the rule: the day since which it computes like this
    inputs: tuple[Input, ...]
    steps: tuple[Say, ...]  # with the real figures in place
    result: object  # None: it could not be computed, and `missing` says why
    missing: tuple[Say, ...] = ()
    parts: tuple["Card", ...] = field(default=())
