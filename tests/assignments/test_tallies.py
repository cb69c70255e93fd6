"""Counts from a tally and what changed since are those of the spans themselves (1.32)."""

from datetime import timedelta

import pytest

from tests.assignments.factory import JULY, JUNE, given, world
from tests.assignments.test_walk import Walk
from tests.directives import factory as directives
from tests.marks import covers
from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.assignments import spans
from thuocdo.assignments.models import Taken
from thuocdo.assignments.queries import counts, tallies
from thuocdo.assignments.queries.counts import Scope
from thuocdo.assignments.queries.sight import EVERYTHING, Sight
from thuocdo.lib.moments import AsOf, day_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return world()


def both(scope, sight, day):
    """(by the tally, by the spans): the table and the shares."""
    kept = tallies.taken(scope, AsOf(day))
    parts, shares = tallies.counted(kept, scope, sight, 12)
    spans = counts.counted(scope, sight, AsOf(day))
    named = counts.parts(spans.filter(sight.spans(naming=True)), day)
    return (plain(parts), shares), (plain(counts.parts(spans, day)), counts.shares(named, 12))


def plain(parts):
    """The table of the parts; a status that nothing has left is as one that nothing ever had."""
    table = counts.table(parts)
    numbers = [
        {one: n for one, n in series.by_status.items() if n} for series in (table.declared, table.confirmed)
    ]
    return numbers, table.declared.assigned, table.confirmed.assigned, table.key, table.due, table.came_later


@covers("1.20", "1.32")
@pytest.mark.parametrize("seed", range(6))
def test_after_any_actions_the_tally_says_what_the_spans_say(here, seed):
    walk = Walk(here, seed)
    walk.run = [walk.step() for _ in range(25)]
    day = day_of(walk.at) + timedelta(days=walk.dice.choice([-20, 0, 3]))
    spans.take_tallies(day, at=walk.at)
    walk.at += timedelta(minutes=1)
    steps = 0
    while Taken.objects.exists() and steps < 25:
        steps += walk.step()
        if Taken.objects.exists():
            by_tally, by_spans = both(Scope(), EVERYTHING, day)
            assert by_tally == by_spans
    assert steps > 5


def test_a_fact_recorded_earlier_takes_the_tally_away(here):
    spans.take_tallies(day_of(JULY), at=JULY)
    given(here)  # at JUNE
    assert tallies.taken(Scope(), AsOf(day_of(JULY))) is None


def test_it_answers_for_its_day_and_for_all_that_is_known(here):
    spans.take_tallies(day_of(JULY), at=JULY)
    asked = [AsOf(day_of(JULY)), AsOf(day_of(JUNE)), AsOf(day_of(JULY), JUNE)]
    assert [tallies.taken(Scope(), one) is not None for one in asked] == [True, False, False]


def test_a_rebuild_takes_the_tallies_away(here):
    spans.take_tallies(day_of(JULY), at=JULY)
    spans.rebuild()
    assert not Taken.objects.exists()


@covers("1.27")
def test_a_reader_counts_what_is_public_and_their_own(here):
    given(here)
    here.obligation = directives.obligation(directives.directive("88/NQ-CP", issuer=here.government))
    other = given(here, lead=here.hung_yen)
    spans.take_tallies(day_of(JULY), at=JULY)
    found = []
    lai_chau = Reader(reach={Permission.READ_OWN: frozenset({here.lai_chau.pk})})
    one, none = frozenset({other.directive_id}), frozenset()
    for sight in [
        Sight(Reader(), one, one), Sight(lai_chau, one, one), Sight(lai_chau, one, none),
        Sight(lai_chau), Sight(Reader(), one, none), Sight(Reader()),
    ]:  # fmt: skip
        by_tally, by_spans = both(Scope(), sight, day_of(JULY))
        assert by_tally == by_spans
        found.append(by_tally[0][1])
    assert found == [1, 2, 2, 1, 1, 0]
