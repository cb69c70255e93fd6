"""Texts that were asked for and do not exist yet are registered, and get their number at last (1.09)."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.directives import actions
from thuocdo.directives.enums import DirectiveState
from thuocdo.directives.models import Directive
from thuocdo.directives.permissions import can_register
from thuocdo.faces import wording
from thuocdo.lib.say import Refused, say
from thuocdo.web import addresses, desk
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.desk import Sheet
from thuocdo.web.forms.awaiting import AwaitedForm, IssuedForm
from thuocdo.web.pages.registering import page_of, text_to_keep, trail_of
from thuocdo.web.parts import Crumb

SECRETS = "web/registering/register.html"


@requires(Permission.REGISTER)
def expect(request: PageRequest) -> HttpResponse:
    """Enter a text that was asked for; until it is issued it can be related to others, but obliges nobody."""
    form = AwaitedForm(request.POST or None, day=desk.today())
    title = _("Register an awaited text")
    sheet = Sheet(
        title,
        _("Register"),
        _("The text is registered as awaited."),
        lambda made: page_of(request, made.pk),
        crumbs=[Crumb(_("Directives"), addresses.to(request, "web:directives")), Crumb(title)],
        template=SECRETS,
    )
    return desk.filled(request, form, partial(_expected, request, form), sheet)


def _expected(request: PageRequest, form: AwaitedForm) -> Directive:
    text = form.text()
    if not can_register(request.reader, text.issuer):
        raise Refused(say("You register texts of your own agencies, and those that come from outside."))
    return actions.expect(text=text, **desk.signed(request))


@requires(Permission.REGISTER)
def issued(request: PageRequest, pk: int) -> HttpResponse:
    """The awaited text has been issued: it keeps its relations and gets its number."""
    of = text_to_keep(request, pk)
    if of.state != DirectiveState.AWAITED:
        raise Http404
    form = IssuedForm(request.POST or None)
    title = _("The awaited text has been issued")
    sheet = Sheet(
        title,
        _("Enter its number"),
        _("The text has its number. Enter its duties next."),
        page_of(request, pk),
        lead=of.title,
        crumbs=trail_of(request, of, title),
        template=SECRETS,
    )
    return desk.filled(request, form, partial(_came, request, form, of), sheet)


def _came(request: PageRequest, form: IssuedForm, of: Directive) -> object:
    given = form.cleaned_data
    made = actions.receive_awaited(
        directive=of, symbol=given["symbol"], issued_on=given["issued_on"], **desk.signed(request)
    )
    for note in made.notes:
        messages.info(request, wording.tell(note))
    return made
