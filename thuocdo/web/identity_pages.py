"""The way to the provider of identities and back: to sign in, to link, by invitation (2.12)."""

from urllib.parse import urlsplit

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import get_next_redirect_url, url_str_to_user_pk
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from requests import RequestException

from thuocdo.accounts import actions
from thuocdo.accounts.models import User
from thuocdo.accounts.queries import may_be_invited
from thuocdo.faces import wording
from thuocdo.lib.say import Refused
from thuocdo.web import desk
from thuocdo.web.identities import invitations, provider_name
from thuocdo.web.provider import ID, Adapter, Callback

LANGUAGE = "outside_language"  # in the session: in which to go on when the browser comes back


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """To the provider, to sign in."""
    return _leave(request, {})


@require_POST
@reauthentication_required  # type: ignore[untyped-decorator]
def link(request: HttpRequest) -> HttpResponse:
    """To the provider, to link the identity to one's account."""
    return _leave(request, {"link": request.user.pk})


@never_cache
def invited(request: HttpRequest, uidb36: str, key: str) -> HttpResponse:
    """What a steward's invitation opens: once, the way to link an identity to the account."""
    user = _user(uidb36)
    if (
        user is None
        or not provider_name()
        or not invitations.check_token(user, key)
        or not may_be_invited(user)
    ):
        return render(request, "account/invited.html", {"void": True}, status=404)
    if request.method == "POST":
        return _leave(request, {"invited": user.pk})
    return render(
        request, "account/invited.html", {"void": False, "person": user, "provider": provider_name()}
    )


@never_cache
def callback(request: HttpRequest) -> HttpResponseBase:
    """The browser comes back with the provider's answer."""
    if not provider_name():
        raise Http404
    language = request.session.get(LANGUAGE)
    if language:
        translation.activate(language)
    try:
        view = Callback.adapter_view(Adapter(request, ID))
        answer: HttpResponseBase = view(request)
    except OAuth2Error:
        return render(request, "account/outside_refused.html", _context("failed"), status=403)
    return answer


@require_POST
@reauthentication_required  # type: ignore[untyped-decorator]
def unlink(request: HttpRequest) -> HttpResponse:
    """The identity signs in no longer."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    try:
        actions.unlink_identity(user=user, by=user, at=desk.now())
        messages.success(request, _("The identity signs you in no longer."))
    except Refused as refusal:
        messages.error(request, " ".join(wording.tell(reason) for reason in refusal.reasons))
    return redirect("web:account")


def _leave(request: HttpRequest, about: dict[str, object]) -> HttpResponse:
    """A page that goes on to the provider by itself, and has the way there as a link.

    It is a page, not a redirect: our policy lets a form lead to our own addresses alone.
    """
    if not provider_name():
        raise Http404
    request.session[LANGUAGE] = translation.get_language()
    provider = get_adapter().get_provider(request, ID)
    try:
        answer = provider.redirect(request, "login", next_url=get_next_redirect_url(request), data=about)
    except (OAuth2Error, RequestException, KeyError):
        return render(request, "account/outside_refused.html", _context("unreachable"), status=502)
    address = answer.headers.get("Location", "")
    if urlsplit(address).scheme not in ("http", "https"):
        return render(request, "account/outside_refused.html", _context("unreachable"), status=502)
    page = render(request, "account/leaving.html", {"address": address, "provider": provider_name()})
    page.headers["Refresh"] = f"0; url={address}"
    return page


def _context(why: str) -> dict[str, object]:
    return {"why": why, "reasons": [], "provider": provider_name()}


def _user(uidb36: str) -> User | None:
    try:
        return User.objects.filter(pk=url_str_to_user_pk(uidb36), is_active=True).first()
    except ValueError:
        return None
