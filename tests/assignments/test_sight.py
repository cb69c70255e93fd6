"""Lists and figures read spans, pages read assignments: whoever reads, both show the same ones."""

from datetime import date

import pytest

from tests.assignments.factory import given, person, world
from tests.assignments.test_succession import MERGER, both, carry_out
from tests.marks import covers
from thuocdo.accounts.enums import Role
from thuocdo.accounts.permissions import PUBLIC, reader_of
from thuocdo.agencies.models import Agency
from thuocdo.assignments.models import Assignment
from thuocdo.assignments.permissions import visible
from thuocdo.assignments.queries import exporting, listing
from thuocdo.assignments.queries.sight import sight_of
from thuocdo.assignments.queries.status import standing
from thuocdo.lib.moments import AsOf

pytestmark = pytest.mark.django_db
TODAY = date(2025, 7, 20)
PLACES = ("government", "office", "ministry", "lai_chau", "hung_yen", "doan_ket", "department")


def seen_both_ways(reader, day=TODAY) -> tuple[set[int], set[int]]:
    by_span = standing(AsOf(day)).filter(sight_of(reader).spans()).values_list("assignment", flat=True)
    by_row = Assignment.objects.given().filter(visible(reader), lead__isnull=False)
    return set(by_span), set(by_row.values_list("pk", flat=True))


@covers("1.29")
@pytest.mark.parametrize("role", Role)
def test_the_same_assignments_by_spans_and_by_rows(role):
    here = world()
    both(here)
    given(here, lead=here.hung_yen)
    for place in PLACES:
        by_span, by_row = seen_both_ways(reader_of(person(place, getattr(here, place), role), TODAY))
        assert by_span == by_row, place


def test_the_public_sees_neither_of_what_is_not_public():
    both(world())
    assert seen_both_ways(PUBLIC) == (set(), set())


@covers("1.08", "1.29")
def test_the_successor_sees_past_days_of_what_it_took_over():
    here = world()
    row, child = both(here)
    carry_out(MERGER)
    reader = reader_of(person("moi", Agency.objects.get(code="UBND-99"), Role.FOCAL), TODAY)
    assert {row.pk, child.pk} <= seen_both_ways(reader, date(2025, 5, 1))[0]


@covers("1.29")
@pytest.mark.parametrize("place", ["ministry", "lai_chau", "office"])
def test_whoever_sees_a_row_as_their_own_sees_who_leads_it(place):
    """Also a coordinator, who is no part of the span."""
    here = world()
    given(here, coordinators=(here.ministry,))
    sight = sight_of(reader_of(person(place, getattr(here, place), Role.FOCAL), TODAY))
    (row,) = listing.rows(standing(AsOf(TODAY)).filter(sight.spans()), sight, AsOf(TODAY))
    assert (row.lead, row.has_results) == (here.lai_chau, True)
    (cells,) = exporting.records(standing(AsOf(TODAY)), sight, AsOf(TODAY), ("lead", "person"))
    assert cells == ["UBND tỉnh Lai Châu", "Chủ tịch UBND tỉnh Nguyễn Văn Mẫu"]
