"""A table is looked at first, questions are answered, then it is entered; by its own registrars alone."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.assignments.factory import person, world
from tests.marks import covers
from tests.web.factory import fill, key_of, signed_in, text_of
from thuocdo.accounts.enums import Role
from thuocdo.assignments.models import Assignment
from thuocdo.directives.models import Obligation

pytestmark = pytest.mark.django_db
HEAD = ["Nhóm", "TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Sản phẩm", "Thời hạn"]
GOOD = ["I", "1", "Xây dựng kế hoạch", "UBND tỉnh Lai Châu", "", "Kế hoạch", "30/6/2025"]
ASKED = ["I", "2", "Lập đề án", "một số tỉnh đủ điều kiện", "", "Đề án", "2025"]
BAD = ["I", "3", "Họp giao ban", "UBND tỉnh Lai Châu", "", "Báo cáo", "31/02/2025"]


def table(*rows):
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *rows])
    return SimpleUploadedFile("bang.csv", out.getvalue().encode())


@pytest.fixture
def here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    found = world()
    found.address = f"/en/directives/{found.obligation.directive_id}/import/"
    return found


def kept_of(page):
    return page.content.decode().split('name="kept" value="')[1].split('"')[0]


@covers("1.24")
def test_a_table_is_looked_at_and_nothing_is_written(here):
    before = Obligation.objects.count()
    page = fill(signed_in(here.chi), here.address, file=table(GOOD, ASKED, BAD), look="1")
    text = text_of(page)
    assert "row 4" in text
    assert "một số tỉnh đủ điều kiện" in text
    assert Obligation.objects.count() == before


@covers("1.24")
def test_the_kept_table_is_entered_with_the_answer(here):
    client = signed_in(here.chi)
    page = fill(client, here.address, file=table(GOOD, ASKED), look="1")
    name = page.content.decode().split('name="lead-')[1].split('"')[0]
    sent = {"kept": kept_of(page), "once": key_of(page), f"lead-{name}": "UBND-33", "enter": "1"}
    answer = client.post(here.address, sent)
    assert answer.status_code == 302
    assert set(Assignment.objects.values_list("lead__code", flat=True)) == {"UBND-12", "UBND-33"}


@covers("1.24")
def test_an_answer_that_names_nobody_is_said_beside_it(here):
    client = signed_in(here.chi)
    page = fill(client, here.address, file=table(ASKED), look="1")
    name = page.content.decode().split('name="lead-')[1].split('"')[0]
    again = client.post(here.address, {"kept": kept_of(page), f"lead-{name}": "Bộ Mặt Trăng", "enter": "1"})
    assert "No agency is known here as “Bộ Mặt Trăng”." in text_of(again)
    assert not Assignment.objects.exists()


@covers("1.24")
def test_all_or_nothing_enters_nothing_while_a_row_is_bad(here):
    client = signed_in(here.chi)
    before = Obligation.objects.count()
    page = fill(client, here.address, file=table(GOOD, BAD), strict="on", enter="1")
    assert "nothing was entered" in text_of(page)
    assert Obligation.objects.count() == before


@covers("1.24")
def test_entered_twice_it_changes_nothing(here):
    client = signed_in(here.chi)
    for _ in range(2):
        fill(client, here.address, file=table(GOOD), enter="1")
    assert Assignment.objects.count() == 1


def test_without_a_table_it_asks_for_one(here):
    assert "Choose a table." in text_of(fill(signed_in(here.chi), here.address, look="1"))


@covers("1.29")
def test_a_text_of_another_agency_is_not_imported_into(here):
    dao = person("dao", here.lai_chau, Role.REGISTRAR)
    assert [signed_in(who).get(here.address).status_code for who in (dao, here.an)] == [404, 404]
