"""The agencies of a day: central bodies, then provinces; and what is said of one that does not exist then."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from thuocdo.accounts.enums import Permission
from thuocdo.agencies import describing
from thuocdo.agencies import queries as agency_queries
from thuocdo.agencies.enums import RelationKind, TerritoryLevel
from thuocdo.agencies.models import Agency
from thuocdo.faces.asof import asked
from thuocdo.lib.moments import AsOf
from thuocdo.web.access import PageRequest, requires


def tree_of(request: PageRequest) -> RelationKind | None:
    """The tree the address asks for, if it names one."""
    text = request.GET.get("tree")
    return RelationKind(text) if text in RelationKind.values else None


@requires(Permission.READ_PUBLIC)
def agencies(request: PageRequest) -> HttpResponse:
    """The agencies of the day; `q` finds by name without marks, `tree` keeps those of one tree."""
    as_of = asked(request).as_of
    kind, text = tree_of(request), request.GET.get("q", "").strip()[:100]
    context = {
        "index": describing.index(as_of, kind, text),
        "q": text,
        "tree": kind,
        "trees": RelationKind.choices,
        "note": agency_queries.territory_of_day(TerritoryLevel.COMMUNE, as_of.day).note,
    }
    return render(request, "web/agencies/list.html", context)


def gone(request: PageRequest, agency: Agency, as_of: AsOf) -> HttpResponse:
    """404 for an agency that does not exist on the day: since or until when it does, who carries it on."""
    context: dict[str, Any] = {"about": describing.about(agency, as_of), "day": as_of.day}
    return render(request, "web/agencies/gone.html", context, status=404)
