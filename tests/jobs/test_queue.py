"""The queue: what is due is queued once, what failed is tried again after pauses, what is wrong is said."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.management.commands import db_worker

from tests.jobs import tasks
from tests.marks import covers
from thuocdo.jobs import actions, queries
from thuocdo.jobs.management.commands.work import Worker
from thuocdo.jobs.models import Run
from thuocdo.jobs.queries import DONE, FAILED, QUEUED, RUNNING, Job
from thuocdo.lib.say import Refused

pytestmark = pytest.mark.django_db
SEAL = "thuocdo.audit.jobs.seal"


class Never:
    """Nobody asks the worker to end."""

    def comes_within(self, seconds):
        return False


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch):
    """The worker keeps the connection of the test, in whose transaction it works."""
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)


def work():
    """Do everything that is ready."""
    Worker(Never()).run()


@pytest.fixture
def failing():
    """A job that fails each time."""
    tasks.fail.enqueue()
    return Job.objects.get()


@covers("2.09")
def test_what_is_due_is_queued_once():
    now = timezone.now()
    assert SEAL in actions.queue_due(at=now)
    assert actions.queue_due(at=now) == []
    assert actions.queue_due(at=now + timedelta(minutes=2)) == []  # it still waits
    assert Job.objects.filter(task_path=SEAL).count() == 1


@covers("2.09")
def test_a_run_that_ended_well_is_remembered_over_a_restart():
    actions.queue_due(at=timezone.now())
    work()
    assert Run.objects.get(path=SEAL).done_at is not None
    assert actions.queue_due(at=timezone.now()) == []
    assert SEAL in actions.queue_due(at=timezone.now() + timedelta(minutes=1))


@covers("2.09")
def test_a_failed_job_waits_longer_each_time_and_then_for_a_person(failing):
    pauses = []
    for _ in range(5):
        Job.objects.update(run_after=timezone.now())
        work()
        failing.refresh_from_db()
        pauses.append((failing.status, failing.run_after - failing.finished_at))
    states = [state for state, _ in pauses]
    assert states == [QUEUED] * 4 + [FAILED]
    assert [pause for _, pause in pauses[:4]] == sorted(pause for _, pause in pauses[:4])
    assert "nobody listens there" in failing.traceback


@covers("2.09")
def test_a_person_tries_a_failed_job_again(failing):
    Job.objects.update(status=FAILED, worker_ids=["a"] * 5)
    actions.try_again(job=failing)
    failing.refresh_from_db()
    assert (failing.status, failing.worker_ids) == (QUEUED, [])
    Job.objects.update(status=DONE)
    with pytest.raises(Refused):
        actions.try_again(job=failing)


@covers("2.09")
def test_a_job_that_kills_its_worker_is_not_begun_for_ever(failing):
    Job.objects.update(status=RUNNING, worker_ids=["a"])
    assert actions.recover(at=timezone.now()) == 1
    failing.refresh_from_db()
    assert (failing.status, failing.exception_class_path) == (QUEUED, actions.INTERRUPTED)
    Job.objects.update(status=RUNNING, worker_ids=["a"] * 5)
    actions.recover(at=timezone.now())
    failing.refresh_from_db()
    assert failing.status == FAILED


@covers("2.09")
def test_nothing_is_wrong_with_an_installation_that_has_just_begun():
    actions.queue_due(at=timezone.now())
    assert queries.alerts(timezone.now()) == []


@covers("2.09")
@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"status": RUNNING, "started_at": timezone.now() - timedelta(hours=1)}, "it may be stuck"),
        ({"status": FAILED}, "1 job failed for good"),
        ({"enqueued_at": timezone.now() - timedelta(hours=1)}, "is the worker running?"),
        ({"run_after": timezone.now() - timedelta(hours=1)}, "is the worker running?"),
    ],
)
def test_what_is_wrong_is_said(failing, state, said):
    Job.objects.update(**state)
    assert [said in str(alert) for alert in queries.alerts(timezone.now())] == [True]
    failed = int(state.get("status") == FAILED)
    assert queries.trouble(timezone.now()) == (1 - failed, failed)  # what the doctor says


@covers("2.09")
def test_a_periodic_job_that_has_not_ended_well_for_long_is_an_alert():
    long_ago = timezone.now() - timedelta(hours=1)
    Run.objects.create(path=SEAL, queued_at=long_ago, done_at=long_ago)
    assert ["has not ended well since" in str(alert) for alert in queries.alerts(timezone.now())] == [True]


@covers("2.09")
def test_old_jobs_are_forgotten_failed_ones_later(failing):
    long_ago = timezone.now() - timedelta(days=3)
    Job.objects.update(status=FAILED, finished_at=long_ago)
    assert actions.clear(at=timezone.now()) == 0
    Job.objects.update(status=DONE)
    assert actions.clear(at=timezone.now()) == 1
