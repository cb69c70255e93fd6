"""Reads the calendar of an agency as known on a day, for `rules/clock.py`; one statement a table."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from thuocdo.agencies.enums import DayKind, Occasion, RelationKind
from thuocdo.agencies.models import Closure, DayMark, WorkingHours
from thuocdo.agencies.rules.calendar import ONE_DAY, Calendar, Hours, Mark, calendar
from thuocdo.lib.moments import DAY_MAX, AsOf

FAR = 1_000  # nearness is this minus the steps up to the agency that a row names


def of_agency(agency_id: int | None, as_of: AsOf) -> Calendar:
    """The calendar of an agency (None: of everybody): decisions signed by the day, known at the moment.

    A day off of an agency holds for all below it in the administrative tree. Three statements.
    """
    return of_agencies([agency_id], as_of)[agency_id]


def of_agencies(agency_ids: Sequence[int | None], as_of: AsOf) -> dict[int | None, Calendar]:
    """The calendars of several agencies, three statements for any number."""
    above = _above([pk for pk in agency_ids if pk is not None], as_of)
    named = {pk for ways in above.values() for pk in ways}
    marks = list(_marks(as_of).filter(Q(agency=None) | Q(agency__in=named)))
    hours = list(_hours(as_of).filter(Q(agency=None) | Q(agency__in=named)))
    found: dict[int | None, Calendar] = {}
    for pk in agency_ids:
        near = {None: 0, **above.get(pk or 0, {})}
        found[pk] = calendar(
            [_mark(row, near[row.agency_id]) for row in marks if row.agency_id in near],
            [_shifts(row, near[row.agency_id]) for row in hours if row.agency_id in near],
        )
    return found


def of_agencies_with_own(as_of: AsOf) -> dict[int, Calendar]:
    """The calendars of agencies that have days of their own, or stand below one that has."""
    named = _marks(as_of).filter(agency__isnull=False).values("agency").order_by()
    below = Closure.objects.standing(as_of).filter(ancestor__in=named, kind=RelationKind.ADMINISTRATIVE)
    found = of_agencies(sorted(set(below.values_list("descendant_id", flat=True))), as_of)
    return {pk: calendar for pk, calendar in found.items() if pk is not None}


def years(as_of: AsOf) -> list[int]:
    """The years for which any day is decided."""
    days = _marks(as_of).order_by().values_list("day", flat=True)
    return sorted({day.year for day in days})


def ordinary_hours(as_of: AsOf) -> list[WorkingHours]:
    """The hours of an ordinary working day that stand on the day: everybody's, then those of agencies."""
    rows = _hours(as_of).filter(opened_on__lte=as_of.day).select_related("agency")
    last = {row.agency_id: row for row in rows}
    return sorted(
        last.values(), key=lambda row: (row.agency is not None, row.agency.code if row.agency else "")
    )


def own_days(year: int, as_of: AsOf) -> list[DayMark]:
    """The days of single agencies in a year, in order."""
    first, end = date(year, 1, 1), date(year + 1, 1, 1)
    rows = _marks(as_of).filter(agency__isnull=False, day__gte=first, day__lt=end)
    return list(rows.select_related("agency").order_by("day", "pk"))


def _marks(as_of: AsOf) -> "QuerySet[DayMark]":
    rows = DayMark.objects.filter(decision__signed_on__lte=as_of.day).select_related("decision")
    if as_of.known is not None:
        rows = rows.filter(decision__recorded_at__lte=as_of.known)
    return rows.order_by("decision__signed_on", "decision__recorded_at", "pk")


def _hours(as_of: AsOf) -> "QuerySet[WorkingHours]":
    rows = WorkingHours.objects.order_by("opened_on", "recorded_at", "pk")
    return rows if as_of.known is None else rows.filter(recorded_at__lte=as_of.known)


def _above(agency_ids: list[int], as_of: AsOf) -> dict[int, dict[int | None, int]]:
    """How near each agency is with all above it."""
    found: dict[int, dict[int | None, int]] = {pk: {pk: FAR} for pk in agency_ids}
    lasting = AsOf(
        min(as_of.day, DAY_MAX - ONE_DAY), as_of.known
    )  # "until further notice" reaches no further
    rows = Closure.objects.standing(lasting).filter(
        descendant__in=agency_ids, kind=RelationKind.ADMINISTRATIVE, depth__gt=0
    )
    for below, above, depth in rows.values_list("descendant_id", "ancestor_id", "depth"):
        found[below][above] = FAR - depth
    return found


def _mark(row: DayMark, nearness: int) -> Mark:
    return Mark(
        day=row.day,
        kind=DayKind(row.kind),
        occasion=Occasion(row.occasion),
        basis=row.decision.symbol or row.decision.title,
        signed_on=row.decision.signed_on,
        note=row.note,
        works=(row.works_from, row.works_to) if row.works_from and row.works_to else None,
        nearness=nearness,
    )


def _shifts(row: WorkingHours, nearness: int) -> Hours:
    shifts = ((row.morning_from, row.morning_to), (row.afternoon_from, row.afternoon_to))
    return Hours(row.opened_on, shifts, row.basis, nearness)
