"""How people sign in: accounts are made by stewards, never by visitors; allauth's words in our catalogue."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

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
)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """What differs from allauth's own way."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """No "You have signed in": the head of the page shows it already."""
