"""Which agency answers for an assignment: the confirming office, and the heirs of agencies that ended."""

from collections.abc import Collection
from datetime import date

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.agencies import queries as agency_queries
from thuocdo.agencies.enums import Side
from thuocdo.agencies.models import Agency
from thuocdo.assignments import wording
from thuocdo.assignments.models import Assignment
from thuocdo.directives.rules.collectives import Collective
from thuocdo.lib.moments import AsOf


def confirming_for(assigner: Agency, lead_id: int | None, day: date) -> Agency | None:
    """Who confirms by default: the assigner's office on that day, else the assigner itself (1.11).

    None for an assigner outside the installation: its focal office has to be named. An office that leads
    the assignment does not confirm it.
    """
    return chosen(assigner, agency_queries.office_of(assigner, AsOf(day)), lead_id)


def chosen(assigner: Agency, office: Agency | None, lead_id: int | None) -> Agency | None:
    """`confirming_for`, the office already looked up."""
    if not assigner.inside:
        return None
    return office if office is not None and office.pk != lead_id else assigner


def assigner(assignment: Assignment, as_of: AsOf = wording.PRESENT) -> Agency:
    """Who assigns it on the day; the first assigner until a succession."""
    pk = wording.hands(assignment, as_of).assigner_id
    return assignment.assigner if pk == assignment.assigner_id else Agency.objects.get(pk=pk)


def confirming(assignment: Assignment, as_of: AsOf = wording.PRESENT) -> Agency | None:
    """Who confirms it on the day."""
    pk = wording.hands(assignment, as_of).confirming_id
    return assignment.confirming if pk == assignment.confirming_id else Agency.objects.get(pk=pk or 0)


def heirs(agency_id: int | None, day: date) -> frozenset[int]:
    """The agency with all that carry it on, on that day: rights over it are theirs."""
    if agency_id is None:
        return frozenset()
    return frozenset({agency_id, *(one.pk for one in agency_queries.successors_of(agency_id, AsOf(day)))})


def carried_on(agency_ids: Collection[int], day: date) -> dict[int, frozenset[int]]:
    """Of these agencies, those that ended by the day, each with who carries it on; mostly one statement."""
    ended = Agency.objects.filter(pk__in=agency_ids, closed_on__lte=day).values_list("pk", flat=True)
    return {pk: heirs(pk, day) - {pk} for pk in ended}


def answering(agency: Agency, day: date) -> Agency:
    """Who acts for the agency on the day: itself, or the first of those that carry it on."""
    if agency.closed_on > day:
        return agency
    return next(iter(agency_queries.successors_of(agency.pk, AsOf(day))), agency)


def members(group: Collective, side: Side, day: date) -> list[Agency]:
    """The agencies a directive of this side means by a group, on the map of the day (1.07, 1.12)."""
    as_of = AsOf(day)
    if group is Collective.ALL_MINISTRIES:
        return agency_queries.ministries(side, as_of)
    if group is Collective.CENTRALLY_RUN_CITIES:
        return agency_queries.centrally_run_cities(as_of, side)
    return agency_queries.localities(side, as_of)


def holds(reader: Reader, permission: Permission, agency_id: int | None, today: date) -> bool:
    """Whether the reader has the right over the agency, or over one that carries it on.

    Nothing is asked of the database for who has it directly, or has it nowhere.
    """
    if reader.may_for(permission, agency_id) or not reader.may(permission):
        return reader.may_for(permission, agency_id)
    return any(reader.may_for(permission, heir) for heir in heirs(agency_id, today))
