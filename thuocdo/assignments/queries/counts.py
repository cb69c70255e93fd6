"""Counts of assignments by status, in both series at once, from one statement over spans (1.16, 1.17)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from thuocdo.accounts.permissions import Reader
from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Closure
from thuocdo.assignments.enums import LimitClass, Series, Status
from thuocdo.assignments.models import Span
from thuocdo.assignments.queries.status import standing, with_status
from thuocdo.assignments.rules.status import ASSIGNED, COMPLETED, Counts
from thuocdo.lib.moments import ZONE, AsOf


class Counted(StrEnum):
    """What a total counts; printed beside it (1.17)."""

    ENTRY = "entry"  # given to the agency's subtree from outside it
    BRANCH = "branch"  # handed on inside the subtree
    TOP = "top"  # of the whole installation: not handed on by a lead


@dataclass(frozen=True, slots=True)
class Scope:
    """Which assignments a figure counts: of one agency's subtree, or of the whole installation."""

    agency_id: int | None = None
    kind: RelationKind = RelationKind.ADMINISTRATIVE
    counted: Counted = Counted.TOP
    directive_id: int | None = None
    key_only: bool = False
    parent_id: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The counts of one set in both series, and what else is counted of it."""

    declared: Counts
    confirmed: Counts
    key: int  # key duties (trọng tâm)
    due: int  # dated, with the limit on or before the day
    came_later: int  # whose picture of the day rests on facts recorded after it

    def of(self, series: Series) -> Counts:
        return self.declared if series is Series.DECLARED else self.confirmed


Public = Collection[int] | QuerySet[Any, int]  # ids of the directives whose progress is public


def readable(reader: Reader, public: Public) -> Q:
    """The spans this reader may see: of directives whose progress is public, or of the reader's own scope."""
    if reader.reads_all:
        return Q()
    seen = Q(directive_id__in=public)
    for part in ("lead_id", "assigner_id", "confirming_id", "monitoring_id") if reader.own else ():
        seen |= Q(**{f"{part}__in": reader.own})
    return seen


def spans_in(scope: Scope, as_of: AsOf) -> QuerySet[Span]:
    """The spans on the day that the scope counts, on the map of the day."""
    spans = standing(as_of)
    if scope.directive_id is not None:
        spans = spans.filter(directive_id=scope.directive_id)
    if scope.key_only:
        spans = spans.filter(is_key=True)
    if scope.parent_id is not None:
        return spans.filter(assignment__parent=scope.parent_id)
    if scope.agency_id is None:
        return spans.filter(depth=0)
    inside = Closure.objects.standing(as_of).filter(ancestor=scope.agency_id, kind=scope.kind)
    spans = spans.filter(lead_id__in=inside.values("descendant_id"))
    given_inside = Exists(inside.filter(descendant_id=OuterRef("assigner_id")))
    return spans.filter(given_inside if scope.counted is Counted.BRANCH else ~given_inside)


def counts(spans: QuerySet[Span], day: date) -> Table:
    """The set counted by status in both series; one statement. `assigned` is counted apart, not summed."""
    rows = (
        with_status(spans, day)
        .order_by()
        .values("status_declared", "status_confirmed", "is_key", "limit_class", "withdrawn")
        .annotate(
            n=Count("pk"),
            due=Count("pk", filter=Q(limit_on__lte=day)),
            came_later=Count("pk", filter=Q(known_from__gte=end_of(day))),
        )
    )
    return _table(list(rows))


def _table(rows: list[dict[str, Any]]) -> Table:
    by: dict[Series, dict[Status, int]] = {series: {} for series in Series}
    assigned = dict.fromkeys(Series, 0)
    for row in rows:
        n = row["n"]
        dated = row["limit_class"] == LimitClass.DATED and not row["withdrawn"]
        for series in Series:
            status = Status(row[f"status_{series}"])
            by[series][status] = by[series].get(status, 0) + n
            if dated and status not in (Status.PAUSED, Status.NOT_KNOWN):
                assigned[series] += n
    declared, confirmed = (Counts(by[series], assigned[series]) for series in Series)
    held = [row for row in rows if not row["withdrawn"]]
    return Table(
        declared,
        confirmed,
        key=sum(row["n"] for row in held if row["is_key"]),
        due=sum(row["due"] for row in held),
        came_later=sum(row["came_later"] for row in rows),
    )


def end_of(day: date) -> datetime:
    """The first moment after the day, in Vietnam."""
    return datetime.combine(day + timedelta(days=1), time(), ZONE)


@dataclass(frozen=True, slots=True)
class Share:
    """What one lead agency has of a set, as declared."""

    agency_id: int
    assigned: int
    completed: int
    confirmed: int  # of the completed, confirmed
    overdue: int


def by_lead(spans: QuerySet[Span], day: date, limit: int) -> list[Share]:
    """The agencies that have most of the set, each with its part of the counts; one statement."""
    some = {
        name: [one.value for one in statuses]
        for name, statuses in (
            ("assigned", ASSIGNED),
            ("completed", COMPLETED),
            ("overdue", {Status.OVERDUE}),
        )
    }
    found = (
        with_status(spans, day)
        .order_by()
        .values("lead_id")
        .annotate(
            assigned=Count("pk", filter=Q(status_declared__in=some["assigned"])),
            completed=Count("pk", filter=Q(status_declared__in=some["completed"])),
            confirmed=Count("pk", filter=Q(status_confirmed__in=some["completed"])),
            overdue=Count("pk", filter=Q(status_declared__in=some["overdue"])),
        )
        .filter(assigned__gt=0)
        .order_by("-assigned", "lead_id")[:limit]
    )
    columns = ("assigned", "completed", "confirmed", "overdue")
    return [Share(row["lead_id"], **{name: row[name] for name in columns}) for row in found]
