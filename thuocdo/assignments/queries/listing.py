"""Rows of assignments for lists: what a page shows of each, in a fixed number of statements."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from thuocdo.agencies.models import Agency
from thuocdo.assignments.enums import ChangeKind, Condition, ResourceKind, Series, Status
from thuocdo.assignments.models import Assignment, ChangeDecision, Resource
from thuocdo.assignments.queries.sight import PARTS, Sight
from thuocdo.assignments.queries.status import Holds, with_status
from thuocdo.assignments.rules.conditions import conditions_of
from thuocdo.assignments.rules.status import ASSIGNED, COMPLETED, OPEN
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Say, say
from thuocdo.statements.fixed import Fixed

SOON_DAYS = 15  # "due soon": the horizon of the overview, in calendar days


class Group(StrEnum):
    """Sets of statuses that a total can stand for, and that a list can be opened by."""

    ASSIGNED = "assigned"
    COMPLETED = "completed"
    OPEN = "open"
    DOING = "doing"


GROUPS: Mapping[Group, frozenset[Status]] = {
    Group.ASSIGNED: ASSIGNED,
    Group.COMPLETED: COMPLETED,
    Group.OPEN: OPEN,
    Group.DOING: OPEN - {Status.OVERDUE},
}


@dataclass(frozen=True, slots=True)
class Row:
    """One assignment on a day, as lists show it."""

    pk: int
    work: str
    product: str
    symbol: str
    lead: Agency | None  # None: who leads is not public
    declared: Status
    confirmed: Status
    limit_on: date | None
    first_limit_on: date | None
    known_until: date | None
    days_left: int | None  # negative: days past the limit
    progress: Decimal | None  # per cent, as last declared by the day
    is_key: bool
    is_example: bool
    awaits_review: bool
    waits_for: Agency | None
    hold_state: str  # of that hold
    blocked_by: Agency | None  # who has to remove the difficulty met last
    conditions: tuple[Condition, ...]
    source: Say | None  # where its state was read, when outside
    has_results: bool = True  # False: what was reported is not public
    directive_id: int = 0

    @property
    def is_soon(self) -> bool:
        """Open, and due within the horizon."""
        return (
            self.declared in GROUPS[Group.DOING]
            and self.days_left is not None
            and self.days_left <= SOON_DAYS
        )


CONDITION_COLUMNS = (
    "limit_class", "withdrawn", "paused", "declared_by", "slow_from", "stalled_from", "waits_for_id",
    "hold_state", "blocked_by_id", "unreachable",
)  # fmt: skip
RELATED = ("assignment__directive", "assignment__source")
COLUMNS = (
    *PARTS,
    "directive_id",
    "limit_on", "first_limit_on", "known_until", "awaits_review", "progress", *CONDITION_COLUMNS,
    "assignment__is_key", "assignment__is_example", "assignment__observed_on",
    "assignment__directive__symbol", "assignment__source__key",
)  # fmt: skip


def having(spans: QuerySet[Any], day: date, series: Series, statuses: Collection[Status]) -> QuerySet[Any]:
    """The spans whose status in the series is one of these."""
    return with_status(spans, day).filter(**{f"status_{series}__in": [one.value for one in statuses]})


def in_condition(spans: QuerySet[Any], day: date, condition: Condition) -> QuerySet[Any]:
    """The spans of which the condition holds (2.04)."""
    return spans.filter(Holds(day, condition))


def without_resources(spans: QuerySet[Any], as_of: AsOf) -> QuerySet[Any]:
    """The spans whose duty had been given no money, people or equipment by the day (1.14)."""
    had = Resource.objects.filter(assignment=OuterRef("assignment_id"), happened_on__lte=as_of.day)
    if as_of.known is not None:
        had = had.filter(recorded_at__lte=as_of.known)
    return spans.filter(~Exists(had.exclude(kind=ResourceKind.ASKED)))


def worst_first(spans: QuerySet[Any]) -> QuerySet[Any]:
    """The longest past their limit first; what has no limit last."""
    return spans.order_by(F("limit_on").asc(nulls_last=True), "assignment_id")


def parts_after(spans: QuerySet[Any], place: Sequence[Any] | None) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """Those with a limit, then those without, in their order, behind a place (limit, assignment) in it.

    Two parts, so that the index is read from the place on and not from its beginning.
    """
    dated, undated = spans.filter(limit_on__isnull=False), spans.filter(limit_on=None)
    if place is not None:
        limit_on, pk = place
        if limit_on is None:
            dated, undated = dated.none(), undated.filter(assignment_id__gt=pk)
        else:
            dated = dated.filter(limit_on__gte=limit_on)
            dated = dated.filter(Q(limit_on__gt=limit_on) | Q(assignment_id__gt=pk))
    return dated.order_by("limit_on", "assignment_id"), undated.order_by("assignment_id")


def rows(spans: QuerySet[Any], sight: Sight, as_of: AsOf) -> list[Row]:
    """The spans of a page, in their order, as rows: two statements."""
    return rows_with(with_words(spans, sight, as_of), sight, as_of, ())[0]


def with_words(spans: QuerySet[Any], sight: Sight, as_of: AsOf) -> QuerySet[Any]:
    """The spans with all that a row says of each."""
    said = with_status(sight.marked(spans), as_of.day).annotate(
        said_work=_said(ChangeKind.CONTENT, "work", as_of),
        said_product=_said(ChangeKind.PRODUCT, "product", as_of),
    )
    worded: QuerySet[Any] = said.select_related(*RELATED).only(*COLUMNS)
    return worded


def rows_with(
    spans: Iterable[Any], sight: Sight, as_of: AsOf, more: Iterable[int]
) -> tuple[list[Row], dict[int, Agency]]:
    """Spans `with_words` as rows, with all agencies they name and `more` by id: one more statement."""
    found = list(spans)
    named = {pk for span in found for pk in (span.lead_id, span.waits_for_id, span.blocked_by_id) if pk}
    agencies = {one.pk: one for one in _named.rows(keys=named.union(more))}
    rows = [_row(span, as_of.day, agencies) for span in found]
    return [_seen(row, span, sight) for row, span in zip(rows, found, strict=True)], agencies


@Fixed
def _named(*, keys: Collection[int]) -> QuerySet[Agency]:
    return Agency.objects.defer("aliases", "names_folded").filter(pk__in=keys)


def _seen(row: Row, span: Any, sight: Sight) -> Row:  # noqa: ANN401 - a Span with annotations
    """The row without what is not public of it."""
    if not sight.names_lead(span):
        row = replace(row, lead=None, waits_for=None, blocked_by=None)
    return row if sight.shows_results(span) else replace(row, progress=None, has_results=False)


def _row(
    span: Any,  # noqa: ANN401 - a Span with annotations
    day: date,
    agencies: Mapping[int, Agency],
) -> Row:
    one: Assignment = span.assignment
    return Row(
        pk=one.pk,
        work=span.said_work,
        product=span.said_product,
        symbol=one.directive.symbol,
        lead=agencies[span.lead_id],
        declared=Status(span.status_declared),
        confirmed=Status(span.status_confirmed),
        limit_on=span.limit_on,
        first_limit_on=span.first_limit_on,
        known_until=span.known_until,
        days_left=(span.limit_on - day).days if span.limit_on else None,
        progress=span.progress,
        is_key=one.is_key,
        is_example=one.is_example,
        awaits_review=span.awaits_review,
        waits_for=agencies.get(span.waits_for_id),
        hold_state=span.hold_state,
        blocked_by=agencies.get(span.blocked_by_id),
        conditions=conditions_of(span, day),
        source=_source(one),
        directive_id=span.directive_id,
    )


def _source(one: Assignment) -> Say | None:
    if one.observed_on is None or one.source is None:
        return None
    return say("%(source)s, as seen on %(day)s", source=one.source.key, day=one.observed_on)


def _said(kind: ChangeKind, column: str, as_of: AsOf) -> Coalesce:
    """The wording in force on the day: the one granted last, else the first."""
    granted = ChangeDecision.objects.filter(
        request__assignment=OuterRef("assignment_id"),
        request__kind=kind,
        granted=True,
        happened_on__lte=as_of.day,
    )
    if as_of.known is not None:
        granted = granted.filter(recorded_at__lte=as_of.known)
    last = granted.order_by("-happened_on", "-recorded_at", "-pk").values("request__text")[:1]
    return Coalesce(Subquery(last), F(f"assignment__{column}"))
