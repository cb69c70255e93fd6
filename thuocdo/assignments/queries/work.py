"""What waits for a reader: due, returned, to confirm, to claim, to decide, to give, to remove (1.28).

Each pile is one statement: its first rows, each carrying the number of all.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Window

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.agencies.models import Agency
from thuocdo.assignments.enums import ChangeKind, Series
from thuocdo.assignments.models import (
    Assignment,
    ChangeRequest,
    Claim,
    Review,
    Span,
)
from thuocdo.assignments.queries import listing
from thuocdo.assignments.queries.asked import PILES, asked
from thuocdo.assignments.queries.listing import GROUPS, Group
from thuocdo.assignments.queries.piles import SHOWN, Line, Pile, by_side, carried_on, mine, now, present
from thuocdo.assignments.queries.status import standing
from thuocdo.assignments.rules import six_clears
from thuocdo.assignments.terms import duty_of
from thuocdo.lib.moments import DAY_MAX, MOMENT_MAX, AsOf


@dataclass(frozen=True, slots=True)
class Work:
    """All that waits for one reader. A pile that is no work of theirs is empty."""

    due: Pile
    returned: Pile
    to_claim: Pile
    to_confirm: Pile
    to_decide: Pile
    drafts: Pile
    asked: Mapping[str, Pile]  # by other agencies: `queries/asked.py`

    @property
    def waits(self) -> int:
        """How many things wait in all."""
        return sum(pile.count for pile in self.piles().values())

    def piles(self) -> dict[str, Pile]:
        """All piles by name, those of other agencies last; an empty one too."""
        own = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "asked"}
        return own | {name: self.asked.get(name, Pile()) for name in PILES}


def work(reader: Reader, as_of: AsOf, also: Iterable[QuerySet[Any, Any]] = ()) -> Work:
    """Everything of the page, in at most seven statements; `also`: piles of an app above."""
    reporting = mine(reader, Permission.REPORT)
    reviewing = mine(reader, Permission.REVIEW)
    deciding = mine(reader, Permission.DECIDE)
    assigning = mine(reader, Permission.ASSIGN)
    return Work(
        due=_pile(_due(reporting, as_of), _of_duty) if reporting else Pile(),
        returned=_pile(_returned(reporting), _of_review) if reporting else Pile(),
        to_claim=_pile(_to_claim(reporting), _of_duty) if reporting else Pile(),
        to_confirm=_pile(_to_confirm(reviewing, as_of), _of_claim) if reviewing else Pile(),
        to_decide=_pile(_to_decide(deciding, as_of), _of_request) if deciding else Pile(),
        drafts=_pile(_drafts(assigning, as_of), _of_draft) if assigning else Pile(),
        asked=asked(reader, as_of, also),
    )


def _pile(rows: QuerySet[Any], line: Callable[[Any], Line]) -> Pile:
    """The first rows and the number of all, in one statement."""
    found = list(rows.annotate(in_all=Window(Count("pk")))[:SHOWN])
    return Pile(found[0].in_all if found else 0, tuple(line(row) for row in found))


def _due(mine: Iterable[int], as_of: AsOf) -> QuerySet[Any]:
    spans = standing(as_of).filter(lead_id__in=mine)
    spans = listing.having(spans, as_of.day, Series.DECLARED, GROUPS[Group.OPEN])
    return _told(spans)


def _told(spans: QuerySet[Any]) -> QuerySet[Any]:
    """Spans with what a line says of their duty."""
    waits_for = Agency.objects.filter(pk=OuterRef("waits_for_id")).values("name")
    ordered = listing.worst_first(spans).select_related("assignment__directive")
    return cast(
        "QuerySet[Any]", ordered.annotate(said=present("assignment__"), waits_for=Subquery(waits_for))
    )


def _of_duty(span: Any) -> Line:  # noqa: ANN401 - a span with what `_told` adds
    return Line(
        key=span.assignment_id,
        work=span.said,
        symbol=span.assignment.directive.symbol,
        agency=span.waits_for or "",
        on=span.limit_on,
    )


def _returned(mine: Iterable[int]) -> QuerySet[Review]:
    later = Claim.objects.filter(
        assignment=OuterRef("claim__assignment"), pk__gt=OuterRef("claim"), report__observed_on=None
    )
    rows = Review.objects.filter(
        ~Exists(later),
        now("claim__assignment", lead_id__in=mine, confirmed_by=None),
        accepted=False,
        corrected_by=None,
    )
    rows = rows.select_related("claim__assignment__directive", "agency").order_by("happened_on", "pk")
    return rows.annotate(said=present("claim__assignment__"))


def _of_review(review: Any) -> Line:  # noqa: ANN401
    row = review.claim.assignment
    return Line(
        row.pk, review.said, row.directive.symbol, review.agency.name, review.happened_on, review.reason
    )


def _to_claim(mine: Iterable[int]) -> QuerySet[Any]:
    """Duties that were split and whose parts are all confirmed: their lead is asked for a claim (1.12)."""
    parts = Assignment.objects.filter(parent=OuterRef("assignment")).given()
    open_parts = parts.filter(now("pk", confirmed_by=None))
    done_parts = parts.filter(now("pk", confirmed_by__isnull=False))
    spans = Span.objects.filter(
        ~Exists(open_parts),
        Exists(done_parts),
        known_to=MOMENT_MAX,
        valid_to=DAY_MAX,
        lead_id__in=mine,
        withdrawn=False,
        declared_by=None,
        confirmed_by=None,
    )
    return _told(spans)


def _to_confirm(mine: frozenset[int], as_of: AsOf) -> QuerySet[Claim]:
    """Claims made here that nobody has reviewed, the longest waiting first."""
    rows = Claim.objects.filter(
        carried_on("assignment__confirming", mine, as_of.day),
        ~Exists(Review.objects.filter(claim=OuterRef("pk"))),
        now("assignment", confirmed_by=None),
        corrected_by=None,
        report__source=None,
        report__observed_on=None,
    )
    rows = rows.select_related("assignment__directive", "report__agency").order_by("happened_on", "pk")
    return rows.annotate(said=present("assignment__"))


def _of_claim(claim: Any) -> Line:  # noqa: ANN401
    agency = claim.report.agency
    symbol = claim.assignment.directive.symbol
    return Line(claim.pk, claim.said, symbol, agency.name if agency else "", claim.happened_on)


def _to_decide(mine: frozenset[int], as_of: AsOf) -> QuerySet[ChangeRequest]:
    rows = ChangeRequest.objects.filter(by_side(mine, as_of, "assignment__"), decision=None)
    rows = rows.select_related("assignment__directive", "agency").order_by("happened_on", "pk")
    return rows.annotate(said=present("assignment__"))


def _of_request(request: Any) -> Line:  # noqa: ANN401
    return Line(
        request.pk,
        request.said,
        request.assignment.directive.symbol,
        request.agency.name,
        request.happened_on,
        request.reason,
        str(ChangeKind(request.kind).label),
    )


def _drafts(mine: frozenset[int], as_of: AsOf) -> QuerySet[Assignment]:
    rows = Assignment.objects.drafts().filter(by_side(mine, as_of))
    return rows.select_related("directive", "lead").order_by("recorded_at", "pk")


def _of_draft(row: Assignment) -> Line:
    missing = six_clears.missing(duty_of(row))
    lead = row.lead.name if row.lead else ""
    return Line(row.pk, row.work, row.directive.symbol, lead, row.limit_on, missing=missing)
