"""The address at which somebody who never signed in sets their password: once, within days."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from thuocdo.accounts.models import User


def path_of(user: User) -> str:
    """The path of the address; it is worth nothing once a password is set."""
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])
