"""What the components show: small values that a view makes and a template tag draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thuocdo.assignments.enums import Condition, Status
from thuocdo.lib.say import Say

Words = str | Promise | Say  # a Say is told in the reader's language, other text stands as it is

DUE_SOON = "due_soon"  # in term, and the limit is near: only a face says so
GLYPHS = {
    Status.ON_TIME: "✓",
    Status.LATE: "✓!",
    Status.TIMELINESS_UNKNOWN: "✓?",
    Status.IN_TERM: "●",
    DUE_SOON: "◆",
    Status.OVERDUE: "▲",
    Status.NOT_STARTED: "○",
    Status.STANDING: "↻",
    Status.UNDATED: "–",
    Status.PAUSED: "‖",
    Status.WITHDRAWN: "✕",
    Status.NOT_KNOWN: "?",
}
WORDS: dict[str, str | Promise] = {
    **{status.value: status.label for status in Status},
    DUE_SOON: _("due soon"),
}
SIGNS = {
    Condition.SLOW: "↘",
    Condition.LATE: "▲",
    Condition.STALLED: "…",
    Condition.WAITING: "⇄",
    Condition.BLOCKED: "■",
    Condition.UNREACHABLE: "∅",
}
STANDINGS: dict[str, Promise] = {
    "declared": pgettext_lazy("standing of a figure", "declared"),
    "confirmed": pgettext_lazy("standing of a figure", "confirmed"),
    "measured": pgettext_lazy("standing of a figure", "measured"),
}


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a ruler: a state (colour, glyph, word), how many, and where they are listed."""

    state: str
    count: int
    href: str = ""
    word: Words = ""  # instead of the state's own word


@dataclass(frozen=True, slots=True)
class Amount:
    """A named amount in a list of bars."""

    name: Words
    value: Decimal | int
    href: str = ""
    note: Sequence[Words] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a passport."""

    name: Words
    value: Words
    href: str = ""


@dataclass(frozen=True, slots=True)
class Passport:
    """Where a figure comes from: its standing, one sentence, and the lines that open below it."""

    standing: str
    summary: Words
    rows: Sequence[Row] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, on a day or from a day to another; `tone` is "", "good" or "bad"."""

    day: date
    text: Words
    tone: str = ""
    until: date | None = None
    href: str = ""
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Clear:
    """One of the six clears; `value` empty: it is missing."""

    name: Words
    value: Words = ""
    note: Words = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way to this page; the last has no address."""

    name: Words
    href: str = ""
