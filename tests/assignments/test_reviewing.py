"""Reports, claims, evidence, and who may confirm them."""

from datetime import date
from decimal import Decimal

import pytest

from tests.assignments.factory import (
    CLEAR,
    GIVEN_ON,
    JULY,
    JUNE,
    PLAN,
    claimed,
    fanned_out,
    given,
    parties,
    person,
    said,
    world,
)
from tests.directives import factory as directives
from tests.marks import covers
from thuocdo.accounts.enums import Role
from thuocdo.assignments import actions, standing
from thuocdo.assignments.enums import DutyState, EvidenceKind
from thuocdo.assignments.models import Claim, Evidence, Report, Review, Span
from thuocdo.assignments.terms import Origin, Received, Shown
from thuocdo.audit.models import Entry
from thuocdo.lib.moments import DAY_MAX, MOMENT_MAX
from thuocdo.lib.say import Refused

pytestmark = pytest.mark.django_db

DRAFT = Shown(EvidenceKind.DRAFT, address="https://example.vn/du-thao")
CLAIM_DAY = date(2025, 6, 18)
REVIEW_DAY = date(2025, 6, 20)


def accept(here, claim, by="binh", **more):
    facts = {"happened_on": REVIEW_DAY, "at": JUNE, "by": getattr(here, by) if by else None, **more}
    return actions.accept(claim=claim, **facts)


def now(assignment) -> Span:
    return Span.objects.get(assignment=assignment, valid_to=DAY_MAX, known_to=MOMENT_MAX)


@covers("1.14")
def test_a_report_says_what_was_done_and_how_far():
    here = world()
    made = actions.report(assignment=given(here), said=said(), by=here.an, at=JUNE)
    assert (made.agency, made.progress) == (here.lai_chau, Decimal(50))


@pytest.mark.parametrize("progress", [Decimal(-1), Decimal("100.5")])
def test_progress_is_per_cent(progress):
    here = world()
    with pytest.raises(Refused, match="0 to 100"):
        actions.report(assignment=given(here), said=said(progress=progress), by=here.an, at=JUNE)


@pytest.mark.parametrize("day", [date(2025, 6, 21), date(2025, 3, 31)])
def test_no_report_from_the_future_or_from_before_the_duty(day):
    here = world()
    with pytest.raises(Refused):
        actions.report(assignment=given(here), said=said(day), by=here.an, at=JUNE)
    assert not Report.objects.exists()


def test_the_parent_of_a_fan_out_takes_no_reports():
    here = world()
    parent, _ = fanned_out(here, here.lai_chau)
    with pytest.raises(Refused, match="one duty for many"):
        actions.report(assignment=parent, said=said(), by=here.an, at=JUNE)


@covers("1.14")
def test_a_claim_keeps_report_evidence_and_the_day_shown():
    here = world()
    claim = claimed(here, given(here))
    assert claim.shown_on == date(2025, 6, 17)
    assert Evidence.objects.get(report=claim.report).symbol == "145/KH-UBND"


def test_a_claim_with_its_parts_is_entered_in_the_log():
    here = world()
    row = given(here)
    before = Entry.objects.count()
    claimed(here, row)
    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))[before:]
    assert verbs == ["report.sent", "evidence.attached", "claim.sent"]


@covers("1.14")
def test_a_plan_is_not_shown_by_its_draft():
    here = world()
    with pytest.raises(Refused, match="does not show a product"):
        claimed(here, given(here), evidence=[DRAFT])
    assert not Report.objects.exists()


@covers("1.14")
def test_the_day_shown_is_not_after_the_claim():
    here = world()
    with pytest.raises(Refused, match="after the day of the claim"):
        claimed(here, given(here), shown_on=date(2025, 6, 19))


def test_no_second_claim_while_one_waits():
    here = world()
    row = given(here)
    claimed(here, row)
    with pytest.raises(Refused):
        claimed(here, row)
    assert Claim.objects.count() == 1


def test_a_claim_of_a_draft_is_refused():
    here = world()
    row = actions.draft(obligation=here.obligation, terms=CLEAR, parties=parties(here), by=here.chi, at=JUNE)
    with pytest.raises(Refused, match="draft"):
        claimed(here, row)


@covers("1.14")
def test_a_claim_corrected_before_review_takes_its_evidence_along():
    here = world()
    old = claimed(here, given(here))
    new = actions.correct_claim(claim=old, said=said(), shown_on=date(2025, 6, 16), by=here.an, at=JUNE)
    assert (new.corrects, new.report.corrects) == (old, old.report)
    assert Evidence.objects.get(report=new.report).symbol == "145/KH-UBND"


def test_a_reviewed_claim_is_not_corrected():
    here = world()
    claim = claimed(here, given(here))
    accept(here, claim)
    with pytest.raises(Refused):
        actions.correct_claim(claim=claim, said=said(), shown_on=CLAIM_DAY, by=here.an, at=JULY)


def test_a_report_is_corrected_once_and_stays_readable():
    here = world()
    old = actions.report(assignment=given(here), said=said(), by=here.an, at=JUNE)
    actions.correct_report(report=old, said=said(text="Mới soạn xong"), by=here.an, at=JUNE)
    with pytest.raises(Refused, match="already been corrected"):
        actions.correct_report(report=old, said=said(), by=here.an, at=JUNE)
    assert Report.objects.filter(text="Đã trình dự thảo").exists()


@covers("1.14")
def test_the_confirming_agency_accepts_with_the_day_of_the_claim():
    here = world()
    row = given(here)
    review = accept(here, claimed(here, row))
    assert (review.agency, review.shown_on) == (here.office, date(2025, 6, 17))
    assert now(row).confirmed_by == date(2025, 6, 17)


@covers("1.14")
def test_the_reviewer_corrects_the_day():
    here = world()
    review = accept(here, claimed(here, given(here)), shown_on=date(2025, 6, 10))
    assert review.shown_on == date(2025, 6, 10)


def test_the_corrected_day_is_not_after_the_claim_either():
    here = world()
    with pytest.raises(Refused):
        accept(here, claimed(here, given(here)), shown_on=date(2025, 6, 19))


@covers("1.14")
def test_a_returned_claim_is_sent_again():
    here = world()
    row = given(here)
    actions.return_claim(
        claim=claimed(here, row), reason="Mới là dự thảo", happened_on=REVIEW_DAY, by=here.binh, at=JUNE
    )
    again = claimed(here, row, date(2025, 7, 1), at=JULY)
    accept(here, again, happened_on=date(2025, 7, 2), at=JULY)
    assert standing.state(row) is DutyState.CONFIRMED


def test_a_return_says_why():
    here = world()
    with pytest.raises(Refused, match="Say why"):
        actions.return_claim(
            claim=claimed(here, given(here)), reason=" ", happened_on=REVIEW_DAY, by=here.binh, at=JUNE
        )


def test_a_claim_is_reviewed_once():
    here = world()
    claim = claimed(here, given(here))
    accept(here, claim)
    with pytest.raises(Refused):
        accept(here, claim)
    assert Review.objects.count() == 1


def test_no_review_before_the_claim():
    here = world()
    with pytest.raises(Refused):
        accept(here, claimed(here, given(here)), happened_on=date(2025, 6, 17))


@covers("1.11")
def test_who_claimed_does_not_confirm():
    here = world()
    claim = claimed(here, given(here), by=here.binh)
    with pytest.raises(Refused, match="they made or forwarded"):
        accept(here, claim)


@covers("1.11")
def test_who_forwarded_a_corrected_version_does_not_confirm():
    here = world()
    old = claimed(here, given(here))
    new = actions.correct_claim(claim=old, said=said(), shown_on=CLAIM_DAY, by=here.binh, at=JUNE)
    with pytest.raises(Refused, match="they made or forwarded"):
        accept(here, new)


@covers("1.11")
@pytest.mark.parametrize("agency", ["lai_chau", "doan_ket"])
def test_who_works_in_the_lead_or_below_it_does_not_confirm(agency):
    here = world()
    here.dung = person("dung", getattr(here, agency), Role.REVIEWER)
    with pytest.raises(Refused, match="agency they work in"):
        accept(here, claimed(here, given(here)), by="dung")
    assert not Review.objects.exists()


def test_a_confirmation_put_right_becomes_a_return():
    here = world()
    row = given(here)
    review = accept(here, claimed(here, row))
    actions.correct_review(review=review, accepted=False, reason="Nhầm văn bản", by=here.binh, at=JULY)
    assert standing.state(row) is DutyState.GIVEN
    assert now(row).confirmed_by is None


def test_a_return_put_right_becomes_a_confirmation():
    here = world()
    row = given(here)
    returned = actions.return_claim(
        claim=claimed(here, row), reason="Thiếu số", happened_on=REVIEW_DAY, by=here.binh, at=JUNE
    )
    actions.correct_review(review=returned, accepted=True, reason="Đã có số", by=here.binh, at=JULY)
    assert standing.state(row) is DutyState.CONFIRMED


def test_a_review_is_not_corrected_once_a_later_claim_stands():
    here = world()
    row = given(here)
    returned = actions.return_claim(
        claim=claimed(here, row), reason="Thiếu số", happened_on=REVIEW_DAY, by=here.binh, at=JUNE
    )
    claimed(here, row, date(2025, 7, 1), at=JULY)
    with pytest.raises(Refused, match="later claim"):
        actions.correct_review(review=returned, accepted=True, reason="Nhầm", by=here.binh, at=JULY)


@covers("1.18")
def test_a_completion_read_outside_needs_no_evidence_and_is_never_confirmed():
    here = world()
    outside = Origin(observed_on=CLAIM_DAY)
    text = Received(here.obligation, CLEAR, parties(here), GIVEN_ON, outside)
    row = actions.receive(text=text, by=here.chi, at=JUNE)
    claim = actions.claim(
        assignment=row, said=said(origin=outside), evidence=[], no_later_than=CLAIM_DAY, by=None, at=JUNE
    )
    with pytest.raises(Refused, match="outside source"):
        accept(here, claim)


@covers("1.18")
def test_after_a_completion_read_outside_the_lead_may_claim_here():
    here = world()
    row = given(here)
    outside = Origin(observed_on=CLAIM_DAY)
    actions.claim(
        assignment=row, said=said(origin=outside), evidence=[], no_later_than=CLAIM_DAY, by=None, at=JUNE
    )
    accept(here, claimed(here, row))
    assert standing.state(row) is DutyState.CONFIRMED


def test_evidence_without_its_number_is_incomplete():
    here = world()
    with pytest.raises(Refused, match="has to name"):
        claimed(here, given(here), evidence=[PLAN, Shown(EvidenceKind.ISSUED_TEXT, address="x")])


@covers("1.14")
def test_a_registered_text_that_is_awaited_shows_nothing():
    here = world()
    awaited = Shown(EvidenceKind.ISSUED_TEXT, directive=directives.directive("KH-UBND", issued_on=None))
    with pytest.raises(Refused, match="awaited"):
        claimed(here, given(here), evidence=[awaited])
