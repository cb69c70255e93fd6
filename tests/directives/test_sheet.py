"""Tables of obligations as offices keep them, read row by row."""

import csv
from datetime import date
from pathlib import Path

import pytest

from tests.directives.books import ROWS
from tests.directives.names2025 import KEYS, name_index
from tests.marks import covers
from thuocdo.directives.rules.collectives import Collective
from thuocdo.directives.rules.grid import Grid, Merge, letter
from thuocdo.directives.rules.limits import Kind
from thuocdo.directives.rules.sheet import Reading, read_table, read_tables
from thuocdo.directives.workbook import Book, read_workbook

INDEX = name_index()
HEAD = ["TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Kết quả", "Thời hạn"]
REAL = Path(__file__).parents[2].parent / "shared" / "data" / "tasks_nq03_140.csv"  # beside the repository


def read(*rows, merged=(), sheet="Phụ lục") -> Reading:
    return read_table(Grid(sheet, tuple(tuple(row) for row in rows), tuple(merged)), INDEX, 2025)


def said(problems) -> list[tuple[int | None, str | None, str]]:
    return [(problem.row, problem.column, str(problem.say)) for problem in problems]


@covers("1.24")
def test_a_usual_appendix_is_read():
    reading = read(*ROWS)
    assert [row.work for row in reading.rows] == [
        "Xây dựng chương trình truyền thông", "Quy tắc ứng xử", "Sửa đổi luật", "Nộp hồ sơ",
    ]  # fmt: skip
    assert [row.group for row in reading.rows][1:3] == ["I. Nâng cao nhận thức", "II. Hoàn thiện thể chế"]
    assert reading.rows[2].leads.agency_keys == (KEYS["Bộ Tài chính"], KEYS["Bộ Công an"])
    assert reading.rows[0].coordinators.collectives == (Collective.ALL_MINISTRIES, Collective.ALL_LOCALITIES)


@covers("1.24")
def test_an_impossible_day_is_named_with_its_place():
    assert said(read(*ROWS).problems) == [(12, "F", "There is no 31/4/2025: that month has 30 days.")]


@covers("1.24")
def test_headings_stand_in_any_order_and_language():
    reading = read(["Deadline", "Lead agency", "Task"], ["6/2025", "BCA", "Ký số"])
    assert (reading.rows[0].work, reading.rows[0].limit.on) == ("Ký số", date(2025, 6, 30))


@covers("1.24")
def test_headings_in_two_rows_are_one():
    reading = read(
        ["TT", "Nội dung", "Cơ quan thực hiện", None, "Thời hạn"],
        [None, None, "Chủ trì", "Phối hợp", None],
        [1, "Ký số", "BCA", "BYT", "2025"],
        merged=[Merge(0, 2, 0, 3), Merge(0, 0, 1, 0)],
    )
    assert (reading.rows[0].leads_raw, reading.rows[0].coordinators_raw) == ("BCA", "BYT")


@covers("1.24")
def test_a_merged_lead_goes_down_as_far_as_it_is_merged():
    rows = [
        HEAD,
        [1, "A", "BCA", None, None, "2025"],
        [2, "B", None, None, None, "2026"],
        [3, "C", None, None, None, "2027"],
    ]
    reading = read(*rows, merged=[Merge(1, 2, 2, 2)])
    assert [row.leads_raw for row in reading.rows] == ["BCA", "BCA", ""]
    assert said(reading.asks) == [(4, "C", "No lead agency is named.")]


@covers("1.24")
def test_an_empty_lead_that_is_not_merged_stays_empty():
    reading = read(HEAD, [1, "A", "BCA", None, None, "2025"], [2, "B", None, None, None, "2026"])
    assert reading.rows[1].leads_raw == ""


@covers("1.24")
def test_a_column_names_the_assigning_document_row_by_row():
    reading = read(
        ["Nhiệm vụ", "Chủ trì", "Văn bản giao"], ["A", "BCA", "44-TB/TGV"], ["B", "BCA", "Kế hoạch 02"]
    )
    assert reading.rows[0].assigned_by is not None
    assert reading.rows[0].assigned_by.canonical == "44-TB/TGV"
    assert [(problem.row, problem.column) for problem in reading.problems] == [(3, "C")]


@covers("1.24")
def test_an_unknown_lead_is_asked_for_and_the_row_is_read():
    reading = read(HEAD, [1, "Đô thị", "Các thành phố trực thuộc TW và một số tỉnh", None, None, "2028"])
    assert len(reading.rows) == 1
    assert said(reading.asks) == [(2, "C", "“một số tỉnh” is not a known agency: who is meant?")]


@pytest.mark.parametrize(
    ("row", "merged", "group"),
    [
        (["I", "Thể chế"], (), "I. Thể chế"),
        (["II.", "Thể chế"], (), "II. Thể chế"),
        (["A", "Thể chế"], (), "A. Thể chế"),
        (["I. Thể chế"], (), "I. Thể chế"),
        ([None, "III. Thể chế"], (), "III. Thể chế"),
        ([None, "Nhóm nhiệm vụ về thể chế"], (), "Nhóm nhiệm vụ về thể chế"),
        (["Thể chế"], [Merge(1, 0, 1, 5)], "Thể chế"),
    ],
)
def test_a_group_row_names_the_rows_below(row, merged, group):
    assert [r.group for r in read(HEAD, row, [1, "A", "BCA"], merged=merged).rows] == [group]


@pytest.mark.parametrize(
    "row", [["Tổng cộng", None, "x"], [None, "Tổng cộng: 12 nhiệm vụ"], ["Ghi chú: số liệu tạm"]]
)
def test_totals_and_notes_are_no_work(row):
    reading = read(HEAD, [1, "A", "BCA"], [cell if cell != "x" else None for cell in row])
    assert ([r.work for r in reading.rows], reading.problems) == (["A"], ())


def test_the_foot_of_a_letter_is_no_work():
    reading = read(HEAD, [1, "A", "BCA"], ["Nơi nhận:"], ["- Như trên;"], ["- Lưu: VT."])
    assert (len(reading.rows), reading.problems, len(reading.notes)) == (1, (), 3)


def test_headings_of_the_next_page_are_passed_over():
    assert [row.work for row in read(HEAD, [1, "A", "BCA"], HEAD, [2, "B", "BCA"]).rows] == ["A", "B"]


def test_a_lonely_cell_is_named():
    assert [(p.row, p.column) for p in read(HEAD, [None, "Việc không người làm"]).problems] == [(2, "B")]


def test_work_without_words_is_named():
    assert said(read(HEAD, [1, None, "BCA", None, None, "2025"]).problems) == [
        (2, "B", "The work is not named.")
    ]


def test_a_sheet_without_headings_is_named():
    reading = read(["Hướng dẫn"], ["Điền vào bảng"])
    assert [(p.sheet, p.row) for p in reading.problems] == [("Phụ lục", None)]


def test_a_sheet_beside_the_table_is_only_noted():
    guide, table = Grid("Hướng dẫn", (("Đọc",),)), Grid("Bảng", (tuple(HEAD), (1, "A", "BCA")))
    reading = read_tables([guide, table], INDEX, 2025)
    assert (len(reading.rows), reading.problems, [n.sheet for n in reading.notes]) == (1, (), ["Hướng dẫn"])


def test_a_column_that_is_not_understood_is_noted():
    reading = read([*HEAD, "Mã màu"], [1, "A", "BCA"])
    assert said(reading.notes) == [(1, "G", "The column “Mã màu” is not used.")]


@pytest.mark.parametrize(
    ("mark", "is_key"), [("x", True), ("Có", True), ("", False), ("Không", False), (True, True)]
)
def test_key_duties_are_marked(mark, is_key):
    assert read(["Nhiệm vụ", "Chủ trì", "Trọng tâm"], ["A", "BCA", mark]).rows[0].is_key is is_key


def test_a_date_cell_is_a_day():
    row = read(HEAD, [1, "A", "BCA", None, None, date(2025, 5, 15)]).rows[0]
    assert (row.limit.on, row.limit.raw) == (date(2025, 5, 15), "15/05/2025")


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (59, "BH")])
def test_columns_have_letters(column, name):
    assert letter(column) == name


@pytest.fixture(scope="module")
def real() -> Reading:
    if not REAL.exists():
        pytest.skip("the table of 03/NQ-CP is not beside the repository")
    book = read_workbook(REAL.read_bytes())
    assert isinstance(book, Book)
    return read_tables(book.grids, INDEX, 2025)


@covers("1.24")
class TestResolution03:
    """Appendix II of 03/NQ-CP, as the research of the domain counted it."""

    def test_140_obligations_are_read_without_a_problem(self, real):
        assert (len(real.rows), real.problems) == (140, ())

    def test_they_stand_in_7_groups(self, real):
        assert len({row.group for row in real.rows}) == 7

    def test_69_limits_are_a_bare_year(self, real):
        assert sum(row.limit.kind is Kind.YEAR for row in real.rows) == 69

    def test_10_rows_have_several_named_leads(self, real):
        assert sum(row.leads.several for row in real.rows) == 10

    def test_27_rows_are_led_by_a_group(self, real):
        assert sum(bool(row.leads.collectives) for row in real.rows) == 27

    def test_2_leads_have_a_comma_inside_their_name(self, real):
        alone = [row for row in real.rows if len(row.leads.agency_keys) == 1 and not row.leads.collectives]
        assert sum("," in row.leads_raw and not row.leads.unknown for row in alone) == 2

    def test_the_days_are_those_worked_out_by_hand(self, real):
        with REAL.open(encoding="utf-8", newline="") as file:
            norms = [row["deadline_norm"] for row in csv.DictReader(file)]
        assert [row.limit.on.isoformat() if row.limit.on else "" for row in real.rows] == norms
