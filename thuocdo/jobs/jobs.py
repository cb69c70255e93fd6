"""The periodic job of background work itself."""

from django.utils import timezone
from django_tasks import task

from thuocdo.jobs import actions


@task()
def clear() -> None:
    """Forget jobs that ended long ago."""
    actions.clear(at=timezone.now())
