"""The overview of an agency, or of all, on a day: counts, what hurts first, what holds work back."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

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
from thuocdo.assignments.queries.sight import Form, Sight
from thuocdo.assignments.queries.summing import Counted, Set, Sums, by_status, summed
from thuocdo.assignments.rules.status import OPEN
from thuocdo.lib.moments import DAY_MAX, AsOf
from thuocdo.statements.fixed import Fixed

Kinds = QuerySet[Difficulty, Counted]
Ids: TypeAlias = Collection[int]
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
    here = _here(scope, place, as_of)
    sums = sums_of(scope, sight, as_of, here)
    back = classes(sums.more)
    owners = [owner for one in back for owner, _ in one.owners]
    named = [*(share.agency_id for share in sums.shares), *place.above, *place.below, *owners]
    seen = sight.values(naming=scope.agency_id is not None)
    horizon = as_of.day + timedelta(days=listing.SOON_DAYS)
    pressing = _pressing.rows(_form(scope), sight.form(), horizon=horizon, **here, **seen)
    rows, agencies = listing.rows_with(pressing, sight, as_of, named)
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


def sums_of(scope: Scope, sight: Sight, as_of: AsOf, here: Mapping[str, Any]) -> Sums:
    """The counts of the set and who has most of it: from a tally that was taken near, else from the spans."""
    more = held_back.sql(_form(scope), sight.form(), **here, **sight.values(naming=True))
    kept = tallies.taken(scope, as_of)
    if kept is not None:
        return tallies.counted(kept, scope, sight, as_of.day, SHARES, more)
    one = scope.agency_id is not None
    after = counting.end_of(as_of.day)
    if one or sight.names_all:  # then whatever is counted may be named
        rows = _by_status.sql(_form(scope), sight.form(), after=after, **here, **sight.values(naming=one))
    else:
        naming = sight.spans(naming=True)
        rows = Set(counting.counted(scope, sight, as_of), as_of.day).sql(naming)
    return summed([rows], SHARES, more=more)


def _form(scope: Scope) -> Scope:
    """The scope without the values in it: which agency is said by those of its subtree."""
    return scope if scope.agency_id is None else replace(scope, agency_id=0)


def _here(scope: Scope, place: Place, as_of: AsOf) -> dict[str, Any]:
    """The values of a scope on a day."""
    found: dict[str, Any] = {"day": as_of.day}
    if as_of.known is not None:
        found["known"] = as_of.known
    return found if scope.agency_id is None else {**found, "inside": place.inside}


@Fixed
def _by_status(
    scope: Scope,
    sees: Form,
    *,
    day: date,
    after: datetime,
    known: datetime | None = None,
    inside: Ids = (),
    **seen: Ids,
) -> QuerySet[Any, Any]:
    """The spans of the scope by lead and status."""
    spans = counting.counted(scope, sees.sight(**seen), AsOf(day, known), inside)
    return by_status(spans, day, after, 1, None)


@Fixed
def _pressing(
    scope: Scope,
    sees: Form,
    *,
    day: date,
    horizon: date,
    known: datetime | None = None,
    inside: Ids = (),
    **seen: Ids,
) -> QuerySet[Any, Any]:
    """The open duties of the scope that are longest past their limit, or soon will be, as rows show them."""
    as_of, sight = AsOf(day, known), sees.sight(**seen)
    spans = counting.counted(scope, sight, as_of, inside)
    still = spans.filter(limit_on__lte=horizon, declared_by=None, withdrawn=False)  # as the index has them
    worst = listing.worst_first(listing.having(still, day, Series.DECLARED, OPEN))
    first = Span.objects.filter(pk__in=worst.values("pk")[:SHOWN])  # only these are joined
    return listing.with_words(listing.worst_first(first), sight, as_of)


@Fixed
def held_back(
    scope: Scope,
    sees: Form,
    *,
    day: date,
    known: datetime | None = None,
    inside: Ids = (),
    **seen: Ids,
) -> Kinds:
    """How many difficulties of the scope are of each class and nature, with each owner (0: nobody)."""
    standing = standing_difficulties(AsOf(day, known))
    difficulties = Difficulty.objects.filter(standing & readable_difficulties(sees.sight(**seen)))
    if scope.agency_id is not None:
        difficulties = difficulties.filter(agency__in=inside)
    if scope.directive_id is not None:
        difficulties = difficulties.filter(assignment__directive=scope.directive_id)
    rows = difficulties.order_by().annotate(whose=Coalesce("owner_id", 0))
    return rows.values_list("kind", "nature", "whose").annotate(n=Count("pk"))


def readable_difficulties(sight: Sight) -> Q:
    """Difficulties to be seen: of texts whose agencies are named, of no duty but with a source, their own."""
    if sight.reader.reads_all:
        return Q()
    open_to_all = Q(assignment__directive__in=sight.responsibility) | Q(assignment=None, source__isnull=False)
    return open_to_all | Q(agency__in=sight.reader.own) if sight.reader.own else open_to_all


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
