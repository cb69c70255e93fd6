"""People judge where an indicator of an agency is heading; the computed status stands beside it (3.06)."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.agencies.models import Agency
from thuocdo.faces import wording
from thuocdo.faces.asof import asked
from thuocdo.indicators import actions
from thuocdo.indicators.enums import Outlook
from thuocdo.indicators.models import Judgement
from thuocdo.indicators.queries import measured
from thuocdo.lib.moments import AsOf
from thuocdo.web import desk, measures
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.desk import Sheet
from thuocdo.web.forms.observing import OutlookForm
from thuocdo.web.parts import Crumb


@requires(Permission.REVIEW)
def outlook(request: PageRequest, code: str) -> HttpResponse:
    """Judge an indicator of an agency that the reader reviews."""
    as_of = asked(request).as_of
    definition, agency = measured.named(code, request.reader, as_of), _agency(request)
    if definition is None:
        raise Http404
    form = OutlookForm(request.POST or None, initial={"happened_on": desk.day(request)})
    judged = measured.sheet(definition, agency, request.reader, as_of).figure.measured
    computed = judged.judgement.health if judged and judged.judgement else None
    to = f"{reverse('web:indicator', args=[code])}?agency={agency.code}"

    def act() -> Judgement:
        given = form.cleaned_data
        said = {"reason": given["reason"], "happened_on": given["happened_on"], **desk.signed(request)}
        sort = Outlook(given["outlook"])
        return actions.judge(
            indicator=definition.indicator, agency=agency, outlook=sort, computed=computed, **said
        )

    title = _("Judge where it is heading")
    lead = f"{measures.name_of(definition)} · {wording.name_of(agency)}"
    crumbs = [Crumb(_("Indicators"), reverse("web:indicators")), Crumb(lead, to), Crumb(title)]
    sheet = Sheet(title, _("Record the judgement"), _("The judgement is recorded."), to, lead, crumbs)
    return desk.filled(request, form, act, sheet)


def _agency(request: PageRequest) -> Agency:
    """The agency that the address names, or that the reader works in and reviews."""
    reach = request.reader.reach.get(Permission.REVIEW, frozenset())
    alive = Agency.objects.alive(AsOf(desk.today())).filter(pk__in=reach)
    code = request.GET.get("agency", "")[:40]
    own = alive.filter(code=code) if code else alive.filter(pk__in=request.reader.agencies)
    found = own.order_by("code").first()
    if found is None:
        raise Http404
    return found
