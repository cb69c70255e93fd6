"""Files of offices: kinds, encodings, separators, bounds."""

import io
import unicodedata
import zipfile
from datetime import date

import pytest

from tests.directives.books import csv_text, ods, xlsx
from tests.directives.names2025 import name_index
from tests.marks import covers
from thuocdo.directives import workbook_zip
from thuocdo.directives.rules.sheet import read_tables
from thuocdo.directives.workbook import MOST_BYTES, Book, read_workbook
from thuocdo.directives.workbook_csv import TCVN3_BYTES, TCVN3_LETTERS
from thuocdo.lib.say import Say

INDEX = name_index()
TONES = "\u0300\u0301\u0303\u0309\u0323"
TO_TCVN3 = str.maketrans(TCVN3_LETTERS, TCVN3_BYTES)


def read(content: bytes) -> Book:
    book = read_workbook(content)
    assert isinstance(book, Book), str(book)
    return book


def works(content: bytes) -> list[str]:
    return [row.work for row in read_tables(read(content).grids, INDEX, 2025).rows]


WORKS = ["Xây dựng chương trình truyền thông", "Quy tắc ứng xử", "Sửa đổi luật", "Nộp hồ sơ"]


def repacked(content: bytes, part: str, new: bytes) -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as fresh,
    ):
        for name in old.namelist():
            fresh.writestr(name, new if name == part else old.read(name))
    return target.getvalue()


def windows_1258(text: str) -> bytes:
    """Tones stand behind their letters: those that the code page has not in one piece are taken apart."""
    coded = b""
    for letter in text:
        base = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in base if mark in TONES)
        bare = unicodedata.normalize("NFC", "".join(mark for mark in base if mark not in TONES))
        coded += (bare + tones).encode("cp1258")
    return coded


@covers("1.24")
@pytest.mark.parametrize("make", [xlsx, ods])
def test_a_workbook_is_read(make):
    assert works(make()) == WORKS


@covers("1.24")
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_table_is_read(separator, encoding):
    assert works(csv_text(separator=separator).encode(encoding)) == WORKS


@covers("1.24")
def test_windows_1258_is_recognised_and_said():
    book = read(windows_1258(csv_text()))
    assert [row.work for row in read_tables(book.grids, INDEX, 2025).rows] == WORKS
    assert [str(note) for note in book.notes] == ["The file was read as windows-1258."]


@covers("1.24")
def test_tcvn3_is_recognised_and_said():
    capitals_as_small = csv_text().replace("Ă", "ă").replace("Ứ", "ứ")
    book = read(capitals_as_small.translate(TO_TCVN3).encode("latin-1", "replace"))
    assert [row.work for row in read_tables(book.grids, INDEX, 2025).rows] == WORKS
    assert [str(note) for note in book.notes] == ["The file was read as TCVN3."]


def test_every_letter_of_tcvn3_has_its_byte():
    assert len(TCVN3_BYTES) == len(TCVN3_LETTERS) == len(set(TCVN3_BYTES)) == len(set(TCVN3_LETTERS))


@covers("1.24")
@pytest.mark.parametrize("make", [xlsx, ods])
def test_merged_cells_are_told(make):
    rows = [["Nhiệm vụ", "Chủ trì"], ["A", "BCA"], ["B", None], ["C", None]]
    reading = read_tables(read(make(rows, [(1, 1, 2, 1)])).grids, INDEX, 2025)
    assert [row.leads_raw for row in reading.rows] == ["BCA", "BCA"]


@pytest.mark.parametrize("make", [xlsx, ods])
def test_a_day_of_the_spreadsheet_stays_a_day(make):
    rows = [["Nhiệm vụ", "Thời hạn"], ["A", date(2025, 5, 15)]]
    assert read_tables(read(make(rows)).grids, INDEX, 2025).rows[0].limit.on == date(2025, 5, 15)


@pytest.mark.parametrize("make", [xlsx, ods])
def test_rows_are_numbered_as_the_officer_sees_them(make):
    assert read_tables(read(make()).grids, INDEX, 2025).rows[0].number == 7


@covers("1.25")
@pytest.mark.parametrize(
    "content",
    [
        b"", b"PK", b"PK\x03\x04" + b"0" * 100, b"\xd0\xcf\x11\xe0" + b"0" * 600, b"%PDF-1.7",
        xlsx()[:2000], ods()[:1500],
        repacked(xlsx(), "xl/workbook.xml", b"<workbook"),
        repacked(ods(), "content.xml", b"<!DOCTYPE a><a/>"),
        repacked(xlsx(), "xl/worksheets/sheet1.xml", b"\0"), b"\xff\xfe\x00", b'a,"' + b"x" * 200_000,
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_words(content):
    assert isinstance(read_workbook(content), Say)


@covers("1.25")
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"a,b\n" * 20_001, "A sheet has more than 20000 rows."),
        (b"a," * 61 + b"a\n", "A sheet has more than 60 columns."),
        (xlsx([[None] * 61 + ["x"]]), "A sheet has more than 60 columns."),
        (xlsx([[]] * 20_001 + [["x"]]), "A sheet has more than 20000 rows."),
        (ods([[None] * 61 + ["x"]]), "A sheet has more than 60 columns."),
        (b"x" * (MOST_BYTES + 1), "The file is larger than 10 MB."),
    ],
)
def test_the_bounds_are_held(content, reason):
    assert str(read_workbook(content)) == reason


@covers("1.25")
def test_a_cell_in_the_last_corner_does_not_fill_the_memory():
    book = xlsx([["x"]])
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    far = sheet.replace(b"</row>", b'</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    assert (
        str(read_workbook(repacked(book, "xl/worksheets/sheet1.xml", far)))
        == "A sheet has more than 20000 rows."
    )


@covers("1.25")
def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = repacked(xlsx(), "xl/sharedStrings.xml", b" " * (workbook_zip.MOST_UNPACKED + 1))
    assert str(read_workbook(bomb)) == "The file unpacks to more than 64 MB."


@covers("1.25")
@pytest.mark.parametrize("times", [b"2000000000", b"30000"])
def test_repeated_rows_of_an_ods_are_counted(times):
    rows = ods([["x"]])
    with zipfile.ZipFile(io.BytesIO(rows)) as archive:
        content = archive.read("content.xml")
    many = content.replace(
        b"<table:table-row>", b'<table:table-row table:number-rows-repeated="' + times + b'">'
    )
    assert isinstance(read_workbook(repacked(rows, "content.xml", many)), Say)


def test_formats_far_below_the_table_do_not_count():
    book = xlsx()
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    styled = sheet.replace(b"</sheetData>", b'<row r="1048576"><c r="A1048576" s="0"/></row></sheetData>')
    assert works(repacked(book, "xl/worksheets/sheet1.xml", styled)) == WORKS
