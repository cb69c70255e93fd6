"""A table of values read row by row: what cannot be read is said with its row, and nothing is lost (3.09).

The columns are found by their headings, wherever they stand; the shape of the export is that of the import.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from thuocdo.indicators.enums import Missing
from thuocdo.indicators.rules import periods
from thuocdo.indicators.rules.periods import Period
from thuocdo.lib.fold import fold
from thuocdo.lib.say import Refused, Say, say

TOP = 40  # rows in which the headings are looked for
NEEDED = ("indicator", "agency", "period")
COLUMNS = (
    "indicator", "name", "agency", "agency_name", "period", "part", "value", "numerator", "denominator",
    "missing", "note", "reason",
)  # fmt: skip
NUMBER = re.compile(r"[+-]?\d{1,18}(?:[.,]\d{1,6})?")
AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")  # 1.234: a thousand, or one and a bit?
Cell = object  # whatever stands in a cell of a workbook; None: nothing


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the table in every language, folded: headings by column, reasons by what they mean."""

    headings: Mapping[str, str]
    reasons: Mapping[str, Missing]


@dataclass(frozen=True, slots=True)
class Row:
    """One row that can be read. `number` as an officer counts it; `reason`: why a value is corrected."""

    number: int
    indicator: str
    agency: str
    period: Period
    part: str = ""
    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    missing: Missing | None = None
    note: str = ""
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nothing was filled in."""
        return (self.value, self.numerator, self.denominator, self.missing) == (None,) * 4


@dataclass(frozen=True, slots=True)
class Problem:
    """What is the matter with a row; `number` None: with the whole table."""

    number: int | None
    text: Say


@dataclass(frozen=True, slots=True)
class Reading:
    """The rows of a table, and what could not be read of it."""

    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(grid: Sequence[Sequence[Cell]], words: Words) -> Reading:
    """Every row below the headings; an empty row is passed over."""
    top, columns = _headings(grid, words)
    lacking = [name for name in NEEDED if name not in columns]
    if lacking:
        return Reading(problems=(Problem(None, say("The table has no headings that are known here.")),))
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, cells in enumerate(grid[top + 1 :], top + 2):
        given = {name: _cell(cells, place) for name, place in columns.items()}
        if not any(given.values()):
            continue
        try:
            rows.append(_row(number, given, words))
        except Refused as refusal:
            problems += [Problem(number, reason) for reason in refusal.reasons]
    return Reading(tuple(rows), tuple(problems))


def _headings(grid: Sequence[Sequence[Cell]], words: Words) -> tuple[int, dict[str, int]]:
    """The row with the most known headings, and where each column stands."""
    best: tuple[int, dict[str, int]] = (0, {})
    for number, cells in enumerate(grid[:TOP]):
        found: dict[str, int] = {}
        for place, cell in enumerate(cells):
            name = words.headings.get(fold(_text(cell)))
            if name is not None:
                found.setdefault(name, place)
        if len(found) > len(best[1]):
            best = number, found
    return best


def _row(number: int, given: Mapping[str, str], words: Words) -> Row:
    """`Refused` with everything that cannot be read in the row."""
    problems: list[Say] = []

    def part_of(name: str) -> str:
        return given.get(name, "")

    for name, text in (("indicator", say("The code of the indicator is missing.")),
                       ("agency", say("The code of the agency is missing."))):  # fmt: skip
        if not part_of(name):
            problems.append(text)
    period = _period(part_of("period"), problems)
    value = _number(part_of("value"), problems)
    above, below = (_whole(part_of(name), problems) for name in ("numerator", "denominator"))
    missing = _missing(part_of("missing"), words, problems)
    if problems or period is None:
        raise Refused(*problems)
    return Row(
        number, part_of("indicator"), part_of("agency"), period, part_of("part"), value, above, below,
        missing, part_of("note"), part_of("reason"),
    )  # fmt: skip


def _period(text: str, problems: list[Say]) -> Period | None:
    if not text:
        problems.append(say("The period is missing."))
        return None
    try:
        return periods.read(text)
    except Refused as refusal:
        problems += refusal.reasons
        return None


def _number(text: str, problems: list[Say]) -> Decimal | None:
    if not text:
        return None
    plain = re.sub(r"\s", "", text)
    if AMBIGUOUS.fullmatch(plain):
        problems.append(
            say(
                "“%(text)s” can be read in two ways: write thousands without a separator.",
                text=text,
            )
        )
        return None
    if not NUMBER.fullmatch(plain):
        problems.append(say("“%(text)s” is no number with at most six decimals.", text=text))
        return None
    return Decimal(plain.replace(",", "."))


def _whole(text: str, problems: list[Say]) -> int | None:
    found = _number(text, problems)
    if found is None or found == found.to_integral_value():
        return None if found is None else int(found)
    problems.append(say("“%(text)s” is no whole number; the parts of a ratio are counted.", text=text))
    return None


def _missing(text: str, words: Words, problems: list[Say]) -> Missing | None:
    if not text:
        return None
    found = words.reasons.get(fold(text))
    if found is None:
        problems.append(say("“%(text)s” is no reason that is known here for a missing value.", text=text))
    return found


def _cell(cells: Sequence[Cell], place: int) -> str:
    return _text(cells[place]) if place < len(cells) else ""


def _text(cell: Cell) -> str:
    """What stands in the cell. A number of a workbook keeps its point; a year is no number with decimals."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        whole = cell.is_integer()
        return str(int(cell)) if whole else _exact(cell)
    if isinstance(cell, date | datetime):
        return f"{cell:%Y-%m}"  # a spreadsheet makes a day of "2025-09"
    return " ".join(str(cell).split())


def _exact(cell: float) -> str:
    """Six decimals of a binary number, so that 0.1 + 0.2 is 0.3; four where three could be read two ways."""
    text = f"{round(Decimal(repr(cell)), 6):f}".rstrip("0")
    return f"{text}0" if AMBIGUOUS.fullmatch(text) else text


def differing(rows: Sequence[Row]) -> Iterator[Problem]:
    """Rows that say the same thing twice: the table has to say it once."""
    seen: dict[tuple[str, str, str, str], int] = {}
    for row in rows:
        place = (row.indicator, row.agency, row.period.key, row.part)
        if place in seen:
            yield Problem(row.number, say("Row %(row)s gives the same value already.", row=seen[place]))
        seen.setdefault(place, row.number)
