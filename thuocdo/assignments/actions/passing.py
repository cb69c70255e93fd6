"""Telling who asked that an answer did not come, who assigned that a commitment was not kept (2.07)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from thuocdo.accounts.enums import Role
from thuocdo.assignments.actions import escalating
from thuocdo.assignments.actions.news import of_items
from thuocdo.assignments.queries import demands as reads
from thuocdo.assignments.queries.between import WRITERS
from thuocdo.assignments.queries.news import Item, standing_spans
from thuocdo.lib.moments import AsOf
from thuocdo.notices import actions as notices
from thuocdo.notices.enums import Kind
from thuocdo.notices.terms import News

LOOKED_BACK = timedelta(days=30)  # longer than a job stands still, shorter than a notice is kept


@transaction.atomic
def tell_passed(*, day: date, at: datetime) -> int:
    """Tell of what has passed by the day; how many notices were offered. The same is told to nobody twice.

    What had passed before people began to be told is not told, nor what passed long ago.
    """
    since = max(escalating.begin(day=day).began_on, day - LOOKED_BACK)
    items = [*_late(since, AsOf(day)), *_broken(since, AsOf(day))]
    found = of_items(items, day) if items else ()
    news = [News(user, item.kind, item.key, item.link, item.values) for item, user in found]
    return notices.tell(news=news, at=at) if news else 0


def _late(since: date, as_of: AsOf) -> Iterator[Item]:
    for demand in reads.unanswered(as_of).filter(due_on__gte=since).select_related("agency").order_by("pk"):
        yield Item(
            kind=Kind.DEMAND_LATE,
            key=f"unanswered:{demand.pk}:{demand.due_on}",
            by_id=None,
            posts=tuple((demand.sender_id, role) for role in WRITERS),
            link=f"/demands/{demand.pk}/",
            values={
                "work": demand.text[:200],
                "agency": demand.agency.name,
                "day": demand.due_on.isoformat(),
            },
            rather_id=demand.by_id,
        )


def _broken(since: date, as_of: AsOf) -> Iterator[Item]:
    here = Q(promised_on__gte=since, assignment__observed_on=None)
    rows = list(reads.broken(as_of).filter(here).select_related("agency", "assignment").order_by("pk"))
    spans = standing_spans({row.assignment_id for row in rows}) if rows else {}
    for row in rows:
        if (span := spans.get(row.assignment_id)) is None:
            continue
        yield Item(
            kind=Kind.PROMISE_BROKEN,
            key=f"broken:{row.pk}",
            by_id=None,
            posts=((span.monitoring_id or span.confirming_id or span.assigner_id, Role.REVIEWER),),
            link=f"/assignments/{row.assignment_id}/",
            values={
                "work": row.assignment.work[:200],
                "agency": row.agency.name,
                "day": row.promised_on.isoformat(),
                "reason": row.text[:300],
            },
        )
