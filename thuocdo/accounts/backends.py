"""Who may sign in: the people of the demo world only where nobody else can reach (issue line 1.02)."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from thuocdo.accounts.models import User


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """As allauth signs people in; an example's account is dead, its open session too, unless allowed."""

    def user_can_authenticate(self, user: User) -> bool:
        """Whether this account may be used here and now."""
        allowed = settings.SIGN_IN_OF_EXAMPLES or not user.is_example
        return allowed and bool(super().user_can_authenticate(user))
