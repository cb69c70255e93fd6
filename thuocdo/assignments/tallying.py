"""Takes the tallies that `queries/tallies.py` reads, and forgets those that nobody needs (1.32).

`take_due` is what a worker calls every night; `thuocdo tally` calls it by hand.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Min

from thuocdo.assignments.enums import Status
from thuocdo.assignments.models import LeadTally, Span, Taken, Tally
from thuocdo.assignments.queries import counts
from thuocdo.assignments.queries.counts import NUMBERS, Part
from thuocdo.assignments.queries.status import standing
from thuocdo.lib.moments import MOMENT_MAX, AsOf

AHEAD = 3  # days from today on, each taken anew every night
DAYS = (1, 11, 21)  # of each past month: then no day is farther than five or six from a tally
AGE = timedelta(days=7)  # so old may the tally of a past day be: later facts change little of it
PATIENCE = 300  # times a tenth of a second
WRITERS = """
SELECT DISTINCT virtualtransaction FROM pg_locks
WHERE relation = %s::regclass AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid()
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
Alike = tuple[Status, Status, bool, bool]


@dataclass(slots=True)
class Found:
    """What was counted of a day: by text and what counts alike, by text and lead, by lead."""

    alike: dict[int, dict[Alike, list[int]]] = field(default_factory=dict)
    leads: dict[int | None, Mapping[int, Mapping[str, int]]] = field(default_factory=dict)


def take_due(today: date, *, at: datetime, ahead: int = AHEAD) -> Iterator[tuple[date, int]]:
    """Take every tally that is missing or old, today's first: (day, rows written) one after the other.

    Those of the days ahead are taken each time, those of `DAYS` of past months once a week.
    """
    coming = [today + timedelta(days=number) for number in range(ahead)]
    past = list(_past(today))
    Taken.objects.exclude(day__in=[*coming, *past]).delete()
    Taken.objects.filter(wrong=True).delete()
    fresh = Taken.objects.filter(ready=True, day__in=past, known__gt=at - AGE)
    kept = set(fresh.values_list("day", flat=True))
    for day in [*coming, *(one for one in past if one not in kept)]:
        yield day, take(day, at=at)


def _past(today: date) -> Iterator[date]:
    """The days of tallies before today on which there were duties, the latest first."""
    first = Span.objects.filter(known_to=MOMENT_MAX).aggregate(first=Min("valid_from"))["first"] or today
    for number in range(1, (today - first).days):
        day = today - timedelta(days=number)
        if day.day in DAYS:
            yield day


def take(day: date, *, at: datetime) -> int:
    """Count what is believed at the moment of the day; the rows written, 0 if an earlier fact came between.

    Nobody who writes waits. The beginning is written down, then whoever was already writing is waited for,
    and is counted; one that writes later with an earlier moment finds the beginning, and marks it as wrong.
    If one goes on for longer than `PATIENCE`, nothing is taken this time.
    """
    taken = Taken.objects.create(day=day, known=at)
    if connection.vendor == "postgresql" and not _all_done():
        taken.delete()
        return 0
    found = _count(day, at)
    return _keep(taken, found)


def _all_done() -> bool:
    """Whether everybody else who has written spans and not yet committed does so in time."""
    waited_for = _writers()
    for _ in range(PATIENCE):
        if not waited_for:
            return True
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.1)")
        waited_for &= _writers()
    return False


def _writers() -> set[str]:
    """The transactions that write spans now: whoever writes a row holds this lock on the table to its end."""
    with connection.cursor() as cursor:
        cursor.execute(WRITERS, [Span._meta.db_table])
        return {name for (name,) in cursor.fetchall()}


def _count(day: date, at: datetime) -> Found:
    """By the rule and the statement that the pages count spans by, text after text."""
    spans = standing(AsOf(day, at)).filter(depth=0)
    found = Found()
    whole: dict[int, Counter[str]] = defaultdict(Counter)
    for directive_id in list(spans.order_by().values_list("directive_id", flat=True).distinct()):
        parts = counts.parts(spans.filter(directive_id=directive_id), day)
        found.alike[directive_id] = _alike(parts)
        found.leads[directive_id] = of_leads = counts.by_lead(parts)
        for lead, numbers in of_leads.items():
            whole[lead].update(numbers)
    found.leads[None] = whole
    return found


def _alike(parts: list[Part]) -> dict[Alike, list[int]]:
    """The numbers of the parts without their leads."""
    sums: dict[Alike, list[int]] = {}
    for part in parts:
        so_far = sums.setdefault((part.declared, part.confirmed, part.is_key, part.dated), [0] * len(NUMBERS))
        for place, name in enumerate(NUMBERS):
            so_far[place] += getattr(part, name)
    return sums


@transaction.atomic
def _keep(taken: Taken, found: Found) -> int:
    """Write what was counted, in the place of the tally before; nothing if it has become wrong meanwhile."""
    names = ("declared", "confirmed", "is_key", "dated", *NUMBERS)
    rows = [
        Tally(taken=taken, directive_id=pk, **dict(zip(names, (*key, *numbers), strict=True)))
        for pk, alike in found.alike.items()
        for key, numbers in alike.items()
    ]
    leads = [
        LeadTally(taken=taken, directive_id=pk, lead_id=lead, **numbers)
        for pk, of in found.leads.items()
        for lead, numbers in of.items()
    ]
    Tally.objects.bulk_create(rows, batch_size=1_000)
    LeadTally.objects.bulk_create(leads, batch_size=1_000)
    Taken.objects.filter(day=taken.day).exclude(pk=taken.pk).delete()
    mine = Taken.objects.filter(pk=taken.pk, wrong=False)
    return (len(rows) + len(leads)) * mine.update(ready=True, texts=sorted(found.alike))
