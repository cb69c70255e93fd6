"""Fanning out, splitting, and how a branch closes."""

from dataclasses import replace
from datetime import date

import pytest

from tests.agencies.factory import agency, relate
from tests.assignments.factory import (
    CLEAR,
    GIVEN_ON,
    HEAD,
    JUNE,
    PLAN,
    claimed,
    fanned_out,
    given,
    parties,
    said,
    world,
)
from tests.marks import covers
from thuocdo.agencies.enums import AgencyKind, RelationKind, Side
from thuocdo.agencies.models import Agency
from thuocdo.assignments import actions, offices
from thuocdo.assignments.branch import asked_for_claim, branches
from thuocdo.assignments.models import Assignment
from thuocdo.assignments.terms import Part
from thuocdo.directives.rules.collectives import Collective
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Refused

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 20)
ADMINISTRATIVE = RelationKind.ADMINISTRATIVE


def for_many(here, **more):
    return actions.draft(
        obligation=here.obligation,
        terms=CLEAR,
        parties=parties(here, lead=None, **more),
        by=here.chi,
        at=JUNE,
    )


def split(here, row, *leads: Agency, terms=CLEAR, kind=ADMINISTRATIVE, **more):
    parts = [Part(lead, terms, HEAD) for lead in leads]
    return actions.split(assignment=row, parts=parts, kind=kind, given_on=DAY, by=here.an, at=JUNE, **more)


def confirm(here, row, by=None):
    evidence = {"evidence": [PLAN], "shown_on": date(2025, 6, 18), "by": None, "at": JUNE}
    claim = actions.claim(assignment=row, said=said(DAY), **evidence)
    return actions.accept(claim=claim, happened_on=DAY, by=by, at=JUNE)


@covers("1.12")
def test_the_localities_are_those_of_the_directives_side():
    here = world()
    state = offices.members(Collective.ALL_LOCALITIES, Side.STATE, DAY)
    party = offices.members(Collective.ALL_LOCALITIES, Side.PARTY, DAY)
    assert {here.lai_chau, here.hung_yen} == set(state)
    assert {here.party_lai_chau, here.party_hung_yen} <= set(party)


@covers("1.12")
def test_a_draft_for_many_gives_a_draft_to_each():
    here = world()
    parent = for_many(here)
    children = actions.fan_out(
        assignment=parent,
        agencies=[here.lai_chau, here.hung_yen, here.lai_chau],
        heads={here.lai_chau.pk: HEAD},
        by=here.chi,
        at=JUNE,
    )
    actions.issue(assignment=parent, given_on=DAY, by=here.chi, at=JUNE)
    assert [child.lead for child in children] == [here.lai_chau, here.hung_yen]
    assert actions.issue(assignment=children[0], given_on=DAY, by=here.chi, at=JUNE).given_on == DAY
    with pytest.raises(Refused, match="missing: person"):
        actions.issue(assignment=children[1], given_on=DAY, by=here.chi, at=JUNE)


def test_a_child_is_not_given_before_its_parent():
    here = world()
    (child,) = actions.fan_out(
        assignment=for_many(here), agencies=[here.lai_chau], heads={here.lai_chau.pk: HEAD}, by=None, at=JUNE
    )
    with pytest.raises(Refused, match="above it"):
        actions.issue(assignment=child, given_on=DAY, by=here.chi, at=JUNE)


def test_fanning_out_again_adds_only_who_is_new():
    here = world()
    parent, _ = fanned_out(here, here.lai_chau)
    added = actions.fan_out(assignment=parent, agencies=[here.lai_chau, here.hung_yen], by=here.chi, at=JUNE)
    assert [(one.lead, one.given_on, one.ordinal) for one in added] == [(here.hung_yen, GIVEN_ON, 2)]


def test_nothing_is_fanned_out_below_what_is_withdrawn():
    here = world()
    parent, _ = fanned_out(here, here.lai_chau)
    actions.withdraw(assignment=parent, reason="Bãi bỏ", happened_on=DAY, by=None, at=JUNE)
    with pytest.raises(Refused, match="above it"):
        actions.fan_out(assignment=parent, agencies=[here.hung_yen], by=here.chi, at=JUNE)


def test_who_took_over_a_child_gets_no_second_one():
    here = world()
    parent, child = fanned_out(here, here.lai_chau)
    actions.withdraw(assignment=child, reason="Giao lại", happened_on=DAY, by=None, at=JUNE)
    anew = {"head": HEAD, "reason": "Giao lại", "happened_on": DAY, "by": None, "at": JUNE}
    actions.give_anew(assignment=child, lead=here.hung_yen, **anew)
    assert actions.fan_out(assignment=parent, agencies=[here.hung_yen], by=here.chi, at=JUNE) == []


def test_an_agency_not_on_the_map_of_the_day_is_given_nothing():
    here = world()
    later = agency("UBND-99", "UBND tỉnh Mới", opened_on=date(2025, 7, 1), kind=AgencyKind.PEOPLES_COMMITTEE)
    parent, _ = fanned_out(here, here.lai_chau)
    with pytest.raises(Refused, match="does not exist"):
        actions.fan_out(assignment=parent, agencies=[later], by=here.chi, at=JUNE)
    assert Assignment.objects.filter(parent=parent).count() == 1


def test_a_duty_of_one_agency_is_not_fanned_out():
    here = world()
    with pytest.raises(Refused, match="split"):
        actions.fan_out(assignment=given(here), agencies=[here.hung_yen], by=here.chi, at=JUNE)


@covers("1.12")
def test_a_fan_out_closes_when_its_children_are_confirmed():
    here = world()
    parent, one, two = fanned_out(here, here.lai_chau, here.hung_yen)
    confirm(here, one)
    assert not branches([parent.pk], AsOf(DAY))[parent.pk].is_confirmed
    confirm(here, two)
    assert branches([parent.pk], AsOf(DAY))[parent.pk].is_confirmed


@covers("1.12")
def test_a_lead_splits_downward_at_any_depth():
    here = world()
    row = given(here)
    (part,) = split(here, row, here.doan_ket)
    hamlet = agency("TT-1", "Tổ công nghệ số phường Đoàn Kết", below=here.doan_ket)
    (deeper,) = split(here, part, hamlet)
    assert [(one.assigner, one.depth, one.given_on) for one in (part, deeper)] == [
        (here.lai_chau, 1, DAY),
        (here.doan_ket, 2, DAY),
    ]


def test_only_agencies_below_the_lead_get_parts():
    here = world()
    row = given(here)
    with pytest.raises(Refused, match="does not stand below"):
        split(here, row, here.doan_ket, here.pho_hien)
    assert not Assignment.objects.filter(parent=row).exists()


def test_below_is_in_the_named_sense():
    here = world()
    row = given(here, lead=here.ministry)
    with pytest.raises(Refused):
        split(here, row, here.department)
    assert split(here, row, here.department, kind=RelationKind.VERTICAL)


def test_a_part_that_is_not_clear_stays_a_draft():
    here = world()
    (part,) = split(here, given(here), here.doan_ket, terms=replace(CLEAR, signer=""))
    assert part.given_on is None


def test_a_part_recorded_from_elsewhere_keeps_its_gaps():
    here = world()
    (part,) = split(here, given(here), here.doan_ket, terms=replace(CLEAR, signer=""), received=True)
    assert (part.given_on, part.received) == (DAY, True)


@covers("1.11", "1.12")
def test_parts_are_confirmed_on_the_side_of_the_lead():
    here = world()
    office = agency("VP-12", "Văn phòng UBND tỉnh Lai Châu", below=here.lai_chau, kind=AgencyKind.OFFICE)
    (part,) = split(here, given(here), here.doan_ket)
    assert part.confirming == office


@covers("1.12")
def test_when_all_parts_are_confirmed_the_lead_is_asked_for_its_claim():
    here = world()
    row = given(here)
    (part,) = split(here, row, here.doan_ket)
    assert asked_for_claim([here.lai_chau.pk], AsOf(DAY)) == []
    confirm(here, part)
    assert asked_for_claim([here.lai_chau.pk], AsOf(DAY)) == [row]


def test_who_has_claimed_is_not_asked_again():
    here = world()
    row = given(here)
    (part,) = split(here, row, here.doan_ket)
    confirm(here, part)
    claimed(here, row)
    assert asked_for_claim([here.lai_chau.pk], AsOf(DAY)) == []


def test_a_vertical_agency_may_stand_in_two_trees():
    here = world()
    relate(here.doan_ket, here.ministry, kind=RelationKind.VERTICAL)
    (part,) = split(here, given(here, lead=here.ministry), here.doan_ket, kind=RelationKind.VERTICAL)
    assert part.assigner == here.ministry
