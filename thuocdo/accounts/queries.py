"""Reads of tokens, each one statement."""

from datetime import datetime

from django.db.models import F, QuerySet

from thuocdo.accounts.models import Token, User
from thuocdo.accounts.rules.secrets import digest


def token_of(secret: str, at: datetime) -> Token | None:
    """The token that this is the secret of, with its account, if it still opens something."""
    alive = Token.objects.alive(at).filter(digest=digest(secret))
    return alive.select_related("user").first()


def tokens_of(user: User) -> QuerySet[Token]:
    """Every token the account ever had, the latest first, each with `last_at`: when it was last used."""
    rows = Token.objects.filter(user=user).select_related("agency")
    return rows.annotate(last_at=F("use__last_at")).order_by("-created_at", "-pk")
