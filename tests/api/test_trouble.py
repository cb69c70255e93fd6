"""What the machine cannot do is a problem with words, and nothing is kept of the call (2.17)."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import OperationalError
from django.utils import timezone

from tests.api.client import program, said
from tests.assignments import factory
from tests.marks import covers
from thuocdo.assignments import actions
from thuocdo.assignments.models import Report

pytestmark = pytest.mark.django_db
REPORT = {"text": "Đã trình dự thảo", "happened_on": "2025-06-18"}


@pytest.fixture
def here():
    found = factory.world()
    found.address = f"/assignments/{factory.given(found).pk}/reports"
    return found


def raises(cause):
    def fail(**_given):
        raise OperationalError from cause

    return fail


@covers("2.14", "2.17")
@pytest.mark.parametrize(
    ("cause", "status", "kind", "words"),
    [
        (psycopg.errors.DiskFull(), 507, "no-room", "The server has no room left."),
        (psycopg.errors.AdminShutdown(), 503, "unavailable", "The database does not answer."),
        (psycopg.errors.DeadlockDetected(), 503, "unavailable", "Others are writing at this moment"),
    ],
)
def test_trouble_is_told_and_the_same_key_works_afterwards(here, monkeypatch, cause, status, kind, words):
    an = program(here.an)
    with monkeypatch.context() as broken:
        broken.setattr(actions, "report", raises(cause))
        answer = an.post(here.address, REPORT, Idempotency_Key="k1", Accept_Language="en")
    assert (answer.status_code, said(answer)["type"]) == (status, f"urn:thuocdo:problem:{kind}")
    assert said(answer)["detail"].startswith(words)
    assert not Report.objects.exists()
    assert an.post(here.address, REPORT, Idempotency_Key="k1").status_code < 300
    assert Report.objects.count() == 1


@covers("2.17")
def test_a_clock_that_is_set_back_puts_nothing_before_what_is_known(here, monkeypatch):
    right = datetime(2025, 7, 20, 3, tzinfo=UTC)
    an = program(here.an)
    for moment in (right, right - timedelta(days=1)):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert an.post(here.address, REPORT).status_code < 300
    first, second = Report.objects.order_by("pk").values_list("recorded_at", flat=True)
    assert first < second
