"""The list of assignments: exactly what a figure counts, filtered by what stands in the address."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from thuocdo.accounts.enums import Permission
from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Agency
from thuocdo.assignments.enums import Condition, Series, Status
from thuocdo.assignments.queries import counts as counting
from thuocdo.assignments.queries import listing
from thuocdo.assignments.queries.counts import Counted, Scope
from thuocdo.assignments.queries.coverage import readable_directives
from thuocdo.assignments.queries.listing import GROUPS, Group
from thuocdo.assignments.queries.sight import Sight, sight_of
from thuocdo.directives.models import Directive
from thuocdo.faces.asof import asked
from thuocdo.lib.moments import AsOf
from thuocdo.web.access import PageRequest, requires

PAGE = 25


@dataclass(frozen=True, slots=True)
class Filter:
    """What the address asks for; a value it does not know is as if it were not there."""

    scope: Scope
    agency: Agency | None
    directive: Directive | None
    series: Series
    statuses: frozenset[Status]
    chosen: str  # the status or group as it stands in the address
    without_resources: bool = False
    condition: Condition | None = None

    def spans(self, sight: Sight, as_of: AsOf) -> QuerySet[Any]:
        """The spans this reader may see of what is asked for, the longest past its limit first."""
        spans = counting.counted(self.scope, sight, as_of)
        if self.statuses:
            spans = listing.having(spans, as_of.day, self.series, self.statuses)
        if self.condition:
            spans = listing.in_condition(spans, as_of.day, self.condition)
        if self.without_resources:
            spans = listing.without_resources(spans, as_of)
        return listing.worst_first(spans)


def read(request: PageRequest) -> Filter:
    """The filter of an address; an agency or a directive that is not there for this reader is a 404."""
    get, as_of = request.GET.get, asked(request).as_of
    agencies, texts = Agency.objects.known(as_of), readable_directives(request.reader).known(as_of)
    agency = get_object_or_404(agencies, code=get("agency")) if get("agency") else None
    directive = get_object_or_404(texts, pk=number(get("directive"))) if get("directive") else None
    kind = next((one for one in RelationKind if one == get("tree")), RelationKind.ADMINISTRATIVE)
    counted = Counted.TOP if agency is None else Counted.ENTRY
    if agency is not None and get("counted") == Counted.BRANCH:
        counted = Counted.BRANCH
    series = Series.CONFIRMED if get("series") == Series.CONFIRMED else Series.DECLARED
    scope = Scope(
        agency_id=agency.pk if agency else None,
        kind=kind,
        counted=counted,
        directive_id=directive.pk if directive else None,
        key_only=get("key") == "1",
        parent_id=number(get("parent")) or None,
    )
    chosen = get("status", "")
    condition = next((one for one in Condition if one == get("condition")), None)
    without = get("without") == "resources"
    return Filter(scope, agency, directive, series, _statuses(chosen), chosen, without, condition)


def number(text: str | None) -> int:
    """The number in an address, 0 when there is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else 0


def _statuses(chosen: str) -> frozenset[Status]:
    if chosen in Status.values:
        return frozenset({Status(chosen)})
    return GROUPS[Group(chosen)] if chosen in {group.value for group in Group} else frozenset()


@requires(Permission.READ_PUBLIC)
def assignments(request: PageRequest) -> HttpResponse:
    """A page of the list, with the number of all that it counts."""
    as_of = asked(request).as_of
    wanted = read(request)
    sight = sight_of(request.reader)
    page = Paginator(wanted.spans(sight, as_of), PAGE).get_page(request.GET.get("page"))
    context = {
        "wanted": wanted,
        "page": page,
        "rows": listing.rows(page.object_list, sight, as_of),  # type: ignore[arg-type]
        "statuses": Status.choices,
        "series": Series.choices,
        "conditions": Condition.choices,
    }
    return render(request, "web/assignments/list.html", context)
