"""Codes as a second step of signing in: whose role demands them, how their secrets are kept (2.11)."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils import timezone

from thuocdo.accounts.models import User
from thuocdo.accounts.permissions import Reader
from thuocdo.accounts.queries import has_codes, roles_of


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """What differs from allauth's own way: secrets are kept encrypted, demanded codes cannot be given up."""

    def encrypt(self, text: str) -> str:
        """The secret as it stands in the database; who has the database alone cannot make codes."""
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret."""
        return _keys().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether the person may go back to the password alone."""
        return not demanded(roles_of(authenticator.user, timezone.localdate()))


def demanded(roles: frozenset[str]) -> bool:
    """Whether one of these roles demands codes in this installation."""
    return bool(roles & settings.CODES_FOR)


def owed(reader: Reader) -> bool:
    """Whether the reader must set up codes before anything else; asks the database only where it matters."""
    user: User | None = reader.user
    return user is not None and demanded(reader.roles) and not has_codes(user)


def _keys() -> MultiFernet:
    """Keys made from the installation's secret, and from earlier ones while they still count."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [sha256(f"codes\0{one!s}".encode()).digest() for one in secrets]
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])
