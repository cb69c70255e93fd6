"""How a value is taken apart: by sex, by age, by kind. A part is named “sex=female” (3.01, 3.09)."""

from collections.abc import Mapping, Sequence
from typing import Any

from thuocdo.lib.say import Say, say

Split = Mapping[str, tuple[str, ...]]  # by dimension: the codes of its values


def read(given: Sequence[Any]) -> Split:
    """The dimensions as a definition keeps them: [[code, [codes of its values]]]."""
    return {str(code): tuple(str(one) for one in found) for code, found in given}


def of(split: Split, code: str) -> tuple[str, ...]:
    """The parts of one dimension."""
    return tuple(f"{code}={value}" for value in split.get(code, ()))


def every(split: Split) -> tuple[str, ...]:
    """All parts of all dimensions."""
    return tuple(part for code in split for part in of(split, code))


def dimension(part: str) -> str:
    """The dimension that a part belongs to."""
    return part.partition("=")[0]


def problem(part: str, split: Split) -> Say | None:
    """Why a value of this part cannot be given."""
    if not part or part in every(split):
        return None
    if not split:
        return say("This indicator has no parts: leave “%(part)s” out.", part=part)
    return say("“%(part)s” is none of its parts: %(parts)s.", part=part, parts=every(split))
