"""What an assignment says on a day, after the changes that were granted; the row keeps the first wording."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet, Value

from thuocdo.assignments.enums import Capacity, ChangeKind
from thuocdo.assignments.models import (
    Assignment,
    CapacityChange,
    ChangeDecision,
    Coordinator,
    LimitMove,
)
from thuocdo.lib.fold import fold
from thuocdo.lib.moments import DAY_MAX, AsOf

ORDER = ("happened_on", "recorded_at", "pk")
PRESENT = AsOf(DAY_MAX)  # after all that is recorded


@dataclass(frozen=True, slots=True)
class Wording:
    """The changeable part of an assignment. `lead_id` is None for a fan-out only; the others as at first."""

    work: str
    product: str
    limit_on: date | None
    lead_id: int | None
    head_post: str
    head_name: str
    head_since: date | None
    assigner_id: int
    confirming_id: int | None
    monitoring_id: int | None


@dataclass(frozen=True, slots=True)
class Granted:
    """A change that was granted: its kind, the wording asked for, the limit granted."""

    kind: str
    text: str
    limit_on: date | None


@dataclass(frozen=True, slots=True)
class Handed:
    """A change of hands, in the columns of `CapacityChange`."""

    capacity: str
    agency_id: int
    head_post: str
    head_name: str
    head_since: date | None


def worded(assignment: Assignment, granted: Iterable[Granted], hands: Iterable[Handed]) -> Wording:
    """One assignment after these changes, in these hands, each in the order of their days."""
    found = first(assignment)
    for change in granted:
        found = _changed(found, change.kind, change.text, change.limit_on)
    for handed in hands:
        found = _handed(found, handed)
    return found


def coordinators(assignment_ids: Iterable[int], as_of: AsOf) -> dict[int, list[int]]:
    """Who coordinates each on the day, after successions, by assignment: two statements."""
    ids = list(assignment_ids)
    found: dict[int, list[int]] = {pk: [] for pk in ids}
    named = Coordinator.objects.filter(assignment__in=ids).order_by("pk")
    changes = CapacityChange.objects.filter(
        assignment__in=ids, capacity=Capacity.COORDINATOR, happened_on__lte=as_of.day
    ).order_by(*ORDER)
    if as_of.known is not None:
        named = named.filter(recorded_at__lte=as_of.known)
        changes = changes.filter(recorded_at__lte=as_of.known)
    for pk, agency_id in named.values_list("assignment", "agency"):
        found[pk].append(agency_id)
    for pk, was, now in changes.values_list("assignment", "was", "agency"):
        found[pk] = list(dict.fromkeys(now if one == was else one for one in found[pk]))
    return found


def reworded(old: Wording, kind: str, text: str) -> str:
    """The duty as search would look at it after a change of its wording; empty for other changes."""
    if kind not in (ChangeKind.CONTENT, ChangeKind.PRODUCT):
        return ""
    new = _changed(old, kind, text, None)
    return fold(f"{new.work}\n{new.product}")


def first(assignment: Assignment) -> Wording:
    """As it was first given."""
    return Wording(
        work=assignment.work,
        product=assignment.product,
        limit_on=assignment.limit_on,
        lead_id=assignment.lead_id,
        head_post=assignment.head_post,
        head_name=assignment.head_name,
        head_since=assignment.head_since,
        assigner_id=assignment.assigner_id,
        confirming_id=assignment.confirming_id,
        monitoring_id=assignment.monitoring_id,
    )


def wording(assignment: Assignment, as_of: AsOf = PRESENT) -> Wording:
    """One assignment on the day, as known at the moment: two statements."""
    return wordings([assignment], as_of)[assignment.pk]


def wordings(assignments: Iterable[Assignment], as_of: AsOf = PRESENT) -> dict[int, Wording]:
    """Many assignments by id: two statements for any number."""
    return _in_hands(texts(assignments, as_of), as_of)


def hands(assignment: Assignment, as_of: AsOf = PRESENT) -> Wording:
    """The first wording of one assignment, in the hands it is in on the day: one statement."""
    return _in_hands({assignment.pk: first(assignment)}, as_of)[assignment.pk]


def texts(assignments: Iterable[Assignment], as_of: AsOf = PRESENT) -> dict[int, Wording]:
    """The same without changes of hands, which lists read from spans: one statement."""
    found = {assignment.pk: first(assignment) for assignment in assignments}
    decisions = _known(ChangeDecision.objects.filter(request__assignment__in=found, granted=True), as_of)
    moves = _known(LimitMove.objects.filter(term__assignment__in=found), as_of)
    columns = ("request__assignment", "request__kind", "request__text", "limit_on", *ORDER)
    moved = ("term__assignment", Value(ChangeKind.LIMIT.value), Value(""), "to_on", *ORDER)
    rows = decisions.order_by().values_list(*columns).union(moves.order_by().values_list(*moved), all=True)
    for pk, kind, text, limit_on, *_ in rows.order_by(*ORDER[:2]):
        found[pk] = _changed(found[pk], kind, text, limit_on)
    return found


def _known(
    rows: QuerySet[ChangeDecision] | QuerySet[CapacityChange] | QuerySet[LimitMove], as_of: AsOf
) -> QuerySet:  # type: ignore[type-arg]
    dated = rows.filter(happened_on__lte=as_of.day).order_by(*ORDER)
    return dated if as_of.known is None else dated.filter(recorded_at__lte=as_of.known)


def _in_hands(found: dict[int, Wording], as_of: AsOf) -> dict[int, Wording]:
    changes = CapacityChange.objects.filter(assignment__in=found)
    for change in _known(changes, as_of):
        found[change.assignment_id] = _handed(found[change.assignment_id], change)
    return found


def _handed(old: Wording, change: CapacityChange | Handed) -> Wording:
    if change.capacity == Capacity.LEAD:
        return replace(
            old,
            lead_id=change.agency_id,
            head_post=change.head_post,
            head_name=change.head_name,
            head_since=change.head_since,
        )
    if change.capacity == Capacity.ASSIGNER:
        return replace(old, assigner_id=change.agency_id)
    if change.capacity == Capacity.CONFIRMING:
        return replace(old, confirming_id=change.agency_id)
    return replace(old, monitoring_id=change.agency_id) if change.capacity == Capacity.MONITORING else old


def _changed(old: Wording, kind: str, text: str, limit_on: date | None) -> Wording:
    if kind == ChangeKind.CONTENT:
        return replace(old, work=text)
    if kind == ChangeKind.PRODUCT:
        return replace(old, product=text)
    return replace(old, limit_on=limit_on) if kind == ChangeKind.LIMIT else old
