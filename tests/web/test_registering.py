"""The register is kept: how a symbol was read is shown first, secrets are refused, publicity is decided."""

from datetime import date

import pytest

from tests.assignments.factory import person, world
from tests.directives.factory import directive
from tests.marks import covers
from tests.web.factory import fill, key_of, signed_in, text_of
from thuocdo.accounts.enums import Role
from thuocdo.directives.enums import LimitKind
from thuocdo.directives.models import Directive, DirectiveRelation, Obligation, Publication, Translation

pytestmark = pytest.mark.django_db
TEXT = {
    "symbol": "57-NQ/TW", "title": "Về đột phá phát triển khoa học", "issued_on": "2024-12-22",
    "language": "vi", "urgency": "normal",
}  # fmt: skip


@pytest.fixture
def here():
    found = world()
    found.text = found.obligation.directive
    found.dao = person("dao", found.lai_chau, Role.REGISTRAR)
    found.thu = person("thu", found.government, Role.LEADER)
    found.chinh = person("chinh", found.government, Role.REGISTRAR)
    return found


def register(here, **more):
    return fill(signed_in(here.chi), "/en/directives/register/", **{**TEXT, **more})


@covers("1.09")
def test_a_text_is_registered(here):
    answer = register(here)
    assert answer.url == f"/en/directives/{Directive.objects.get(symbol='57-NQ/TW').pk}/"


@covers("1.09")
def test_what_is_set_right_in_a_symbol_is_shown_before_it_is_saved(here):
    client = signed_in(here.chi)
    page = fill(client, "/en/directives/register/", **{**TEXT, "symbol": "57 – NQ/TW"})
    assert "A long dash was read as a hyphen." in text_of(page)
    assert not Directive.objects.filter(number=57).exists()
    again = {**TEXT, "symbol": "57 – NQ/TW", "read_as": "57-NQ/TW", "once": key_of(page)}
    client.post("/en/directives/register/", again)
    assert Directive.objects.get(number=57).symbol == "57-NQ/TW"


@covers("1.09")
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": "Kế hoạch phòng thủ (Mật)"}, "secrecy mark"),
        ({"symbol": "năm mươi bảy"}, "is no symbol of a document"),
        ({"symbol": "71/NQ-CP", "issued_on": "2025-04-01"}, "already registered"),
        ({"symbol": "118/2025/NĐ-CP"}, "the day of issue is in 2024"),
    ],
)
def test_what_cannot_be_registered_is_refused_in_words(here, change, words):
    before = Directive.objects.count()
    assert words in text_of(register(here, **change))
    assert Directive.objects.count() == before


@covers("1.29")
def test_nobody_registers_a_text_of_another_agency(here):
    page = fill(
        signed_in(here.dao),
        "/en/directives/register/",
        **{**TEXT, "symbol": "12/QĐ-BKHCN", "issued_on": "2025-02-03"},
    )
    assert "You register texts of your own agencies" in text_of(page)
    assert not Directive.objects.filter(issuer=here.ministry).exists()


@covers("1.29")
def test_only_registrars_register(here):
    codes = [
        signed_in(who).get("/directives/register/").status_code for who in (here.an, here.binh, here.chi)
    ]
    assert codes == [404, 404, 200]


DUTY = {"label": "Phụ lục I, số 9", "work": "Xây dựng cơ sở dữ liệu", "limit": "Quý III/2025"}


@covers("1.09")
def test_a_duty_is_entered_with_the_limit_in_the_words_of_the_text(here):
    fill(signed_in(here.chinh), f"/en/directives/{here.text.pk}/duty/", **DUTY)
    duty = Obligation.objects.get(provision__label="Phụ lục I, số 9")
    assert (duty.limit_raw, duty.limit_kind, duty.limit_on) == (
        "Quý III/2025", LimitKind.QUARTER, date(2025, 9, 30)
    )  # fmt: skip


@covers("1.09")
def test_an_impossible_limit_is_refused_beside_its_field(here):
    page = fill(
        signed_in(here.chinh), f"/en/directives/{here.text.pk}/duty/", **{**DUTY, "limit": "31/02/2025"}
    )
    assert 'id="id_limit-error"' in page.content.decode()


@covers("1.29")
@pytest.mark.parametrize("path", ["duty", "relate", "title"])
def test_a_text_of_another_agency_is_not_added_to(here, path):
    assert signed_in(here.dao).get(f"/en/directives/{here.text.pk}/{path}/").status_code == 404


def test_texts_are_related_by_symbol(here):
    other = directive("57-NQ/TW", issued_on=date(2024, 12, 22), title="Nghị quyết 57", issuer=here.central)
    page = fill(
        signed_in(here.chinh), f"/en/directives/{here.text.pk}/relate/", kind="implements", other="57-NQ/TW"
    )
    assert page.status_code == 200  # the registrar of the Government may not read the Party's text
    person("nu", here.central, Role.REGISTRAR)
    nu = signed_in(person("nu2", here.central, Role.REGISTRAR))
    assert nu.get(f"/en/directives/{other.pk}/relate/").status_code == 200
    assert not DirectiveRelation.objects.exists()


def test_a_title_is_translated(here):
    sent = {"language": "en", "title": "Programme of action of the Government"}
    fill(signed_in(here.chinh), f"/en/directives/{here.text.pk}/title/", **sent)
    assert Translation.objects.get().title.startswith("Programme")


PUBLIC = {"progress": "on", "decided_on": "2025-06-19", "withheld": "tên người chịu trách nhiệm"}


@covers("1.27")
def test_what_is_public_is_decided_by_a_leader(here):
    fill(signed_in(here.thu), f"/en/directives/{here.text.pk}/public/", **PUBLIC)
    decision = Publication.objects.get()
    assert (decision.progress, decision.results, decision.decided_by_id) == (True, False, here.thu.pk)


@covers("1.27")
def test_what_is_withheld_is_said(here):
    page = fill(signed_in(here.thu), f"/en/directives/{here.text.pk}/public/", **{**PUBLIC, "withheld": ""})
    assert 'id="id_withheld-error"' in page.content.decode()


@covers("1.27", "1.29")
def test_nobody_else_decides_what_is_public(here):
    address = f"/en/directives/{here.text.pk}/public/"
    other = person("khac", here.lai_chau, Role.LEADER)
    assert [signed_in(who).get(address).status_code for who in (here.chinh, other)] == [404, 404]
