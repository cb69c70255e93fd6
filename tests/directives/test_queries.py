"""Reads over the register: cascade, publicity, tallies, finding by symbol; as of a day, as known."""

from datetime import date, timedelta

import pytest

from tests.agencies.factory import agency
from tests.directives.factory import ALL, FIRST_OF_APRIL, NINE, directive, obligation, provision, source
from tests.marks import covers
from thuocdo.directives import actions, queries
from thuocdo.directives.actions import Count, Shown
from thuocdo.directives.enums import DirectiveRelationKind as Kind
from thuocdo.directives.models import Directive
from thuocdo.lib.moments import AsOf

pytestmark = pytest.mark.django_db
TODAY = AsOf(date(2025, 9, 30))
LATER = NINE + timedelta(days=30)


def relate(row, kind, to, at=NINE):
    return actions.relate(directive=row, kind=kind, to=to, by=None, at=at)


@pytest.fixture
def chain():
    """Lâm Đồng's plan implements 71/NQ-CP, which amends 03/NQ-CP, which implements 57-NQ/TW."""
    party = directive("57-NQ/TW", issued_on=date(2024, 12, 22))
    first = directive("03/NQ-CP", issued_on=date(2025, 1, 9))
    government = directive("71/NQ-CP")
    plan = directive("1780/KH-UBND", issued_on=date(2025, 4, 25))
    relate(first, Kind.IMPLEMENTS, party)
    relate(government, Kind.AMENDS, first)
    relate(plan, Kind.IMPLEMENTS, government)
    return [party, first, government, plan]


def steps(links):
    return [(str(link.kind), link.far.symbol, link.depth) for link in links]


@covers("1.09")
def test_the_cascade_goes_up_and_down_to_any_depth(chain):
    cascade = queries.cascade(chain[2], Directive.objects.all(), TODAY)
    assert steps(cascade.above) == [("amends", "03/NQ-CP", 1), ("implements", "57-NQ/TW", 2)]
    assert steps(cascade.below) == [("implements", "1780/KH-UBND", 1)]


@covers("1.29")
def test_nothing_is_reached_through_a_text_that_may_not_be_read(chain):
    readable = Directive.objects.exclude(pk=chain[1].pk)
    assert queries.cascade(chain[2], readable, TODAY).above == ()


def test_a_loop_is_walked_once(chain):
    relate(chain[0], Kind.ADJUSTS_TO, chain[2])
    cascade = queries.cascade(chain[2], Directive.objects.all(), TODAY)
    assert [link.far.symbol for link in cascade.below].count("57-NQ/TW") == 1
    assert chain[2] not in [link.far for link in (*cascade.above, *cascade.below)]


def test_a_cascade_of_too_many_is_cut_to_the_nearest_and_says_so(chain, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 2)
    cascade = queries.cascade(chain[0], Directive.objects.all(), TODAY)
    assert cascade.is_cut
    assert [link.far.symbol for link in cascade.below] == ["03/NQ-CP", "71/NQ-CP"]


def test_the_cascade_takes_two_statements(chain, django_assert_num_queries):
    with django_assert_num_queries(2):
        queries.cascade(chain[0], Directive.objects.all(), TODAY)


@covers("1.19")
def test_the_cascade_of_a_past_day_has_no_later_texts(chain):
    cascade = queries.cascade(chain[2], Directive.objects.all(), AsOf(date(2025, 4, 24)))
    assert cascade.below == ()


@covers("1.19")
def test_a_relation_recorded_later_was_not_known(chain):
    other = directive("206/QĐ-TTg", issued_on=date(2024, 2, 28))
    relate(chain[2], Kind.BASED_ON, other, at=LATER)
    known = AsOf(TODAY.day, LATER - timedelta(seconds=1))
    symbols = [link.far.symbol for link in queries.cascade(chain[2], Directive.objects.all(), known).above]
    assert "206/QĐ-TTg" not in symbols
    assert "03/NQ-CP" in symbols


@covers("1.19")
def test_a_text_received_later_is_awaited_for_who_knew_less():
    row = directive(issued_on=None)
    actions.receive_awaited(directive=row, symbol="7/QĐ-TTg", issued_on=FIRST_OF_APRIL, by=None, at=LATER)
    known = AsOf(FIRST_OF_APRIL, NINE)
    assert (row.state_at(known), row.state_at(AsOf(FIRST_OF_APRIL))) == ("awaited", "issued")
    assert list(Directive.objects.awaited(known)) == [row]
    assert list(Directive.objects.issued(known)) == []
    assert list(Directive.objects.issued(AsOf(FIRST_OF_APRIL))) == [row]
    assert list(Directive.objects.awaited(AsOf(FIRST_OF_APRIL))) == []


@covers("1.27")
def test_publicity_is_the_last_decision_of_each(django_assert_num_queries):
    closed, open_, never = directive("1/NQ-CP", public=True), directive("2/NQ-CP", public=True), directive()
    actions.publish(
        directive=closed, shown=Shown(), withheld="Rà soát", decided_on=NINE.date(), by=None, at=NINE
    )
    with django_assert_num_queries(1):
        found = queries.publicity([closed.pk, open_.pk, never.pk])
    assert (found[closed.pk].shown, found[closed.pk].withheld) == (Shown(), "Rà soát")
    assert (found[open_.pk].shown, found[open_.pk].since) == (ALL, FIRST_OF_APRIL)
    assert (found[never.pk].shown, found[never.pk].since) == (Shown(), None)
    assert set(queries.public_aspects()) == {open_.pk}


@covers("1.09")
def test_duties_are_counted_and_the_key_ones_apart():
    key = obligation()
    obligation()
    provision(key.directive, "Điều 5")
    actions.mark_key(obligation=key, is_key=True, by=None, at=NINE)
    counted = queries.duties([key.directive_id], TODAY)[key.directive_id]
    assert counted == queries.Duties(provisions=3, without_obligation=1, obligations=2, key=1)


def test_duties_recorded_later_were_not_known():
    row = obligation(at=LATER)
    assert queries.duties([row.directive_id], AsOf(TODAY.day, NINE))[row.directive_id] == queries.Duties()


def printed(of, on, total, *parts, at=LATER):
    count = Count(of, source(str(on)), on, total, parts, "Nhiệm vụ được giao")
    return actions.record_tally(count=count, by=None, at=at).tally


@covers("1.21")
def test_printed_counts_come_with_their_problems_and_the_declared_standing(django_assert_num_queries):
    province = agency("UBND-12")
    printed(province, date(2025, 4, 1), 145, ("xong", 85), ("đang làm", 60))
    printed(province, date(2025, 4, 20), 145, ("xong", 85), ("đang làm", 50))
    with django_assert_num_queries(1):
        latest, first = queries.tallies([province.pk], TODAY)
    assert (len(latest.problems), first.problems) == (1, ())
    assert [part.count for part in first.parts] == [85, 60]
    assert {latest.standing, first.standing} == {"declared"}


@covers("1.19", "1.21")
@pytest.mark.parametrize(
    ("as_of", "count"), [(TODAY, 1), (AsOf(date(2025, 3, 31)), 0), (AsOf(TODAY.day, NINE), 0)]
)
def test_printed_counts_as_of_a_day_and_as_known(as_of, count):
    province = agency("UBND-12")
    printed(province, date(2025, 4, 1), 145)
    assert len(queries.tallies([province.pk], as_of)) == count


@covers("1.09")
def test_a_text_is_found_by_any_spelling_of_its_symbol():
    old, new = directive(issued_on=date(2016, 8, 5)), directive()
    assert queries.find_by_symbol("Nghị quyết số 71-NQ/CP") == [new, old]
    assert queries.find_by_symbol("71/NQ-CP", year=2016) == [old]
    assert queries.find_by_symbol("71-NQ/TW") == []
    assert queries.find_by_symbol("không có") == []
