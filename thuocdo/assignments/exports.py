"""A table written as .csv, piece by piece, or as .xlsx in constant memory (1.34).

Text that a spreadsheet would take for a formula stays text: in .csv behind an apostrophe, which the import
takes away again, in .xlsx by the kind of its cell.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

import xlsxwriter

from thuocdo.assignments.queries.exporting import AT_A_TIME, Cell

FORMULA = ("=", "+", "-", "@", "\t", "\r")
LONGEST = 32_767  # letters in a cell of .xlsx
WIDTHS = {"work": 60, "product": 30, "lead": 30, "coordinators": 30, "result": 40, "difficulties": 40}
USUAL_WIDTH = 16


@dataclass(frozen=True, slots=True)
class Table:
    """What is written: lines above the table, names and headings of its columns, its rows."""

    about: Sequence[str]
    names: Sequence[str]
    headings: Sequence[str]
    records: Iterable[Sequence[Cell]]


def as_csv(table: Table, separator: str = ";") -> Iterator[bytes]:
    """UTF-8 with its mark, as spreadsheets want it; the first piece needs no row."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator)
    writer.writerows([guarded(line)] for line in table.about)
    writer.writerow([guarded(heading) for heading in table.headings])
    yield b"\xef\xbb\xbf" + _taken(buffer)
    for place, record in enumerate(table.records, 1):
        writer.writerow([plain(cell) for cell in record])
        if place % AT_A_TIME == 0:
            yield _taken(buffer)
    if rest := _taken(buffer):
        yield rest


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def plain(cell: Cell) -> str:
    """A cell as text: days as 30/09/2025, which the import reads in every language; missing is empty."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, Decimal):
        return format(cell.normalize(), "f")
    return guarded(cell) if isinstance(cell, str) else str(cell)


def guarded(text: str) -> str:
    """The text so that no spreadsheet runs it."""
    return f"'{text}" if text.startswith(FORMULA) else text


def as_xlsx(table: Table, into: BinaryIO) -> None:
    """Write the workbook; rows leave memory as they are written."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(into, options)
    sheet = book.add_worksheet()
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    cell_of = _Writer(sheet, book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}))
    for column, name in enumerate(table.names):
        sheet.set_column(column, column, WIDTHS.get(name, USUAL_WIDTH))
    for row, line in enumerate(table.about):
        sheet.write_string(row, 0, line)
    top = len(table.about)
    for column, heading in enumerate(table.headings):
        sheet.write_string(top, column, heading, head)
    sheet.freeze_panes(top + 1, 0)
    for row, record in enumerate(table.records, top + 1):
        for column, cell in enumerate(record):
            cell_of.write(row, column, cell)
    book.close()


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes each cell as its kind."""

    sheet: xlsxwriter.workbook.Worksheet
    day: xlsxwriter.format.Format

    def write(self, row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, str):
            if cell:
                self.sheet.write_string(row, column, cell[:LONGEST])
        elif isinstance(cell, date):
            self.sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), self.day)  # noqa: DTZ001
        elif cell is not None:
            self.sheet.write_number(row, column, cell)
