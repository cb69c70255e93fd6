"""What a person reads: their notices, their choice of channels, the drafts their offices decide on."""

import hashlib
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from thuocdo.accounts.models import PROGRAMS, User
from thuocdo.notices.enums import DraftState, LetterState
from thuocdo.notices.models import Choice, Draft, Feed, Letter, Notice


def of(user: User) -> QuerySet[Notice]:
    """The person's notices, the newest first."""
    return Notice.objects.filter(user=user).order_by("-made_at", "-pk")


def before(user: User, pk: int | None, *, unread: bool) -> QuerySet[Notice]:
    """The person's notices in the order of entry, the last first, those older than one of them."""
    rows = Notice.objects.filter(user=user).order_by("-pk")
    rows = rows if pk is None else rows.filter(pk__lt=pk)
    return rows.filter(read_at=None) if unread else rows


def unread(user: User) -> int:
    """How many the person has not read. One statement, by an index of those alone."""
    return Notice.objects.filter(user=user, read_at=None).count()


def choice(user: User) -> Choice:
    """What the person chose, or what holds for who chose nothing."""
    return Choice.objects.filter(user=user).first() or Choice(user=user)


def last_problem(user: User) -> Letter | None:
    """The last letter, if it could not be delivered."""
    last = Letter.objects.filter(user=user).exclude(state=LetterState.WAITING).order_by("-made_at").first()
    return last if last and last.state == LetterState.FAILED else None


def open_feed(user: User) -> Feed | None:
    """The person's calendar address that is in use."""
    return Feed.objects.filter(user=user, revoked_at=None).first()


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def feed_of(secret: str) -> Feed | None:
    """The calendar at a secret address, while nobody has revoked it and its owner may sign in."""
    rows = Feed.objects.select_related("user").filter(digest=digest(secret), revoked_at=None)
    return rows.filter(user__is_active=True).first()


def drafts(offices: Iterable[int]) -> QuerySet[Draft]:
    """The messages to leaders that wait for these offices, the oldest first."""
    rows = Draft.objects.filter(office__in=list(offices), state=DraftState.WAITING)
    return rows.select_related("agency", "office").order_by("made_at", "pk")


def to_mail() -> QuerySet[User]:
    """Who has something to be told by e-mail and was not written to today (the caller narrows the day)."""
    waiting = Notice.objects.filter(user=OuterRef("pk"), by_mail=True, mail=None)
    return User.objects.filter(Exists(waiting), is_active=True).exclude(PROGRAMS).order_by("pk")
