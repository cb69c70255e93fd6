"""The periodic job of the log."""

from django.utils import timezone
from django_tasks import task

from thuocdo.audit import actions


@task()
def seal() -> None:
    """Seal what the log holds unsealed."""
    while actions.seal(at=timezone.now()):
        pass
