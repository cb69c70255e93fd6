"""A table of duties is imported into a text: looked at first, questions answered, then entered (1.24)."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.assignments import actions
from thuocdo.assignments.queries.coverage import readable_directives
from thuocdo.assignments.queries.importing import Plan
from thuocdo.directives.models import Directive
from thuocdo.directives.permissions import can_register
from thuocdo.faces import wording
from thuocdo.lib.say import Refused, say
from thuocdo.web import addresses, desk
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.forms.importing import ImportForm
from thuocdo.web.parts import Crumb


@requires(Permission.REGISTER)
def import_table(request: PageRequest, pk: int) -> HttpResponse:
    """Preview a table; a second step enters it. Running it twice changes nothing."""
    of = readable_directives(request.reader).select_related("issuer").filter(pk=pk).first()
    if of is None or not can_register(request.reader, of.issuer):
        raise Http404
    form = ImportForm(request, of)
    page = addresses.to(request, "web:directive", pk)
    plan = form.plan() if form.is_bound and form.is_valid() else None
    if plan is not None and "enter" in request.POST and form.is_valid():
        done = desk.once(request, form, partial(_enter, request, form, plan), page)
        if done is not None:
            return redirect(done)
    title = _("Import a table of duties")
    crumbs = [
        Crumb(_("Directives"), addresses.to(request, "web:directives")),
        Crumb(of.symbol, page),
        Crumb(title),
    ]
    context = {"form": form, "plan": plan, "directive": of, "crumbs": crumbs}
    return render(request, "web/importing/import.html", context)


def _enter(request: PageRequest, form: ImportForm, plan: Plan) -> None:
    """Carry the preview out, for texts that this reader may add to."""
    others = {duty.directive for duty in plan.duties if not _may(request, duty.directive)}
    if others:
        named = tuple(sorted(str(one) for one in others))
        raise Refused(say("Rows name texts that are not yours to add to: %(symbols)s.", symbols=named))
    made = actions.run_import(plan=plan, strict=form.cleaned_data["strict"], **desk.signed(request))
    told = say(
        "Entered: %(obligations)s duties, %(assignments)s assignments; %(there)s were there already.",
        obligations=made.obligations,
        assignments=made.assignments,
        there=made.there,
    )
    messages.success(request, wording.tell(told))


def _may(request: PageRequest, of: Directive) -> bool:
    return can_register(request.reader, of.issuer)
