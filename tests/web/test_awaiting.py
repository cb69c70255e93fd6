"""A text that does not exist yet is registered as awaited, and gets its number when it comes (1.09)."""

from datetime import date

import pytest

from tests.assignments.factory import person, world
from tests.directives.factory import directive
from tests.marks import covers
from tests.web.factory import fill, signed_in, text_of
from thuocdo.accounts.enums import Role
from thuocdo.directives.enums import DirectiveState
from thuocdo.directives.models import Directive

pytestmark = pytest.mark.django_db
ASKED = {"title": "Nghị định về dữ liệu dùng chung", "issuer": "CP", "awaited_from": "2025-06-01"}


@pytest.fixture
def here():
    found = world()
    found.dao = person("dao", found.lai_chau, Role.REGISTRAR)
    return found


def expected(here, who=None, **more):
    return fill(signed_in(who or here.chi), "/en/directives/expect/", **{**ASKED, **more})


@covers("1.09")
def test_an_awaited_text_is_registered_without_a_number(here):
    answer = expected(here)
    text = Directive.objects.get(state=DirectiveState.AWAITED)
    assert answer.url == f"/en/directives/{text.pk}/"
    assert "awaited text" in text_of(signed_in(here.chi).get(answer.url))


@covers("1.09")
def test_it_gets_its_number_when_it_is_issued_and_stays_the_same_text(here):
    pk = expected(here).url.split("/")[-2]
    page = signed_in(here.chi).get(f"/en/directives/{pk}/")
    assert f"/en/directives/{pk}/issued/" in page.content.decode()
    fill(signed_in(here.chi), f"/en/directives/{pk}/issued/", symbol="165/2025/NĐ-CP", issued_on="2025-06-30")
    text = Directive.objects.get(pk=pk)
    assert (text.symbol, text.issued_on, text.awaited_from) == (
        "165/2025/NĐ-CP", date(2025, 6, 30), date(2025, 6, 1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": "Kế hoạch phòng thủ (Mật)"}, "secrecy mark"),
        ({"awaited_from": "2035-01-01"}, "has not come yet"),
        ({"issuer": "Bộ Nào Đó"}, "No agency is known here"),
    ],
)
def test_what_cannot_be_awaited_is_said_in_words(here, change, words):
    assert words in text_of(expected(here, **change))
    assert not Directive.objects.filter(state=DirectiveState.AWAITED).exists()


def test_an_unreadable_number_is_said_beside_it_and_the_text_stays_awaited(here):
    pk = expected(here).url.split("/")[-2]
    page = fill(
        signed_in(here.chi), f"/en/directives/{pk}/issued/", symbol="năm mươi", issued_on="2025-06-30"
    )
    assert "is no symbol of a document" in text_of(page)
    assert Directive.objects.get(pk=pk).state == DirectiveState.AWAITED


@covers("1.29")
def test_nobody_awaits_a_text_of_somebody_else(here):
    assert "You register texts of your own agencies" in text_of(expected(here, here.dao, issuer="UBND-33"))
    issued = directive("12/QĐ-TTg", issuer=here.government)
    assert signed_in(here.chi).get(f"/en/directives/{issued.pk}/issued/").status_code == 404
