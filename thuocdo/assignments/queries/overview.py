"""The overview of an agency, or of all, on a day: counts, what hurts first, what holds work back."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from thuocdo.agencies import queries as agency_queries
from thuocdo.agencies.models import Agency
from thuocdo.agencies.queries import Place
from thuocdo.assignments.enums import DifficultyClass, Nature, Series
from thuocdo.assignments.models import Difficulty, Outage, Span
from thuocdo.assignments.queries import counts as counting
from thuocdo.assignments.queries import listing, tallies
from thuocdo.assignments.queries.counts import Scope, Share, Table
from thuocdo.assignments.queries.listing import Row
from thuocdo.assignments.queries.sight import Sight
from thuocdo.assignments.queries.summing import Counted, Set, Sums, summed
from thuocdo.assignments.rules.status import OPEN
from thuocdo.lib.moments import DAY_MAX, AsOf

Kinds = QuerySet[Difficulty, Counted]
OWNERS = 3  # agencies named as those that have to remove most of a class
SHARES = 12  # agencies named with their part
SHOWN = 12  # rows of "slow and late" on the page; the rest is a click away


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Difficulties of one class: how many, of which nature, and who has to remove most of them (2.05)."""

    kind: DifficultyClass
    count: int
    objective: int
    subjective: int
    owners: list[tuple[int, int]]  # (agency, how many), the most first; those without an owner are not here


@dataclass(frozen=True, slots=True)
class Overview:
    """What one overview page shows; every figure by the scope and the day in it."""

    scope: Scope
    as_of: AsOf
    table: Table
    pressing: list[Row]  # overdue, then due soon: the longest past its limit first
    shares: list[tuple[Agency, Share]]  # the agencies that have most of it
    held_back: list[HeldBack]
    owners: dict[int, Agency]  # who has to remove what holds back
    above: list[Agency]  # the nearest first
    below: list[Agency]  # those directly below, by name


def overview(scope: Scope, sight: Sight, as_of: AsOf) -> Overview:
    """Everything of the page but the agency itself, in four statements, one more for the nearest tally."""
    place = agency_queries.place(scope.agency_id, scope.kind, as_of) if scope.agency_id else Place()
    spans = counting.counted(scope, sight, as_of, place.inside)
    horizon = as_of.day + timedelta(days=listing.SOON_DAYS)
    still = spans.filter(limit_on__lte=horizon, declared_by=None, withdrawn=False)  # as the index has them
    pressing = listing.worst_first(listing.having(still, as_of.day, Series.DECLARED, OPEN))
    first = Span.objects.filter(pk__in=pressing.values("pk")[:SHOWN])  # only these are joined
    difficulties = standing_difficulties(as_of) & readable_difficulties(sight)
    sums = sums_of(spans, scope, sight, as_of, held_back(difficulties, scope, place.inside))
    back = classes(sums.more)
    owners = [owner for one in back for owner, _ in one.owners]
    named = [*(share.agency_id for share in sums.shares), *place.above, *place.below, *owners]
    rows, agencies = listing.rows_with(listing.worst_first(first), sight, as_of, named)
    return Overview(
        scope=scope,
        as_of=as_of,
        table=counting.table(sums.parts),
        pressing=rows,
        shares=[(agencies[share.agency_id], share) for share in sums.shares],
        held_back=back,
        owners={pk: agencies[pk] for pk in owners},
        above=[agencies[pk] for pk in place.above],
        below=sorted((agencies[pk] for pk in place.below), key=lambda one: one.name),
    )


def sums_of(spans: QuerySet[Span], scope: Scope, sight: Sight, as_of: AsOf, more: Kinds) -> Sums:
    """The counts of the set and who has most of it: from a tally that was taken near, else from the spans."""
    kept = tallies.taken(scope, as_of)
    if kept is not None:
        return tallies.counted(kept, scope, sight, as_of.day, SHARES, more)
    named = scope.agency_id is not None or sight.names_all  # then whatever is counted may be named
    naming = None if named else sight.spans(naming=True)
    return summed([Set(spans, as_of.day)], SHARES, naming=naming, more=more)


def readable_difficulties(sight: Sight) -> Q:
    """Difficulties to be seen: of texts whose agencies are named, of no duty but with a source, their own."""
    if sight.reader.reads_all:
        return Q()
    open_to_all = Q(assignment__directive__in=sight.responsibility) | Q(assignment=None, source__isnull=False)
    return open_to_all | Q(agency__in=sight.reader.own) if sight.reader.own else open_to_all


def held_back(some: Q, scope: Scope, inside: Collection[int]) -> Kinds:
    """How many of these difficulties are of each class and nature, with each owner (0: nobody)."""
    difficulties = Difficulty.objects.filter(some)
    if scope.agency_id is not None:
        difficulties = difficulties.filter(agency__in=inside)
    if scope.directive_id is not None:
        difficulties = difficulties.filter(assignment__directive=scope.directive_id)
    rows = difficulties.order_by().annotate(whose=Coalesce("owner_id", 0))
    return rows.values_list("kind", "nature", "whose").annotate(n=Count("pk"))


def classes(rows: Iterable[Counted]) -> list[HeldBack]:
    """The same by class, the most frequent first."""
    of: dict[str, list[Counted]] = {}
    for row in rows:
        of.setdefault(row[0], []).append(row)
    counted = (_of_kind(kind, parts) for kind, parts in of.items())
    return sorted(counted, key=lambda one: (-one.count, one.kind))


def _of_kind(kind: str, parts: list[Counted]) -> HeldBack:
    natures: Counter[str] = Counter()
    owners: Counter[int] = Counter()
    for _, nature, owner, n in parts:
        natures[nature] += n
        if owner:
            owners[owner] += n
    most = sorted(owners.items(), key=lambda one: (-one[1], one[0]))[:OWNERS]
    return HeldBack(
        DifficultyClass(kind), natures.total(), natures[Nature.OBJECTIVE], natures[Nature.SUBJECTIVE], most
    )


def standing_difficulties(as_of: AsOf) -> Q:
    """Difficulties open on the day, as known at the moment; one read outside only until it was seen."""
    opened = Q(opened_on__lte=as_of.day) & (Q(observed_on=None) | Q(observed_on__gte=as_of.day))
    if as_of.known is None:
        return opened & Q(closed_on__gt=as_of.day)
    not_closed = Q(closed_recorded_at__gt=as_of.known) | Q(closed_on__gt=as_of.day)
    return opened & not_closed & Q(recorded_at__lte=as_of.known)


def open_outage() -> Subquery:
    """A column of agencies: the outage that is still open for it, or for all of its territory."""
    place = Q(agency=OuterRef("pk")) | Q(territory__isnull=False, territory=OuterRef("territory"))
    return Subquery(Outage.objects.filter(place, closed_on=DAY_MAX).order_by("pk").values("pk")[:1])
