"""Drafting, giving and receiving assignments."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.assignments.factory import CLEAR, GIVEN_ON, HEAD, JUNE, fanned_out, given, parties, world
from tests.marks import covers
from thuocdo.assignments import actions
from thuocdo.assignments.enums import Clear
from thuocdo.assignments.models import Assignment, Coordinator, Span
from thuocdo.assignments.rules import six_clears
from thuocdo.assignments.terms import Origin, Parties, Received, Terms, duty_of, terms_of
from thuocdo.audit.models import Entry
from thuocdo.lib.say import Refused

pytestmark = pytest.mark.django_db


def draft(here, terms=CLEAR, **more):
    return actions.draft(
        obligation=here.obligation, terms=terms, parties=parties(here, **more), by=here.chi, at=JUNE
    )


@covers("1.10")
def test_a_clear_draft_is_given():
    row = given(world())
    assert (row.given_on, row.given_recorded_at) == (GIVEN_ON, JUNE)


def test_giving_is_entered_in_the_log():
    row = given(world())
    verbs = Entry.objects.filter(table="assignments_assignment", row_id=str(row.pk)).order_by("pk")
    assert [entry.verb for entry in verbs] == ["assignment.drafted", "assignment.given"]


def test_what_is_given_has_a_span_and_a_draft_has_none():
    here = world()
    draft(here)
    row = given(here)
    assert set(Span.objects.values_list("assignment_id", flat=True)) == {row.pk}


@covers("1.10")
def test_an_unclear_draft_names_what_is_missing_and_stays_a_draft():
    here = world()
    row = draft(here, replace(CLEAR, signer=""), head=replace(HEAD, name=""))
    with pytest.raises(Refused, match="missing: person, authority"):
        actions.issue(assignment=row, given_on=GIVEN_ON, by=here.chi, at=JUNE)
    row.refresh_from_db()
    assert row.given_on is None


def test_a_draft_is_amended_until_it_is_clear():
    here = world()
    row = draft(here, replace(CLEAR, signer=""))
    actions.amend_draft(assignment=row, terms=CLEAR, parties=parties(here), by=here.chi, at=JUNE)
    assert actions.issue(assignment=row, given_on=GIVEN_ON, by=here.chi, at=JUNE).given_on == GIVEN_ON


def test_amending_replaces_the_coordinators():
    here = world()
    row = draft(here, coordinators=(here.ministry, here.hung_yen))
    new = parties(here, coordinators=(here.ministry, here.doan_ket))
    actions.amend_draft(assignment=row, terms=CLEAR, parties=new, by=here.chi, at=JUNE)
    named = Coordinator.objects.filter(assignment=row).values_list("agency_id", flat=True)
    assert set(named) == {here.ministry.pk, here.doan_ket.pk}


def test_what_is_given_is_not_amended():
    here = world()
    row = given(here)
    with pytest.raises(Refused, match="already been given"):
        actions.amend_draft(
            assignment=row, terms=Terms(work="khác"), parties=parties(here), by=here.chi, at=JUNE
        )
    row.refresh_from_db()
    assert row.work == CLEAR.work


def test_nothing_is_given_on_a_day_to_come():
    here = world()
    with pytest.raises(Refused, match="has not come yet"):
        actions.issue(assignment=draft(here), given_on=date(2025, 6, 21), by=here.chi, at=JUNE)


def test_a_day_begins_in_viet_nam_before_it_begins_in_greenwich():
    here = world()
    late = datetime(2025, 6, 20, 18, tzinfo=UTC)  # one in the morning of 21 June in Hà Nội
    row = draft(here)
    assert actions.issue(assignment=row, given_on=date(2025, 6, 21), by=here.chi, at=late).given_on


@covers("1.11")
def test_the_assigners_office_confirms_by_default():
    here = world()
    assert given(here).confirming == here.office


@covers("1.11")
def test_without_an_office_the_assigner_confirms():
    here = world()
    row = draft(here, assigner=here.lai_chau, lead=here.doan_ket)
    assert row.confirming == here.lai_chau


@covers("1.11")
def test_an_office_that_leads_does_not_confirm_itself():
    here = world()
    assert draft(here, lead=here.office).confirming == here.government


@covers("1.11")
def test_an_agency_named_to_confirm_its_own_work_is_refused():
    here = world()
    row = draft(here, confirming=here.lai_chau)
    with pytest.raises(Refused, match="does not confirm its own work"):
        actions.issue(assignment=row, given_on=GIVEN_ON, by=here.chi, at=JUNE)


@covers("1.11")
def test_for_an_assigner_outside_its_focal_office_confirms_locally():
    here = world()
    here.government.inside = False
    row = draft(here, confirming=here.office)
    assert row.confirmed_locally


@covers("1.10")
def test_received_is_kept_as_the_text_has_it_with_its_gaps():
    here = world()
    terms = terms_of(here.obligation)
    text = Received(here.obligation, terms, Parties(here.government, here.lai_chau), GIVEN_ON)
    row = actions.receive(text=text, by=here.chi, at=JUNE)
    gaps = six_clears.missing(duty_of(row))
    assert gaps == (Clear.PERSON, Clear.PRODUCT, Clear.AUTHORITY)


@covers("1.18")
def test_received_from_outside_carries_the_day_it_was_seen():
    here = world()
    origin = Origin(observed_on=date(2025, 5, 24))
    text = Received(here.obligation, CLEAR, parties(here), GIVEN_ON, origin)
    assert actions.receive(text=text, by=here.chi, at=JUNE).observed_on == date(2025, 5, 24)


@covers("1.12")
def test_a_duty_for_many_is_received_with_one_child_each():
    here = world()
    parent, *children = fanned_out(here, here.lai_chau, here.hung_yen)
    assert parent.is_fan_out
    assert [(child.lead, child.parent, child.depth) for child in children] == [
        (here.lai_chau, parent, 0),
        (here.hung_yen, parent, 0),
    ]


def test_many_are_received_with_statements_that_do_not_grow_by_row(django_assert_max_num_queries):
    here = world()
    text = Received(here.obligation, CLEAR, parties(here), GIVEN_ON)
    with django_assert_max_num_queries(60):
        ids = actions.receive_many(texts=(text for _ in range(400)), by=None, at=JUNE)
    assert Assignment.objects.filter(pk__in=ids, received=True).count() == 400


def test_one_bad_text_keeps_all_from_being_received():
    here = world()
    good = Received(here.obligation, CLEAR, parties(here), GIVEN_ON)
    with pytest.raises(Refused):
        actions.receive_many(texts=[good, replace(good, given_on=date(2026, 1, 1))], by=None, at=JUNE)
    assert not Assignment.objects.exists()
