"""Counts of assignments by status, in both series at once, from one statement over spans (1.16, 1.17)."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.db.models import Count, Q, QuerySet

from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.queries import subtree_ids
from thuocdo.assignments.enums import Condition, LimitClass, Series, Status
from thuocdo.assignments.models import Span
from thuocdo.assignments.queries.sight import Sight
from thuocdo.assignments.queries.status import Holds, standing, with_status
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
    conditions: Mapping[Condition, int]  # of the open ones, each apart (2.04)

    def of(self, series: Series) -> Counts:
        return self.declared if series is Series.DECLARED else self.confirmed


def counted(scope: Scope, sight: Sight, as_of: AsOf, inside: Collection[int] | None = None) -> QuerySet[Span]:
    """The spans of the scope that are seen counted; counting for one agency names it."""
    return spans_in(scope, as_of, inside).filter(sight.spans(naming=scope.agency_id is not None))


def spans_in(scope: Scope, as_of: AsOf, inside: Collection[int] | None = None) -> QuerySet[Span]:
    """The spans on the day that the scope counts, on the map of the day.

    `inside`, if it is known: the agencies of the scope's subtree, by which it is cheaper to plan than a join.
    """
    spans = standing(as_of)
    if scope.directive_id is not None:
        spans = spans.filter(directive_id=scope.directive_id)
    if scope.key_only:
        spans = spans.filter(is_key=True)
    if scope.parent_id is not None:
        return spans.filter(assignment__parent=scope.parent_id)
    if scope.agency_id is None:
        return spans.filter(depth=0)
    if inside is None:
        inside = subtree_ids([scope.agency_id], scope.kind, as_of)
    given_inside = Q(assigner_id__in=inside)
    return spans.filter(
        given_inside if scope.counted is Counted.BRANCH else ~given_inside, lead_id__in=inside
    )


@dataclass(frozen=True, slots=True)
class Part:
    """Spans of one lead that count alike on a day, and how many they are."""

    lead_id: int
    declared: Status
    confirmed: Status
    is_key: bool
    dated: bool
    n: int
    due: int  # with the limit on or before the day
    came_later: int  # recorded after it
    slow: int = 0  # and in which condition they are
    stalled: int = 0
    waiting: int = 0
    blocked: int = 0
    unreachable: int = 0

    def of(self, series: Series) -> Status:
        return self.declared if series is Series.DECLARED else self.confirmed


COUNTED_APART = tuple(one for one in Condition if one is not Condition.LATE)  # late is a status
NUMBERS = ("n", "due", "came_later", *(one.value for one in COUNTED_APART))  # of a part, in their order


def parts(spans: QuerySet[Span], day: date) -> list[Part]:
    """The set by lead and status in both series; one statement, from which all counts follow."""
    rows = (
        with_status(spans, day)
        .order_by()
        .values_list("lead_id", "status_declared", "status_confirmed", "is_key", "limit_class")
        .annotate(
            n=Count("*"),
            due=Count("known_to", filter=Q(limit_on__lte=day)),
            came_later=Count("known_to", filter=Q(known_from__gte=end_of(day))),
            **{one.value: Count("known_to", filter=Holds(day, one)) for one in COUNTED_APART},
        )
    )
    return [
        Part(lead, Status(declared), Status(confirmed), is_key, kind == LimitClass.DATED, *numbers)
        for lead, declared, confirmed, is_key, kind, *numbers in rows
    ]


def counts(spans: QuerySet[Span], day: date) -> Table:
    """The set counted by status in both series; one statement."""
    return table(parts(spans, day))


def table(found: Iterable[Part]) -> Table:
    """The counts of all parts together. `assigned` is counted apart, not summed from the statuses."""
    found = list(found)
    held = [part for part in found if part.declared is not Status.WITHDRAWN]
    return Table(
        _counts(found, Series.DECLARED),
        _counts(found, Series.CONFIRMED),
        key=sum(part.n for part in held if part.is_key),
        due=sum(part.due for part in held),
        came_later=sum(part.came_later for part in found),
        conditions=_conditions(found),
    )


def _conditions(found: list[Part]) -> dict[Condition, int]:
    late = sum(part.n for part in found if part.declared is Status.OVERDUE)
    apart = {one: sum(getattr(part, one.value) for part in found) for one in COUNTED_APART}
    return {one: late if one is Condition.LATE else apart[one] for one in Condition}


def _counts(found: list[Part], series: Series) -> Counts:
    by: dict[Status, int] = {}
    for part in found:
        by[part.of(series)] = by.get(part.of(series), 0) + part.n
    apart = (Status.WITHDRAWN, Status.PAUSED, Status.NOT_KNOWN)
    return Counts(by, sum(part.n for part in found if part.dated and part.of(series) not in apart))


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


def shares(found: Iterable[Part], limit: int) -> list[Share]:
    """The agencies that have most of the set, each with its part of the counts."""
    return most(by_lead(found), limit)


def by_lead(found: Iterable[Part]) -> dict[int, Counter[str]]:
    """The numbers of a `Share` for each lead."""
    of: dict[int, Counter[str]] = {}
    for part in found:
        mine = of.setdefault(part.lead_id, Counter())
        mine["assigned"] += part.n * (part.declared in ASSIGNED)
        mine["completed"] += part.n * (part.declared in COMPLETED)
        mine["confirmed"] += part.n * (part.confirmed in COMPLETED)
        mine["overdue"] += part.n * (part.declared is Status.OVERDUE)
    return of


def most(of: Mapping[int, Counter[str]], limit: int) -> list[Share]:
    """The first by the number assigned; of equals the first entered."""
    first = sorted((-mine["assigned"], lead) for lead, mine in of.items() if mine["assigned"])[:limit]
    return [Share(lead, **of[lead]) for _, lead in first]
