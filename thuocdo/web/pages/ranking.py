"""Units beside each other by the index of services: the draft as it is counted now (3.15)."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from thuocdo.accounts.enums import Permission
from thuocdo.agencies.enums import Level
from thuocdo.agencies.models import Agency
from thuocdo.faces.asof import asked
from thuocdo.indicators.enums import Units
from thuocdo.indicators.permissions import may_read_service
from thuocdo.indicators.queries import measured, placing, rankings, service
from thuocdo.indicators.queries.placing import Draft
from thuocdo.lib.moments import AsOf
from thuocdo.web import placed, services
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.services import Axis

ON_A_PAGE, PERIODS = 60, 24
BELOW = {
    Level.CENTRAL: (Units.PROVINCES, Units.MINISTRIES),
    Level.PROVINCE: (Units.COMMUNES, Units.DEPARTMENTS),
}  # the units that are compared while they are counted; all communes of the country only when published


@requires(Permission.READ_PUBLIC)
def index766(request: PageRequest) -> HttpResponse:
    """What is published, for everybody; for who answers for an agency, its units as they are counted now."""
    as_of = asked(request).as_of
    agency = _standpoint(request, as_of)
    context: dict[str, object] = {"agency": agency, "published": rankings.listed(as_of)}
    if agency is not None and may_read_service(request.reader, agency.pk):
        context |= _counted(request, agency, as_of)
    return render(request, "web/service/index.html", context)


def _standpoint(request: PageRequest, as_of: AsOf) -> Agency | None:
    if code := request.GET.get("agency", "").strip()[:40]:
        return get_object_or_404(Agency.objects.alive(as_of), code=code)
    return measured.standpoint(request.reader, as_of, public=False)


def _counted(request: PageRequest, agency: Agency, as_of: AsOf) -> dict[str, object]:
    there = service.periods(agency.pk, as_of)
    period = services.chosen(request.GET.get("period", ""), there, as_of.day)
    kinds = BELOW.get(Level(agency.level), ())
    units = next((one for one in kinds if one == request.GET.get("units")), next(iter(kinds), None))
    found = placing.draft(agency.pk, units, period, as_of) if units and period else None
    drawn = placed.of_draft(request, found, axis_of(found)) if found else []
    return {
        "may_read": True,
        "periods": there[:PERIODS],
        "period": period,
        "kinds": kinds,
        "units": units,
        "draft": found,
        "axis": axis_of(found) if found else None,
        "may_publish": agency.pk in request.reader.reach.get(Permission.PUBLISH, ()),
        "page": Paginator(drawn, ON_A_PAGE).get_page(request.GET.get("page")),
        "unranked": [(found.seen[one.key].agency, why) for one, why in found.made.unranked] if found else [],
    }


def axis_of(found: Draft) -> Axis:
    """The points between which the bars of a draft are drawn."""
    ends = [end for one in found.made.places for end in (one.entrant.low, one.entrant.high)]
    return Axis.of([end for end in ends if end is not None])
