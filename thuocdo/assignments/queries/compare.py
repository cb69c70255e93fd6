"""Two days compared: what became late, was completed, was returned between them (1.19)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from thuocdo.assignments.enums import Status
from thuocdo.assignments.models import Review
from thuocdo.assignments.queries import counts as counting
from thuocdo.assignments.queries import listing
from thuocdo.assignments.queries.counts import Scope
from thuocdo.assignments.queries.listing import Row
from thuocdo.assignments.queries.sight import PARTS, Sight
from thuocdo.assignments.queries.status import standing, with_status
from thuocdo.assignments.rules.status import COMPLETED
from thuocdo.lib.moments import AsOf

SHOWN = 25  # rows of each list on the page
DONE = [status.value for status in COMPLETED]


@dataclass(frozen=True, slots=True)
class Change:
    """How many assignments changed in one way, and the first of them."""

    count: int
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Compared:
    """What happened after `earlier` up to `later`, of what the scope counts on the later day, as declared."""

    earlier: date
    later: date
    late: Change  # overdue now, not then
    done: Change  # declared completed now, not then
    returned: Change  # a claim was returned in between


def compare(scope: Scope, sight: Sight, as_of: AsOf, other: date) -> Compared:
    """The two days in their order, whichever the page stands at; five statements."""
    earlier, later = sorted((as_of.day, other))
    spans = listing.worst_first(_changed(scope, sight, AsOf(later, as_of.known), earlier))
    found = list(spans.values_list("pk", "status_declared", "was", "is_returned"))
    late = [pk for pk, now, was, _ in found if now == Status.OVERDUE and was != Status.OVERDUE]
    done = [pk for pk, now, was, _ in found if now in DONE and was not in DONE]
    returned = [pk for pk, _, _, is_returned in found if is_returned]
    wanted = {pk for some in (late, done, returned) for pk in some[:SHOWN]}
    shown = spans.filter(pk__in=wanted)
    order = [pk for pk, *_ in found if pk in wanted]
    rows = dict(zip(order, listing.rows(shown, sight, AsOf(later, as_of.known)), strict=True))
    changes = (Change(len(some), [rows[pk] for pk in some[:SHOWN]]) for some in (late, done, returned))
    return Compared(earlier, later, *changes)


def _changed(scope: Scope, sight: Sight, as_of: AsOf, earlier: date) -> QuerySet[Any]:
    """The spans of the later day whose status differs from the earlier, or with a claim returned since."""
    then = standing(AsOf(earlier, as_of.known)).filter(assignment=OuterRef("assignment"))
    was = Subquery(with_status(then, earlier).values("status_declared")[:1])
    spans = with_status(counting.counted(scope, sight, as_of), as_of.day)
    spans = spans.annotate(was=was, is_returned=_returned(as_of, earlier, sight))
    became_late = Q(status_declared=Status.OVERDUE) & (Q(was=None) | ~Q(was=Status.OVERDUE))
    became_done = Q(status_declared__in=DONE) & (Q(was=None) | ~Q(was__in=DONE))
    changed: QuerySet[Any] = spans.filter(became_late | became_done | Q(is_returned=True))
    return changed


def _returned(as_of: AsOf, earlier: date, sight: Sight) -> Exists:
    """Whether a claim was returned after the earlier day up to the later, where results may be seen."""
    reviews = Review.objects.filter(
        claim__assignment=OuterRef("assignment"),
        accepted=False,
        happened_on__gt=earlier,
        happened_on__lte=as_of.day,
    )
    still = Q(corrected_by=None)
    if as_of.known is not None:
        still |= Q(corrected_by__recorded_at__gt=as_of.known)
        reviews = reviews.filter(recorded_at__lte=as_of.known)
    if not sight.reader.reads_all:
        reviews = reviews.filter(_own(sight) | Q(claim__assignment__directive__in=sight.results))
    return Exists(reviews.filter(still))


def _own(sight: Sight) -> Q:
    """Reviews of what the reader's agencies have a part in."""
    own = Q()
    for part in PARTS:
        own |= Q(**{f"claim__assignment__{part}__in": sight.reader.own})
    return own
