"""`thuocdo work` as a process: how it ends, what it leaves, that only one works."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections

from tests.jobs import tasks
from tests.marks import covers
from thuocdo.jobs import actions
from thuocdo.jobs.queries import DONE, QUEUED, RUNNING, Job

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
LONG = 60  # seconds after which a waiting test gives up


def waited(holds):
    """Wait until the condition holds."""
    until = time.monotonic() + LONG
    while not holds():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


@pytest.fixture
def address(tmp_path):
    """The database of the test under an address that other processes can open."""
    if connection.vendor == "postgresql":
        place = connection.settings_dict
        yield f"postgres://{place['USER']}:{place['PASSWORD']}@{place['HOST']}:{place['PORT']}/{place['NAME']}"
        return
    file = tmp_path / "test.sqlite3"
    connection.ensure_connection()
    with sqlite3.connect(file) as copy:
        connection.connection.backup(copy)
    copy.close()
    before = connections["default"]
    other = connections.create_connection("default")
    other.settings_dict = {**before.settings_dict, "NAME": str(file)}
    connections["default"] = other
    yield f"sqlite:///{file}"
    other.close()
    connections["default"] = before


@pytest.fixture
def start(address, tmp_path):
    """Start a worker; ended after the test, however it went."""
    begun = []

    def started(*options):
        process = subprocess.Popen(
            [sys.executable, "manage.py", "work", *options],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": address, "THUOCDO_VAR": str(settings.VAR)},
            stdin=subprocess.PIPE,
        )
        begun.append(process)
        return process

    yield started
    for process in begun:
        process.kill()
        process.stdin.close()
        process.wait()


def states():
    return list(
        Job.objects.filter(task_path__startswith="tests.")
        .order_by("enqueued_at")
        .values_list("status", flat=True)
    )


@covers("2.09")
def test_a_worker_told_to_end_finishes_its_job_and_takes_no_other(start, tmp_path):
    tasks.until.enqueue(str(tmp_path / "begun"))
    tasks.note.enqueue(str(tmp_path / "noted"))
    worker = start()
    waited((tmp_path / "begun").exists)
    worker.send_signal(signal.SIGTERM)
    (tmp_path / "go").touch()
    assert worker.wait(LONG) == 0
    assert states() == [DONE, QUEUED]


@covers("2.09")
@pytest.mark.parametrize(
    "ends", [lambda worker: worker.send_signal(signal.SIGTERM), lambda worker: worker.stdin.close()]
)
def test_a_worker_without_work_ends_at_once(start, tmp_path, ends):
    tasks.note.enqueue(str(tmp_path / "noted"))
    worker = start("--while-fed")
    waited(lambda: states() == [DONE])
    ends(worker)
    assert worker.wait(LONG) == 0


@covers("2.09")
def test_what_a_killed_worker_was_at_is_tried_again(start, tmp_path):
    tasks.until.enqueue(str(tmp_path / "begun"))
    worker = start()
    waited((tmp_path / "begun").exists)
    worker.kill()
    worker.wait(LONG)
    assert states() == [RUNNING]
    assert start("--once").wait(LONG) == 0
    job = Job.objects.get(task_path__startswith="tests.")
    assert (job.status, job.exception_class_path) == (QUEUED, actions.INTERRUPTED)


@covers("2.09")
def test_of_two_workers_one_works_and_the_other_takes_over(start, tmp_path):
    tasks.until.enqueue(str(tmp_path / "begun"))
    first = start()
    waited((tmp_path / "begun").exists)
    tasks.note.enqueue(str(tmp_path / "noted"))
    assert start("--once").wait(LONG) == 0
    assert states() == [RUNNING, QUEUED]
    second = start()
    first.kill()
    waited((tmp_path / "noted").exists)
    assert second.poll() is None
