"""Who may see, report, split, review, decide, give; other agencies' people among them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.assignments.factory import CLEAR, JUNE, given, parties, person, world
from tests.assignments.test_succession import MERGER, carry_out
from tests.marks import covers
from thuocdo.accounts.enums import Role
from thuocdo.accounts.permissions import PUBLIC, reader_of
from thuocdo.agencies.models import Agency
from thuocdo.assignments import actions, permissions
from thuocdo.assignments.models import Assignment
from thuocdo.assignments.terms import Head
from thuocdo.directives.models import Publication

pytestmark = pytest.mark.django_db
TODAY = date(2025, 6, 20)
LATER = date(2025, 7, 20)


def draft(here):
    return actions.draft(obligation=here.obligation, terms=CLEAR, parties=parties(here), by=here.chi, at=JUNE)


def publish(here, *, progress: bool, at=JUNE):
    Publication.objects.create(
        directive=here.obligation.directive,
        progress=progress,
        responsibility=False,
        results=False,
        decided_on=TODAY,
        recorded_at=at,
    )


def sees(reader, row) -> bool:
    return permissions.may_see(reader, row) is None


QUESTIONS = ("see", "report", "split", "review", "decide", "assign", "number")


def answers(reader, row) -> set[str]:
    p = permissions
    asked = (
        p.may_see(reader, row),
        p.may_report(reader, row),
        p.may_split(reader, row),
        p.may_review(reader, row, TODAY),
        p.may_decide(reader, row, TODAY),
        p.may_assign(reader, row, TODAY),
        p.may_enter_number(reader, row, TODAY),
    )
    return {name for name, problem in zip(QUESTIONS, asked, strict=True) if problem is None}


@covers("1.29")
@pytest.mark.parametrize(
    ("agency", "role", "may"),
    [
        ("lai_chau", Role.FOCAL, {"see", "report", "number"}),
        ("lai_chau", Role.REGISTRAR, {"see", "split"}),
        ("lai_chau", Role.REVIEWER, {"see"}),
        ("hung_yen", Role.FOCAL, set()),
        ("hung_yen", Role.REGISTRAR, set()),
        ("doan_ket", Role.FOCAL, set()),  # below the lead, without a part of it
        ("office", Role.REVIEWER, {"see", "review"}),
        ("office", Role.FOCAL, {"see"}),
        ("office", Role.REGISTRAR, {"see", "decide", "assign", "number"}),  # acts for the assigner
        ("government", Role.REGISTRAR, {"see", "split", "decide", "assign", "number"}),
        ("ministry", Role.LEADER, {"see"}),  # coordinates
        ("hung_yen", Role.INSPECTOR, {"see"}),
        ("hung_yen", Role.STEWARD, set()),
    ],
)
def test_each_role_of_each_agency(agency, role, may):
    here = world()
    row = given(here, coordinators=(here.ministry,))
    reader = reader_of(person("dung", getattr(here, agency), role), TODAY)
    assert answers(reader, row) == may


@covers("1.27")
def test_the_public_sees_what_is_published_and_may_nothing_else():
    here = world()
    row = given(here)
    assert answers(PUBLIC, row) == set()
    publish(here, progress=True)
    assert answers(PUBLIC, row) == {"see"}


@covers("1.27")
def test_the_last_decision_counts():
    here = world()
    row = given(here)
    publish(here, progress=True)
    publish(here, progress=False, at=datetime(2025, 6, 21, tzinfo=UTC))
    assert not sees(PUBLIC, row)


def test_a_draft_is_seen_by_those_who_prepare_it_alone():
    here = world()
    row = draft(here)
    publish(here, progress=True)
    lead = reader_of(here.an, TODAY)
    giver = reader_of(person("dung", here.government, Role.REGISTRAR), TODAY)
    assert (sees(PUBLIC, row), sees(lead, row), sees(giver, row)) == (False, False, True)


def test_after_another_lead_took_over_the_old_one_sees_but_does_not_report():
    here = world()
    row = given(here)
    actions.withdraw(assignment=row, reason="Giao lại", happened_on=TODAY, by=None, at=JUNE)
    actions.give_anew(
        assignment=row,
        lead=here.hung_yen,
        head=Head(),
        reason="Giao lại",
        happened_on=TODAY,
        by=None,
        at=JUNE,
    )
    new = reader_of(person("dung", here.hung_yen, Role.FOCAL), TODAY)
    assert answers(reader_of(here.an, TODAY), row) == {"see"}
    assert answers(new, row) == {"see", "report", "number"}


def test_who_leads_a_part_sees_what_stands_above_it():
    here = world()
    row = given(here)
    part = Assignment.objects.get(pk=given(here, lead=here.doan_ket).pk)
    Assignment.objects.filter(pk=part.pk).update(parent=row)
    assert sees(reader_of(person("dung", here.doan_ket, Role.FOCAL), TODAY), row)


@covers("1.11")
def test_for_an_assigner_outside_its_focal_office_decides_and_gives():
    here = world()
    Agency.objects.filter(pk=here.government.pk).update(inside=False)
    here.government.refresh_from_db()
    row = given(here, confirming=here.office)
    assert {"decide", "assign"} <= answers(reader_of(here.chi, TODAY), row)


@covers("1.08")
def test_who_carries_on_the_assigner_decides():
    here = world()
    row = given(replace(here), assigner=here.lai_chau, lead=here.ministry, confirming=here.office)
    carry_out(MERGER)
    heir = Agency.objects.get(code="UBND-99")
    user = person("dung", heir, Role.REGISTRAR)
    assert permissions.may_decide(reader_of(user, LATER), row, LATER) is None
    assert permissions.may_decide(reader_of(user, LATER), row, date(2025, 6, 30)) is not None
