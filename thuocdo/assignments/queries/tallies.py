"""Counts of the whole installation on a day: a tally taken before, and what differs since (1.32).

The spans believed at moment T were counted for day M once and kept. What is believed now of day D differs
by the spans opened after T and those closed after T, and by those that count otherwise on D than on M: they
begin or end between, or pass a day that the rule of the status looks at. Indexes find all of them: tally −
how they counted on M + how they count on D, exact at every moment. What has no tally near (an earlier
knowledge, an agency) is counted from its spans.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from thuocdo.assignments.models import LeadTally, Span, Taken, Tally
from thuocdo.assignments.queries import counts as counting
from thuocdo.assignments.queries.counts import Scope, end_of
from thuocdo.assignments.queries.sight import Sight
from thuocdo.assignments.queries.summing import Kept, Set, Sums, summed
from thuocdo.assignments.rules.conditions import DAYS_LOOKED_AT
from thuocdo.lib.moments import MOMENT_MAX, AsOf
from thuocdo.statements.fixed import EMPTY, Fixed, Sql

NEAR = 15  # days; farther away, too much differs
COLUMNS = ("declared", "confirmed", "is_key", "dated", *counting.NUMBERS)


def taken(scope: Scope, as_of: AsOf) -> Taken | None:
    """The tally that answers for this scope and day: the nearest that was taken."""
    whole = scope.agency_id is None and scope.parent_id is None and not scope.key_only
    if not whole or as_of.known is not None:
        return None
    nearest = min(_right.rows(), key=lambda one: (abs((one.day - as_of.day).days), one.day), default=None)
    return nearest if nearest and abs((nearest.day - as_of.day).days) <= NEAR else None


@Fixed
def _right() -> QuerySet[Taken]:
    """The tallies that still hold."""
    return Taken.objects.filter(ready=True, wrong=False)


def counted(kept: Taken, scope: Scope, sight: Sight, day: date, limit: int, more: Sql = EMPTY) -> Sums:
    """The sums of the scope, as if counted from its spans now."""
    named = None if sight.names_all else sight.spans(naming=True)
    sets = _differing(kept, day, _seen(scope, sight, sight.progress))
    if sight.reader.own and not sight.reader.reads_all:
        own = counting.counted(scope, sight, AsOf(day)).exclude(directive_id__in=sight.progress)
        sets.append(Set(own.filter(sight.own()), day))
    rows = Tally.objects.filter(_seen(scope, sight, sight.progress), taken=kept).order_by()
    tallies = rows.values_list(*COLUMNS)
    selected = [one.sql(named) for one in sets]
    return summed(selected, limit, kept=Kept(tallies, _leads(kept, scope, sight)), more=more)


def _seen(scope: Scope, sight: Sight, public: Collection[int]) -> Q:
    """These texts, for who does not read all."""
    seen = Q() if sight.reader.reads_all else Q(directive_id__in=public)
    return seen if scope.directive_id is None else seen & Q(directive_id=scope.directive_id)


def _leads(kept: Taken, scope: Scope, sight: Sight) -> QuerySet[LeadTally, tuple[int, ...]]:
    """The tallies by lead: of all texts together where all may be seen, else of each."""
    rows = LeadTally.objects.filter(taken=kept).order_by()
    all_named = sight.reader.reads_all or sight.responsibility.issuperset(kept.texts)
    if all_named and scope.directive_id is None:
        rows = rows.filter(directive_id=None)
    else:
        rows = rows.filter(_seen(scope, sight, sight.responsibility), directive_id__isnull=False)
    return rows.values_list("lead_id", "assigned", "completed", "confirmed", "overdue")


def _differing(kept: Taken, day: date, seen: Q) -> list[Set]:
    """What counts on the day otherwise than in the tally, and with the sign turned how it counts there."""
    spans = Span.objects.filter(seen, depth=0)
    now, then = (
        spans.filter(valid_from__lte=one, valid_to__gt=one, known_to=MOMENT_MAX) for one in (day, kept.day)
    )
    passing = _passing(*sorted((kept.day, day)))
    closed = spans.filter(valid_from__lte=kept.day, valid_to__gt=kept.day, known_from__lte=kept.known)
    closed = closed.filter(known_to__gt=kept.known, known_to__lt=MOMENT_MAX)
    found = [Set(now.filter(Q(known_from__gt=kept.known) | passing), day), Set(closed, kept.day, -1)]
    if passing:
        found.append(Set(then.filter(passing, known_from__lte=kept.known), kept.day, -1))
    return found


def _passing(first: date, last: date) -> Q:
    """Spans that may count otherwise on the one day than on the other."""
    if first == last:
        return Q()
    found = Q(known_from__gte=end_of(first), known_from__lt=end_of(last))  # recorded after the day, or not
    for column in ("valid_from", "valid_to"):
        found |= Q(**{f"{column}__gt": first, f"{column}__lte": last})
    for column in DAYS_LOOKED_AT:
        found |= Q(**{f"{column}__gte": first, f"{column}__lte": last})
    return found
