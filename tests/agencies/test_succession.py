"""A merger, a split, a renaming: previewed, then carried out; past days keep the old map."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.agencies import factory
from tests.marks import covers
from thuocdo.agencies import actions, queries, spans
from thuocdo.agencies.enums import AgencyKind, Level, RelationKind, Side, SuccessionKind
from thuocdo.agencies.models import Agency, Succession
from thuocdo.agencies.rules.opening import NewAgency
from thuocdo.agencies.rules.succession import Wish
from thuocdo.audit.models import Entry
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Refused

pytestmark = pytest.mark.django_db
ADMINISTRATIVE = RelationKind.ADMINISTRATIVE
JULY = date(2025, 7, 1)
JUNE = JULY - timedelta(days=1)
LATER = factory.FIRST_MOMENT + timedelta(days=180)


def new(code: str, name: str) -> NewAgency:
    return NewAgency(
        code=code, name=name, kind=AgencyKind.PEOPLES_COMMITTEE, side=Side.STATE, level=Level.PROVINCE,
        opened_on=JULY,
    )  # fmt: skip


MERGER = Wish(
    SuccessionKind.MERGER,
    JULY,
    "202/2025/QH15",
    ("UBND-12", "UBND-33"),
    (new("UBND-99-2025", "UBND tỉnh Mới"),),
)


def below(code: str, day: date, kind: RelationKind = ADMINISTRATIVE) -> set[str]:
    top = Agency.objects.get(code=code)
    return {one.code for one in Agency.objects.below([top.pk], kind, AsOf(day))}


def carry_out(wish: Wish) -> list[Succession]:
    return actions.succeed(plan=queries.plan_succession(wish), by=None, at=LATER)


@covers("1.08")
def test_a_preview_names_what_closes_opens_moves(django_assert_num_queries):
    factory.world()
    with django_assert_num_queries(2):
        plan = queries.plan_succession(MERGER)
    assert [party.code for party in plan.closes] == ["UBND-12", "UBND-33"]
    assert {(row.child, row.parent) for row in plan.placed} == {
        ("UBND-99-2025", "CP"), ("UBND-03388", "UBND-99-2025"), ("UBND-11953", "UBND-99-2025"),
        ("SKHCN-12", "UBND-99-2025"), ("DUUBND-12", "UBND-99-2025"),
    }  # fmt: skip
    assert not plan.problems


@covers("1.08")
def test_a_preview_changes_nothing():
    factory.world()
    before = spans.digest(), Entry.objects.count()
    queries.plan_succession(MERGER)
    assert (spans.digest(), Entry.objects.count()) == before


@covers("1.08")
def test_after_a_merger_all_stand_below_the_successor():
    factory.world()
    carry_out(MERGER)
    branch = {"UBND-99-2025", "UBND-03388", "UBND-11953", "SKHCN-12", "DUUBND-12"}
    assert below("UBND-99-2025", JULY) == branch
    assert below("CP", JULY) == branch | {"CP", "BKHCN"}


@covers("1.08", "1.19")
def test_past_days_keep_the_old_map():
    factory.world()
    before = below("CP", JUNE)
    carry_out(MERGER)
    assert below("CP", JUNE) == before
    assert below("UBND-12", JUNE) == {"UBND-12", "UBND-03388", "SKHCN-12", "DUUBND-12"}


@covers("1.08")
def test_the_successor_is_found_from_the_predecessor():
    world = factory.world()
    carry_out(MERGER)
    assert [one.code for one in queries.successors_of(world.lai_chau.pk, AsOf(JULY))] == ["UBND-99-2025"]
    assert [one.code for one in queries.successors_of(world.lai_chau.pk, AsOf(JUNE))] == ["UBND-12"]


@covers("1.08")
def test_a_chain_of_successions_is_followed():
    world = factory.world()
    carry_out(MERGER)
    august = date(2025, 8, 1)
    renaming = Wish(
        SuccessionKind.RENAMING, august, "1/NQ-CP", ("UBND-99-2025",),
        (replace(new("UBND-98-2025", "UBND tỉnh Mới hơn"), opened_on=august),),
    )  # fmt: skip
    carry_out(renaming)
    assert [one.code for one in queries.successors_of(world.hung_yen.pk, AsOf(august))] == ["UBND-98-2025"]
    assert "SKHCN-12" in below("UBND-98-2025", august)


@covers("1.08")
def test_a_merger_into_a_body_that_exists():
    factory.world()
    carry_out(Wish(SuccessionKind.MERGER, JULY, "202/2025/QH15", ("UBND-12",), joins=("UBND-33",)))
    assert "SKHCN-12" in below("UBND-33", JULY)
    assert below("CP", JULY) >= {"UBND-33", "UBND-03388"}


@covers("1.08")
def test_a_split_gives_each_child_to_its_heir():
    factory.world()
    parts = (new("A-2025", "Phần A"), new("B-2025", "Phần B"))
    heirs = (("SKHCN-12", "B-2025"),)
    carry_out(Wish(SuccessionKind.SPLIT, JULY, "202/2025/QH15", ("UBND-12",), parts, heirs=heirs))
    assert below("B-2025", JULY) == {"B-2025", "SKHCN-12"}
    assert below("A-2025", JULY) == {"A-2025", "UBND-03388", "DUUBND-12"}


@covers("1.07")
def test_relations_of_other_kinds_stay():
    factory.world()
    carry_out(MERGER)
    assert below("BKHCN", JULY, RelationKind.VERTICAL) == {"BKHCN", "SKHCN-12"}
    assert below("TU-12", JULY, RelationKind.PARTY) == {"TU-12", "DUUBND-12"}


@covers("1.08", "1.20")
def test_a_rebuild_after_a_succession_gives_the_same_digest():
    factory.world()
    carry_out(MERGER)
    before = spans.digest()
    spans.rebuild()
    assert spans.digest() == before


def test_a_preview_grown_old_is_refused():
    world = factory.world()
    plan = queries.plan_succession(MERGER)
    actions.move(
        kind=ADMINISTRATIVE, child=world.department, parent=world.ministry, on=JUNE, by=None, at=LATER
    )
    with pytest.raises(Refused, match="preview it again"):
        actions.succeed(plan=plan, by=None, at=LATER)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"kind": "split"}, "one agency becomes several"),
        ({"kind": "renaming"}, "one new agency"),
        ({"basis": " "}, "The act that orders it is missing"),
        ({"ends": ("UBND-12", "UBND-77")}, "No agency has the code UBND-77"),
        ({"ends": ("UBND-12",)}, "several agencies become one"),
        ({"on": date(2025, 8, 1)}, "must open on the day of the change"),
        ({"on": date(2024, 8, 1)}, "cannot end before it began"),
        ({"opens": (new("UBND-12", "Một"),)}, "cannot succeed itself"),
        ({"opens": (new("CP", "Một"),)}, "The code CP is already taken"),
        ({"opens": (new("ubnd", "Một"),)}, "is no code"),
        ({"heirs": (("SKHCN-12", "CP"),)}, "CP is not among the successors"),
        ({"opens": (), "joins": ("X",)}, "No agency has the code X"),
    ],
)
def test_what_cannot_be_is_said(change, problem):
    factory.world()
    before = Entry.objects.count()
    with pytest.raises(Refused, match=problem):
        carry_out(replace(MERGER, **change))
    assert Entry.objects.count() == before


def test_what_has_ended_is_not_merged_again():
    factory.world()
    carry_out(MERGER)
    with pytest.raises(Refused, match="already ended"):
        carry_out(replace(MERGER, opens=(new("UBND-97-2025", "Khác"),)))
