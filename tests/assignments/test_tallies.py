"""Counts from a tally and what changed since are those of the spans themselves (1.32)."""

from datetime import date, timedelta

import pytest

from tests.assignments.factory import JULY, JUNE, given, world
from tests.assignments.test_walk import Walk
from tests.directives import factory as directives
from tests.marks import covers
from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.assignments import spans, tallying
from thuocdo.assignments.models import Taken
from thuocdo.assignments.queries import counts, tallies
from thuocdo.assignments.queries.counts import Scope
from thuocdo.assignments.queries.sight import EVERYTHING, Sight
from thuocdo.assignments.queries.summing import Set, summed
from thuocdo.lib.moments import AsOf, day_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return world()


def both(scope, sight, day):
    """(by the tally, by the spans): the table and the shares."""
    kept = tallies.taken(scope, AsOf(day))
    spans = counts.counted(scope, sight, AsOf(day))
    named = counts.parts(spans.filter(sight.spans(naming=True)), day)
    sums = tallies.counted(kept, scope, sight, day, 12)
    return (plain(sums.parts), sums.shares), (plain(counts.parts(spans, day)), counts.shares(named, 12))


def plain(parts):
    """The table of the parts; a status that nothing has left is as one that nothing ever had."""
    table = counts.table(parts)
    numbers = [
        {one: n for one, n in series.by_status.items() if n} for series in (table.declared, table.confirmed)
    ]
    return numbers, table.declared.assigned, table.confirmed.assigned, table.key, table.due, table.came_later


def stands():
    """Whether there is a tally that may be used."""
    return Taken.objects.filter(ready=True, wrong=False).exists()


@covers("1.20", "1.32")
@pytest.mark.parametrize("seed", range(6))
def test_after_any_actions_the_tally_says_what_the_spans_say(here, seed):
    walk = Walk(here, seed)
    walk.run = [walk.step() for _ in range(25)]
    day = day_of(walk.at) + timedelta(days=walk.dice.choice([-20, 0, 3]))
    tallying.take(day, at=walk.at)
    walk.at += timedelta(minutes=1)
    steps = 0
    while stands() and steps < 25:
        steps += walk.step()
        for asked in (day, day + timedelta(days=walk.dice.randint(-15, 15))) if stands() else ():
            by_tally, by_spans = both(Scope(), EVERYTHING, asked)
            assert by_tally == by_spans
    assert steps > 5


@covers("1.16", "1.32")
@pytest.mark.parametrize("seed", range(4))
def test_sums_of_the_database_are_those_of_the_rule(here, seed):
    walk = Walk(here, seed)
    walk.run = [walk.step() for _ in range(40)]
    for days in (-60, -20, 0):
        day = day_of(walk.at) + timedelta(days=days)
        spans = counts.counted(Scope(), EVERYTHING, AsOf(day))
        sums = summed([Set(spans, day).sql()], 12)
        one_by_one = counts.parts(spans, day)
        assert (plain(sums.parts), sums.shares) == (plain(one_by_one), counts.shares(one_by_one, 12))


def test_a_fact_recorded_earlier_takes_the_tally_away(here):
    tallying.take(day_of(JULY), at=JULY)
    given(here)  # at JUNE
    assert tallies.taken(Scope(), AsOf(day_of(JULY))) is None


def test_a_fact_recorded_earlier_that_comes_during_the_count_spoils_it(here, monkeypatch):
    count = tallying._count
    monkeypatch.setattr(tallying, "_count", lambda day, at: (count(day, at), given(here))[0])
    assert (tallying.take(day_of(JULY), at=JULY), stands()) == (0, False)


def test_it_answers_for_the_days_around_and_for_all_that_is_known(here):
    tallying.take(day_of(JULY), at=JULY)
    asked = [
        AsOf(day_of(JULY)), AsOf(date(2025, 7, 9)), AsOf(day_of(JUNE)), AsOf(day_of(JULY), JUNE),
    ]  # fmt: skip
    assert [tallies.taken(Scope(), one) is not None for one in asked] == [True, True, False, False]


PAST = [(7, 11), (7, 1), (6, 21), (6, 11), (6, 1), (5, 21), (5, 11), (5, 1), (4, 21), (4, 11)]


def test_what_is_due_is_taken_once(here):
    given(here)
    today, tomorrow = day_of(JULY), day_of(JULY) + timedelta(days=1)
    taken = [day for day, _ in tallying.take_due(today, at=JULY, ahead=2)]
    assert taken == [today, tomorrow, *(date(2025, month, day) for month, day in PAST)]
    assert [day for day, _ in tallying.take_due(today, at=JULY + timedelta(days=1), ahead=1)] == [today]
    assert Taken.objects.count() == 1 + len(PAST)
    later = [day for day, _ in tallying.take_due(today, at=JULY + timedelta(days=8), ahead=1)]
    assert later == [today, *taken[2:]]


def test_a_rebuild_takes_the_tallies_away(here):
    tallying.take(day_of(JULY), at=JULY)
    spans.rebuild()
    assert not stands()


@covers("1.27")
def test_a_reader_counts_what_is_public_and_their_own(here):
    given(here)
    here.obligation = directives.obligation(directives.directive("88/NQ-CP", issuer=here.government))
    other = given(here, lead=here.hung_yen)
    tallying.take(day_of(JULY), at=JULY)
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
