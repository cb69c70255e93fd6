"""The periodic job of files."""

from contextlib import suppress

from django.utils import timezone
from django_tasks import task

from thuocdo.files import actions, queries
from thuocdo.files.enums import Verdict


@task()
def scan() -> None:
    """Ask the virus scanner again about the files that wait for it, until it is silent (2.15)."""
    for file in list(queries.unchecked()):
        with suppress(FileNotFoundError):  # `thuocdo doctor` says which bytes are gone
            found = actions.scan(file=file, by=None, at=timezone.now())
            if found is None or found.verdict == Verdict.UNANSWERED:
                break
