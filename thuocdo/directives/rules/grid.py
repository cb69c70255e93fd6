"""One sheet of a table as plain cells, numbered as an officer sees them."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from thuocdo.lib.fold import nfc

Cell = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range: first and last row and column, all from 0, all inside."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet from its cell A1 on; `merged` is empty where the file has no such thing."""

    sheet: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[Merge, ...] = ()


@dataclass(slots=True)
class Filled:
    """A grid whose vertically merged cells stand in every row they cover."""

    rows: list[list[Cell]]
    carried: set[tuple[int, int]] = field(default_factory=set)  # cells that stand there by merging only
    wide: set[tuple[int, int]] = field(default_factory=set)  # cells merged over several columns


def fill(grid: Grid) -> Filled:
    """Carry merged cells down; nothing is carried that the workbook does not call merged."""
    filled = Filled([list(row) for row in grid.rows])
    for merge in grid.merged:
        if merge.right > merge.left:
            filled.wide.add((merge.top, merge.left))
        _carry(filled, merge)
    return filled


def _carry(filled: Filled, merge: Merge) -> None:
    head = _at(filled.rows, merge.top, merge.left)
    if text(head) == "":
        return
    for number in range(merge.top + 1, min(merge.bottom + 1, len(filled.rows))):
        row = filled.rows[number]
        row.extend([None] * (merge.left + 1 - len(row)))
        if text(row[merge.left]) == "":
            row[merge.left] = head
            filled.carried.add((number, merge.left))


def _at(rows: list[list[Cell]], number: int, column: int) -> Cell:
    return rows[number][column] if number < len(rows) and column < len(rows[number]) else None


def text(cell: Cell) -> str:
    """What a reader sees in the cell, with single spaces."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    return nfc(str(cell))


def letter(column: int) -> str:
    """The name of a column, 0 is A."""
    name = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
