"""What is done with an identity that a provider vouches for: it signs in, is linked, opens nothing (2.12)."""

from typing import Any, NoReturn

from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from thuocdo.accounts import actions
from thuocdo.accounts.models import User
from thuocdo.accounts.queries import may_be_invited
from thuocdo.faces import wording
from thuocdo.lib.say import Refused


class Invitations(EmailAwarePasswordResetTokenGenerator):  # type: ignore[misc]
    """Keys of invitations: void once the person signs in, gets a password, or after days."""

    key_salt = "thuocdo.web.identities.Invitations"


invitations = Invitations()


def provider_name() -> str:
    """What the installation calls its provider of identities; empty when it has none."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", ())
    return str(apps[0]["name"]) if apps else ""


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Never makes an account, never looks for one by e-mail address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:
        """An e-mail address proves nothing here."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """An identity that is linked signs in; one that is not is linked if its person asked for that."""
        about: dict[str, Any] = sociallogin.state.get("data") or {}
        if "link" in about:
            self._link(request, sociallogin, about["link"])
        if sociallogin.is_existing:
            return
        invited = User.objects.filter(pk=about.get("invited") or 0).first()
        if invited is None or not may_be_invited(invited):
            raise ImmediateHttpResponse(_refusal(request, "not_linked"))
        self._linked(request, sociallogin, invited, invited)
        sociallogin.lookup()

    def _link(self, request: HttpRequest, sociallogin: SocialLogin, asked_by: int) -> NoReturn:
        """Link the identity to whoever is signed in, if it is they who asked; then back to their account."""
        user = request.user
        if not isinstance(user, User) or user.pk != asked_by:
            raise ImmediateHttpResponse(_refusal(request, "failed"))
        self._linked(request, sociallogin, user, user)
        messages.success(request, _("From now on this identity signs you in."))
        raise ImmediateHttpResponse(redirect("web:account"))

    def _linked(self, request: HttpRequest, sociallogin: SocialLogin, user: User, by: User) -> None:
        try:
            actions.link_identity(user=user, identity=sociallogin.account, by=by, at=timezone.now())
        except Refused as refusal:
            told = [wording.tell(reason) for reason in refusal.reasons]
            raise ImmediateHttpResponse(_refusal(request, "not_linked", told)) from refusal

    def on_authentication_error(self, request: HttpRequest, *_about: object, **_more: object) -> NoReturn:
        """Whatever went wrong: nothing was changed, and one may begin again."""
        raise ImmediateHttpResponse(_refusal(request, "failed"))


def _refusal(request: HttpRequest, why: str, reasons: list[str] | None = None) -> Any:  # noqa: ANN401
    context = {"why": why, "reasons": reasons or [], "provider": provider_name()}
    return render(request, "account/outside_refused.html", context, status=403)
