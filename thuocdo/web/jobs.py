"""The periodic jobs of letters: written in the words of the pages, then sent."""

from django.utils import timezone
from django_tasks import task

from thuocdo.notices import actions
from thuocdo.web import letters


@task()
def send_letters() -> None:
    """Write what waits, send what is written."""
    letters.write(at=timezone.now())
    while actions.send_waiting(at=timezone.now()):
        pass
