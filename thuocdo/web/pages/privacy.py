"""One's personal data: to read, to take away; for the steward also to hand over and to erase (2.22)."""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from thuocdo.accounts import actions
from thuocdo.accounts.enums import Permission
from thuocdo.accounts.models import Erasure, User
from thuocdo.accounts.permissions import may_manage
from thuocdo.faces import wording
from thuocdo.lib.say import say
from thuocdo.notices import actions as notice_actions
from thuocdo.web import desk, personal
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.desk import Sheet
from thuocdo.web.forms.people import EraseForm
from thuocdo.web.pages.people import crumb, known
from thuocdo.web.parts import Crumb

ACTS_SHOWN = 50


@requires(Permission.KEEP_ACCOUNT)
def my_data(request: PageRequest) -> HttpResponse:
    """What is held of oneself, and why."""
    return _page(request, desk.person(request), reverse("web:my_data_file"))


@requires(Permission.KEEP_ACCOUNT)
def my_data_file(request: PageRequest) -> HttpResponse:
    """The same as a file that programs read."""
    return _file(desk.person(request))


@requires(Permission.STEWARD)
def their_data(request: PageRequest, pk: int) -> HttpResponse:
    """What is held of a person, for the steward who hands it to them."""
    user = _of_mine(request, pk)
    return _page(request, user, reverse("web:their_data_file", args=[user.pk]))


@require_POST
@requires(Permission.STEWARD)
def their_data_file(request: PageRequest, pk: int) -> HttpResponse:
    """The same as a file; the log tells that it was taken."""
    user = _of_mine(request, pk)
    actions.note_export(user=user, by=desk.person(request), at=desk.now())
    return _file(user)


@requires(Permission.STEWARD)
def erase(request: PageRequest, pk: int) -> HttpResponse:
    """Erase the data of a person who left, on somebody's decision."""
    user = _of_mine(request, pk)
    form = EraseForm(request.POST or None)
    back = reverse("web:person", args=[pk])
    sheet = Sheet(
        say("Erase the personal data of %(name)s", name=wording.person(user)),
        _("Erase for good"),
        _("The personal data are erased. The acts stay, without the name."),
        back,
        lead=_(
            "Name, e-mail address, codes, browsers and all that signs in are deleted; roles end. What the "
            "person did stays as the act of somebody who left. This cannot be undone."
        ),
        crumbs=[crumb(), Crumb(wording.person(user), back), Crumb(_("Erase"))],
        template="web/people/erase.html",
        more={"person": user, "heads": personal.heads_named(user.name)},
    )

    def done() -> Erasure:
        decision = form.cleaned_data["decision"]
        notice_actions.erase_traces(user=user, **desk.signed(request))
        return actions.erase_person(user=user, decision=decision, **desk.signed(request))

    return desk.filled(request, form, done, sheet)


def _of_mine(request: PageRequest, pk: int) -> User:
    user = get_object_or_404(known(request.reader), pk=pk)
    desk.hidden_unless_allowed(may_manage(request.reader, user))
    return user


def _page(request: PageRequest, user: User, file: str) -> HttpResponse:
    held = [(part.holding, [_words(row) for row in part.rows]) for part in personal.parts(user)]
    done = personal.acts(user)
    context = {
        "person": user,
        "held": held,
        "acts": list(done[:ACTS_SHOWN]),
        "count": done.count(),
        "file": file,
        "own": request.reader.user == user,
    }
    return render(request, "web/account/data.html", context)


def _file(user: User) -> HttpResponse:
    data: dict[str, Any] = {part.holding.table: part.rows for part in personal.parts(user)}
    data["acts"] = list(personal.acts(user))
    answer = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer.headers["Content-Disposition"] = f'attachment; filename="account-{user.pk}.json"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _words(row: dict[str, Any]) -> list[tuple[str, str]]:
    return [(name, _said(value)) for name, value in row.items() if value not in (None, "")]


def _said(value: object) -> str:
    if isinstance(value, datetime):
        return wording.moment(value)
    return wording.day(value) if isinstance(value, date) else str(value)
