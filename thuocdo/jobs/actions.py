"""Every write on background work: queued, put back, cleared away. Technical, so not in the log."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string
from django_tasks.base import Task
from django_tasks_db.models import get_date_max

from thuocdo.jobs import queries
from thuocdo.jobs.models import Run
from thuocdo.jobs.queries import DONE, FAILED, QUEUED, RUNNING, Job
from thuocdo.jobs.rules import schedule
from thuocdo.lib.say import require, say

INTERRUPTED = "thuocdo.jobs.Interrupted"  # stands where an exception would: the worker ended meanwhile
KEPT = timedelta(days=1)  # how long a job that ended well is remembered
KEPT_FAILED = timedelta(days=90)


def queue_due(*, at: datetime) -> list[str]:
    """Queue each periodic job that is due and neither waits nor runs; the paths queued."""
    runs = {run.path: run.queued_at for run in Run.objects.all()}
    lines = [one for one in queries.table() if schedule.due(one, runs.get(one.path), at)]
    return [line.path for line in lines if _queue(line.path, at)]


@transaction.atomic
def _queue(path: str, at: datetime) -> bool:
    Run.objects.update_or_create(path=path, defaults={"queued_at": at})
    if Job.objects.filter(task_path=path, status__in=[QUEUED, RUNNING]).exists():
        return False
    task: Task[[], None] = import_string(path)
    task.enqueue()
    return True


def ended(*, job: Job, at: datetime) -> None:
    """Note that a job ended: well, or to be tried again after a pause, or failed for good."""
    if job.status == DONE:
        Run.objects.filter(path=job.task_path).update(done_at=at)
    elif job.status == FAILED:
        _put_back(job, at)


def recover(*, at: datetime) -> int:
    """Put back what a worker that is gone has left: jobs begun, or failed and not yet put back; how many.

    Called by the only worker before it takes anything, so whatever runs in the table runs nowhere.
    """
    left = list(Job.objects.filter(status=RUNNING))
    for job in left:
        job.exception_class_path, job.traceback = INTERRUPTED, ""
        _put_back(job, at)
    return len(left)


def _put_back(job: Job, at: datetime) -> None:
    """Back into the queue after a pause that grows with the tries; after the last try it stays failed."""
    pause = schedule.wait(len(job.worker_ids), schedule.line_of(job.task_path, queries.table()))
    if pause is None:
        job.status, job.finished_at = FAILED, at
    else:
        job.status, job.run_after = QUEUED, at + pause
    job.save(update_fields=["status", "run_after", "finished_at", "exception_class_path", "traceback"])


@transaction.atomic
def try_again(*, job: Job) -> Job:
    """A person has it done once more, at once, with all its tries."""
    row = Job.objects.select_for_update().get(pk=job.pk)
    require(None if row.status in (FAILED, QUEUED) else say("This job does not wait to be tried again."))
    row.status, row.run_after, row.worker_ids = QUEUED, get_date_max(), []
    row.save(update_fields=["status", "run_after", "worker_ids"])
    return row


def clear(*, at: datetime) -> int:
    """Forget what ended well more than a day ago, and what failed a quarter of a year ago; how many."""
    old = Q(status=DONE, finished_at__lt=at - KEPT) | Q(status=FAILED, finished_at__lt=at - KEPT_FAILED)
    return Job.objects.filter(old).delete()[0]
