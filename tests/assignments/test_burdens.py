"""Waiting, difficulties, resources, and the numbers of other systems."""

from datetime import date
from decimal import Decimal

import pytest

from tests.assignments.factory import JUNE, given, world
from tests.marks import covers
from thuocdo.assignments import actions
from thuocdo.assignments.enums import DifficultyClass, ResourceKind
from thuocdo.assignments.models import Difficulty, ForeignNumber, Hold, Resource, Span
from thuocdo.assignments.terms import Amount, Obstacle
from thuocdo.audit.models import Entry
from thuocdo.lib.moments import DAY_MAX, MOMENT_MAX
from thuocdo.lib.say import Refused

pytestmark = pytest.mark.django_db
OPENED = date(2025, 5, 5)
CLOSED = date(2025, 6, 5)
AHEAD = date(2025, 6, 21)


def hold(here, row, **more):
    facts = {"agency": here.ministry, "reason": "Chờ hướng dẫn", "opened_on": OPENED, "by": here.an, **more}
    return actions.open_hold(assignment=row, at=JUNE, **facts)


def now(row) -> Span:
    return Span.objects.get(assignment=row, valid_to=DAY_MAX, known_to=MOMENT_MAX)


def test_the_lead_waits_and_waits_no_more():
    here = world()
    row = given(here)
    waiting = hold(here, row)
    assert now(row).waits_for_id == here.ministry.pk
    actions.close_hold(hold=waiting, closed_on=CLOSED, by=here.an, at=JUNE)
    assert now(row).waits_for_id is None


def test_a_hold_never_moves_the_limit():
    here = world()
    row = given(here)
    limit = now(row).limit_on
    hold(here, row)
    assert now(row).limit_on == limit


@pytest.mark.parametrize("more", [{"reason": " "}, {"opened_on": AHEAD}, {"opened_on": date(2025, 3, 1)}])
def test_a_hold_that_cannot_be(more):
    here = world()
    with pytest.raises(Refused):
        hold(here, given(here), **more)
    assert not Hold.objects.exists()


def test_one_agency_is_waited_for_once_at_a_time():
    here = world()
    row = given(here)
    hold(here, row)
    with pytest.raises(Refused, match="already waits"):
        hold(here, row)


@pytest.mark.parametrize("closed_on", [date(2025, 5, 4), AHEAD])
def test_a_hold_ends_neither_before_it_began_nor_ahead_of_time(closed_on):
    here = world()
    waiting = hold(here, given(here))
    with pytest.raises(Refused):
        actions.close_hold(hold=waiting, closed_on=closed_on, by=here.an, at=JUNE)


def test_a_hold_ends_once():
    here = world()
    waiting = hold(here, given(here))
    actions.close_hold(hold=waiting, closed_on=CLOSED, by=here.an, at=JUNE)
    with pytest.raises(Refused, match="already ended"):
        actions.close_hold(hold=waiting, closed_on=CLOSED, by=here.an, at=JUNE)


def obstacle(here, row, **more):
    facts = {"owner": here.ministry, "assignment": row, **more}
    return Obstacle(here.lai_chau, DifficultyClass.INSTITUTIONS, "Chưa có tiêu chuẩn", **facts)


def test_a_difficulty_names_who_has_to_remove_it():
    here = world()
    made = actions.open_difficulty(
        obstacle=obstacle(here, given(here)), opened_on=OPENED, by=here.an, at=JUNE
    )
    assert (made.agency, made.owner) == (here.lai_chau, here.ministry)


def test_a_difficulty_is_removed_and_stays_on_record():
    here = world()
    made = actions.open_difficulty(
        obstacle=obstacle(here, given(here)), opened_on=OPENED, by=here.an, at=JUNE
    )
    actions.remove_difficulty(difficulty=made, closed_on=CLOSED, by=here.an, at=JUNE)
    kept = Difficulty.objects.get()
    assert (kept.closed_on, kept.closed_recorded_at) == (CLOSED, JUNE)
    assert Entry.objects.filter(verb="difficulty.removed").get().new["closed_on"] == "2025-06-05"


def test_a_difficulty_may_weigh_on_an_agency_without_one_assignment():
    here = world()
    made = actions.open_difficulty(obstacle=obstacle(here, None), opened_on=OPENED, by=None, at=JUNE)
    assert made.assignment is None


@covers("1.14")
def test_money_is_a_dated_fact_with_its_source():
    here = world()
    made = actions.add_resource(
        assignment=given(here),
        kind=ResourceKind.ALLOCATED,
        amount=Amount(Decimal("1500000000"), "VND", "Quyết định 12/QĐ-UBND"),
        happened_on=OPENED,
        by=here.an,
        at=JUNE,
    )
    assert (made.amount, made.source_text) == (Decimal("1500000000"), "Quyết định 12/QĐ-UBND")


@pytest.mark.parametrize("amount", [Amount(Decimal(-1), "VND"), Amount(Decimal(1), " ")])
def test_an_amount_has_a_unit_and_is_not_negative(amount):
    here = world()
    with pytest.raises(Refused):
        actions.add_resource(
            assignment=given(here),
            kind=ResourceKind.ASKED,
            amount=amount,
            happened_on=OPENED,
            by=None,
            at=JUNE,
        )
    assert not Resource.objects.exists()


def enter(row, number="57-001", **more):
    facts = {"system": "nq57.vn", "entered_on": CLOSED, "by": None, "at": JUNE, **more}
    return actions.enter_foreign_number(assignment=row, number=number, **facts)


@covers("1.15")
def test_a_number_of_another_system_is_entered_with_its_day():
    row = given(world())
    assert enter(row).entered_on == CLOSED


@covers("1.15")
def test_a_number_entered_again_stands_after_the_old():
    row = given(world())
    enter(row)
    enter(row, "57-002")
    entries = Entry.objects.filter(verb="number.entered").order_by("pk")
    assert [one.number for one in ForeignNumber.objects.order_by("pk")] == ["57-001", "57-002"]
    assert [one.new["number"] for one in entries] == ["57-001", "57-002"]


@pytest.mark.parametrize("more", [{"number": " "}, {"system": ""}, {"entered_on": AHEAD}])
def test_a_number_that_cannot_be(more):
    row = given(world())
    with pytest.raises(Refused):
        enter(row, **more)
    assert not ForeignNumber.objects.exists()
