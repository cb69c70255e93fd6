"""What recommendations ask of a reader: to receive and answer; those of ours that nobody answers (1.28)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import LED_BY_OFFICES, Reader
from thuocdo.agencies.enums import AgencyKind
from thuocdo.agencies.models import Agency, Relation
from thuocdo.assignments.queries.asked import COLUMNS, EMPTY
from thuocdo.assignments.queries.piles import SHOWN, Pile, carried_on, mine
from thuocdo.lib.moments import AsOf
from thuocdo.recommendations.enums import Group, RecommendationKind
from thuocdo.recommendations.queries.standing import in_group, standing

PILES = ("recommended", "recommendations_late")


def piles(reader: Reader, as_of: AsOf) -> Iterator[QuerySet[Any, Any]]:
    """The piles in the columns of `asked`, which reads them in its own statement."""
    deciding, reporting = mine(reader, Permission.DECIDE), mine(reader, Permission.REPORT)
    if deciding:
        lying = standing(as_of).filter(_in_hand(reader, deciding, as_of))
        yield _first("recommended", lying.filter(in_group(Group.UNANSWERED, as_of.day)), "agency_id")
    if reporting:
        sent = standing(as_of).filter(carried_on("agency", reporting, as_of.day))
        yield _first("recommendations_late", sent.filter(in_group(Group.LATE, as_of.day)), "owner_id")


def labelled(piles: Mapping[str, Pile]) -> dict[str, Pile]:
    """The piles as `asked` read them, ours with words for what is recommended."""
    return {name: _with_words(pile) if name in PILES else pile for name, pile in piles.items()}


def _with_words(pile: Pile) -> Pile:
    lines = (replace(line, kind=str(RecommendationKind(line.kind).label)) for line in pile.lines)
    return replace(pile, lines=tuple(lines))


def _in_hand(reader: Reader, deciding: frozenset[int], as_of: AsOf) -> Q:
    """Lying with an agency of the reader, or with a body that their office serves."""
    offices = Relation.objects.standing(as_of).filter(child__in=deciding, child__kind=AgencyKind.OFFICE)
    bodies = offices.values("parent")
    beside = Relation.objects.standing(as_of).filter(parent__in=bodies, child__kind__in=LED_BY_OFFICES)
    served = Q(owner_id__in=bodies) | Q(owner_id__in=beside.values("child"))
    reach = reader.reach[Permission.DECIDE]
    return carried_on("owner_id", deciding, as_of.day) | (served & Q(owner_id__in=reach))


def _first(name: str, rows: QuerySet[Any], other: str) -> QuerySet[Any, Any]:
    """The first rows, the first day to answer by first; `other` names the side that is not the reader's."""
    agency = Agency.objects.filter(pk=OuterRef(other)).values("name")
    order = (F("due_on").asc(nulls_last=True), "happened_on", "pk")
    counted = rows.order_by().annotate(one_=Value(1)).values("one_").annotate(n_=Count("pk")).values("n_")
    found: QuerySet[Any] = rows.filter(pk__in=rows.order_by(*order).values("pk")[:SHOWN]).annotate(
        pile=Value(name, TextField()),
        key=F("pk"),
        work=EMPTY,
        symbol=EMPTY,
        agency_name=Cast(Subquery(agency), TextField()),
        said_on=F("due_on"),
        words=Cast("text", TextField()),
        sort=Cast("kind", TextField()),
        in_all=Subquery(counted),
    )
    return found.order_by().values_list(*["said_on" if name == "since" else name for name in COLUMNS])
