"""The periodic jobs of the cascade."""

from datetime import date

from django.utils import timezone
from django_tasks import task

from thuocdo.agencies.queries import installation
from thuocdo.assignments import actions, measures, tallying


@task()
def tally() -> None:
    """Count the duties of the day the pages open at, of the days after it and of past ones (1.32)."""
    list(tallying.take_due(_day(), at=timezone.now()))


@task()
def show_waiting() -> None:
    """Show which running limits the decisions on working days would move; people move them (2.01)."""
    actions.show_waiting(at=timezone.now())


@task()
def escalate() -> None:
    """Take the steps that open duties have reached (2.07)."""
    actions.escalate(day=_day(), at=timezone.now())


@task()
def tell_news() -> None:
    """Tell people what was done, as soon as it is sealed (2.07)."""
    actions.tell_news(day=timezone.localdate(), at=timezone.now())


@task()
def tell_passed() -> None:
    """Tell who asked of answers that did not come and of commitments that were not kept (2.07)."""
    actions.tell_passed(day=_day(), at=timezone.now())


@task()
def publish_rates() -> None:
    """Publish the rates of duties of the month that is over (3.08)."""
    list(measures.publish_due(_day(), at=timezone.now()))


def _day() -> date:
    """The day the pages open at: where that stands still, as in the demo world, no step is ever reached."""
    return installation().opens_on or timezone.localdate()
