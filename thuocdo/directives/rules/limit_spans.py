"""The stretch of days that "15/5/2025", "tháng 10/2025", "quý III" or "2025-2026" names.

Every text here is folded (no case, no diacritics) with plain hyphens; see `limits.py`.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from thuocdo.lib.say import Say, say

YEARS = range(1945, 2101)
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
YEAR_TAKEN = "No year is written; that of the directive, %(year)s, was taken."
ABOUT_YEAR = (YEAR_TAKEN,)


@dataclass(frozen=True, slots=True)
class Span:
    """From the first to the last day, both inside; `kind` as in `limits.Kind`."""

    kind: str
    first: date
    last: date
    notes: tuple[Say, ...] = ()


# Each pattern is tried on the whole text; the names are its parts. A missing year is that of the directive.
YEAR_END = r"(?:[/ .-]*(?:nam )?(?P<y>\d{4}))?"
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("iso", re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?: 00:00:00)?")),
    ("day", re.compile(r"(?:ngay )?(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})")),
    ("day", re.compile(r"(?:ngay )?(?P<d>\d{1,2}) thang (?P<m>\d{1,2})" + YEAR_END)),
    ("month", re.compile(r"(?:thang )?(?P<m>\d{1,2})(?:[/.-]| nam )(?P<y>\d{4})")),
    ("month", re.compile(r"(?:thang |t)(?P<m>\d{1,2})" + YEAR_END)),
    ("named", re.compile(r"(?:(?P<d>\d{1,2}) )?(?P<name>" + "|".join(MONTHS) + r") (?P<y>\d{4})")),
    ("quarter", re.compile(r"(?:quy|quarter) ?(?P<q>i{1,3}|iv|\d)" + YEAR_END)),
    ("quarter", re.compile(r"q(?P<q>\d)" + YEAR_END)),
    ("half", re.compile(r"(?:0?6|sau) thang (?P<half>dau|cuoi)(?: nam)?" + YEAR_END)),
    ("half", re.compile(r"nua (?P<half>dau|cuoi)(?: nam)?" + YEAR_END)),
    ("year", re.compile(r"(?:nam )?(?P<y>\d{4})")),
    ("year", re.compile(r"(?:trong )?nam nay")),
)
SHORT_YEAR = re.compile(r"(?:ngay )?\d{1,2}[/.-]\d{1,2}[/.-]\d{2}")
YEARLESS_DAY = re.compile(r"(?:ngay )?(?P<d>\d{1,2})/(?P<m>\d{1,2})")
RANGE = re.compile(r"(?:giai doan |trong giai doan )?(?:tu )?(?P<a>.+?)(?:-| den (?:het )?| to )(?P<b>.+)")


def read(text: str, year: int | None) -> Span | Say | None:
    """The days meant; a Say when they are named but impossible; None when the text names no days."""
    single = _single(text, year)
    return single if single is not None else _range(text, year)


def _single(text: str, year: int | None) -> Span | Say | None:
    if SHORT_YEAR.fullmatch(text):
        return say("“%(found)s” has a year of two digits: write four.", found=text)
    for kind, pattern in PATTERNS:
        if parts := pattern.fullmatch(text):
            return _dated(kind, parts, text, year)
    if parts := YEARLESS_DAY.fullmatch(text):
        return _yearless(parts, text, year)
    return None


def _dated(kind: str, parts: re.Match[str], text: str, directive_year: int | None) -> Span | Say:
    found = parts.groupdict()
    year = int(found["y"]) if found.get("y") else directive_year
    if year is None:
        return say("“%(found)s” names no year.", found=text)
    if year not in YEARS:
        return say("The year %(year)s is out of reach.", year=str(year))
    span = BUILDERS[kind](found, year)
    if isinstance(span, Say) or found.get("y"):
        return span
    return Span(span.kind, span.first, span.last, (say(YEAR_TAKEN, year=str(year)), *span.notes))


def _yearless(parts: re.Match[str], text: str, year: int | None) -> Span | Say:
    """ "15/5" is the 15th of May of the directive's year; nothing else can be meant."""
    if year is None:
        return say("“%(found)s” names no year.", found=text)
    return _dated("day", parts, text, year)


def _day(found: dict[str, str], year: int) -> Span | Say:
    month, day = int(found["m"]), int(found["d"])
    if not 1 <= month <= 12:
        return _no_month(month)
    if not 1 <= day <= monthrange(year, month)[1]:
        return say(
            "There is no %(day)s/%(month)s/%(year)s: that month has %(days)s days.",
            day=str(day), month=str(month), year=str(year), days=monthrange(year, month)[1],
        )  # fmt: skip
    on = date(year, month, day)
    return Span("date", on, on)


def _month(found: dict[str, str], year: int) -> Span | Say:
    month = int(found["m"])
    if not 1 <= month <= 12:
        return _no_month(month)
    last = date(year, month, monthrange(year, month)[1])
    return Span("month", date(year, month, 1), last, (say("A month means its last day, %(day)s.", day=last),))


def _named(found: dict[str, str], year: int) -> Span | Say:
    """ "June 2025", "15 June 2025"."""
    in_figures = {**found, "m": str(MONTHS.index(found["name"]) + 1)}
    return _day(in_figures, year) if found["d"] else _month(in_figures, year)


def _quarter(found: dict[str, str], year: int) -> Span | Say:
    number = ROMAN.get(found["q"]) or int(found["q"])
    if not 1 <= number <= 4:
        return say("There is no quarter %(number)s.", number=number)
    first, month = date(year, 3 * number - 2, 1), 3 * number
    last = date(year, month, monthrange(year, month)[1])
    return Span("quarter", first, last, (say("A quarter means its last day, %(day)s.", day=last),))


def _half(found: dict[str, str], year: int) -> Span:
    early = found["half"] == "dau"
    first, last = (date(year, 1, 1), date(year, 6, 30)) if early else (date(year, 7, 1), date(year, 12, 31))
    return Span("half", first, last, (say("A half year means its last day, %(day)s.", day=last),))


def _year(found: dict[str, str], year: int) -> Span:
    note = say("A bare year means 31 December.")
    return Span("year", date(year, 1, 1), date(year, 12, 31), (note,))


def _no_month(month: int) -> Say:
    return say("There is no month %(month)s.", month=month)


BUILDERS: dict[str, Callable[[dict[str, str], int], Span | Say]] = {
    "iso": _day, "day": _day, "month": _month, "named": _named,
    "quarter": _quarter, "half": _half, "year": _year,
}  # fmt: skip


def _range(text: str, year: int | None) -> Span | Say | None:
    """ "2025-2026", "tháng 6-12/2025", "quý I-II/2025", "1/6/2025-30/6/2025": first to last day."""
    parts = RANGE.fullmatch(text)
    if parts is None:
        return None
    last = _end(parts["a"], parts["b"], year)
    if last is None or isinstance(last, Say):
        return last
    first = _start(parts["a"], last)
    if first is None or isinstance(first, Say):
        return first
    if first.first > last.last:
        return say("“%(found)s” ends before it begins.", found=text)
    note = say("Read as from %(first)s to %(last)s.", first=first.first, last=last.last)
    taken = tuple(said for said in last.notes if said.text in ABOUT_YEAR)
    return Span("range", first.first, last.last, (*taken, note))


def _end(start: str, text: str, year: int | None) -> Span | Say | None:
    """The last part of a range: the unit may stand before the first part only, as in "quý I-II/2025"."""
    unit = re.match(r"(?:thang|quy) ", start)
    with_unit = _single(unit[0] + text, year) if unit else None
    return with_unit if with_unit is not None else _single(text, year)


def _start(text: str, last: Span) -> Span | Say | None:
    """The first part of a range: a unit or year that is not written is that of the last part."""
    if last.kind == "month" and re.fullmatch(r"\d{1,2}", text):
        text = f"thang {text}"
    elif last.kind == "quarter" and re.fullmatch(r"i{1,3}|iv|\d", text):
        text = f"quy {text}"
    return _single(text, last.last.year)
