"""The page of background work: what failed and why in plain words, tried again from there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.assignments.factory import person, world
from tests.jobs import tasks
from tests.marks import covers
from tests.web.factory import signed_in, text_of
from thuocdo.accounts.enums import Role
from thuocdo.config import settings as plain
from thuocdo.jobs.queries import FAILED, QUEUED, RUNNING, Job
from thuocdo.web.pages import jobs as page

pytestmark = pytest.mark.django_db


@pytest.fixture
def steward():
    here = world()
    return signed_in(person("em", here.lai_chau, Role.STEWARD))


@pytest.fixture
def job():
    """A job that waits."""
    tasks.fail.enqueue()
    return Job.objects.get()


@covers("2.09")
def test_every_periodic_job_stands_on_the_page(steward):
    text = text_of(steward.get("/en/jobs/"))
    missing = [line.path for line in plain.PERIODIC_JOBS if str(line.name) not in text]
    assert missing == []
    assert "All is well" in text


@covers("2.09")
def test_a_failed_job_says_why_and_is_tried_again(steward, job):
    Job.objects.update(
        status=FAILED, exception_class_path="builtins.ConnectionRefusedError", traceback="…\nnobody listens\n"
    )
    text = text_of(steward.get("/en/jobs/"))
    assert "The other system does not answer." in text
    assert "nobody listens" in text
    steward.post(f"/en/jobs/{job.pk}/again/")
    assert Job.objects.get().status == QUEUED


@covers("2.09")
def test_a_stuck_job_is_an_alert(steward, job):
    Job.objects.update(status=RUNNING, started_at=timezone.now() - timedelta(hours=2))
    text = text_of(steward.get("/en/jobs/"))
    assert "it may be stuck" in text
    assert "It takes much longer than it should." in text


@covers("2.09")
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("thuocdo.jobs.Interrupted", "The worker was ended"),
        ("smtplib.SMTPRecipientsRefused", "The mail server"),
        ("requests.exceptions.ConnectTimeout", "The other system did not answer as agreed"),
        ("builtins.ZeroDivisionError", "A fault nobody foresaw"),
    ],
)
def test_reasons_are_plain_words(fault, said):
    assert str(page.reason(Job(exception_class_path=fault))).startswith(said)
