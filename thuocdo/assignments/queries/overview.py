"""The overview of an agency, or of all, on a day: counts, what hurts first, what holds work back."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q

from thuocdo.agencies.models import Agency, Closure
from thuocdo.assignments.enums import DifficultyClass, Series
from thuocdo.assignments.models import Difficulty
from thuocdo.assignments.queries import counts as counting
from thuocdo.assignments.queries import listing
from thuocdo.assignments.queries.counts import Scope, Share, Table
from thuocdo.assignments.queries.listing import Row
from thuocdo.assignments.queries.sight import Sight
from thuocdo.assignments.rules.status import OPEN
from thuocdo.lib.moments import AsOf

SHARES = 12  # agencies named with their part
SHOWN = 12  # rows of "slow and late" on the page; the rest is a click away


@dataclass(frozen=True, slots=True)
class Overview:
    """What one overview page shows; every figure by the scope and the day in it."""

    scope: Scope
    as_of: AsOf
    table: Table
    pressing: list[Row]  # overdue, then due soon: the longest past its limit first
    shares: list[tuple[Agency, Share]]  # the agencies that have most of it
    held_back: list[tuple[DifficultyClass, int]]


def overview(scope: Scope, sight: Sight, as_of: AsOf) -> Overview:
    """Everything of the page but the agency itself, in seven statements."""
    spans = counting.counted(scope, sight, as_of)
    horizon = as_of.day + timedelta(days=listing.SOON_DAYS)
    pressing = listing.having(spans.filter(limit_on__lte=horizon), as_of.day, Series.DECLARED, OPEN)
    parts = counting.parts(spans, as_of.day)
    named = parts if sight.names_all else counting.parts(spans.filter(sight.spans(naming=True)), as_of.day)
    shares = counting.shares(named, SHARES)
    ids = [share.agency_id for share in shares]
    rows, agencies = listing.rows_with(listing.worst_first(pressing)[:SHOWN], sight, as_of, ids)
    return Overview(
        scope=scope,
        as_of=as_of,
        table=counting.table(parts),
        pressing=rows,
        shares=[(agencies[share.agency_id], share) for share in shares],
        held_back=held_back(scope, sight, as_of),
    )


def held_back(scope: Scope, sight: Sight, as_of: AsOf) -> list[tuple[DifficultyClass, int]]:
    """Open difficulties of the scope by class, the most frequent first."""
    difficulties = Difficulty.objects.filter(standing_difficulties(as_of))
    if scope.agency_id is not None:
        inside = Closure.objects.standing(as_of).filter(ancestor=scope.agency_id, kind=scope.kind)
        difficulties = difficulties.filter(agency__in=inside.values("descendant_id"))
    if scope.directive_id is not None:
        difficulties = difficulties.filter(assignment__directive=scope.directive_id)
    if not sight.reader.reads_all:
        named = Q(assignment__directive__in=sight.responsibility)
        open_to_all = named | Q(assignment=None, source__isnull=False)
        difficulties = difficulties.filter(open_to_all | Q(agency__in=sight.reader.own))
    found = difficulties.order_by().values_list("kind").annotate(n=Count("pk")).order_by("-n", "kind")
    return [(DifficultyClass(kind), n) for kind, n in found]


def standing_difficulties(as_of: AsOf) -> Q:
    """Difficulties open on the day, as known at the moment; one read outside only until it was seen."""
    opened = Q(opened_on__lte=as_of.day) & (Q(observed_on=None) | Q(observed_on__gte=as_of.day))
    if as_of.known is None:
        return opened & Q(closed_on__gt=as_of.day)
    not_closed = Q(closed_recorded_at__gt=as_of.known) | Q(closed_on__gt=as_of.day)
    return opened & not_closed & Q(recorded_at__lte=as_of.known)
