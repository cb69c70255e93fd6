"""The time limits of the duties that a person's agencies lead, each with how often it was moved (2.08)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from thuocdo.accounts.permissions import Reader
from thuocdo.agencies.models import Agency
from thuocdo.assignments import wording
from thuocdo.assignments.models import Span
from thuocdo.assignments.queries.status import standing
from thuocdo.lib.moments import DAY_MAX, AsOf

PAST = timedelta(days=90)  # how long a limit that passed stays in the calendar
MOST = 500


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty with the limit in force."""

    pk: int
    work: str
    symbol: str
    lead: str
    limit_on: date
    moves: int  # how often the limit was moved
    changed_at: datetime


def led_by(reader: Reader, day: date) -> list[Duty]:
    """The open duties with a limit that the reader's agencies lead; known to be open. Four statements."""
    mine = reader.agencies & reader.own
    known = Q(known_until=None) | Q(known_until__gte=day)
    rows = standing(AsOf(day)).filter(
        known, lead_id__in=mine, limit_on__gte=day - PAST, declared_by=None, withdrawn=False, paused=False
    )
    spans = list(rows.select_related("assignment__directive").order_by("limit_on", "assignment_id")[:MOST])
    texts = wording.texts(span.assignment for span in spans)
    names = dict(Agency.objects.filter(pk__in={span.lead_id for span in spans}).values_list("pk", "name"))
    moved = _moved(span.assignment_id for span in spans)
    return [
        Duty(
            pk=span.assignment_id,
            work=texts[span.assignment_id].work,
            symbol=span.assignment.directive.symbol,
            lead=names[span.lead_id],
            limit_on=span.limit_on,
            moves=moved[span.assignment_id][0],
            changed_at=moved[span.assignment_id][1],
        )
        for span in spans
        if span.limit_on is not None
    ]


def _moved(assignment_ids: Iterable[int]) -> dict[int, tuple[int, datetime]]:
    """How often the last limit of each changed as knowledge grew, and when it last did."""
    rows = Span.objects.filter(assignment__in=list(assignment_ids), valid_to=DAY_MAX).order_by(
        "known_from", "pk"
    )
    found: dict[int, tuple[int, datetime]] = {}
    limits: dict[int, date | None] = {}
    for pk, limit_on, known_from in rows.values_list("assignment_id", "limit_on", "known_from"):
        if pk not in found:
            found[pk] = (0, known_from)
        elif limits[pk] != limit_on:
            found[pk] = (found[pk][0] + 1, known_from)
        limits[pk] = limit_on
    return found
