"""What recommendations ask of a reader: to receive and answer; those of ours that nobody answers (1.28)."""

from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import LED_BY_OFFICES, Reader
from thuocdo.agencies.enums import AgencyKind
from thuocdo.agencies.models import Agency, Relation
from thuocdo.assignments.queries.piles import SHOWN, Line, Pile, carried_on, mine
from thuocdo.lib.moments import AsOf
from thuocdo.recommendations.enums import Group, RecommendationKind
from thuocdo.recommendations.queries.standing import in_group, standing


def piles(reader: Reader, as_of: AsOf) -> dict[str, Pile]:
    """The piles by name; those with nothing in them are not there. At most four statements."""
    deciding, reporting = mine(reader, Permission.DECIDE), mine(reader, Permission.REPORT)
    found: dict[str, Pile] = {}
    if deciding:
        lying = standing(as_of).filter(_in_hand(reader, deciding, as_of))
        found["recommended"] = _pile(lying.filter(in_group(Group.UNANSWERED, as_of.day)), "agency_id")
    if reporting:
        sent = standing(as_of).filter(carried_on("agency", reporting, as_of.day))
        late = sent.filter(in_group(Group.LATE, as_of.day))
        found["recommendations_late"] = _pile(late, "owner_id")
    return {name: pile for name, pile in found.items() if pile.count}


def _in_hand(reader: Reader, deciding: frozenset[int], as_of: AsOf) -> Q:
    """Lying with an agency of the reader, or with a body that their office serves."""
    offices = Relation.objects.standing(as_of).filter(child__in=deciding, child__kind=AgencyKind.OFFICE)
    bodies = offices.values("parent")
    beside = Relation.objects.standing(as_of).filter(parent__in=bodies, child__kind__in=LED_BY_OFFICES)
    served = Q(owner_id__in=bodies) | Q(owner_id__in=beside.values("child"))
    reach = reader.reach[Permission.DECIDE]
    return carried_on("owner_id", deciding, as_of.day) | (served & Q(owner_id__in=reach))


def _pile(rows: QuerySet[Any], other: str) -> Pile:
    """The first rows, the first day to answer by first; `other` names the side that is not the reader's."""
    ordered = rows.order_by(F("due_on").asc(nulls_last=True), "happened_on", "pk")
    found = list(ordered.annotate(in_all=Window(Count("pk")))[:SHOWN])
    names = Agency.objects.in_bulk({getattr(row, other) for row in found})
    lines = tuple(
        Line(
            row.pk, "", "", names[getattr(row, other)].name, row.due_on, row.text,
            str(RecommendationKind(row.kind).label),
        )
        for row in found
    )  # fmt: skip
    return Pile(found[0].in_all if found else 0, lines)
