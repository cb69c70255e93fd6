"""The periodic reports of an agency: what is due, sent, missing, answered at once (2.03)."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.agencies.models import Agency
from thuocdo.assignments import declarations
from thuocdo.faces.asof import asked
from thuocdo.faces.wording import name_of
from thuocdo.web import addresses
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.parts import Crumb


@requires(Permission.READ_OWN)
def reports(request: PageRequest, code: str) -> HttpResponse:
    """Each standing duty of the agency with its last periods, on the day."""
    agency = get_object_or_404(Agency, code=code)
    if not (request.reader.reads_all or request.reader.may_for(Permission.READ_OWN, agency.pk)):
        raise Http404
    as_of = asked(request).as_of
    duties = declarations.of_agency(agency, request.reader, as_of)
    reports = request.reader.may_for(Permission.REPORT, agency.pk)
    context = {
        "agency": agency,
        "duties": duties,
        "mine": {one.assignment.pk for one in duties} if reports else set(),
        "reuse": declarations.reuse(agency, as_of),
        "trail": [
            Crumb(_("Agencies"), addresses.to(request, "web:agencies")),
            Crumb(name_of(agency), addresses.to(request, "web:agency", agency.code)),
            Crumb(_("Periodic reports")),
        ],
    }
    return render(request, "web/agencies/reports.html", context)
