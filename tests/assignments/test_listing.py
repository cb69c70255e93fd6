"""Lists that a question opens: late and without resources."""

from datetime import date
from decimal import Decimal

import pytest

from tests.assignments.factory import JULY, JUNE, given, world
from tests.marks import covers
from thuocdo.assignments import actions
from thuocdo.assignments.enums import ResourceKind
from thuocdo.assignments.queries import counts, listing
from thuocdo.assignments.queries.counts import Scope
from thuocdo.assignments.terms import Amount
from thuocdo.lib.moments import AsOf

pytestmark = pytest.mark.django_db

LATE_DAY = AsOf(date(2025, 7, 10))


def without(as_of):
    return [span.assignment_id for span in listing.without_resources(counts.spans_in(Scope(), as_of), as_of)]


def has(duty, kind, day):
    money = Amount(Decimal(34), "VND", "Tờ trình 12/TTr-UBND")
    actions.add_resource(assignment=duty, kind=kind, amount=money, happened_on=day, by=None, at=JULY)


@covers("1.14")
def test_money_asked_is_no_resource_yet():
    duty = given(world())
    has(duty, ResourceKind.ASKED, date(2025, 7, 1))
    assert without(LATE_DAY) == [duty.pk]


@covers("1.14")
def test_allocated_money_takes_it_off_the_list_from_its_day_on():
    duty = given(world())
    has(duty, ResourceKind.ALLOCATED, date(2025, 7, 5))
    assert without(AsOf(date(2025, 7, 4))) == [duty.pk]
    assert without(LATE_DAY) == []
    assert without(AsOf(date(2025, 7, 10), JUNE)) == [duty.pk]
