"""What an assignment says on a day, after the changes that were granted; the row keeps the first wording."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from thuocdo.assignments.enums import ChangeKind
from thuocdo.assignments.models import Assignment, ChangeDecision, LeadChange
from thuocdo.lib.moments import DAY_MAX, AsOf

ORDER = ("happened_on", "recorded_at", "pk")
PRESENT = AsOf(DAY_MAX)  # after all that is recorded


@dataclass(frozen=True, slots=True)
class Wording:
    """The changeable part of an assignment. `lead_id` is None for a fan-out only."""

    work: str
    product: str
    limit_on: date | None
    lead_id: int | None
    head_post: str
    head_name: str
    head_since: date | None


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
    )


def wording(assignment: Assignment, as_of: AsOf = PRESENT) -> Wording:
    """One assignment on the day, as known at the moment: two statements."""
    return wordings([assignment], as_of)[assignment.pk]


def wordings(assignments: Iterable[Assignment], as_of: AsOf = PRESENT) -> dict[int, Wording]:
    """Many assignments by id: two statements for any number."""
    found = texts(assignments, as_of)
    changes = LeadChange.objects.filter(assignment__in=found)
    hands = ("assignment", "lead", "head_post", "head_name", "head_since")
    for pk, lead_id, post, name, since in _known(changes, as_of).values_list(*hands):
        found[pk] = replace(found[pk], lead_id=lead_id, head_post=post, head_name=name, head_since=since)
    return found


def texts(assignments: Iterable[Assignment], as_of: AsOf = PRESENT) -> dict[int, Wording]:
    """The same without changes of lead, which lists read from spans: one statement."""
    found = {assignment.pk: first(assignment) for assignment in assignments}
    decisions = ChangeDecision.objects.filter(request__assignment__in=found, granted=True)
    columns = ("request__assignment", "request__kind", "request__text", "limit_on")
    for pk, kind, text, limit_on in _known(decisions, as_of).values_list(*columns):
        found[pk] = _changed(found[pk], kind, text, limit_on)
    return found


def _known(rows: QuerySet[ChangeDecision] | QuerySet[LeadChange], as_of: AsOf) -> QuerySet:  # type: ignore[type-arg]
    dated = rows.filter(happened_on__lte=as_of.day).order_by(*ORDER)
    return dated if as_of.known is None else dated.filter(recorded_at__lte=as_of.known)


def _changed(old: Wording, kind: str, text: str, limit_on: date | None) -> Wording:
    if kind == ChangeKind.CONTENT:
        return replace(old, work=text)
    if kind == ChangeKind.PRODUCT:
        return replace(old, product=text)
    return replace(old, limit_on=limit_on) if kind == ChangeKind.LIMIT else old
