"""The periodic jobs that need the pages: letters in their words, the end of keeping what tells of people."""

from django.utils import timezone
from django_tasks import task

from thuocdo.notices import actions
from thuocdo.web import letters, personal


@task()
def send_letters() -> None:
    """Write what waits, send what is written."""
    letters.write(at=timezone.now())
    while actions.send_waiting(at=timezone.now()):
        pass


@task()
def forget() -> None:
    """Delete what was kept of people as long as it may be (2.22)."""
    personal.forget_expired(timezone.now())
