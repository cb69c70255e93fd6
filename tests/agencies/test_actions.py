"""Agencies are opened, put below each other, moved; the closure follows."""

import random
from datetime import date, datetime, timedelta

import pytest

from tests.agencies import factory
from tests.marks import covers
from thuocdo.agencies import actions, spans
from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Agency, Closure, Relation
from thuocdo.audit.models import Entry
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Refused

pytestmark = pytest.mark.django_db
ADMINISTRATIVE, PARTY, VERTICAL = RelationKind.ADMINISTRATIVE, RelationKind.PARTY, RelationKind.VERTICAL
LATER = factory.FIRST_MOMENT + timedelta(days=60)
SPRING, AUTUMN = date(2025, 2, 1), date(2025, 9, 1)


def codes(top: Agency, kind: RelationKind, day: date = AUTUMN, known: datetime | None = None) -> set[str]:
    found = Agency.objects.below([top.pk], kind, AsOf(day, known))
    return set(found.values_list("code", flat=True))


@covers("1.07")
def test_a_department_stands_in_two_trees():
    world = factory.world()
    assert "SKHCN-12" in codes(world.lai_chau, ADMINISTRATIVE)
    assert codes(world.ministry, VERTICAL) == {"BKHCN", "SKHCN-12"}


@covers("1.07")
def test_the_party_committee_of_the_peoples_committee_stands_in_both_trees():
    world = factory.world()
    assert codes(world.party_lai_chau, PARTY) == {"TU-12", "DUUBND-12"}
    assert "DUUBND-12" in codes(world.lai_chau, ADMINISTRATIVE)


@covers("1.07")
def test_any_depth():
    below = factory.agency("A0")
    for depth in range(1, 9):
        below = factory.agency(f"A{depth}", below=below)
    assert len(codes(Agency.objects.get(code="A0"), ADMINISTRATIVE)) == 9


@covers("1.07", "1.19")
def test_a_move_keeps_past_days_and_past_knowledge():
    world = factory.world()
    actions.move(
        kind=ADMINISTRATIVE, child=world.department, parent=world.hung_yen, on=AUTUMN, by=None, at=LATER
    )
    assert "SKHCN-12" in codes(world.hung_yen, ADMINISTRATIVE, AUTUMN)
    assert "SKHCN-12" in codes(world.lai_chau, ADMINISTRATIVE, SPRING)
    assert "SKHCN-12" in codes(world.lai_chau, ADMINISTRATIVE, AUTUMN, known=factory.FIRST_MOMENT)
    assert "SKHCN-12" not in codes(world.lai_chau, ADMINISTRATIVE, AUTUMN)


def test_a_move_takes_the_branch_along():
    world = factory.world()
    actions.move(
        kind=ADMINISTRATIVE, child=world.lai_chau, parent=world.hung_yen, on=AUTUMN, by=None, at=LATER
    )
    assert {"UBND-12", "SKHCN-12", "UBND-03388"} <= codes(world.hung_yen, ADMINISTRATIVE)


def test_only_the_branch_is_written():
    world = factory.world()
    actions.move(
        kind=ADMINISTRATIVE, child=world.department, parent=world.hung_yen, on=AUTUMN, by=None, at=LATER
    )
    assert set(Closure.objects.filter(known_from=LATER).values_list("descendant__code", flat=True)) == {
        "SKHCN-12"
    }


def test_a_loop_is_refused_and_nothing_written():
    world = factory.world()
    before = spans.digest(), Relation.objects.count(), Entry.objects.count()
    with pytest.raises(Refused, match="Chính phủ → UBND phường Đoàn Kết → UBND tỉnh Lai Châu → Chính phủ"):
        factory.relate(world.government, world.doan_ket, at=LATER)
    assert (spans.digest(), Relation.objects.count(), Entry.objects.count()) == before


def test_a_second_parent_the_same_day_is_refused():
    world = factory.world()
    with pytest.raises(Refused, match="already stands below Chính phủ"):
        factory.relate(world.lai_chau, world.hung_yen, at=LATER)


def test_nothing_stands_below_an_agency_before_it_opens():
    world = factory.world()
    with pytest.raises(Refused, match="does not exist on 2024-12-31"):
        factory.relate(world.ministry, world.hung_yen, kind=PARTY, on=date(2024, 12, 31), at=LATER)


def test_a_code_is_taken_once():
    factory.agency("CP")
    with pytest.raises(Refused, match="already taken"):
        factory.agency("CP")


def test_an_annulled_relation_never_held():
    world = factory.world()
    relation = Relation.objects.get(child=world.department, kind=VERTICAL)
    actions.close_relation(relation=relation, closed_on=relation.opened_on, by=None, at=LATER)
    assert codes(world.ministry, VERTICAL, SPRING) == {"BKHCN"}
    assert codes(world.ministry, VERTICAL, SPRING, known=factory.FIRST_MOMENT) == {"BKHCN", "SKHCN-12"}
    assert factory.relate(world.department, world.ministry, kind=VERTICAL, at=LATER)


def test_what_ended_stays_ended():
    world = factory.world()
    relation = Relation.objects.get(child=world.department, kind=VERTICAL)
    actions.close_relation(relation=relation, closed_on=AUTUMN, by=None, at=LATER)
    with pytest.raises(Refused, match="already ended"):
        actions.close_relation(relation=relation, closed_on=SPRING, by=None, at=LATER)


def test_recording_before_what_is_recorded_is_refused():
    world = factory.world(LATER)
    with pytest.raises(Refused, match="cannot be recorded before"):
        actions.close_agency(agency=world.doan_ket, closed_on=AUTUMN, by=None, at=factory.FIRST_MOMENT)


def test_a_closed_agency_is_gone_from_that_day():
    world = factory.world()
    actions.close_agency(agency=world.doan_ket, closed_on=AUTUMN, by=None, at=LATER)
    assert "UBND-03388" not in codes(world.government, ADMINISTRATIVE, AUTUMN)
    assert "UBND-03388" in codes(world.government, ADMINISTRATIVE, AUTUMN - timedelta(days=1))


def test_an_agency_with_others_below_it_is_not_closed():
    world = factory.world()
    with pytest.raises(Refused, match="still stand below"):
        actions.close_agency(agency=world.lai_chau, closed_on=AUTUMN, by=None, at=LATER)


def test_aliases_are_found_without_marks():
    world = factory.world()
    actions.amend_agency(
        agency=world.ministry,
        aliases=["KHCN", "Bộ KH&CN"],
        translations={"de": "Wissenschaft"},
        by=None,
        at=LATER,
    )
    assert world.ministry.names_folded.splitlines() == [
        "bo khoa hoc va cong nghe", "wissenschaft", "khcn", "bo kh&cn", "bkhcn"
    ]  # fmt: skip


@covers("1.22")
def test_every_change_has_its_entry():
    world = factory.world()
    actions.move(
        kind=ADMINISTRATIVE, child=world.department, parent=world.hung_yen, on=AUTUMN, by=None, at=LATER
    )
    assert list(Entry.objects.filter(at=LATER).order_by("id").values_list("verb", flat=True)) == [
        "relation.closed", "relation.opened"
    ]  # fmt: skip


@covers("1.20")
@pytest.mark.parametrize("seed", range(6))
def test_a_rebuild_gives_the_same_digest_after_any_series(seed):

    chance = random.Random(seed)
    world = list(vars(factory.world()).values())
    for step in range(25):
        child, parent = chance.sample(world, 2)
        kind = chance.choice([ADMINISTRATIVE, PARTY])
        on, at = date(2025, 1, 1 + step), factory.FIRST_MOMENT + timedelta(hours=step // 2)
        try:
            actions.move(kind=kind, child=child, parent=parent, on=on, by=None, at=at)
        except Refused:
            continue
    before = spans.digest()
    assert Closure.objects.exclude(known_from=factory.FIRST_MOMENT).exists()
    spans.rebuild()
    assert spans.digest() == before
