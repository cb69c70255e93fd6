"""A table of values is taken, filled in, looked at and entered; what is wrong is said with its row (3.09)."""

import io
import re
from dataclasses import replace

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.indicators.factory import ONLINE, TRAINED, count, declared, told, world
from tests.marks import covers
from thuocdo.agencies.enums import AgencyKind, Level
from thuocdo.directives.workbook import read_workbook
from thuocdo.indicators.enums import Periodicity
from thuocdo.indicators.models import Observation
from thuocdo.indicators.rules import periods
from thuocdo.web import tables

pytestmark = pytest.mark.django_db
BY = {"reported_by": AgencyKind.PEOPLES_COMMITTEE, "reported_at": Level.COMMUNE}
HEADINGS = ["Mã chỉ tiêu", "Mã cơ quan", "Kỳ", "Giá trị", "Tử số", "Mẫu số", "Lý do không có số liệu",
            "Ghi chú", "Lý do đính chính"]  # fmt: skip


@pytest.fixture
def here(settings, tmp_path):
    """Two indicators that every commune reports; Dũng reports for the ward Đoàn Kết."""
    settings.MEDIA_ROOT = tmp_path
    made = world()
    made.trained = declared(replace(TRAINED, checks={"least": "0", "jump": "50"}, source="x", **BY))
    made.online = declared(replace(ONLINE, source="x", **BY))
    made.client = Client()
    made.client.force_login(made.dung)
    made.period = periods.last_closed(timezone.localdate(), Periodicity.QUARTER)
    return made


def book(*rows, headings=HEADINGS):
    """A workbook as an officer fills it in."""
    file = io.BytesIO()
    made = xlsxwriter.Workbook(file)
    sheet = made.add_worksheet()
    for place, row in enumerate([headings, *rows]):
        sheet.write_row(place, 0, row)
    made.close()
    return file.getvalue()


def sent(here, content, button="look", name="bảng.xlsx", **more):
    data = {button: "1", "file": SimpleUploadedFile(name, content), **more}
    return here.client.post("/en/indicators/table/", data)


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def row(here, code="TRAINED", value=None, above=None, below=None, missing=None, note=None, reason=None):
    return [code, here.doan_ket.code, here.period.key, value, above, below, missing, note, reason]


def bytes_of(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@covers("3.09")
def test_what_is_taken_holds_what_is_known_and_given_back_changes_nothing(here):
    told(here.trained, count(here.doan_ket, "12.125", here.period), happened_on=here.period.last,
         at=timezone.now())  # fmt: skip
    for kind in ("xlsx", "csv"):
        for language in ("", "/en", "/fr", "/de"):
            taken = bytes_of(here.client.get(f"{language}/indicators/table.{kind}"))
            grid = read_workbook(taken, tables.knows).grids[0]
            assert any(here.doan_ket.code in line and "TRAINED" in line for line in grid.rows), grid.rows
            text = words(sent(here, taken, name=f"x.{kind}"))
            assert "New values 0 Values corrected 0 There already 1 Left open 1" in text, (kind, language)
    assert Observation.objects.count() == 1


@covers("3.09", "3.03")
def test_filled_in_looked_at_and_entered(here):
    table = book(row(here, value=40), row(here, "DOSSIERS_ONLINE", above=1, below=3))
    assert "New values 2" in words(sent(here, table))
    assert not Observation.objects.exists()
    assert sent(here, table, "enter").status_code == 302
    found = {one.indicator.code: one for one in Observation.objects.select_related("indicator")}
    assert found["TRAINED"].value == 40
    assert (found["DOSSIERS_ONLINE"].numerator, found["DOSSIERS_ONLINE"].denominator) == (1, 3)
    assert {one.by for one in found.values()} == {here.dung}
    assert "There already 2" in words(sent(here, table))


@covers("3.09")
def test_the_file_is_kept_between_looking_and_entering(here):
    looked = sent(here, book(row(here, value=40)))
    kept = re.search(r'name="kept" value="([^"]+)"', looked.content.decode())[1]
    assert here.client.post("/en/indicators/table/", {"enter": "1", "kept": kept}).status_code == 302
    assert Observation.objects.get().value == 40


@covers("3.09", "3.03")
def test_a_changed_value_is_a_correction_that_says_why(here):
    sent(here, book(row(here, value=40)), "enter")
    changed = row(here, value=45)
    assert "row 2 Another value stands there" in words(sent(here, book(changed)))
    sent(here, book([*changed[:-1], "Thêm một lớp"]), "enter")
    last = Observation.objects.latest("pk")
    assert (last.value, last.reason, last.corrects.value) == (45, "Thêm một lớp", 40)


WRONG = [
    (lambda h: row(h, "NO_SUCH", value=1), "NO_SUCH is not defined for"),
    (lambda h: [*row(h, value=1)[:1], h.pho_hien.code, *row(h, value=1)[2:]],
     "There is no agency UBND-11953 for which you report."),
    (lambda h: [*row(h, value=1)[:2], "Quý ba", *row(h, value=1)[3:]], "Quý ba is no period"),
    (lambda h: row(h, value="1.234"), "“1.234” can be read in two ways"),
    (lambda h: row(h, value="bốn mươi"), "“bốn mươi” is no number"),
    (lambda h: row(h, value=-1), "-1 is below the least possible, 0."),
    (lambda h: row(h, "DOSSIERS_ONLINE", above=5, below=4), "the part is larger than the whole"),
    (lambda h: row(h, "DOSSIERS_ONLINE", above="1,5", below=4), "“1,5” is no whole number"),
    (lambda h: row(h, "DOSSIERS_ONLINE", above=0, below=0), "Of nothing there is no share"),
    (lambda h: row(h, missing="không biết"), "“không biết” is no reason that is known here"),
    (lambda h: row(h, value=4, missing="không áp dụng tại đây"), "keep one"),
]  # fmt: skip


@covers("3.09")
@pytest.mark.parametrize(("make", "sentence"), WRONG, ids=[sentence[:24] for _, sentence in WRONG])
def test_a_row_that_cannot_be_entered_is_said_and_the_others_are_entered(here, make, sentence):
    ratio = make(here)[0] == "TRAINED"
    good = row(here, "DOSSIERS_ONLINE", above=1, below=3) if ratio else row(here, value=40)
    table = book(good, make(here))
    text = words(sent(here, table))
    assert "row 3" in text
    assert sentence in text
    assert sent(here, table, "enter").status_code == 302
    assert Observation.objects.get().indicator.code == good[0]


@covers("3.09", "3.03")
def test_a_reason_for_a_missing_value_is_read_in_words(here):
    sent(here, book(row(here, missing="Không áp dụng tại đây")), "enter")
    assert (Observation.objects.get().value, Observation.objects.get().missing) == (None, "not_applicable")


@covers("3.09")
def test_a_check_that_warns_needs_a_note(here):
    before = periods.before(here.period)
    told(here.trained, count(here.doan_ket, 40, before), happened_on=before.last, at=timezone.now())
    assert "a change of 125 %" in words(sent(here, book(row(here, value=90))))
    sent(here, book(row(here, value=90, note="Thêm hai lớp")), "enter")
    assert Observation.objects.latest("pk").note == "Thêm hai lớp"


@covers("3.09")
def test_the_same_row_twice_is_said(here):
    assert "row 3 Row 2 gives the same value already." in words(
        sent(here, book(row(here, value=40), row(here, value=41)))
    )


@covers("3.09")
@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "The submitted file is empty"), (b"%PDF-1.7", "Only .xlsx, .ods and .csv are read"),
     (book(["x"], headings=["Họ tên"]), "The table has no headings that are known here.")],
)  # fmt: skip
def test_what_is_no_table_is_said_in_words(here, content, sentence):
    assert sentence in words(sent(here, content))


@covers("3.09")
def test_any_number_of_rows_asks_the_same_number_of_statements(here, django_assert_max_num_queries):
    rows = [row(here, value=number) for number in range(60)]
    for number, one in enumerate(rows):
        one[2] = f"{2000 + number}-Q1"
    with django_assert_max_num_queries(90):
        sent(here, book(*rows))
