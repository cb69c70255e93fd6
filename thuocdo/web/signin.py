"""How people sign in: accounts are made by stewards, never by visitors; allauth's words in our catalogue."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts import actions
from thuocdo.accounts.models import User

# allauth has no Vietnamese: its words that our pages show stand here to be collected with ours
WORDS = (
    _("Email"),
    _("Email address"),
    _("Password"),
    _("Password (again)"),
    _("Remember Me"),
    _("Current Password"),
    _("New Password"),
    _("New Password (again)"),
    _("Forgot your password?"),
    _("You must type the same password each time."),
    _("Please type your current password."),
    _("Incorrect password."),
    _("This account is currently inactive."),
    _("The password reset token was invalid."),
    _("The email address and/or password you specified are not correct."),
    _("Too many failed login attempts. Try again later."),
    _("Be patient, you are sending too many requests."),
    _("The new value must be different from the current one."),
    _("Code"),
    _("Authenticator code"),
    _("Incorrect code."),
    _("You cannot deactivate two-factor authentication."),
)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """What differs from allauth's own way."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def is_reauthentication_required(self, **_about: object) -> bool:
        """Whoever has just signed in has shown who they are; later the password is asked for once more."""
        shown = get_authentication_records(self.request, self.request.user)
        return not shown or time.time() - shown[-1]["at"] >= app_settings.REAUTHENTICATION_TIMEOUT

    def set_password(self, user: User, password: str) -> None:
        """Keep the new password; every other browser is signed out, and the log tells of it."""
        super().set_password(user, password)
        by = self.request.user if isinstance(self.request.user, User) else user
        actions.note_password(user=user, kept=self.request.session.session_key, by=by, at=timezone.now())

    def add_message(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """No "You have signed in": the head of the page shows it already."""
