"""Reads of the trees in a fixed number of statements."""

from datetime import timedelta

import pytest

from tests.agencies import factory
from tests.marks import covers
from thuocdo.agencies import actions, queries
from thuocdo.agencies.enums import RelationKind, Side
from thuocdo.agencies.models import Agency
from thuocdo.lib.moments import AsOf

pytestmark = pytest.mark.django_db
TODAY = AsOf(factory.FIRST_DAY)
ADMINISTRATIVE = RelationKind.ADMINISTRATIVE


def test_a_subtree_holds_its_top(django_assert_num_queries):
    world = factory.world()
    with django_assert_num_queries(1):
        found = queries.subtree_ids([world.lai_chau.pk, world.pho_hien.pk], ADMINISTRATIVE, TODAY)
    branch = (world.lai_chau, world.doan_ket, world.department, world.party_of_committee, world.pho_hien)
    assert found == {one.pk for one in branch}


def test_an_agency_alone_is_its_own_subtree_in_every_kind():
    alone = factory.agency("X")
    assert all(queries.subtree_ids([alone.pk], kind, TODAY) == {alone.pk} for kind in RelationKind)


def test_the_nearest_ancestor_comes_first(django_assert_num_queries):
    world = factory.world()
    with django_assert_num_queries(1):
        above = queries.ancestors(world.doan_ket.pk, ADMINISTRATIVE, TODAY)
    assert above == [world.lai_chau, world.government]


def test_children_are_one_step_below():
    world = factory.world()
    found = queries.children(world.government.pk, ADMINISTRATIVE, TODAY)
    assert set(found) == {world.ministry, world.lai_chau, world.hung_yen}


@covers("1.07")
def test_localities_go_by_side():
    world = factory.world()
    assert queries.localities(Side.STATE, TODAY) == [world.lai_chau, world.hung_yen]
    assert queries.localities(Side.PARTY, TODAY) == [world.party_lai_chau, world.party_hung_yen]
    assert queries.localities(Side.FRONT, TODAY) == []


def test_issuers_by_the_letters_of_a_symbol():
    world = factory.world()
    assert queries.issuers("BKHCN", TODAY) == [world.ministry]


def test_before_it_was_recorded_nothing_was_known():
    world = factory.world()
    early = AsOf(factory.FIRST_DAY, factory.FIRST_MOMENT - timedelta(hours=1))
    assert queries.subtree_ids([world.government.pk], ADMINISTRATIVE, early) == set()
    assert queries.name_index_entries(early) == []


def test_names_follow_what_was_known_of_an_end():
    world = factory.world()
    later = factory.FIRST_MOMENT + timedelta(days=9)
    actions.close_agency(agency=world.doan_ket, closed_on=factory.FIRST_DAY, by=None, at=later)
    for known in (None, factory.FIRST_MOMENT, later):
        as_of = AsOf(factory.FIRST_DAY, known)
        alive = set(Agency.objects.alive(as_of).values_list("pk", flat=True))
        assert {entry.agency_id for entry in queries.name_index_entries(as_of)} == alive
