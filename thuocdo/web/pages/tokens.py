"""Tokens, with which programs act for an account: made, shown once, revoked (2.14)."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts import actions
from thuocdo.accounts.enums import Permission
from thuocdo.accounts.models import Token, User
from thuocdo.accounts.permissions import may_keep_tokens, reader_of
from thuocdo.accounts.queries import tokens_of
from thuocdo.accounts.rules.roles import OF_ANYBODY
from thuocdo.lib.say import say
from thuocdo.web import desk
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.desk import Sheet
from thuocdo.web.forms.base import DeskForm
from thuocdo.web.forms.tokens import WORDS, MachineForm, TokenForm
from thuocdo.web.parts import Crumb


@requires(Permission.READ_OWN)
def mine(request: PageRequest) -> HttpResponse:
    """The reader's own tokens, and the form that makes another."""
    return _page(request, desk.person(request))


@requires(Permission.STEWARD)
def of_program(request: PageRequest, pk: int) -> HttpResponse:
    """The tokens of a program, kept by the stewards of its agencies."""
    user = get_object_or_404(User, pk=pk)
    if not user.is_machine or may_keep_tokens(request.reader, user) is not None:
        raise Http404
    return _page(request, user)


def _page(request: PageRequest, user: User) -> HttpResponse:
    held = OF_ANYBODY | set(reader_of(user, desk.today()).reach)
    form = TokenForm(request.POST or None, held=held, today=desk.today())
    made: list[tuple[Token, str]] = []

    def make() -> Token:
        token = actions.make_token(user=user, grant=form.grant(), by=desk.person(request), at=desk.now())
        made.append(token)
        return token[0]

    here = _address(request, user)
    if request.method == "POST" and form.is_valid():
        address = desk.once(request, form, make, here)
        if made:  # told now and never again, so it is no redirect
            return render(
                request, "web/tokens/made.html", {"token": made[0][0], "secret": made[0][1], "back": here}
            )
        if address is not None:
            return redirect(address)
    context = {
        "sheet": Sheet(
            _("Tokens for programs"), _("Make the token"), "", here, crumbs=_crumbs(request, user)
        ),
        "form": form,
        "of": user,
        "tokens": [(one, [WORDS[p] for p in WORDS if p in one.scope]) for one in tokens_of(user)],
        "now": desk.now(),
    }
    return render(request, "web/tokens/tokens.html", context)


@requires(Permission.READ_OWN)
def revoke(request: PageRequest, pk: int) -> HttpResponse:
    """A token opens nothing any more; a page of its own asks once more."""
    token = get_object_or_404(Token.objects.select_related("user"), pk=pk)
    desk.hidden_unless_allowed(may_keep_tokens(request.reader, token.user))
    form = DeskForm(request.POST or None)
    title = say("Revoke the token “%(name)s”", name=token.name)
    sheet = Sheet(
        title,
        _("Revoke it"),
        _("The token is revoked."),
        _address(request, token.user),
        lead=_("Programs that use it are refused from this moment. It cannot be given back; make another."),
        crumbs=[*_crumbs(request, token.user), Crumb(_("Revoke"))],
    )

    def act() -> Token:
        return actions.revoke_token(token=token, by=desk.person(request), at=desk.now())

    return desk.filled(request, form, act, sheet)


@requires(Permission.STEWARD)
def open_machine(request: PageRequest) -> HttpResponse:
    """The account of a program, which may do nothing until it is given a role."""
    form = MachineForm(request.POST or None)
    sheet = Sheet(
        _("Open an account for a program"),
        _("Open the account"),
        _("The account is open. Give it a role, then make a token for it."),
        lambda user: reverse("web:person", args=[user.pk]),
        lead=_("A program has roles as people have, acts under its own name, and cannot sign in."),
        crumbs=[
            Crumb(_("People and roles"), reverse("web:people")),
            Crumb(_("Open an account for a program")),
        ],
    )

    def opened() -> User:
        return actions.open_machine(name=form.cleaned_data["name"], by=desk.person(request), at=desk.now())

    return desk.filled(request, form, opened, sheet)


def _address(request: PageRequest, user: User) -> str:
    """Where the tokens of the account are kept."""
    if request.reader.user is not None and user.pk == request.reader.user.pk:
        return reverse("web:tokens")
    return reverse("web:program_tokens", args=[user.pk])


def _crumbs(request: PageRequest, user: User) -> list[Crumb]:
    if not user.is_machine:
        return []
    return [
        Crumb(_("People and roles"), reverse("web:people")),
        Crumb(user.name, reverse("web:person", args=[user.pk])),
        Crumb(_("Tokens for programs"), _address(request, user)),
    ]
