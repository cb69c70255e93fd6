"""The agencies of a day, one agency, what stewards do with them, a succession from form to confirmation."""

from datetime import date

import pytest
from django.test import Client

from tests.assignments.factory import JUNE, given, person, world
from tests.assignments.test_succession import JULY as LATER
from tests.assignments.test_succession import MERGER
from tests.marks import covers
from tests.web.factory import fill, key_of, signed_in, text_of
from thuocdo.accounts.enums import Role
from thuocdo.agencies import actions as agency_actions
from thuocdo.agencies import queries as agency_queries
from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Agency, Relation, Succession
from thuocdo.assignments import actions
from thuocdo.assignments.models import CapacityChange
from thuocdo.assignments.terms import Reach
from thuocdo.assignments.wording import wording
from thuocdo.lib.moments import AsOf

pytestmark = [pytest.mark.django_db, pytest.mark.urls("thuocdo.config.urls")]
JULY = "2025-07-01"
ASKED = {
    "kind": "merger",
    "on": JULY,
    "basis": "202/2025/QH15",
    "ends": "UBND-12\nUBND-33",
    "opens": "UBND-99 | UBND tỉnh Mới",
}


@pytest.fixture
def here():
    """The world, with Sen, steward of the Government and what is below it."""
    found = world()
    found.sen = person("sen", found.government, Role.STEWARD)
    return found


def page(address: str) -> str:
    return text_of(Client().get(address))


def merged():
    agency_actions.succeed(plan=agency_queries.plan_succession(MERGER), by=None, at=LATER)


@covers("1.07")
def test_the_index_names_central_bodies_then_those_of_provinces(here):
    shown = page("/en/agencies/?as_of=2025-06-01")
    assert shown.index("Bộ Khoa học và Công nghệ") < shown.index("UBND tỉnh Lai Châu")
    assert "UBND phường Đoàn Kết" not in shown


@covers("1.07")
def test_an_agency_is_found_without_marks(here):
    shown = page("/en/agencies/?q=doan+ket&as_of=2025-06-01")
    assert ("UBND phường Đoàn Kết" in shown, "UBND phường Phố Hiến" in shown) == (True, False)


def test_a_tree_is_chosen(here):
    shown = page("/en/agencies/?tree=party&as_of=2025-06-01")
    assert ("Tỉnh ủy Lai Châu" in shown, "Bộ Khoa học và Công nghệ" in shown) == (True, False)


def test_what_is_not_found_is_said(here):
    assert "No agency of this day is found" in page("/en/agencies/?q=zzz")


@covers("1.06")
@pytest.mark.parametrize(("day", "said"), [("2025-06-30", True), ("2025-07-01", False)])
def test_before_1_july_2025_the_page_says_that_only_provinces_are_held(here, day, said):
    assert ("only provinces are held" in page(f"/en/agencies/?as_of={day}")) is said


def test_the_index_takes_the_same_statements_for_any_number(here, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        Client().get("/en/agencies/")


@covers("1.07")
def test_an_agency_shows_its_parents_in_each_tree(here):
    shown = page("/en/agencies/SKHCN-12/?as_of=2025-06-01")
    assert "Stands below (administrative) UBND tỉnh Lai Châu" in shown
    assert "Stands below (vertical) Bộ Khoa học và Công nghệ" in shown


@covers("1.08")
def test_an_agency_shows_what_it_came_from_and_what_it_became(here):
    merged()
    assert "Came from UBND tỉnh Lai Châu · merger, 1 July 2025, 202/2025/QH15" in page(
        "/en/agencies/UBND-99/"
    )
    assert "Became UBND-99 · merger" in page("/en/agencies/UBND-12/?as_of=2025-06-30")


@covers("1.08")
@pytest.mark.parametrize(
    ("code", "day", "words"),
    [
        ("UBND-12", JULY, "exists no longer. It ended on 1 July 2025. It is carried on by UBND-99"),
        ("UBND-99", "2025-06-30", "did not exist yet. It exists since 1 July 2025. Before it there was"),
    ],
)
def test_an_agency_that_does_not_exist_on_the_day_is_told_of(here, code, day, words):
    merged()
    answer = Client().get(f"/en/agencies/{code}/?as_of={day}")
    assert answer.status_code == 404
    assert words in text_of(answer)


def test_an_unknown_agency_is_not_there(here):
    assert Client().get("/en/agencies/ZZZ/").status_code == 404


@covers("1.29")
@pytest.mark.parametrize("address", ["open/", "succession/", "UBND-12/names/", "UBND-12/place/"])
def test_only_stewards_change_agencies(here, address):
    answers = [signed_in(who).get(f"/agencies/{address}").status_code for who in (here.sen, here.an)]
    assert answers == [200, 404]


@covers("1.29")
def test_a_steward_changes_no_agency_of_others(here):
    other = person("tam", here.hung_yen, Role.STEWARD)
    assert signed_in(other).get("/agencies/UBND-12/names/").status_code == 404
    assert fill(signed_in(other), "/agencies/succession/", **ASKED).status_code == 404


def test_an_agency_is_opened_below_another(here):
    fields = {
        "code": "SNV-12", "name": "Sở Nội vụ tỉnh Lai Châu", "sort": "department", "side": "state",
        "level": "province", "kind": "administrative", "parent": "UBND-12", "on": JULY,
    }  # fmt: skip
    assert fill(signed_in(here.sen), "/en/agencies/open/", **fields).status_code == 302
    above = agency_queries.ancestors(
        Agency.objects.get(code="SNV-12").pk, RelationKind.ADMINISTRATIVE, AsOf(date(2025, 7, 1))
    )
    assert above[0] == here.lai_chau


def test_names_are_amended(here):
    fill(signed_in(here.sen), "/en/agencies/UBND-12/names/", aliases="UBND LC\n", name_en="Lai Chau")
    here.lai_chau.refresh_from_db()
    assert (here.lai_chau.aliases, here.lai_chau.name_en) == (["UBND LC"], "Lai Chau")


def test_an_agency_is_put_below_another_and_past_days_keep_the_old(here):
    fields = {"kind": "administrative", "parent": "UBND-33", "on": JULY}
    fill(signed_in(here.sen), "/en/agencies/UBND-03388/place/", **fields)
    rows = Relation.objects.filter(child=here.doan_ket).order_by("opened_on")
    assert [row.parent for row in rows] == [here.lai_chau, here.hung_yen]


class TestSuccession:
    def preview(self, here, **more):
        return fill(signed_in(here.sen), "/en/agencies/succession/", **{**ASKED, **more})

    @covers("1.08")
    def test_a_preview_says_how_much_and_does_nothing(self, here):
        given(here)
        shown = text_of(self.preview(here))
        assert "open assignments that move to a successor 1" in shown
        assert not Succession.objects.exists()

    @covers("1.08")
    def test_confirmed_it_is_done(self, here):
        row = given(here)
        seen = self.preview(here)
        sent = {**ASKED, "once": key_of(seen), "mark": seen.context["seen"].mark}
        answer = signed_in(here.sen).post("/en/agencies/succession/", sent)
        assert answer.url == "/en/agencies/UBND-99/"
        assert wording(row).lead_id == Agency.objects.get(code="UBND-99").pk
        assert set(CapacityChange.objects.values_list("by", flat=True)) == {here.sen.pk}

    @covers("1.08")
    def test_what_changed_meanwhile_is_shown_before_it_can_be_confirmed(self, here):
        seen = self.preview(here)
        given(here)
        sent = {**ASKED, "once": key_of(seen), "mark": seen.context["seen"].mark}
        shown = text_of(signed_in(here.sen).post("/en/agencies/succession/", sent))
        assert "has changed since it was previewed" in shown
        assert not Succession.objects.exists()

    @covers("1.08")
    def test_a_split_names_what_has_to_be_chosen_and_cannot_be_confirmed_before(self, here):
        row = given(here)
        split = {"kind": "split", "ends": "UBND-12", "opens": "UBND-98 | Một\nUBND-99 | Hai"}
        shown = self.preview(here, **split)
        assert "Choose a successor for 1 assignment" in text_of(shown)
        assert "Carry it out" not in text_of(shown)
        chosen = self.preview(here, **split, duties=f"{row.pk} = UBND-99", rest="UBND-98")
        assert "Carry it out" in text_of(chosen)

    def test_what_is_asked_for_can_be_changed(self, here):
        shown = self.preview(here, change="1")
        assert "Show the preview" in text_of(shown)
        assert "202/2025/QH15" in shown.content.decode()

    def test_the_preview_takes_the_same_statements_for_any_number(self, here, django_assert_max_num_queries):
        given(here)
        given(here)
        client = signed_in(here.sen)
        with django_assert_max_num_queries(28):
            client.post("/en/agencies/succession/", ASKED)


@covers("2.04", "2.06")
def test_the_page_of_an_agency_leads_to_signal_and_demand_for_those_who_may(here):
    inspector = person("dung", here.government, Role.INSPECTOR)
    address = f"/en/agencies/{here.lai_chau.code}/"
    pages = [signed_in(who).get(address).content.decode() for who in (here.an, inspector, here.binh)]
    assert [f"{address}signal/" in page for page in pages] == [True, False, False]
    assert [f"{address}demand/" in page for page in pages] == [False, True, False]
    outage = actions.open_outage(
        reach=Reach(agency=here.lai_chau), reason="Bão", opened_on=date(2025, 6, 10), by=here.an, at=JUNE
    )
    page = signed_in(here.an).get(address).content.decode()
    assert f"/en/outages/{outage.pk}/end/" in page
    assert f"{address}signal/" not in page
