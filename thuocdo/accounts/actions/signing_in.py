"""Writes on how a person signs in: sessions ended, passwords changed, codes taken away."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.audit import log
from thuocdo.lib.say import require, say


@transaction.atomic
def end_sessions(*, user: User, keys: list[str] | None = None, by: User | None, at: datetime) -> int:
    """Sign the person out of these browsers, or of all; how many there were. Keys of others do nothing."""
    rows = UserSession.objects.filter(user=user)
    if keys is not None:
        rows = rows.filter(session_key__in=keys)
    found = list(rows.values_list("session_key", flat=True))
    ended, _details = Session.objects.filter(session_key__in=found).delete()
    rows.delete()
    if ended:
        noted("user.signed_out", user, by=by, at=at)
    return ended


@transaction.atomic
def note_password(*, user: User, kept: str | None, by: User | None, at: datetime) -> None:
    """Note that the password is another, and sign the person out of every other browser."""
    others = UserSession.objects.filter(user=user).exclude(session_key=kept or "")
    noted("user.password_changed", user, by=by, at=at)
    end_sessions(user=user, keys=list(others.values_list("session_key", flat=True)), by=by, at=at)


@transaction.atomic
def take_codes(*, user: User, by: User | None, at: datetime) -> None:
    """Take away the codes of somebody who lost their device; they set up new ones where their role asks."""
    gone, _details = Authenticator.objects.filter(user=user).delete()
    require(None if gone else say("This person signs in without codes."))
    end_sessions(user=user, by=by, at=at)
    noted("user.codes_taken", user, by=by, at=at)


def noted(verb: str, user: User, *, by: User | None, at: datetime) -> None:
    """An entry that tells of the account without a changed field."""
    row = User.objects.get(pk=user.pk)
    log.record(verb, row, by=by, at=at, before=log.snapshot(row))
