"""Which agency answers for an assignment: the confirming office, and the heirs of agencies that ended."""

from datetime import date

from thuocdo.agencies.enums import AgencyKind
from thuocdo.agencies.models import Agency, Relation, Succession
from thuocdo.lib.moments import AsOf


def confirming_for(assigner: Agency, lead_id: int | None, day: date) -> Agency | None:
    """Who confirms by default: the assigner's office on that day, else the assigner itself (1.11).

    None for an assigner outside the installation: its focal office has to be named. An office that leads
    the assignment does not confirm it.
    """
    return chosen(assigner, office_of(assigner, day), lead_id)


def office_of(assigner: Agency, day: date) -> Agency | None:
    """The office directly below the agency on that day."""
    below = Relation.objects.standing(AsOf(day)).filter(parent=assigner, child__kind=AgencyKind.OFFICE)
    relation = below.select_related("child").order_by("kind", "child").first()
    return relation.child if relation else None


def chosen(assigner: Agency, office: Agency | None, lead_id: int | None) -> Agency | None:
    """`confirming_for`, the office already looked up."""
    if not assigner.inside:
        return None
    return office if office is not None and office.pk != lead_id else assigner


def heirs(agency_id: int | None, day: date) -> frozenset[int]:
    """The agency and all that took over from it by the day, at any remove."""
    if agency_id is None:
        return frozenset()
    found = {agency_id}
    news = {agency_id}
    while news:
        rows = Succession.objects.filter(predecessor__in=news, happened_on__lte=day)
        news = set(rows.values_list("successor", flat=True)) - found
        found |= news
    return frozenset(found)


def answering(agency: Agency, day: date) -> Agency:
    """Who acts for the agency on the day: itself, or the first heir that exists then."""
    if agency.closed_on > day:
        return agency
    alive = Agency.objects.alive(AsOf(day)).filter(pk__in=heirs(agency.pk, day))
    return alive.order_by("pk").first() or agency
