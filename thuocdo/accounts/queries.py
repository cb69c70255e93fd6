"""Reads of people: where they work, for whom they stand in, what they signed in with, their tokens."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from thuocdo.accounts.models import Membership, Substitution, Token, User
from thuocdo.accounts.rules.secrets import digest


def works_in(people: Collection[int], day: date) -> set[int]:
    """The agencies in which one of these people has a role on the day, or stands in for somebody."""
    held = Membership.objects.valid(day).filter(user__in=people).values("agency_id")
    stood = Substitution.objects.valid(day).filter(deputy__in=people).values("agency_id")
    return set(held.union(stood).values_list("agency_id", flat=True))


def standing_in(user: User, day: date) -> QuerySet[Substitution]:
    """For whom the person stands in on the day."""
    rows = Substitution.objects.valid(day).filter(deputy=user)
    return rows.select_related("principal", "agency").order_by("principal__name", "pk")


def substitutions_of(user: User) -> QuerySet[Substitution]:
    """Every substitution the person has a part in, on either side, the latest first."""
    rows = Substitution.objects.filter(Q(deputy=user) | Q(principal=user))
    return rows.select_related("deputy", "principal", "agency").order_by("-closed_on", "-opened_on", "pk")


def roles_of(user: User, day: date) -> frozenset[str]:
    """What the person is, or stands in as, on the day; one statement."""
    stood = Substitution.objects.valid(day).filter(
        deputy=user, principal=OuterRef("user"), agency=OuterRef("agency")
    )
    held = Membership.objects.valid(day).filter(Q(user=user) | Exists(stood))
    return frozenset(held.values_list("role", flat=True))


def has_codes(user: User) -> bool:
    """Whether the person signs in with a code besides the password."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def identity_of(user: User) -> SocialAccount | None:
    """The identity kept elsewhere that signs in to the account."""
    found: SocialAccount | None = SocialAccount.objects.filter(user=user).first()
    return found


def may_be_invited(user: User) -> bool:
    """Whether somebody may be let in by an invitation: only where nobody can be shut out by it."""
    if user.is_machine or not user.is_active:
        return False
    return not user.has_usable_password() and identity_of(user) is None


@dataclass(frozen=True, slots=True)
class Visit:
    """A browser in which a person is signed in."""

    pk: int
    key: str  # opens the session: never shown
    since: datetime
    address: str
    program: str  # as the browser names itself


def visits_of(user: User, at: datetime) -> list[Visit]:
    """Where the person is signed in, the latest first; one statement. Ended sessions are not among them."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=at)
    rows = UserSession.objects.filter(Exists(alive), user=user).order_by("-created_at", "-pk")
    return [Visit(row.pk, row.session_key, row.created_at, row.ip, row.user_agent) for row in rows]


def token_of(secret: str, at: datetime) -> Token | None:
    """The token that this is the secret of, with its account, if it still opens something."""
    alive = Token.objects.alive(at).filter(digest=digest(secret))
    return alive.select_related("user").first()


def tokens_of(user: User) -> QuerySet[Token]:
    """Every token the account ever had, the latest first, each with `last_at`: when it was last used."""
    rows = Token.objects.filter(user=user).select_related("agency")
    return rows.annotate(last_at=F("use__last_at")).order_by("-created_at", "-pk")
