"""What is queued, runs, failed; and what somebody has to look at: `alerts` (for pages, doctor, metrics)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from thuocdo.jobs.models import Run
from thuocdo.jobs.rules import schedule
from thuocdo.jobs.rules.schedule import Periodic
from thuocdo.lib.say import Say, say, say_n

Job = DBTaskResult[Any, Any]
QUEUED, RUNNING, FAILED, DONE = (
    TaskResultStatus.READY, TaskResultStatus.RUNNING, TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL,
)  # fmt: skip
SHOWN = 30


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table of periodic jobs with what is known of its runs."""

    periodic: Periodic
    run: Run | None


@dataclass(frozen=True, slots=True)
class Work:
    """All background work in short; each list shows the first few."""

    periodic: Sequence[Line]
    counts: dict[str, int]
    running: Sequence[Job]
    queued: Sequence[Job]
    failed: Sequence[Job]


def table() -> Sequence[Periodic]:
    """The periodic jobs of this installation."""
    return settings.PERIODIC_JOBS


def in_state(status: str) -> QuerySet[Job]:
    """The jobs in a state; those queued as they will be taken, the others the newest first."""
    rows = Job.objects.filter(status=status)
    return rows if status == QUEUED else rows.order_by("-started_at", "pk")


def work() -> Work:
    """What the page shows. Four statements."""
    begun = list(Job.objects.filter(status__in=[RUNNING, FAILED]).order_by("-status", "-started_at")[:SHOWN])
    counted = Job.objects.order_by().values("status").annotate(n=Count("pk"))
    return Work(
        periodic=_lines(),
        counts={row["status"]: row["n"] for row in counted},
        running=[job for job in begun if job.status == RUNNING],
        queued=list(in_state(QUEUED)[:SHOWN]),
        failed=[job for job in begun if job.status == FAILED],
    )


def alerts(at: datetime) -> list[Say]:
    """What is wrong with background work, a sentence for each; empty when nothing is. Three statements."""
    late = [line for line in _lines() if line.run and schedule.overdue(line.periodic, line.run.done_at, at)]
    stuck = [job for job in in_state(RUNNING) if is_stuck(job, at)]
    long_ago = at - schedule.GRACE
    left = Q(run_after__lt=long_ago) | Q(run_after=get_date_max(), enqueued_at__lt=long_ago)
    found = Job.objects.order_by().aggregate(
        failed=Count("pk", filter=Q(status=FAILED)), left=Count("pk", filter=Q(status=QUEUED) & left)
    )
    return [
        *(_not_done(line) for line in late),
        *(_stuck(job) for job in stuck),
        *([_failed(found["failed"])] if found["failed"] else []),
        *([_left(found["left"])] if found["left"] else []),
    ]


def trouble(at: datetime) -> tuple[int, int]:
    """(how many alerts say that work stands still, how many jobs failed for good)."""
    failed = in_state(FAILED).count()
    return len(alerts(at)) - bool(failed), failed


def is_stuck(job: Job, at: datetime) -> bool:
    """Whether a running job takes longer than its line allows."""
    line = schedule.line_of(job.task_path, table())
    at_most = line.at_most if line else schedule.ENOUGH
    return job.status == RUNNING and job.started_at is not None and at - job.started_at > at_most


def name_of(path: str) -> object:
    """What people call the job of a task; a task that is not periodic is called by its path."""
    line = schedule.line_of(path, table())
    return line.name if line else path


def _lines() -> list[Line]:
    runs = {run.path: run for run in Run.objects.all()}
    return [Line(one, runs.get(one.path)) for one in table()]


def _stuck(job: Job) -> Say:
    name = name_of(job.task_path)
    return say(
        "“%(job)s” has been running since %(moment)s: it may be stuck.", job=name, moment=job.started_at
    )


def _not_done(line: Line) -> Say:
    done = line.run.done_at if line.run else None
    return say("“%(job)s” has not ended well since %(moment)s.", job=line.periodic.name, moment=done)


def _left(number: int) -> Say:
    return say_n(
        "%(n)s job waits and nothing takes it: is the worker running?",
        "%(n)s jobs wait and nothing takes them: is the worker running?",
        number,
    )


def _failed(number: int) -> Say:
    return say_n("%(n)s job failed for good.", "%(n)s jobs failed for good.", number)
