"""What a caller gives the actions, where it is more than a few values; what they give back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from thuocdo.agencies.models import Agency
from thuocdo.directives.enums import Language, Urgency
from thuocdo.directives.models import Directive, Obligation, Source, Tally
from thuocdo.directives.rules.limits import Cell, Limit
from thuocdo.lib.say import Say


@dataclass(frozen=True, slots=True)
class Text:
    """An issued text to be registered; `symbol` as it was found written."""

    symbol: str
    title: str
    issued_on: date
    issuer: Agency | None = None  # None: found by the code in the symbol, if one agency only has it that day
    language: Language = Language.VI
    urgency: Urgency = Urgency.NORMAL
    source: Source | None = None
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class Awaited:
    """A text that has been asked for but does not exist yet, so it has no number."""

    title: str
    awaited_from: date
    type_code: str = ""  # QĐ, HD … where it is known
    issuer_code: str = ""
    issuer: Agency | None = None
    source: Source | None = None
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty as its provision states it; `limit` is the cell or the words of the text."""

    key: str
    work: str
    limit: Cell = None
    product: str = ""
    group: str = ""
    leads_raw: str = ""
    coordinators_raw: str = ""
    is_key: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One duty of a table: the line it stands in, and its limit as it was read there."""

    label: str
    duty: Duty
    limit: Limit


@dataclass(frozen=True, slots=True)
class Count:
    """A count somebody printed, its parts as (printed name, count)."""

    agency: Agency
    source: Source
    happened_on: date
    total: int
    parts: Sequence[tuple[str, int]]
    counting_rule: str
    not_itemised: str = ""
    directive: Directive | None = None


@dataclass(frozen=True, slots=True)
class Registered:
    """The text, and what had to be set right or left open to register it."""

    directive: Directive
    notes: tuple[Say, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """The obligation, and how its time limit was read."""

    obligation: Obligation
    notes: tuple[Say, ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """The tally, and what does not add up in it."""

    tally: Tally
    problems: tuple[Say, ...]
