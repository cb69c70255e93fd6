"""Tables to take away: their rows, how they are written, the shapes that offices ask for."""

import io
from datetime import date
from decimal import Decimal

import pytest
import python_calamine
from django.core.management import CommandError, call_command

from tests.assignments import factory
from tests.assignments.test_succession import MERGER, ON, both, carry_out, successor
from tests.directives import factory as directives
from tests.marks import covers
from thuocdo.agencies import actions as agency_actions
from thuocdo.assignments import actions, exports, shapes
from thuocdo.assignments.exports import Table
from thuocdo.assignments.queries import counts, exporting, importing, listing
from thuocdo.assignments.queries.counts import Scope
from thuocdo.assignments.queries.exporting import COLUMNS
from thuocdo.assignments.queries.sight import EVERYTHING
from thuocdo.assignments.terms import Parties, Received, terms_of
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Refused

DAY = AsOf(date(2025, 6, 20))


def written(*records, separator=";") -> str:
    table = Table(["Nhiệm vụ được giao"], ["work"], ["Nhiệm vụ"], records)
    return b"".join(exports.as_csv(table, separator)).decode("utf-8-sig")


def test_the_first_piece_needs_no_row():
    def never():
        raise AssertionError("a row was read")
        yield []

    assert next(exports.as_csv(Table(["A"], ["work"], ["Việc"], never()))).startswith(b"\xef\xbb\xbfA")


@covers("1.34")
def test_a_long_table_comes_in_pieces():
    table = Table([], ["work"], ["Việc"], (["a"] for _ in range(2_500)))
    assert len(list(exports.as_csv(table))) == 4


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("=1+1", "'=1+1"), ("+84", "'+84"), ("-a", "'-a"), ("@x", "'@x"), ("\tx", "'\tx"), ("a=b", "a=b"),
        (None, ""), (date(2025, 9, 30), "30/09/2025"), (Decimal("62.50"), "62.5"), (Decimal("-5"), "-5"),
    ],
)  # fmt: skip
def test_a_cell_is_text_no_spreadsheet_runs(cell, text):
    assert exports.plain(cell) == text


def test_lines_above_and_headings_are_guarded_too():
    table = Table(["=A1"], ["work"], ["@Việc"], [])
    assert b"".join(exports.as_csv(table)).decode("utf-8-sig") == "'=A1\r\n'@Việc\r\n"


def test_a_workbook_keeps_days_numbers_and_formulas_as_what_they_are():
    file = io.BytesIO()
    record = [date(2025, 9, 30), Decimal("62.5"), "=1+1", None]
    exports.as_xlsx(Table(["A"], ["a", "b", "c", "d"], ["A", "B", "C", "D"], [record]), file)
    sheet = python_calamine.load_workbook(io.BytesIO(file.getvalue())).get_sheet_by_index(0).to_python()
    assert sheet[2][:3] == [date(2025, 9, 30), 62.5, "=1+1"]


class TestShapes:
    @pytest.mark.parametrize("name", shapes.names())
    def test_each_shape_names_columns_that_exist(self, name):
        assert {column for column, _ in shapes.read(name).columns} <= set(COLUMNS)

    def test_the_three_shapes_are_there(self):
        assert shapes.names() == ["ministry-list", "nq57-monthly", "nq71-monthly"]

    def test_an_office_may_bring_its_own(self, tmp_path):
        path = tmp_path / "ours.toml"
        path.write_text('title = "Bảng"\nsystem = ""\ncolumns = [["work", "Việc"]]\n', encoding="utf-8")
        assert shapes.read(str(path)).columns == (("work", "Việc"),)

    @pytest.mark.parametrize("text", ["title = ", 'title = "A"', "columns = 1"])
    def test_a_broken_shape_is_refused_in_words(self, tmp_path, text):
        path = tmp_path / "ours.toml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(Refused, match="is no shape"):
            shapes.read(str(path))

    def test_an_unknown_shape_is_refused_with_the_known_ones(self):
        with pytest.raises(Refused, match="nq57-monthly"):
            shapes.read("nq99")


@pytest.fixture
def world(db) -> factory.World:
    return factory.world()


def cells(*columns: str, system="", as_of=DAY) -> list[list[object]]:
    spans = listing.worst_first(counts.spans_in(Scope(), as_of))
    return list(exporting.records(spans, EVERYTHING, as_of, columns, system=system))


@pytest.mark.django_db
class TestRecords:
    def test_a_row_says_what_the_list_says(self, world):
        factory.given(world)
        assert cells("work", "lead", "due", "state", "assigner") == [
            [factory.CLEAR.work, "UBND tỉnh Lai Châu", factory.DUE, "chưa thực hiện", "Chính phủ"]
        ]

    @covers("1.08", "1.15")
    def test_the_assigner_is_the_one_in_force_on_the_day(self, world):
        _, child = both(world)
        carry_out(MERGER)
        for day, name in ((DAY.day, "UBND tỉnh Lai Châu"), (ON, successor().name)):
            spans = counts.spans_in(Scope(parent_id=child.parent_id), AsOf(day))
            assert list(exporting.records(spans, EVERYTHING, AsOf(day), ("assigner",))) == [[name]]

    @covers("1.15")
    def test_it_has_the_number_in_the_other_system_and_the_day_it_was_entered(self, world):
        row = factory.given(world)
        actions.enter_foreign_number(
            assignment=row,
            system="57",
            number="NV-145",
            entered_on=date(2025, 6, 2),
            by=None,
            at=factory.JUNE,
        )
        assert cells("foreign_number", "entered_on", system="57") == [["NV-145", date(2025, 6, 2)]]
        assert cells("foreign_number", "entered_on", system="71") == [["", None]]

    def test_the_last_report_is_the_result_so_far(self, world):
        row = factory.given(world)
        actions.report(assignment=row, said=factory.said(), by=world.an, at=factory.JUNE)
        assert cells("result", "progress") == [["Đã trình dự thảo", Decimal(50)]]

    def test_the_head_who_answers_is_named(self, world):
        factory.given(world)
        assert cells("person") == [["Chủ tịch UBND tỉnh Nguyễn Văn Mẫu"]]

    def test_a_thousand_more_rows_take_as_many_statements_again(self, world, django_assert_num_queries):
        terms, parties = terms_of(world.obligation), Parties(world.government, world.lai_chau)
        text = Received(world.obligation, terms, parties, factory.GIVEN_ON)
        actions.receive_many(texts=[text] * 1_001, by=None, at=factory.JUNE)
        with django_assert_num_queries(1 + 2 * 5 + 1):
            assert len(cells(*exporting.LIST)) == 1_001


@pytest.mark.django_db
@covers("1.24", "1.34")
@pytest.mark.parametrize("language", ["vi", "en", "fr", "de"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_exported_table_is_read_back_and_changes_nothing(world, settings, language, kind):
    from django.utils.translation import override

    content = (
        "Nhóm;TT;Nhiệm vụ;Chủ trì;Sản phẩm;Thời hạn\nI;1;- Rà soát;Các bộ, ngành, địa phương;Kế hoạch;2025\n"
    )
    content += "I;2;Báo cáo;UBND tỉnh Lai Châu, Bộ KH&CN;Báo cáo;Thường xuyên\n"
    text = directives.directive("422/QĐ-TTg", issuer=world.government)
    given = {"name": "", "directive": text, "as_of": AsOf(date(2025, 4, 1))}
    actions.run_import(plan=importing.plan(content=content.encode(), **given), by=None, at=factory.JUNE)
    with override(language):
        headings = [str(COLUMNS[name].heading) for name in exporting.LIST]
        table = Table(["Nhiệm vụ"], exporting.LIST, headings, cells(*exporting.LIST))
    file = io.BytesIO()
    if kind == "xlsx":
        exports.as_xlsx(table, file)
    else:
        file.writelines(exports.as_csv(table))
    back = importing.plan(content=file.getvalue(), **given)
    assert (back.problems, len(back.to_do), len(back.there)) == ((), 0, 2)


@pytest.mark.django_db
class TestCommand:
    def call(self, *words: str) -> str:
        out = io.StringIO()
        call_command("export", *words, language="vi", stdout=out)
        return out.getvalue()

    @covers("1.15")
    def test_it_writes_the_table_of_a_shape(self, world):
        factory.given(world)
        lines = self.call("--shape", "nq57-monthly", "--as-of", "2025-06-20").splitlines()
        assert lines[0] == "\ufeffBảng theo dõi nhiệm vụ trên Hệ thống 57"
        assert "20/06/2025" in lines[1]
        assert lines[3].startswith("TT;Nhiệm vụ;Văn bản giao việc;Cơ quan chủ trì")
        assert "Ban hành kế hoạch chuyển đổi số của tỉnh;71/NQ-CP;UBND tỉnh Lai Châu" in lines[4]

    def test_it_counts_what_was_given_to_the_agency(self, world):
        factory.given(world)
        assert len(self.call("--shape", "nq71-monthly", "--agency", "UBND-33").splitlines()) == 4

    def test_it_writes_a_workbook(self, world, tmp_path):
        factory.given(world)
        self.call("--shape", "ministry-list", "--as-of", "2025-06-20", "--to", str(tmp_path / "a.xlsx"))
        rows = python_calamine.load_workbook(str(tmp_path / "a.xlsx")).get_sheet_by_index(0).to_python()
        assert (rows[3][2], rows[4][2]) == ("Nhiệm vụ", factory.CLEAR.work)

    @pytest.mark.parametrize(
        "words", [("--shape", "nq99"), ("--shape", "nq57-monthly", "--agency", "NOBODY")]
    )
    def test_what_is_not_there_is_refused_in_words(self, world, words):
        with pytest.raises(CommandError, match=r"nq99|NOBODY"):
            self.call(*words)

    @covers("1.26")
    def test_made_up_figures_say_so(self, world):
        agency_actions.describe_installation(opens_on=None, is_synthetic=True, by=None, at=factory.JUNE)
        lines = self.call("--shape", "nq57-monthly").splitlines()
        assert lines[4].startswith("TT;")
