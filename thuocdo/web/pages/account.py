"""One's own account: how one signs in, where one is signed in, for whom one acts (2.11)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thuocdo.accounts import actions
from thuocdo.accounts.enums import Permission
from thuocdo.accounts.queries import has_codes, identity_of, standing_in, visits_of
from thuocdo.faces.reader import ACTS_FOR
from thuocdo.web import codes, desk
from thuocdo.web.access import PageRequest, requires


@requires(Permission.KEEP_ACCOUNT)
def account(request: PageRequest) -> HttpResponse:
    """All of it on one page, each part with its one next step."""
    user = desk.person(request)
    return render(
        request,
        "web/account/account.html",
        {
            "person": user,
            "has_password": user.has_usable_password(),
            "memberships": user.memberships.valid(desk.today()).select_related("agency").order_by("pk"),
            "stands_in": standing_in(user, desk.today()),
            "has_codes": has_codes(user),
            "codes_demanded": codes.demanded(request.reader.roles),
            "identity": identity_of(user),
            "visits": visits_of(user, desk.now()),
            "here": request.session.session_key,
        },
    )


@require_POST
@requires(Permission.KEEP_ACCOUNT)
def act_for(request: PageRequest, pk: int) -> HttpResponse:
    """From here on act for somebody: with their rights in that agency, and nothing of one's own."""
    user = desk.person(request)
    row = get_object_or_404(standing_in(user, desk.today()), pk=pk)
    request.session[ACTS_FOR] = row.pk
    messages.success(request, _("You now act for %(name)s.") % {"name": row.principal.name})
    return redirect("web:work")


@require_POST
@requires(Permission.KEEP_ACCOUNT)
def act_as_oneself(request: PageRequest) -> HttpResponse:
    """Act for nobody but oneself again."""
    request.session.pop(ACTS_FOR, None)
    messages.success(request, _("You act for yourself again."))
    return redirect("web:account")


@require_POST
@requires(Permission.KEEP_ACCOUNT)
def sign_out(request: PageRequest) -> HttpResponse:
    """Sign out of one browser that is named, or of every other one."""
    user, here = desk.person(request), request.session.session_key
    others = {str(one.pk): one.key for one in visits_of(user, desk.now()) if one.key != here}
    asked = request.POST.get("browser")
    if asked and asked not in others:
        raise Http404
    keys = [others[asked]] if asked else list(others.values())
    ended = actions.end_sessions(user=user, keys=keys, by=user, at=desk.now())
    told = _("You are signed out there.") if ended else _("You were signed in nowhere else.")
    messages.success(request, told)
    return redirect("web:account")
