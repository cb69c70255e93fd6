"""The index of services (Decision 766): one agency's points, clocks, flags, what lifts it (3.11-3.14)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.agencies.models import Agency
from thuocdo.faces.asof import asked
from thuocdo.indicators.permissions import may_read_service
from thuocdo.indicators.queries import service
from thuocdo.indicators.queries.service import Service
from thuocdo.indicators.rules import placing
from thuocdo.web import addresses, services
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.parts import Crumb

LIFTS, PERIODS = 5, 24  # shown at once


@requires(Permission.READ_OWN)
def of_agency(request: PageRequest, code: str) -> HttpResponse:
    """The index of one agency and period as it is counted now, with all it is made of."""
    as_of = asked(request).as_of
    agency = get_object_or_404(Agency.objects.alive(as_of), code=code)
    if not may_read_service(request.reader, agency.pk):
        raise Http404
    there = service.periods(agency.pk, as_of)
    period = services.chosen(request.GET.get("period", ""), there, as_of.day)
    found = service.of_agency(agency, period, as_of) if period else None
    context = {
        "agency": agency,
        "periods": there[:PERIODS],
        "period": period,
        "found": found,
        "trail": [Crumb(_("Services"), addresses.to(request, "web:index766")), Crumb(agency.name)],
        **(_told(found, as_of.day) if found else {}),
    }
    return render(request, "web/service/agency.html", context)


def _told(found: Service, day: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "index": found.index,
        "parts": services.parts(found.index),
        "lifts": found.lifts[:LIFTS],
        "standing": placing.standing(found.gathered),
        "coverage": found.gathered.dossiers,
        "running": not services.is_over(found.period, day),
        "imports": service.imports(found.period),
    }
