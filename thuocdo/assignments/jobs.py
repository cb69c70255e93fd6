"""The periodic jobs of the cascade."""

from django.core.management import call_command
from django_tasks import task


@task()
def tally() -> None:
    """Count the duties of the day the pages open at and the days after it (1.32)."""
    call_command("tally")
