"""What a new agency or a new relation must be to be entered."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from thuocdo.lib.fold import fold
from thuocdo.lib.moments import DAY_MAX
from thuocdo.lib.say import Say, say

CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")


@dataclass(frozen=True, slots=True)
class NewAgency:
    """An agency to be opened. `kind`, `side` and `level` are values of the enums of those names."""

    code: str
    name: str
    kind: str
    side: str
    level: str
    opened_on: date
    issuer_code: str = ""
    name_en: str = ""
    name_fr: str = ""
    name_de: str = ""
    aliases: tuple[str, ...] = ()
    territory_id: int | None = None
    inside: bool = True
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class Life:
    """An agency's name and days, as the checks need them."""

    name: str
    opened_on: date
    closed_on: date


def folded_names(code: str, names: Iterable[str]) -> str:
    """Every name of an agency and its code as the search compares them, one a line, empty ones left out."""
    return "\n".join(dict.fromkeys(fold(name) for name in (*names, code) if name))


def code_problem(code: str) -> Say | None:
    """A code is capital letters and digits without marks, in groups joined by hyphens."""
    if CODE.fullmatch(code):
        return None
    return say("“%(code)s” is no code: only A–Z, 0–9 and single hyphens.", code=code)


def alive_problem(agency: Life, day: date) -> Say | None:
    """Nothing may be said of an agency on a day on which it does not exist."""
    if agency.opened_on <= day < agency.closed_on:
        return None
    return say("%(agency)s does not exist on %(day)s.", agency=agency.name, day=day)


def one_parent_problem(child: str, opened_on: date, standing: Iterable[tuple[str, date, date]]) -> Say | None:
    """In one kind an agency has one parent a day; `standing` are its (parent, opened_on, closed_on)."""
    for parent, first, end in standing:
        if first < end and end > opened_on:
            return say(
                "%(child)s already stands below %(parent)s from %(first)s on.",
                child=child, parent=parent, first=max(first, opened_on),
            )  # fmt: skip
    return None


def end_problem(opened_on: date, closed_on: date, end: date) -> Say | None:
    """What has ended stays ended, and nothing ends before it began; ending on its first day annuls it."""
    if closed_on != DAY_MAX:
        return say("It has already ended, on %(day)s.", day=closed_on)
    if end < opened_on:
        return say("It cannot end before it began, on %(day)s.", day=opened_on)
    return None
