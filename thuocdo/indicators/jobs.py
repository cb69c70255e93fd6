"""The periodic job of measuring. Only the worker imports this: it brings the engine of facts."""

from django.utils import timezone
from django_tasks import task

from thuocdo.indicators import intake


@task()
def count_facts() -> None:
    """Count what changed and is not counted yet: what an import that was cut off has left (3.12)."""
    intake.count_left(at=timezone.now())
