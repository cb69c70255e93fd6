"""What is public is a decision of its own: progress, who answers, what came out (1.27)."""

import pytest
from django.urls import reverse

from tests.assignments.factory import GIVEN_ON, JUNE, PLAN, given, world
from tests.marks import covers
from thuocdo.assignments import actions
from thuocdo.assignments.terms import Said
from thuocdo.directives import actions as directive_actions
from thuocdo.directives.actions import Shown

pytestmark = pytest.mark.django_db

DAY = {"as_of": "2025-06-25"}
REPORT = "Đã ban hành kế hoạch số 145/KH-UBND"


@pytest.fixture
def duty():
    """Lai Châu has declared its plan completed."""
    here = world()
    row = given(here)
    said = Said(REPORT, JUNE.date())
    actions.claim(assignment=row, said=said, evidence=[PLAN], shown_on=JUNE.date(), by=here.an, at=JUNE)
    return row


def decide(row, **shown):
    directive_actions.publish(
        directive=row.directive,
        shown=Shown(**{"progress": False, "responsibility": False, "results": False, **shown}),
        withheld="Người đứng đầu chưa đồng ý công bố.",
        decided_on=GIVEN_ON,
        by=None,
        at=JUNE,
    )


def page(client, name, *args, **query):
    return client.get(reverse(f"web:{name}", args=args), {**DAY, **query})


@covers("1.27")
def test_nothing_is_public_before_somebody_decides(client, duty):
    assert page(client, "assignment", duty.pk).status_code == 404
    assert duty.work not in page(client, "assignments").content.decode()


@covers("1.27")
def test_progress_alone_names_nobody(client, duty):
    decide(duty, progress=True)
    shown = page(client, "assignment", duty.pk).content.decode()
    listed = page(client, "assignments").content.decode()
    assert duty.work in shown
    assert duty.work in listed
    for text in (shown, listed, page(client, "home").content.decode()):
        assert duty.lead.name not in text
        assert duty.head_name not in text


@covers("1.27")
def test_progress_alone_is_not_counted_for_an_agency(client, duty):
    decide(duty, progress=True)
    assert duty.work not in page(client, "assignments", agency=duty.lead.code).content.decode()
    decide(duty, progress=True, responsibility=True)
    assert duty.work in page(client, "assignments", agency=duty.lead.code).content.decode()


@covers("1.27")
def test_results_are_a_decision_of_their_own(client, duty):
    decide(duty, progress=True, responsibility=True)
    assert REPORT not in page(client, "assignment", duty.pk).content.decode()
    decide(duty, progress=True, responsibility=True, results=True)
    assert REPORT in page(client, "assignment", duty.pk).content.decode()


@covers("1.27")
def test_publicity_is_always_todays(client, duty):
    decide(duty, progress=True, responsibility=True, results=True)
    decide(duty)
    assert page(client, "assignment", duty.pk).status_code == 404
