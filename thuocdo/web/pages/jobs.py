"""Background work: what is queued, runs, failed and why; what failed is tried again from here (2.09)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from thuocdo.accounts.enums import Permission
from thuocdo.faces import wording
from thuocdo.jobs import actions, queries
from thuocdo.jobs.queries import Job
from thuocdo.jobs.rules.schedule import Daily, Periodic
from thuocdo.lib.say import Refused, Say, say, say_n
from thuocdo.web import desk
from thuocdo.web.access import PageRequest, requires

REASONS: tuple[tuple[str, Say], ...] = (  # the beginning of an exception's path, what it means
    (actions.INTERRUPTED, say("The worker was ended while it was at this job.")),
    ("django.db.utils.OperationalError", say("The database did not answer, or was busy for too long.")),
    ("smtplib.", say("The mail server did not take the message.")),
    ("requests.", say("The other system did not answer as agreed.")),
    ("builtins.ConnectionRefusedError", say("The other system does not answer.")),
    ("builtins.TimeoutError", say("The other system took too long to answer.")),
    ("builtins.OSError", say("A file or the network could not be used.")),
    ("builtins.ImportError", say("This release does not know the job any more.")),
    ("builtins.ModuleNotFoundError", say("This release does not know the job any more.")),
)
UNFORESEEN = say("A fault nobody foresaw. Tell the people who maintain the software, with the line below.")


@dataclass(frozen=True, slots=True)
class Shown:
    """A job with its name, why it failed in plain words, and the last line of the trace."""

    job: Job
    name: str
    tries: int
    reason: str
    fault: str
    stuck: bool


@requires(Permission.READ_LOG)
def jobs(request: PageRequest) -> HttpResponse:
    """The table of periodic jobs, the alerts, the three lists."""
    work, now = queries.work(), desk.now()
    context = {
        "alerts": queries.alerts(now),
        "periodic": [(line, pace(line.periodic)) for line in work.periodic],
        "counts": [work.counts.get(state, 0) for state in (queries.RUNNING, queries.QUEUED, queries.FAILED)],
        "running": shown(work.running),
        "queued": shown(work.queued),
        "failed": shown(work.failed),
    }
    return render(request, "web/jobs/jobs.html", context)


@require_POST
@requires(Permission.READ_LOG)
def again(request: PageRequest, pk: UUID) -> HttpResponse:
    """Put a job that failed, or waits for its next try, in front at once."""
    job = get_object_or_404(Job, pk=pk)
    try:
        actions.try_again(job=job)
        messages.success(request, gettext("The job is tried again at once."))
    except Refused as refusal:
        for reason in refusal.reasons:
            messages.error(request, wording.tell(reason))
    return redirect("web:jobs")


def shown(rows: Iterable[Job]) -> list[Shown]:
    """The jobs as a person reads them."""
    return [
        Shown(
            job=job,
            name=wording.shown(queries.name_of(job.task_path)),
            tries=len(job.worker_ids),
            reason=wording.tell(reason(job)) if job.exception_class_path else "",
            fault=(job.traceback.strip().splitlines() or [""])[-1],
            stuck=queries.is_stuck(job, desk.now()),
        )
        for job in rows
    ]


def reason(job: Job) -> Say:
    """Why the last try failed."""
    return next((said for start, said in REASONS if job.exception_class_path.startswith(start)), UNFORESEEN)


def pace(line: Periodic) -> str:
    """How often, in words."""
    if isinstance(line.when, Daily):
        return wording.tell(say("every day at %(time)s", time=f"{line.when.at:%H:%M}"))
    minutes = int(line.when.pace.total_seconds() // 60)
    return wording.tell(say_n("every minute", "every %(n)s minutes", minutes))
