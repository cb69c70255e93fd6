"""Figures: the overview in both series, and the counts that agencies printed themselves."""

from django.shortcuts import get_object_or_404
from ninja import Query
from pydantic import Field

from thuocdo.accounts.enums import Permission
from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Agency
from thuocdo.api import showing
from thuocdo.api.caller import Call
from thuocdo.api.day import as_of
from thuocdo.api.operations import reads
from thuocdo.api.schemas.common import When, WordOut, agency, named
from thuocdo.api.schemas.figures import HeldBackOut, OverviewOut, ShareOut, TalliesOut, counts
from thuocdo.assignments.queries.counts import Counted, Scope, Share
from thuocdo.assignments.queries.overview import Overview
from thuocdo.assignments.queries.overview import overview as overview_of
from thuocdo.assignments.queries.sight import sight_of
from thuocdo.directives.queries import Printed
from thuocdo.directives.queries import tallies as tallies_of
from thuocdo.lib.moments import AsOf


class Of(When):
    """Of which agency; without one, of all."""

    agency: str | None = Field(default=None, max_length=40, description="Its code.")


class Counting(Of):
    """What is counted."""

    tree: RelationKind = Field(default=RelationKind.ADMINISTRATIVE, description="In which sense below.")
    counted: Counted = Field(default=Counted.ENTRY, description="branch: handed on inside its tree.")


def _agency(code: str | None, day: AsOf) -> Agency | None:
    return None if code is None else get_object_or_404(Agency.objects.known(day), code=code)


@reads("/overview", Permission.READ_PUBLIC, OverviewOut)
def overview(request: Call, wanted: Query[Counting]) -> OverviewOut:
    """The counts of an agency with all below it, or of everything, as far as the caller may see it."""
    day = as_of(request, wanted)
    of = _agency(wanted.agency, day)
    counted = Counted.TOP if of is None else wanted.counted
    found = overview_of(Scope(of.pk if of else None, wanted.tree, counted), sight_of(request.reader), day)
    return _told(found, of, tallies_of([of.pk] if of else None, day))


@reads("/tallies", Permission.READ_PUBLIC, TalliesOut)
def tallies(request: Call, wanted: Query[Of]) -> TalliesOut:
    """The latest counts that agencies printed in their own reports: declared, each with its source."""
    day = as_of(request, wanted)
    of = _agency(wanted.agency, day)
    found = tallies_of([of.pk] if of else None, day)
    return TalliesOut(items=[showing.printed(one) for one in found])


def _told(found: Overview, of: Agency | None, printed: tuple[Printed, ...]) -> OverviewOut:
    return OverviewOut(
        as_of=found.as_of.day,
        agency=agency(of),
        counted=found.scope.counted,
        declared=counts(found.table.declared),
        confirmed=counts(found.table.confirmed),
        key=found.table.key,
        due=found.table.due,
        came_later=found.table.came_later,
        shares=[_share(one, share) for one, share in found.shares],
        held_back=[
            HeldBackOut(kind=WordOut(code=one.kind.value, shown=str(one.kind.label)), count=one.count)
            for one in found.held_back
        ],
        printed=[showing.printed(one) for one in printed],
        below=[named(one) for one in found.below],
    )


def _share(of: Agency, share: Share) -> ShareOut:
    names = ("assigned", "completed", "confirmed", "overdue")
    return ShareOut(agency=named(of), **{name: getattr(share, name) for name in names})
