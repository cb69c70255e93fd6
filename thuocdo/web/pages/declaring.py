"""Stewards declare indicators and change their definitions, in the words of the catalogue (3.01)."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.indicators import actions, catalogue, declared, permissions
from thuocdo.indicators.actions import Entered
from thuocdo.indicators.models import Indicator
from thuocdo.indicators.queries import definitions
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Refused
from thuocdo.web import desk, measures
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.desk import Sheet
from thuocdo.web.forms.declaring import DeclareForm, told
from thuocdo.web.parts import Crumb, Words

NEW: dict[str, object] = {
    "code": "CODE", "since": "2025-01-01", "name": {"vi": "", "en": "", "fr": "", "de": ""}, "unit": "",
    "kind": "number", "direction": "rise", "every": "month", "periods": "sum", "children": "sum",
}  # fmt: skip


@requires(Permission.STEWARD)
def declare(request: PageRequest) -> HttpResponse:
    """A new indicator."""
    return _filled(request, NEW, _("Declare an indicator"))


@requires(Permission.STEWARD)
def redeclare(request: PageRequest, code: str) -> HttpResponse:
    """A new version of a definition, from a day on; the former one stays for the days before."""
    indicator = get_object_or_404(Indicator, code=code, is_system=False)
    standing = definitions.on(indicator, AsOf(desk.today()))
    if standing is None:
        raise Http404
    return _filled(request, declared.row(standing), _("Change the definition"), measures.name_of(standing))


def _filled(request: PageRequest, row: dict[str, object], title: Words, lead: Words = "") -> HttpResponse:
    desk.hidden_unless_allowed(permissions.may_define(request.reader))
    form = DeclareForm(request.POST or None, initial={"written": catalogue.write(row)})

    def act() -> Entered:
        pages = [form.page] if form.page else []
        entered = actions.enter_catalogue(pages=pages, **desk.signed(request))
        if entered.mistakes:
            raise Refused(*(told(mistake) for mistake in entered.mistakes))
        return entered

    crumbs = [Crumb(_("Indicators"), reverse("web:indicators")), Crumb(title)]
    done, to = _("The definition is recorded."), reverse("web:indicators")
    return desk.filled(request, form, act, Sheet(title, _("Record it"), done, to, lead, crumbs))
