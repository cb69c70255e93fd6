"""Reading a table of obligations, row by row, from plain cells.

What stands under the headings is work, a group, a repeated heading, a total or a note. A row of work that
cannot be read is named with sheet, row, column, reason; one with an unknown lead is read, and asked about.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import time, timedelta

from thuocdo.directives.rules import headings
from thuocdo.directives.rules.grid import Cell, Filled, Grid, fill, letter, text
from thuocdo.directives.rules.headings import Field, Headings
from thuocdo.directives.rules.limits import Limit, parse_limit
from thuocdo.directives.rules.names import Leads, NameIndex, read_leads
from thuocdo.directives.rules.symbol import Symbol, parse_symbol
from thuocdo.lib.fold import fold
from thuocdo.lib.say import Say, say

LONGEST_WORK = 10_000  # letters
YES = {"x", "co", "yes", "y", "1", "true", "dung", "trong tam", "key", "✓", "✔", "v"}
NO = {"", "khong", "no", "n", "0", "false", "sai", "-"}
GROUP_NUMBER = re.compile(r"(?:[IVXLC]{1,6}|[A-ZĐ])[.)]?")
GROUP_TEXT = re.compile(
    r"(?:[IVXLC]{1,6}|[A-ZĐ])\s*[.):–-]\s*\S|(?:Nhóm|Phần|Mục|Group|Part)\s", re.IGNORECASE
)
TOTALS = re.compile(r"(?:tong cong|tong so|tong|cong|total)(?:\s*[:(\d].*)?")
FOOTERS = re.compile(r"(?:ghi chu|noi nhan|nguoi lap|luu y|notes?|recipients)\b.*")


@dataclass(frozen=True, slots=True)
class Problem:
    """What to tell the officer about a place in the file; None where the whole sheet or row is meant."""

    sheet: str
    row: int | None
    column: str | None
    say: Say


@dataclass(frozen=True, slots=True)
class Row:
    """One obligation as the table has it."""

    sheet: str
    number: int  # of the row, as the officer sees it
    group: str
    ordinal: str
    work: str
    leads_raw: str
    leads: Leads
    coordinators_raw: str
    coordinators: Leads
    product: str
    limit: Limit
    assigned_by: Symbol | None  # where a column names the assigning document row by row
    is_key: bool
    person: str
    authority: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A column that was understood."""

    sheet: str
    column: str
    field: Field


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read, and all that was not."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]  # rows, or whole sheets, that could not be read
    asks: tuple[Problem, ...]  # about rows that were read: a lead is missing or not known
    notes: tuple[Problem, ...]  # rows and columns that were passed over
    headings: tuple[Heading, ...]


@dataclass(slots=True)
class _Sheet:
    """A sheet while it is being read."""

    name: str
    filled: Filled
    heads: Headings
    index: NameIndex
    year: int | None
    group: str = ""
    footer: bool = False
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    asks: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def cell(self, at: int, name: Field) -> Cell:
        """The cell of a field in row `at`; None where the table has no such column."""
        column = self.heads.columns.get(name)
        row = self.filled.rows[at]
        return row[column] if column is not None and column < len(row) else None

    def text(self, at: int, name: Field) -> str:
        return text(self.cell(at, name))

    def place(self, at: int, name: Field | None, about: Say) -> Problem:
        column = self.heads.columns.get(name) if name else None
        return Problem(self.name, at + 1, None if column is None else letter(column), about)


def read_table(grid: Grid, index: NameIndex, directive_year: int | None) -> Reading:
    """The obligations of one sheet."""
    filled = fill(grid)
    heads = headings.find(filled)
    if heads is None:
        missing = say("No headings were found: a table names the work, and its lead or its time limit.")
        return Reading((), (Problem(grid.sheet, None, None, missing),), (), (), ())
    sheet = _Sheet(grid.sheet, filled, heads, index, directive_year)
    for column, heading in heads.unread:
        passed = say("The column “%(heading)s” is not used.", heading=heading)
        sheet.notes.append(Problem(grid.sheet, heads.top + 1, letter(column), passed))
    for at in range(heads.body, len(filled.rows)):
        _read_row(sheet, at)
    found = tuple(Heading(grid.sheet, letter(column), name) for name, column in heads.columns.items())
    return Reading(tuple(sheet.rows), tuple(sheet.problems), tuple(sheet.asks), tuple(sheet.notes), found)


def read_tables(grids: Iterable[Grid], index: NameIndex, directive_year: int | None) -> Reading:
    """All sheets of a file; a sheet without a table is a problem only if no sheet has one."""
    readings = [read_table(grid, index, directive_year) for grid in grids]
    tables = [reading for reading in readings if reading.headings]
    beside = [reading.problems for reading in readings if tables and not reading.headings]
    chosen = tables or readings
    return Reading(
        tuple(row for reading in chosen for row in reading.rows),
        tuple(problem for reading in chosen for problem in reading.problems),
        tuple(ask for reading in chosen for ask in reading.asks),
        tuple(note for notes in [*(reading.notes for reading in chosen), *beside] for note in notes),
        tuple(heading for reading in chosen for heading in reading.headings),
    )


def _read_row(sheet: _Sheet, at: int) -> None:
    """Tell what a row is, and keep it."""
    row = sheet.filled.rows[at]
    own = {n: text(cell) for n, cell in enumerate(row) if (at, n) not in sheet.filled.carried and text(cell)}
    if not own or headings.is_index(list(own.values())) or _repeats_headings(sheet, own):
        return
    told = any(sheet.text(at, name) for name in (Field.LEAD, Field.LIMIT, Field.COORDINATORS, Field.PRODUCT))
    if told:
        sheet.footer = False
        _read_work(sheet, at)
    elif _is_aside(sheet, own):
        sheet.notes.append(sheet.place(at, None, say("Read as a note or a total, not as work.")))
    elif group := _group(sheet, at, own):
        sheet.group = group
    elif len(own) == 1 and Field.WORK in sheet.heads.columns and not sheet.text(at, Field.ORDINAL):
        lonely = say("Only one cell is filled: it is no group with a number, and no work with a lead.")
        column = letter(next(iter(own)))
        sheet.problems.append(Problem(sheet.name, at + 1, column, lonely))
    else:
        _read_work(sheet, at)


def _repeats_headings(sheet: _Sheet, own: dict[int, str]) -> bool:
    """Headings printed anew on the next page."""
    same = sheet.heads.labels & own.items()
    return len(same) >= 2 and len(same) * 2 > len(own)


def _is_aside(sheet: _Sheet, own: dict[int, str]) -> bool:
    """A total, or a note with the lines that follow it at the foot of the table."""
    first = fold(next(iter(own.values())))
    if FOOTERS.fullmatch(first):
        sheet.footer = True
    return TOTALS.fullmatch(first) is not None or (sheet.footer and len(own) <= 2)


def _group(sheet: _Sheet, at: int, own: dict[int, str]) -> str:
    """The group that a row opens, or nothing: a Roman number or letter, a merged row, "Nhóm …"."""
    ordinal, work = sheet.text(at, Field.ORDINAL), sheet.text(at, Field.WORK)
    if len(own) > 1:
        return f"{ordinal.rstrip('.)')}. {work}" if work and GROUP_NUMBER.fullmatch(ordinal) else ""
    column, only = next(iter(own.items()))
    merged = (at, column) in sheet.filled.wide
    in_front = column == sheet.heads.columns.get(Field.ORDINAL) and not only.isdigit()
    return only if merged or in_front or GROUP_TEXT.match(only) else ""


def _read_work(sheet: _Sheet, at: int) -> None:
    """A row of work: read whole, or named with every reason why not."""
    work = sheet.text(at, Field.WORK)
    limit = _limit(sheet, at)
    assigned_by = _assigned_by(sheet, at)
    wrong = [
        _work_problem(sheet, at, work),
        sheet.place(at, Field.LIMIT, limit) if isinstance(limit, Say) else None,
        sheet.place(at, Field.ASSIGNED_BY, assigned_by) if isinstance(assigned_by, Say) else None,
    ]
    found = [problem for problem in wrong if problem is not None]
    sheet.problems.extend(found)
    if found or isinstance(limit, Say) or isinstance(assigned_by, Say):
        return
    sheet.rows.append(_row(sheet, at, limit, assigned_by))
    _ask(sheet, at, sheet.rows[-1].leads)


def _work_problem(sheet: _Sheet, at: int, work: str) -> Problem | None:
    if not work:
        return sheet.place(at, Field.WORK, say("The work is not named."))
    if len(work) > LONGEST_WORK:
        return sheet.place(
            at, Field.WORK, say("The text is longer than %(most)s letters.", most=LONGEST_WORK)
        )
    return None


def _limit(sheet: _Sheet, at: int) -> Limit | Say:
    cell = sheet.cell(at, Field.LIMIT)
    readable = text(cell) if isinstance(cell, (time, timedelta)) else cell
    return parse_limit(readable, directive_year=sheet.year)


def _assigned_by(sheet: _Sheet, at: int) -> Symbol | Say | None:
    written = sheet.text(at, Field.ASSIGNED_BY)
    return parse_symbol(written) if written else None


def _row(sheet: _Sheet, at: int, limit: Limit, assigned_by: Symbol | None) -> Row:
    return Row(
        sheet=sheet.name,
        number=at + 1,
        group=sheet.text(at, Field.GROUP) or sheet.group,
        ordinal=sheet.text(at, Field.ORDINAL),
        work=sheet.text(at, Field.WORK),
        leads_raw=sheet.text(at, Field.LEAD),
        leads=_leads(sheet, at, Field.LEAD),
        coordinators_raw=sheet.text(at, Field.COORDINATORS),
        coordinators=_leads(sheet, at, Field.COORDINATORS),
        product=sheet.text(at, Field.PRODUCT),
        limit=limit,
        assigned_by=assigned_by,
        is_key=_is_key(sheet, at),
        person=sheet.text(at, Field.PERSON),
        authority=sheet.text(at, Field.AUTHORITY),
    )


def _leads(sheet: _Sheet, at: int, name: Field) -> Leads:
    """From the cell with its line breaks, which part names."""
    cell = sheet.cell(at, name)
    return read_leads(cell if isinstance(cell, str) else text(cell), sheet.index)


def _is_key(sheet: _Sheet, at: int) -> bool:
    """A mark in the column for key duties; one that is neither yes nor no is asked about."""
    mark = fold(sheet.text(at, Field.KEY))
    if mark not in YES and mark not in NO:
        sheet.asks.append(sheet.place(at, Field.KEY, say("“%(mark)s” says neither yes nor no.", mark=mark)))
    return mark in YES


def _ask(sheet: _Sheet, at: int, leads: Leads) -> None:
    for name in leads.unknown:
        unknown = say("“%(name)s” is not a known agency: who is meant?", name=name)
        sheet.asks.append(sheet.place(at, Field.LEAD, unknown))
    if not (leads.agency_keys or leads.collectives or leads.unknown):
        sheet.asks.append(sheet.place(at, Field.LEAD, say("No lead agency is named.")))
