"""Who stands in for whom: begun and ended by the steward of the agency (2.11)."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts import actions
from thuocdo.accounts.actions import Pair
from thuocdo.accounts.enums import Permission
from thuocdo.accounts.models import Substitution
from thuocdo.accounts.permissions import may_stand_in
from thuocdo.lib.say import Refused, say
from thuocdo.web import desk
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.desk import Sheet
from thuocdo.web.forms.people import EndStandInForm, StandInForm
from thuocdo.web.pages.people import crumb, known
from thuocdo.web.parts import Crumb


@requires(Permission.STEWARD)
def stand_in(request: PageRequest, pk: int) -> HttpResponse:
    """Somebody stands in for this person in one of their agencies, from day to day."""
    user = get_object_or_404(known(request.reader), pk=pk)
    form = StandInForm(request.POST or None, today=desk.today(), people=known(request.reader), away=user)

    def begin() -> Substitution:
        pair = Pair(form.cleaned_data["deputy"], user, form.cleaned_data["agency"])
        problem = may_stand_in(request.reader, pair.deputy, user, pair.agency, desk.today())
        if problem is not None:
            raise Refused(problem)
        return actions.open_substitution(pair=pair, **form.facts(), **desk.signed(request))

    back = reverse("web:person", args=[pk])
    sheet = Sheet(
        say("Who stands in for %(name)s", name=user.name),
        _("Let them stand in"),
        _("It is recorded who stands in."),
        back,
        lead=_(
            "On these days the other has this person's rights in the agency. On the page of their account "
            "they choose for whom they act; what they do is recorded under both names."
        ),
        crumbs=[crumb(), Crumb(user.name, back), Crumb(_("Standing in"))],
    )
    return desk.filled(request, form, begin, sheet)


@requires(Permission.STEWARD)
def end(request: PageRequest, pk: int) -> HttpResponse:
    """End it on a day."""
    rows = Substitution.objects.select_related("deputy", "principal", "agency")
    row = get_object_or_404(rows, pk=pk)
    desk.hidden_unless_allowed(
        may_stand_in(request.reader, row.deputy, row.principal, row.agency, desk.today())
    )
    form = EndStandInForm(request.POST or None, today=desk.today())
    back = reverse("web:person", args=[row.principal_id])
    names = {"deputy": row.deputy.name, "name": row.principal.name, "agency": row.agency.name}
    sheet = Sheet(
        say("%(deputy)s no longer stands in for %(name)s in %(agency)s", **names),
        _("End it"),
        _("It has its end."),
        back,
        crumbs=[crumb(), Crumb(row.principal.name, back), Crumb(_("Standing in"))],
    )

    def close() -> Substitution:
        day = form.cleaned_data["closed_on"]
        return actions.close_substitution(substitution=row, closed_on=day, **desk.signed(request))

    return desk.filled(request, form, close, sheet)
