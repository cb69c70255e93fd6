"""The confirming agency reviews; evidence is opened by those whom the duty concerns."""

from datetime import date

import pytest
from django.test import Client

from tests.assignments.factory import JUNE, claimed, given, person, world
from tests.directives.factory import ALL
from tests.marks import covers
from tests.web.factory import fill, signed_in, text_of
from thuocdo.accounts.enums import Role
from thuocdo.assignments.enums import EvidenceKind
from thuocdo.assignments.models import Review
from thuocdo.assignments.terms import Shown as ShownEvidence
from thuocdo.directives import actions as directive_actions
from thuocdo.directives.actions import Shown
from thuocdo.files import actions as file_actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    found = world()
    found.row = given(found)
    found.file = file_actions.store(name="kế hoạch.pdf", content=b"%PDF-1.4 example", by=found.an, at=JUNE)
    shown = ShownEvidence(EvidenceKind.SIGNED_FILE, file=found.file)
    found.claim = claimed(found, found.row, evidence=[shown])
    found.address = f"/en/claims/{found.claim.pk}/review/"
    found.giang = person("giang", found.hung_yen, Role.FOCAL)
    return found


YES = {"verdict": "accept", "shown_on": "2025-06-17", "happened_on": "2025-06-19"}
NO = {"verdict": "return", "reason": "Chưa có dấu", "happened_on": "2025-06-19"}


@covers("1.14")
def test_a_claim_is_confirmed_with_another_day(here):
    answer = fill(signed_in(here.binh), here.address, **{**YES, "shown_on": "2025-06-10"})
    assert answer.url == f"/en/assignments/{here.row.pk}/"
    assert Review.objects.get().shown_on == date(2025, 6, 10)


@covers("1.14")
def test_a_claim_is_returned_with_the_reason(here):
    fill(signed_in(here.binh), here.address, **NO)
    assert (Review.objects.get().accepted, Review.objects.get().reason) == (False, "Chưa có dấu")


@pytest.mark.parametrize(
    ("change", "field"), [({"reason": ""}, "reason"), ({**YES, "shown_on": "2025-06-19"}, "shown_on")]
)
def test_what_is_wrong_is_said_beside_its_field(here, change, field):
    page = fill(signed_in(here.binh), here.address, **{**NO, **change}).content.decode()
    assert f'id="id_{field}-error"' in page
    assert not Review.objects.exists()


def test_nothing_is_decided_without_a_choice(here):
    fill(signed_in(here.binh), here.address, shown_on="2025-06-17", happened_on="2025-06-19")
    assert not Review.objects.exists()


@covers("1.29")
@pytest.mark.parametrize("who", ["an", "chi", "giang"])
def test_nobody_else_reviews(here, who):
    assert signed_in(getattr(here, who)).post(here.address, YES).status_code == 404
    assert not Review.objects.exists()


@covers("1.29")
def test_a_reviewer_of_another_agency_does_not_see_the_claim(here):
    assert signed_in(person("lan", here.hung_yen, Role.REVIEWER)).get(here.address).status_code == 404


@covers("1.11")
def test_who_works_in_the_lead_is_told_why_not(here):
    both = person("ngoc", here.office, Role.REVIEWER)
    from tests.assignments.factory import agencies
    from thuocdo.accounts import actions as account_actions
    from thuocdo.accounts.actions import Place

    place = Place(here.lai_chau, Role.FOCAL)
    first = agencies.FIRST_MOMENT
    account_actions.open_membership(user=both, place=place, opened_on=agencies.FIRST_DAY, by=None, at=first)
    page = text_of(signed_in(both).get(here.address))
    assert "Nobody confirms a claim of the agency they work in." in page
    assert "Record the decision" not in page


@covers("1.14")
def test_a_day_long_before_the_claim_is_flagged(here):
    other = given(here, lead=here.hung_yen)
    claim = claimed(here, other, shown_on=date(2025, 5, 20), by=here.giang)
    page = text_of(signed_in(here.binh).get(f"/en/claims/{claim.pk}/review/"))
    assert "29 days before the claim" in page


def test_a_review_is_put_right(here):
    fill(signed_in(here.binh), here.address, **YES)
    first = Review.objects.get()
    fill(signed_in(here.binh), f"/reviews/{first.pk}/correct/", verdict="return", reason="Nhầm văn bản")
    assert Review.objects.get(corrects=first).accepted is False


@covers("1.14", "1.30")
def test_evidence_is_saved_and_not_shown(here):
    answer = signed_in(here.binh).get(f"/files/{here.file.pk}/")
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 example"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]


@covers("1.29")
def test_whom_the_duty_does_not_concern_gets_no_file(here):
    address = f"/files/{here.file.pk}/"
    assert [client.get(address).status_code for client in (signed_in(here.giang), Client())] == [404, 404]


@covers("1.27")
@pytest.mark.parametrize(("shown", "status"), [(Shown(progress=True), 404), (ALL, 200)])
def test_a_file_is_public_only_with_the_results(here, shown, status):
    directive_actions.publish(
        directive=here.row.directive, shown=shown, withheld="kết quả chưa công bố" if status == 404 else "",
        decided_on=date(2025, 6, 19), by=None, at=JUNE,
    )  # fmt: skip
    assert Client().get(f"/files/{here.file.pk}/").status_code == status


def test_a_file_that_shows_nothing_is_nobodys(here):
    loose = file_actions.store(name="a.pdf", content=b"%PDF-1.4 loose", by=here.an, at=JUNE)
    assert signed_in(here.binh).get(f"/files/{loose.pk}/").status_code == 404
