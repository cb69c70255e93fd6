"""Reading a time limit as texts and tables write it: "6/2025", "Quý II/2025", "thường xuyên", "2025-2026".

The text's own words stay beside the day they were read as, and every step of the reading is a note: a bare
year means 31 December; "trước 15/5/2025" ends on 14/05/2025; a year not written is the directive's own.
What has no one meaning is refused in words, never guessed (issue line 1.09).
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from thuocdo.directives.rules import limit_spans, limit_terms
from thuocdo.directives.rules.limit_spans import Span
from thuocdo.directives.rules.limit_terms import Counted
from thuocdo.lib.fold import fold
from thuocdo.lib.say import Say, say

LONGEST = 200  # letters of a cell that is still looked at

Cell = str | int | float | date | None


class Kind(StrEnum):
    """What sort of limit it is; the first seven have a last day, the others none."""

    DATE = "date"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    RANGE = "range"
    TERM = "term"  # so many days from a day
    ANNUAL = "annual"  # standing, reported once a year
    STANDING = "standing"
    NONE = "none"  # the text sets no limit


class Period(StrEnum):
    """How often a standing duty is reported, where the text says so."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit as it was written and as it was read."""

    kind: Kind
    raw: str
    from_on: date | None = None  # first day of a range or of a standing duty
    on: date | None = None  # last day, itself still in time
    every: Period | None = None
    counted: Counted | None = None  # of a term; `from_on` None: from the issue of the text
    notes: tuple[Say, ...] = ()


NOTHING = {"", "-", "--", "khong", "khong co", "khong quy dinh", "khong co thoi han", "none", "n/a"}
STANDING = {
    "thuong xuyen", "nhiem vu thuong xuyen", "thuong xuyen, lien tuc", "lien tuc", "lien tuc, thuong xuyen",
    "thuc hien thuong xuyen", "cong viec thuong xuyen", "standing", "ongoing", "continuous", "permanent",
}  # fmt: skip
EVERY = {
    "hang thang": Period.MONTH, "monthly": Period.MONTH,
    "hang quy": Period.QUARTER, "quarterly": Period.QUARTER,
    "06 thang mot lan": Period.HALF, "6 thang mot lan": Period.HALF, "half-yearly": Period.HALF,
    "hang nam": Period.YEAR, "moi nam": Period.YEAR, "thuong nien": Period.YEAR,
    "annual": Period.YEAR, "annually": Period.YEAR, "yearly": Period.YEAR,
}  # fmt: skip

STANDING_HEAD = re.compile(r"^(?:nhiem vu )?thuong xuyen,? (?P<rest>.+)$")
OPEN_END = re.compile(
    r"^(?P<start>.+?),? (?:(?:va|den) (?:nhung |cac )?(?:nam|thang|giai doan) (?:tiep theo|sau|ke tiep)"
    r"|tro di|and (?:the )?following years|onwards?)$"
)
OPEN_START = re.compile(r"^(?:bat dau )?(?:tu|from)(?: ngay)? (?P<start>(?:(?! den | to )[^-])+)$")
BEFORE = re.compile(
    r"^(?:phai )?(?:(?:hoan thanh|xong|completed?) )?(?:truoc(?: ngay)?|before) (?P<rest>.+)$"
)
UNTIL = re.compile(
    r"^(?:(?:hoan thanh|xong|completed?) )?(?:(?:cham nhat|muon nhat|khong muon hon|no later than)"
    r"(?: (?:la|trong|vao|den))*|den het|den|het|cuoi|trong|vao|by|until|during|in)(?: ngay)? (?P<rest>.+)$"
)
DONE = re.compile(r"^(?:hoan thanh|xong|completed?)(?: trong| vao| in)? (?P<rest>.+)$")


def parse_limit(raw: Cell, *, directive_year: int | None) -> Limit | Say:
    """The limit in a cell, or why it cannot be read; `directive_year` stands in for a year not written."""
    if isinstance(raw, date):
        return _of_date(raw)
    written = _written(raw)
    if len(written) > LONGEST:
        return say("The time limit is too long to be one: “%(start)s…”.", start=written[:60])
    limit = _read_text(written, directive_year)
    if isinstance(limit, Limit) and directive_year and limit.on and limit.on.year < directive_year:
        early = say("The limit lies before the year of the directive, %(year)s.", year=str(directive_year))
        return replace(limit, notes=(*limit.notes, early))
    return limit


@lru_cache(maxsize=2_048)
def _read_text(written: str, year: int | None) -> Limit | Say:
    """Tables say the same few limits again and again."""
    return _read(written, _plain(written), year)


def _written(raw: str | float | None) -> str:
    """The cell as its writer sees it: a year kept as a number is a year."""
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    return str(raw)


def _plain(written: str) -> str:
    """Folded, with plain hyphens without spaces around, without a full stop at the end."""
    text = re.sub("[‐‑‒–—―−]", "-", fold(written)).strip(" .;:,")
    return re.sub(r"\s*([/-])\s*", r"\1", text)


def _of_date(cell: date) -> Limit:
    """A cell that holds a date. Spreadsheets turn a typed 6/2025 into 1 June, so that is said."""
    day = cell.date() if isinstance(cell, datetime) else cell
    notes = (
        (say("The cell holds the date %(day)s; if a month was typed, its last day is meant.", day=day),)
        if day.day == 1
        else ()
    )
    return Limit(Kind.DATE, day.strftime("%d/%m/%Y"), on=day, notes=notes)


def _read(written: str, text: str, year: int | None) -> Limit | Say:
    if text in NOTHING:
        notes = (say("No limit is set."),) if text else ()
        return Limit(Kind.NONE, written, notes=notes)
    if text in STANDING:
        return Limit(Kind.STANDING, written)
    if text in EVERY:
        return _every(written, EVERY[text])
    if head := STANDING_HEAD.match(text):
        return _standing_with(written, head["rest"], year)
    if open_ended := OPEN_END.match(text) or OPEN_START.match(text):
        return _from(written, open_ended["start"].removeprefix("tu "), year)
    return _closed(written, text, year)


def _every(written: str, period: Period) -> Limit:
    return Limit(Kind.ANNUAL if period is Period.YEAR else Kind.STANDING, written, every=period)


def _standing_with(written: str, rest: str, year: int | None) -> Limit | Say:
    """ "Thường xuyên, hằng năm" or "thường xuyên 2025-2026": a standing duty with its rhythm or its days."""
    if rest in EVERY:
        return _every(written, EVERY[rest])
    inner = _read(written, rest, year)
    if isinstance(inner, Say) or inner.on is None:
        return inner
    note = say("A standing duty until %(day)s.", day=inner.on)
    return Limit(Kind.RANGE, written, inner.from_on, inner.on, notes=(*inner.notes, note))


def _from(written: str, start: str, year: int | None) -> Limit | Say:
    """ "2025 và những năm tiếp theo", "từ 2026": a standing duty with a first day."""
    span = limit_spans.read(start, year)
    if isinstance(span, Say):
        return span
    if span is None:
        return _unread(written)
    note = say("Read as a standing duty from %(day)s on.", day=span.first)
    return Limit(Kind.STANDING, written, from_on=span.first, notes=(*span.notes, note))


def _closed(written: str, text: str, year: int | None) -> Limit | Say:
    """A limit with a last day, behind the words that only say "by" or, with another meaning, "before"."""
    if counted := limit_terms.read(text, year):
        return counted if isinstance(counted, Say) else _counted(written, counted)
    if before := BEFORE.match(text):
        return _before(written, before["rest"], year)
    until = UNTIL.match(text) or DONE.match(text)
    span = limit_spans.read(text, year)
    if span is None and until:
        span = limit_spans.read(until["rest"], year)
    if isinstance(span, Say):
        return span
    return _unread(written) if span is None else _limit(written, span)


def _before(written: str, rest: str, year: int | None) -> Limit | Say:
    span = limit_spans.read(rest, year)
    if isinstance(span, Say):
        return span
    if span is None or span.kind == Kind.RANGE:
        return _unread(written)
    on = span.first - timedelta(days=1)
    given = tuple(note for note in span.notes if note.text in limit_spans.ABOUT_YEAR)
    note = say("“Before” leaves that time out: the last day is %(day)s.", day=on)
    return Limit(Kind.DATE, written, on=on, notes=(*given, note))


def _limit(written: str, span: Span) -> Limit:
    kind = Kind(span.kind)
    return Limit(kind, written, span.first if kind is Kind.RANGE else None, span.last, notes=span.notes)


def _counted(written: str, counted: Counted) -> Limit:
    notes = () if counted.start_on else (say("Counted from the day the text was signed."),)
    return Limit(Kind.TERM, written, counted.start_on, notes=notes, counted=counted)


def _unread(written: str) -> Say:
    return say(
        "“%(raw)s” is not a time limit that can be read: a day, month, quarter, half year, year, "
        "range of them, “15 ngày làm việc kể từ ngày ký”, “thường xuyên” or “hằng năm”.",
        raw=written.strip(),
    )
