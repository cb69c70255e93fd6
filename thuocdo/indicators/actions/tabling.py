"""A table of values is entered as it was shown: what can be entered, all of it at one moment (3.09)."""

from collections import defaultdict
from datetime import date, datetime

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.indicators.actions.observing import correct, observe_many
from thuocdo.indicators.models import Observation
from thuocdo.indicators.queries.tabling import Entry, Plan


@transaction.atomic
def enter_table(*, plan: Plan, happened_on: date, by: User | None, at: datetime) -> int:
    """Give and correct the values of the plan; how many. Rows with problems stay out, as the plan says."""
    new: dict[int, list[Entry]] = defaultdict(list)
    for entry in plan.entries:
        if entry.corrects is None:
            new[entry.indicator.pk].append(entry)
    for entries in new.values():
        given = [entry.value for entry in entries]
        observe_many(indicator=entries[0].indicator, values=given, happened_on=happened_on, by=by, at=at)
    old = [entry for entry in plan.entries if entry.corrects is not None]
    former = Observation.objects.in_bulk([entry.corrects for entry in old if entry.corrects is not None])
    for entry in old:
        standing = former[entry.corrects or 0]
        correct(observation=standing, value=entry.value, reason=entry.row.reason, by=by, at=at)
    return len(plan.entries)
