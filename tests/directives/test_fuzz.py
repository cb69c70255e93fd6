"""Mutations of valid workbooks: whatever a file holds, it is read or refused in words, within bounds (1.25).

1,000 mutations in CI, 10,000 with THUOCDO_SOAK=1. Every mutation follows from its number, so a fault is
repeated by it. The share that yields rows is printed: a fuzz that is always turned away shows nothing.
"""

import io
import os
import random
import zipfile
from collections.abc import Callable
from datetime import date

from tests.directives.books import ROWS, csv_text, ods, xlsx
from tests.directives.names2025 import name_index
from tests.marks import covers
from thuocdo.directives.rules.sheet import Reading, read_tables
from thuocdo.directives.workbook import Book, read_workbook
from thuocdo.directives.workbook_zip import MOST_COLUMNS, MOST_ROWS
from thuocdo.lib.say import Say

RUNS = 10_000 if os.environ.get("THUOCDO_SOAK") == "1" else 1_000
LEAST_SHARE = 0.3
INDEX = name_index()
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1258", "latin-1"]
ODD_CELLS: list[object] = [
    None, "", " ", "x" * 40_000, "\n\n", "31/2/2025", "99999999999", -1, 10**15, 1.5, True, "’“”", "Đ" * 50,
    "()", "\u0301\u0301", "²³", "-", "/", "//", "2025-", "-2025", "tháng", "quý", "trước", "từ", "0/0/0",
    "1/1/9999", "=1+1", date(1900, 1, 1), date(9999, 12, 31), "các bộ, ngành", "Bộ Bộ Bộ", "I", "IV.",
    "Ghi chú", "Tổng cộng", "(1)", "TT",
]  # fmt: skip

Rows = list[list[object]]
Ranges = list[tuple[int, int, int, int]]


def odd_cell(rows: Rows, chance: random.Random) -> None:
    row = chance.choice(rows)
    if row:
        row[chance.randrange(len(row))] = chance.choice(ODD_CELLS)


def scramble(rows: Rows, chance: random.Random) -> None:
    """Letters of one cell in another order, some of them lost."""
    row = chance.choice(rows)
    if row:
        at = chance.randrange(len(row))
        letters = list(str(row[at]))
        chance.shuffle(letters)
        row[at] = "".join(letters[: chance.randrange(len(letters) + 1)])


def swap_columns(rows: Rows, chance: random.Random) -> None:
    one, other = chance.randrange(6), chance.randrange(6)
    for row in rows:
        if len(row) > max(one, other):
            row[one], row[other] = row[other], row[one]


def double_row(rows: Rows, chance: random.Random) -> None:
    rows.insert(chance.randrange(len(rows)), list(chance.choice(rows)))


def drop_row(rows: Rows, chance: random.Random) -> None:
    del rows[chance.randrange(len(rows))]
    rows.append([])


def widen(rows: Rows, chance: random.Random) -> None:
    row = chance.choice(rows)
    row.extend(chance.choice(ODD_CELLS) for _ in range(chance.randrange(70)))


ON_ROWS: list[Callable[[Rows, random.Random], None]] = [
    odd_cell, odd_cell, odd_cell, scramble, swap_columns, double_row, drop_row, widen,
]  # fmt: skip


def some_ranges(chance: random.Random) -> Ranges:
    """At most one merged range: two that overlap cannot be written by the maker of the test's workbooks."""
    if chance.random() < 0.5:
        return []
    top, left = chance.randrange(12), chance.randrange(6)
    bottom, right = top + chance.randrange(3), left + chance.randrange(3)
    return [] if (top, left) == (bottom, right) else [(top, left, bottom, right)]


def flip_bytes(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randrange(1, 6)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def change_part(content: bytes, chance: random.Random) -> bytes:
    """Bytes of one part inside the archive, packed again so that its check sums fit."""
    if not content.startswith(b"PK"):
        return flip_bytes(content, chance)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as fresh:
        chosen = chance.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            fresh.writestr(name, flip_bytes(part, chance) if name == chosen and part else part)
    return target.getvalue()


def mutant(number: int) -> bytes:
    """The workbook of this number, always the same."""
    chance = random.Random(number)
    rows = [list(row) for row in ROWS]
    for _ in range(chance.randrange(1, 6)):
        chance.choice(ON_ROWS)(rows, chance)
    kind = number % 3
    if kind == 2:
        separator, encoding = (
            chance.choice(",;\t|"),
            chance.choice(["utf-8", "utf-8-sig", "utf-16", "cp1258", "latin-1"]),
        )
        content = csv_text(rows, separator).encode(encoding, "replace")
    else:
        content = (xlsx if kind == 0 else ods)(rows, some_ranges(chance))
    if chance.random() < 0.5:
        content = chance.choice([flip_bytes, cut, change_part, change_part])(content, chance)
    return content


def read(content: bytes) -> Reading | None:
    """None where the file was refused; anything that is no answer in words fails the test."""
    book = read_workbook(content)
    if isinstance(book, Say):
        assert str(book)
        return None
    assert isinstance(book, Book)
    for grid in book.grids:
        assert len(grid.rows) <= MOST_ROWS
        assert all(cell is None for row in grid.rows for cell in row[MOST_COLUMNS:])
    return read_tables(book.grids, INDEX, 2025)


def whole(reading: Reading) -> bool:
    """Every row read has its work and place, every problem its reason."""
    said = [*reading.problems, *reading.asks, *reading.notes]
    return all(str(problem.say) for problem in said) and all(
        row.work and row.number > 0 for row in reading.rows
    )


@covers("1.25")
def test_every_mutation_is_read_or_refused_in_words(capsys):
    reached = 0
    for number in range(RUNS):
        try:
            reading = read(mutant(number))
        except Exception as fault:
            raise AssertionError(f"mutation {number}") from fault
        assert reading is None or whole(reading), f"mutation {number}"
        reached += reading is not None and bool(reading.rows)
    share = reached / RUNS
    with capsys.disabled():
        print(f"\n{RUNS} mutations, {share:.0%} of them reached the reading of rows")  # noqa: T201
    assert share >= LEAST_SHARE
