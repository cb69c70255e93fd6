"""Substitutions: what is refused; nobody confirms across one what they claimed (1.11, 2.11)."""

from datetime import date

import pytest

from tests.assignments.factory import CLEAR, JUNE, claimed, given, parties, person, world
from tests.marks import covers
from thuocdo.accounts import actions
from thuocdo.accounts.actions import Pair
from thuocdo.accounts.enums import Permission, Role
from thuocdo.accounts.permissions import reader_of
from thuocdo.accounts.rules.giving import Giver
from thuocdo.accounts.rules.standing_in import standing_in_problem
from thuocdo.assignments import actions as duties
from thuocdo.lib.say import Refused

FROM, UNTIL, DAY = date(2025, 6, 1), date(2025, 7, 1), date(2025, 6, 20)
STEWARD = Giver(frozenset({1}), frozenset({10, 11}), frozenset({Permission.STEWARD}))


@covers("2.11")
@pytest.mark.parametrize(
    ("deputy", "principal", "roles", "words"),
    [
        (2, 3, {Role.FOCAL: {10, 11}}, None),
        (2, 1, {Role.STEWARD: {10}}, None),  # a steward who goes away
        (2, 2, {Role.FOCAL: {10}}, "Nobody stands in for themselves."),
        (2, 3, {}, "has no role in this agency"),
        (1, 3, {Role.FOCAL: {10}}, "Nobody changes their own roles"),
        (2, 3, {Role.FOCAL: {10, 99}}, "outside your own agencies"),
        (2, 3, {Role.FOCAL: {10}, Role.INSPECTOR: {10}}, "Only somebody who reads all"),
    ],
)
def test_who_may_be_let_stand_in(deputy, principal, roles, words):
    found = standing_in_problem(STEWARD, deputy, principal, roles)
    assert found is None if words is None else words in str(found)


@pytest.fixture
def here(db):
    """The world, with Hoa of the Government's office and Mai of Lai Châu, both without more than one role."""
    found = world()
    found.hoa = person("hoa", found.office, Role.REVIEWER)
    found.mai = person("mai", found.lai_chau, Role.LEADER)
    return found


def stands_in(here, deputy, principal, agency, opened_on=FROM, closed_on=UNTIL, **more):
    facts = {"basis": "12/QĐ-UBND", "by": None, "at": JUNE, **more}
    pair = Pair(deputy, principal, agency)
    return actions.open_substitution(pair=pair, opened_on=opened_on, closed_on=closed_on, **facts)


def as_deputy(user, principal):
    """The person as they act while they stand in."""
    user.for_id = principal.pk
    return user


def accepts(here, claim, by):
    return duties.accept(claim=claim, happened_on=DAY, by=by, at=JUNE)


@covers("2.11")
@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"basis": " "}, "Write which decision"),
        ({"closed_on": FROM}, "before the first"),
        ({"opened_on": date(2025, 1, 1), "closed_on": date(2025, 2, 1)}, "have passed"),
    ],
)
def test_what_is_refused(here, facts, words):
    with pytest.raises(Refused, match=words):
        stands_in(here, here.mai, here.an, here.lai_chau, **facts)


@covers("2.11")
def test_the_same_days_are_given_once_and_other_days_again(here):
    row = stands_in(here, here.mai, here.an, here.lai_chau)
    with pytest.raises(Refused, match="already stands in"):
        stands_in(here, here.mai, here.an, here.lai_chau)
    actions.close_substitution(substitution=row, closed_on=date(2025, 6, 25), by=None, at=JUNE)
    assert stands_in(here, here.mai, here.an, here.lai_chau, opened_on=date(2025, 6, 25)).pk != row.pk


@covers("2.11")
@pytest.mark.parametrize(
    ("day", "reports"), [(date(2025, 5, 31), False), (FROM, True), (date(2025, 6, 30), True), (UNTIL, False)]
)
def test_the_rights_hold_from_the_first_day_to_the_last(here, day, reports):
    row = stands_in(here, here.hoa, here.an, here.lai_chau)
    reader = reader_of(here.hoa, day, row.pk)
    assert reader.may_for(Permission.REPORT, here.lai_chau.pk) is reports
    assert (reader.acts_for == row) is reports


@covers("2.11")
def test_of_a_person_whose_account_is_shut_nobody_has_the_rights(here):
    row = stands_in(here, here.hoa, here.an, here.lai_chau)
    actions.set_active(user=here.an, active=False, by=None, at=JUNE)
    assert reader_of(here.hoa, DAY, row.pk).acts_for is None


@covers("2.11")
def test_standing_in_is_not_handed_on(here):
    stands_in(here, here.hoa, here.an, here.lai_chau)
    row = stands_in(here, here.mai, here.hoa, here.office)
    assert not reader_of(here.mai, DAY, row.pk).may_for(Permission.REPORT, here.lai_chau.pk)


@covers("2.11", "1.11")
def test_nobody_confirms_what_they_claimed_for_another(here):
    stands_in(here, here.hoa, here.an, here.lai_chau)
    claim = claimed(here, given(here), by=as_deputy(here.hoa, here.an))
    here.hoa.for_id = None
    with pytest.raises(Refused, match="Nobody confirms a claim they made"):
        accepts(here, claim, here.hoa)


@covers("2.11", "1.11")
def test_nobody_confirms_what_was_claimed_in_their_place(here):
    second = parties(here, lead=here.hung_yen)
    row = duties.draft(obligation=here.obligation, terms=CLEAR, parties=second, by=here.chi, at=JUNE)
    row = duties.issue(assignment=row, given_on=date(2025, 4, 1), by=here.chi, at=JUNE)
    claim = claimed(here, row, by=as_deputy(here.mai, here.hoa))
    with pytest.raises(Refused, match="Nobody confirms a claim they made"):
        accepts(here, claim, here.hoa)


@covers("2.11", "1.11")
def test_who_stands_in_for_a_reviewer_confirms_nothing_of_their_own_agency(here):
    stands_in(here, here.mai, here.binh, here.office)
    claim = claimed(here, given(here))
    with pytest.raises(Refused, match="agency they work in"):
        accepts(here, claim, as_deputy(here.mai, here.binh))


@covers("2.11", "1.11")
def test_while_one_stands_in_at_the_lead_one_confirms_nothing_of_it(here):
    stands_in(here, here.binh, here.an, here.lai_chau)
    claim = claimed(here, given(here))
    with pytest.raises(Refused, match="agency they work in"):
        accepts(here, claim, here.binh)


@covers("2.11", "1.11")
def test_a_deputy_from_elsewhere_confirms_for_a_reviewer(here):
    lan = person("lan", here.hung_yen, Role.LEADER)
    stands_in(here, lan, here.binh, here.office)
    review = accepts(here, claimed(here, given(here)), as_deputy(lan, here.binh))
    assert (review.by, review.accepted) == (lan, True)
