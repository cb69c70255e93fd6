"""Reading an uploaded table into plain grids: .xlsx, .ods, .csv, within bounds.

Whatever is wrong with a file is answered in words; no fault of a library comes through. The bounds:
10 MB packed, 64 MB unpacked, 20,000 rows, 60 columns, 50 sheets (issue lines 1.24, 1.25).
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import python_calamine

from thuocdo.directives import workbook_csv, workbook_zip
from thuocdo.directives.rules.grid import Cell, Grid, Merge
from thuocdo.directives.rules.headings import field_of
from thuocdo.directives.workbook_csv import Knows
from thuocdo.directives.workbook_zip import MOST_COLUMNS, MOST_ROWS, Packed
from thuocdo.lib.say import Say, say

MOST_BYTES = 10 * 1024 * 1024
MOST_SHEETS = 50

RawCell = int | float | str | bool | time | date | datetime | timedelta


@dataclass(frozen=True, slots=True)
class Book:
    """The visible sheets of a file, and what there is to say about how it was read."""

    grids: tuple[Grid, ...]
    notes: tuple[Say, ...] = ()


def read_workbook(content: bytes, knows: Knows = field_of) -> Book | Say:
    """The grids of a file, told by its content and not by its name, or why it cannot be read.

    `knows`: which headings are expected; they tell the encoding and the separator of a .csv.
    """
    if not content:
        return say("The file is empty.")
    if len(content) > MOST_BYTES:
        return say("The file is larger than %(most)s MB.", most=MOST_BYTES // (1024 * 1024))
    if content.startswith(b"PK"):
        packed = workbook_zip.unpack(content)
        return packed if isinstance(packed, Say) else _guarded(packed)
    if content.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")):
        return say("Only .xlsx, .ods and .csv are read; save the table as .xlsx.")
    return _of_csv(content, knows)


def _of_csv(content: bytes, knows: Knows) -> Book | Say:
    table = workbook_csv.read(content, knows)
    if isinstance(table, Say):
        return table
    too_big = _beyond(table.rows)
    return too_big or Book((Grid("", table.rows),), table.notes)


def _guarded(packed: Packed) -> Book | Say:
    """Read what the guards let through; a fault of the library, even a panic, is an answer in words."""
    try:
        return _read(packed)
    except Exception:
        return _damaged()
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":  # the library's own, no `Exception`
            raise
        return _damaged()


def _read(packed: Packed) -> Book | Say:
    with python_calamine.load_workbook(io.BytesIO(packed.content)) as book:
        seen = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == python_calamine.SheetVisibleEnum.Visible
            and sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
        if len(seen) > MOST_SHEETS:
            return say("The file has more than %(most)s sheets.", most=MOST_SHEETS)
        grids = []
        for name in seen:
            grid = _grid(book.get_sheet_by_name(name), packed)
            if isinstance(grid, Say):
                return grid
            grids.append(grid)
        hidden = len(book.sheet_names) - len(seen)
    notes = (say("%(count)s hidden sheets were not read.", count=hidden),) if hidden else ()
    return Book(tuple(grids), notes)


def _grid(sheet: python_calamine.CalamineSheet, packed: Packed) -> Grid | Say:
    rows = tuple(_row(row) for row in sheet.to_python(skip_empty_area=False))
    ranges = sheet.merged_cell_ranges
    merged = (
        tuple(Merge(*first, *last) for first, last in ranges)
        if ranges is not None
        else packed.merged.get(sheet.name, ())
    )
    if sum(merge.bottom - merge.top for merge in merged) > MOST_ROWS * MOST_COLUMNS:
        return _damaged()
    return _beyond(rows) or Grid(sheet.name, rows, merged)


def _row(row: Sequence[RawCell]) -> tuple[Cell, ...]:
    return tuple(None if cell == "" else cell for cell in row)


def _beyond(rows: Sequence[Sequence[Cell]]) -> Say | None:
    if len(rows) > MOST_ROWS:
        return workbook_zip.too_many_rows()
    if any(len(row) > MOST_COLUMNS and any(cell is not None for cell in row[MOST_COLUMNS:]) for row in rows):
        return workbook_zip.too_many_columns()
    return None


def _damaged() -> Say:
    return say("The file is damaged or is no table; open it in your office program and save it anew.")
