"""The guards in front of a packed workbook: only what fits the bounds is given to the reading library.

The library lays a sheet out as one rectangle, so a single cell in the last corner of a sheet, or a shared
text used a million times, would fill the memory. Such files are told from their parts, and refused.
What is read is a fresh archive of the parts as they were checked: declared sizes are not trusted.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree  # nosec B405 # document types are refused first

from thuocdo.directives.rules.grid import Merge
from thuocdo.lib.say import Say, say

MOST_UNPACKED = 64 * 1024 * 1024
MOST_TEXT = 256 * 1024 * 1024  # of all cells together, with repetitions
MOST_PARTS = 2_000
MOST_ROWS = 20_000
MOST_COLUMNS = 60
LAST_ROW = 1_048_576  # of a sheet in any office program

PART = re.compile(r".*\.(?:xml|rels)|mimetype")
CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
PLACED = re.compile(rb"<(?:\w+:)?c\s[^<>]*?\br=[\"']([A-Z]{1,4})([0-9]{1,8})[\"']([^<>]*)>")
SHARED = re.compile(rb"<(?:\w+:)?c\s[^<>]*?\bt=[\"']s[\"'][^<>]*>\s*<(?:\w+:)?v>(\d{1,9})<")
TEXT_END = re.compile(rb"</(?:\w+:)?si>")
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


@dataclass(frozen=True, slots=True)
class Packed:
    """An archive that is safe to read; `merged` by sheet, for .ods only: the library does not tell them."""

    content: bytes
    merged: dict[str, tuple[Merge, ...]] = field(default_factory=dict)


def too_many_rows() -> Say:
    return say("A sheet has more than %(most)s rows.", most=MOST_ROWS)


def too_many_columns() -> Say:
    return say("A sheet has more than %(most)s columns.", most=MOST_COLUMNS)


def unpack(content: bytes) -> Packed | Say:
    """The checked archive, or why it is refused."""
    try:
        parts = _parts(content)
        if isinstance(parts, Say):
            return parts
        if any(b"\0" in part or b"<!DOCTYPE" in part or b"<!ENTITY" in part for part in parts.values()):
            return _damaged()
        if "content.xml" in parts:
            return _open_document(parts)
        if "xl/workbook.xml" in parts:
            return _excel(parts)
    except Exception:  # whatever a broken archive makes the standard library raise
        return _damaged()
    return say("Only .xlsx, .ods and .csv are read; save the table as .xlsx.")


def _parts(content: bytes) -> dict[str, bytes] | Say:
    """The XML parts of the archive, unpacked no further than the bound."""
    parts: dict[str, bytes] = {}
    left = MOST_UNPACKED
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if len(archive.infolist()) > MOST_PARTS:
            return _damaged()
        for info in archive.infolist():
            if not PART.fullmatch(info.filename):
                continue
            if info.file_size > left:
                return say("The file unpacks to more than %(most)s MB.", most=MOST_UNPACKED // (1024 * 1024))
            parts[info.filename] = archive.read(info)
            left -= len(parts[info.filename])
    return parts


def _packed(parts: dict[str, bytes]) -> bytes:
    fresh = io.BytesIO()
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(parts, key=lambda name: name != "mimetype"):
            archive.writestr(name, parts[name])
    return fresh.getvalue()


def _damaged() -> Say:
    return say("The file is damaged or is no table; open it in your office program and save it anew.")


def _excel(parts: dict[str, bytes]) -> Packed | Say:
    sheets = [part for part in parts.values() if b"sheetData" in part]
    for sheet in sheets:
        if (beyond := _excel_extent(sheet)) is not None:
            return beyond
    texts = [len(one) for part in parts.values() if b"sst" in part[:1000] for one in TEXT_END.split(part)]
    used = sum(texts[int(n)] for sheet in sheets for n in SHARED.findall(sheet) if int(n) < len(texts))
    return _too_much_text() if used > MOST_TEXT else Packed(_packed(parts))


def _excel_extent(sheet: bytes) -> Say | None:
    """Why a sheet is too wide or too long; every cell must say its place, as all office programs write it."""
    placed = PLACED.findall(sheet)
    if len(placed) != len(CELL.findall(sheet)):
        return _damaged()
    filled = [(column, int(row)) for column, row, rest in placed if not rest.endswith(b"/")]
    if any(row > MOST_ROWS for _, row in filled):
        return too_many_rows()
    if any(_number(column) > MOST_COLUMNS for column in {column for column, _ in filled}):
        return too_many_columns()
    return None


def _number(column: bytes) -> int:
    """A is 1."""
    number = 0
    for one in column:
        number = number * 26 + one - ord("A") + 1
    return number


def _too_much_text() -> Say:
    return say("The texts of the file are too long altogether.")


@dataclass(slots=True)
class _Table:
    """How far a table of an .ods goes, counted while its rows pass by."""

    row: int = 0
    text: int = 0
    rows: int = 0  # with content
    columns: int = 0  # with content
    merged: list[Merge] = field(default_factory=list)


def _open_document(parts: dict[str, bytes]) -> Packed | Say:
    merged: dict[str, tuple[Merge, ...]] = {}
    text = 0
    for name, table in _tables(parts["content.xml"]):
        text += table.text
        if table.rows > MOST_ROWS:
            return too_many_rows()
        if table.columns > MOST_COLUMNS:
            return too_many_columns()
        merged[name] = tuple(table.merged)
    return _too_much_text() if text > MOST_TEXT else Packed(_packed(parts), merged)


def _tables(content: bytes) -> Iterator[tuple[str, _Table]]:
    table = _Table()
    for event, element in ElementTree.iterparse(io.BytesIO(content), ("start", "end")):  # nosec B314
        if event == "start" and element.tag == f"{TABLE}table":
            table = _Table()
        elif event == "end" and element.tag == f"{TABLE}table-row":
            _count(table, element)
            element.clear()
        elif event == "end" and element.tag == f"{TABLE}table":
            yield element.get(f"{TABLE}name", ""), table
            element.clear()


def _count(table: _Table, row: ElementTree.Element) -> None:
    """Add a row, as often as it is repeated."""
    times, column = _times(row, "number-rows-repeated"), 0
    for cell in row:
        width = _times(cell, "number-columns-repeated")
        letters = sum(len(part) for part in cell.itertext())
        if letters or len(cell) or any(name.endswith("}value-type") for name in cell.attrib):
            table.columns = max(table.columns, column + width)
            table.rows = table.row + times
            table.text += letters * width * times
        down, across = _times(cell, "number-rows-spanned"), _times(cell, "number-columns-spanned")
        if down > 1 or across > 1:
            table.merged.append(Merge(table.row, column, table.row + down - 1, column + across - 1))
        column += width
    table.row += times


def _times(element: ElementTree.Element, name: str) -> int:
    times = int(element.get(f"{TABLE}{name}", "1"))
    if not 1 <= times <= LAST_ROW:
        raise ValueError(name)
    return times
