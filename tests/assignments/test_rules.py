"""The pure rules of the cascade, as tables."""

from dataclasses import replace
from datetime import date

import pytest

from tests.marks import covers
from thuocdo.assignments.enums import Clear, DutyState, EvidenceKind, LimitClass, ProductKind, Reference
from thuocdo.assignments.rules import claim, evidence, extension, six_clears
from thuocdo.assignments.rules.lifecycle import CLAIM, DUTY, sequence_problem, state_after

CLEAR = six_clears.Duty(
    work="Hoàn thiện dự thảo Nghị định",
    product="Nghị định của Chính phủ",
    limit_class=LimitClass.DATED,
    limit_on=date(2025, 6, 30),
    reporting_period="",
    has_lead=True,
    head_post="Bộ trưởng",
    head_name="Nguyễn Văn Mẫu",
    head_since=date(2025, 3, 1),
    signer="Thủ tướng Chính phủ",
)


@covers("1.10")
@pytest.mark.parametrize(
    ("changed", "gaps"),
    [
        ({}, ()),
        ({"head_post": ""}, (Clear.PERSON,)),
        ({"head_name": ""}, (Clear.PERSON,)),
        ({"head_since": None}, (Clear.PERSON,)),
        ({"work": " "}, (Clear.WORK,)),
        ({"limit_on": None}, (Clear.TIME,)),
        ({"limit_class": LimitClass.UNDATED, "limit_on": None}, (Clear.TIME,)),
        ({"limit_class": LimitClass.STANDING, "limit_on": None}, (Clear.TIME,)),
        ({"limit_class": LimitClass.STANDING, "limit_on": None, "reporting_period": "month"}, ()),
        ({"has_lead": False}, (Clear.RESPONSIBILITY,)),
        ({"product": ""}, (Clear.PRODUCT,)),
        ({"signer": ""}, (Clear.AUTHORITY,)),
        ({"signer": "", "head_name": ""}, (Clear.PERSON, Clear.AUTHORITY)),
        ({"is_fan_out": True, "has_lead": False, "head_name": "", "signer": ""}, ()),
        ({"is_fan_out": True, "product": ""}, (Clear.PRODUCT,)),
    ],
)
def test_what_is_missing_is_named(changed, gaps):
    assert six_clears.missing(replace(CLEAR, **changed)) == gaps


@covers("1.10")
def test_gaps_are_shown_in_words():
    gaps = six_clears.missing(replace(CLEAR, head_name="", signer=""))
    assert str(six_clears.gaps_shown(gaps)) == "4 of 6 clear; missing: person, authority"


D = DutyState


@pytest.mark.parametrize("old", D)
@pytest.mark.parametrize("new", D)
def test_each_pair_of_duty_states(old, new):
    allowed = {
        (D.DRAFT, D.GIVEN),
        (D.GIVEN, D.PAUSED),
        (D.GIVEN, D.CONFIRMED),
        (D.GIVEN, D.WITHDRAWN),
        (D.GIVEN, D.JOINED),
        (D.PAUSED, D.GIVEN),
        (D.PAUSED, D.WITHDRAWN),
        (D.PAUSED, D.JOINED),
        (D.CONFIRMED, D.GIVEN),
        (D.WITHDRAWN, D.GIVEN),
    }
    assert (DUTY.problem(old, new) is None) == ((old, new) in allowed)


def test_an_accepted_claim_is_final():
    assert CLAIM.final() == {"accepted", "corrected"}


def on(day: int, state: DutyState) -> tuple[date, DutyState]:
    return date(2025, 6, day), state


@pytest.mark.parametrize(
    ("moves", "allowed"),
    [
        ([], True),
        ([on(1, D.GIVEN), on(2, D.PAUSED), on(3, D.GIVEN), on(4, D.CONFIRMED)], True),
        ([on(1, D.GIVEN), on(2, D.WITHDRAWN), on(3, D.GIVEN)], True),
        ([on(1, D.PAUSED)], False),
        ([on(1, D.GIVEN), on(2, D.PAUSED), on(3, D.PAUSED)], False),
        ([on(1, D.GIVEN), on(2, D.WITHDRAWN), on(3, D.PAUSED)], False),
        ([on(1, D.GIVEN), on(2, D.JOINED), on(3, D.GIVEN)], False),
    ],
)
def test_a_sequence_of_moves(moves, allowed):
    assert (sequence_problem(moves) is None) == allowed


def test_without_moves_it_is_a_draft():
    assert state_after([]) is D.DRAFT


E, P = EvidenceKind, ProductKind


@covers("1.14")
@pytest.mark.parametrize(
    ("product", "kinds", "shown"),
    [
        (P.NORMATIVE, [E.ISSUED_TEXT], True),
        (P.NORMATIVE, [E.DRAFT], False),
        (P.NORMATIVE, [E.SIGNED_FILE], False),
        (P.NORMATIVE, [E.DRAFT, E.ISSUED_TEXT], True),
        (P.DECISION, [E.DRAFT], False),
        (P.PLAN, [E.SIGNED_FILE], True),
        (P.REPORT, [E.DRAFT], False),
        (P.GUIDANCE, [E.ISSUED_TEXT], True),
        (P.SYSTEM, [E.ISSUED_TEXT], False),
        (P.SYSTEM, [E.SIGNED_FILE, E.PHOTO], False),
        (P.SYSTEM, [E.ADDRESS], True),
        (P.WORKS, [E.PHOTO], False),
        (P.WORKS, [E.ACCEPTANCE], True),
        (P.OTHER, [E.DRAFT], False),
        (P.OTHER, [E.PHOTO], True),
        ("", [E.DRAFT], False),
        ("", [E.DATA], True),
        (P.OTHER, [], False),
    ],
)
def test_which_evidence_shows_which_product(product, kinds, shown):
    assert (evidence.product_problem(product, kinds) is None) == shown


def test_every_product_can_be_shown_by_something_but_never_by_a_draft():
    assert all(kinds and E.DRAFT not in kinds for kinds in (evidence.SHOWN_BY[kind] for kind in P))


@pytest.mark.parametrize(
    ("kind", "carried", "complete"),
    [
        (E.ISSUED_TEXT, [Reference.SYMBOL], True),
        (E.ISSUED_TEXT, [Reference.DIRECTIVE], True),
        (E.ISSUED_TEXT, [Reference.FILE], False),
        (E.SIGNED_FILE, [Reference.FILE], True),
        (E.SIGNED_FILE, [Reference.ADDRESS], False),
        (E.ADDRESS, [], False),
    ],
)
def test_evidence_names_what_its_kind_needs(kind, carried, complete):
    assert (evidence.form_problem(kind, carried) is None) == complete


@covers("1.14")
@pytest.mark.parametrize(
    ("issued_on", "shows"),
    [(date(2025, 6, 30), True), (date(2025, 7, 1), False), (None, False)],
)
def test_a_text_shows_something_once_it_is_issued(issued_on, shows):
    assert (evidence.issued_problem(issued_on, date(2025, 6, 30)) is None) == shows


CLAIMED = date(2025, 6, 30)


@covers("1.14")
@pytest.mark.parametrize(
    ("shown_on", "no_later_than", "allowed"),
    [
        (CLAIMED, None, True),
        (date(2025, 6, 1), None, True),
        (date(2025, 7, 1), None, False),
        (None, CLAIMED, True),
        (None, date(2025, 7, 1), False),
        (None, None, False),
        (CLAIMED, CLAIMED, False),
    ],
)
def test_the_day_shown_is_never_after_the_claim(shown_on, no_later_than, allowed):
    assert (claim.day_problem(shown_on, no_later_than, CLAIMED) is None) == allowed


@covers("1.14")
@pytest.mark.parametrize(
    ("shown_on", "flagged"),
    [(CLAIMED, False), (date(2025, 6, 15), False), (date(2025, 6, 14), True), (None, False)],
)
def test_a_day_more_than_15_days_before_the_claim_is_flagged(shown_on, flagged):
    assert (claim.early_flag(shown_on, CLAIMED) is not None) == flagged


HANDS = claim.Hands(people=frozenset({1, 2}), lead_branch=frozenset({10, 11}))


@covers("1.11")
@pytest.mark.parametrize(
    ("reviewers", "works_in", "allowed"),
    [
        ({1}, {20}, False),  # made the claim
        ({2}, {20}, False),  # forwarded it
        ({3, 1}, {20}, False),  # stands in for who made it
        ({3}, {10}, False),  # works in the claiming agency
        ({3}, {11, 20}, False),  # works below it
        ({3}, {20}, True),
        ({3, 4}, {20}, True),
        ({3}, set(), True),
    ],
)
def test_nobody_confirms_a_claim_they_made_or_forwarded(reviewers, works_in, allowed):
    assert (claim.bar(reviewers, works_in, HANDS) is None) == allowed


LIMIT = date(2025, 6, 30)


@covers("1.13")
@pytest.mark.parametrize(
    ("limit_class", "present", "wanted", "allowed"),
    [
        (LimitClass.DATED, LIMIT, date(2025, 7, 1), True),
        (LimitClass.DATED, LIMIT, LIMIT, False),
        (LimitClass.DATED, LIMIT, date(2025, 6, 29), False),
        (LimitClass.STANDING, None, date(2025, 7, 1), False),
        (LimitClass.UNDATED, None, date(2025, 7, 1), False),
    ],
)
def test_a_limit_only_moves_to_a_later_day(limit_class, present, wanted, allowed):
    assert (extension.problem(limit_class, present, wanted) is None) == allowed


@pytest.mark.parametrize(
    ("asked_on", "flagged"), [(date(2025, 6, 29), False), (LIMIT, False), (date(2025, 7, 1), True)]
)
def test_an_extension_asked_after_the_limit_is_flagged(asked_on, flagged):
    assert (extension.late_flag(LIMIT, asked_on) is not None) == flagged
