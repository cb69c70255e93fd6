"""Programs report, claim, review as pages do: the same acts, the same refusals."""

import pytest

from tests.api.client import program, said
from tests.assignments import factory
from tests.marks import covers
from thuocdo.accounts.enums import Permission
from thuocdo.assignments.models import Claim, Report, Review
from thuocdo.audit.models import Entry

pytestmark = pytest.mark.django_db

DONE = {"text": "Đã ban hành kế hoạch", "happened_on": "2025-06-18", "shown_on": "2025-06-17"}
PLAN = {"kind": "issued_text", "symbol": "145/KH-UBND"}


@pytest.fixture
def here():
    return factory.world()


@covers("2.14")
def test_a_report_stands_in_the_register_and_in_the_log_under_the_name_of_its_account(here):
    row = factory.given(here)
    sent = {"text": "Đã trình dự thảo", "progress": "50", "happened_on": "2025-06-18"}
    answer = program(here.an).post(f"/assignments/{row.pk}/reports", sent)
    report = Report.objects.get()
    assert (answer.status_code, said(answer)["id"], said(answer)["progress"]) == (201, report.pk, "50.00")
    entry = Entry.objects.get(table="assignments_report")
    assert (report.by, entry.by_id, entry.verb) == (here.an, here.an.pk, "report.sent")


@covers("2.14")
def test_a_claim_is_reviewed_and_the_assignment_says_so(here):
    row = factory.given(here)
    claimed = program(here.an).post(f"/assignments/{row.pk}/claims", {**DONE, "evidence": [PLAN]})
    number = said(claimed)["claim"]["id"]
    sent = {"accepted": True, "happened_on": "2025-06-19"}
    answer = program(here.binh).post(f"/claims/{number}/reviews", sent)
    told = said(program(here.an).get(f"/assignments/{row.pk}?as_of=2025-06-20"))
    assert (answer.status_code, told["declared"]["code"], told["confirmed"]["code"]) == (
        201, "on_time", "on_time",
    )  # fmt: skip
    assert told["reports"][0]["claim"]["reviews"][0]["id"] == Review.objects.get().pk


@covers("2.14")
def test_what_the_rules_refuse_is_told_in_the_callers_language_and_writes_nothing(here):
    row = factory.given(here)
    an = program(here.an)
    told = {
        language: said(an.post(f"/assignments/{row.pk}/claims", DONE, Accept_Language=language))
        for language in ("en", "vi", "fr", "de")
    }
    assert not Claim.objects.exists()
    assert {one["type"] for one in told.values()} == {"urn:thuocdo:problem:refused"}
    assert len({one["title"] for one in told.values()}) == len({one["detail"] for one in told.values()}) == 4


@covers("2.14")
def test_a_program_cannot_confirm_what_its_account_claimed(here):
    row = factory.given(here)
    claim = factory.claimed(here, row)
    claim.report.__class__.objects.update(by=here.binh)
    answer = program(here.binh).post(f"/claims/{claim.pk}/reviews", {"accepted": True})
    assert (answer.status_code, Review.objects.count()) == (422, 0)


@covers("2.14")
def test_words_that_are_not_known_are_named_and_nothing_is_written(here):
    row = factory.given(here)
    sent = {"text": "Báo cáo", "progres": 50, "happened_on": "18/06/2025"}
    answer = program(here.an).post(f"/assignments/{row.pk}/reports", sent, Accept_Language="en")
    assert {one["at"] for one in said(answer)["errors"]} == {"body.given.progres", "body.given.happened_on"}
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert not Report.objects.exists()


@covers("2.14")
def test_a_report_is_corrected_and_a_request_is_decided(here):
    row = factory.given(here)
    an, chi = program(here.an), program(here.chi)
    first = said(an.post(f"/assignments/{row.pk}/reports", {"text": "Nhầm", "happened_on": "2025-06-18"}))
    right = an.post(f"/reports/{first['id']}/corrections", {"text": "Đúng", "happened_on": "2025-06-18"})
    asked = an.post(
        f"/assignments/{row.pk}/requests",
        {"kind": "limit", "limit_on": "2025-09-30", "reason": "Chờ hướng dẫn", "happened_on": "2025-06-18"},
    )
    decided = chi.post(
        f"/requests/{said(asked)['id']}/decisions", {"granted": True, "happened_on": "2025-06-19"}
    )
    assert (said(right)["corrects"], said(decided)["decision"]["limit_on"]) == (first["id"], "2025-09-30")


@covers("2.14")
def test_a_hold_and_a_difficulty_are_opened_and_ended(here):
    row = factory.given(here)
    an = program(here.an, Permission.REPORT, Permission.READ_OWN)
    hold = an.post(
        f"/assignments/{row.pk}/holds",
        {"agency": here.ministry.code, "reason": "Chờ hướng dẫn", "opened_on": "2025-06-10"},
    )
    met = an.post(
        f"/assignments/{row.pk}/difficulties",
        {"kind": "money", "text": "Thiếu vốn", "opened_on": "2025-06-10"},
    )
    for kind, made in (("holds", hold), ("difficulties", met)):
        ended = an.post(f"/{kind}/{said(made)['id']}/end", {"closed_on": "2025-06-12"})
        assert (ended.status_code, said(ended)["until"]) == (201, "2025-06-12")
