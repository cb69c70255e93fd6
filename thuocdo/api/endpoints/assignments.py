"""Assignments: the list that a figure counts, and one with all its facts."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Query
from pydantic import Field

from thuocdo.accounts.enums import Permission
from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Agency
from thuocdo.api import duties, showing
from thuocdo.api.caller import Call
from thuocdo.api.day import as_of
from thuocdo.api.operations import reads
from thuocdo.api.paging import Paging, cursor
from thuocdo.api.schemas.common import Page, When
from thuocdo.api.schemas.duties import DutyOut, DutyRow
from thuocdo.assignments.enums import Series, Status
from thuocdo.assignments.queries import counts as counting
from thuocdo.assignments.queries import listing
from thuocdo.assignments.queries.counts import Counted, Scope
from thuocdo.assignments.queries.coverage import readable_directives
from thuocdo.assignments.queries.listing import GROUPS, Group
from thuocdo.assignments.queries.sight import sight_of
from thuocdo.lib.moments import AsOf


class Wanted(When, Paging):
    """Which assignments are asked for."""

    agency: str | None = Field(default=None, max_length=40, description="Code: given to its tree.")
    tree: RelationKind = Field(default=RelationKind.ADMINISTRATIVE, description="In which sense below.")
    counted: Counted = Field(default=Counted.ENTRY, description="branch: handed on inside its tree.")
    directive: int | None = Field(default=None, ge=1, le=2**62)
    parent: int | None = Field(default=None, ge=1, le=2**62, description="The parts of this assignment.")
    series: Series = Field(default=Series.DECLARED, description="Whose statuses `status` asks for.")
    status: Status | Group | None = None
    key: bool = Field(default=False, description="Key duties only.")
    without_resources: bool = Field(default=False, description="Given no money, people, equipment.")


@reads("/assignments", Permission.READ_PUBLIC, Page[DutyRow])
def assignments(request: Call, wanted: Query[Wanted]) -> Page[DutyRow]:
    """Assignments, the longest past their limit first.

    Exactly those that a figure of the overview counts with the same parameters. No number of all is given:
    the overview counts.
    """
    day, sight = as_of(request, wanted), sight_of(request.reader)
    spans = _chosen(counting.counted(_scope(request, wanted, day), sight, day), wanted, day)
    dated, undated = listing.parts_after(spans, wanted.place(date, int))
    rows = listing.rows(dated[: wanted.limit + 1], sight, day)
    if len(rows) <= wanted.limit:
        rows += listing.rows(undated[: wanted.limit + 1 - len(rows)], sight, day)
    page = rows[: wanted.limit]
    ends = cursor(page[-1].limit_on, page[-1].pk) if len(rows) > wanted.limit else None
    return Page(items=[showing.row(row) for row in page], next=ends)


def _scope(request: Call, wanted: Wanted, day: AsOf) -> Scope:
    """What is asked for; an agency or a text that is not there for this caller is a 404."""
    agency = None
    if wanted.agency is not None:
        agency = get_object_or_404(Agency.objects.known(day), code=wanted.agency).pk
    if wanted.directive is not None:
        get_object_or_404(readable_directives(request.reader).known(day), pk=wanted.directive)
    return Scope(
        agency_id=agency,
        kind=wanted.tree,
        counted=Counted.TOP if agency is None else Counted(wanted.counted),
        directive_id=wanted.directive,
        key_only=wanted.key,
        parent_id=wanted.parent,
    )


def _chosen(spans: QuerySet[Any], wanted: Wanted, day: AsOf) -> QuerySet[Any]:
    if wanted.status is not None:
        one = wanted.status
        statuses = frozenset({one}) if isinstance(one, Status) else GROUPS[one]
        spans = listing.having(spans, day.day, wanted.series, statuses)
    return listing.without_resources(spans, day) if wanted.without_resources else spans


@reads("/assignments/{int:pk}", Permission.READ_PUBLIC, DutyOut)
def assignment(request: Call, pk: int, when: Query[When]) -> DutyOut:
    """One assignment as it stood on the day, with its reports, reviews, requests, burdens.

    Its ETag (of the answer without `as_of` and `known`) is what `If-Match` of a write takes.
    """
    if pk >= 2**63:
        raise Http404
    return duties.seen(request, pk, as_of(request, when))
