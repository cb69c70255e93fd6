"""`thuocdo work`: does the background work of an installation, beside its server (2.09).

The jobs of the table `settings.PERIODIC_JOBS` and whatever a page has put off, one after another. Of several
workers one works and the others stand by. SIGTERM, SIGINT or the end of standard input (with --while-fed)
end it after the job it is at.
"""

import os
import select
import signal
import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands import db_worker

from thuocdo.jobs import actions
from thuocdo.jobs.lock import WorkerLock
from thuocdo.jobs.queries import Job

PACE = 1.0  # seconds between two looks into the queue
PATIENCE = 10.0  # after the database did not answer


class Stop:
    """Whether it is time to end: a signal came, or standard input ended."""

    def __init__(self, while_fed: bool) -> None:  # noqa: FBT001 - an option of the command
        self.asked = False
        woken, self._wakes = os.pipe()
        os.set_blocking(self._wakes, False)
        signal.set_wakeup_fd(self._wakes)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: None)
        self._heard = [woken, sys.stdin] if while_fed else [woken]

    def comes_within(self, seconds: float) -> bool:
        """Wait so long, or until it is time to end."""
        self.asked = self.asked or bool(select.select(self._heard, [], [], seconds)[0])
        return self.asked


class Worker(db_worker.Worker):
    """The queue's own worker, which also puts back what failed and stops between two jobs."""

    def __init__(self, stop: Stop) -> None:
        super().__init__(
            queue_names=["default"], interval=0, batch=True, backend_name="default", startup_delay=False,
            max_tasks=None, worker_id=get_random_string(32), excluded_queue_names=[],
        )  # fmt: skip
        self._stop = stop

    def run_task(self, db_task_result: Job) -> None:
        """Do one job, note how it ended."""
        super().run_task(db_task_result)
        actions.ended(job=db_task_result, at=timezone.now())
        self.running = not self._stop.comes_within(0)


class Command(BaseCommand):
    help = "Does the background work: periodic jobs and whatever was put off. Runs until it is stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--once for a cron that does the work of the moment; --while-fed for bin/serve."""
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")
        parser.add_argument(
            "--while-fed", action="store_true", help="end when standard input ends (bin/serve holds it open)"
        )

    def handle(self, *_: object, once: bool, while_fed: bool, **__: object) -> None:
        """Take the lock, put back what was left lying, then work until it is time to end."""
        self.stop, self.lock = Stop(while_fed), WorkerLock()
        self.first = True
        while not self.stop.asked:
            pause = PACE
            try:
                self._round()
            except DatabaseError as fault:
                self.stderr.write(f"The database does not answer; the worker tries again: {fault}")
                self.first, pause = True, PATIENCE
            close_old_connections()
            if once:
                return
            self.stop.comes_within(pause)

    def _round(self) -> None:
        if not self.lock.held():
            self.first = True
            return
        if self.first and (left := actions.recover(at=timezone.now())):
            self.stdout.write(f"{left} jobs that were interrupted wait to be tried again.")
        self.first = False
        actions.queue_due(at=timezone.now())
        if Job.objects.ready().exists():
            Worker(self.stop).run()
