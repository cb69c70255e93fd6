"""What a person chooses: channels, and the secret address of their calendar."""

import secrets
from datetime import datetime

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.audit import log
from thuocdo.lib.say import require, say
from thuocdo.notices.models import Choice, Feed
from thuocdo.notices.queries import reading
from thuocdo.notices.rules import sending


@transaction.atomic
def choose(*, mail: bool, sms: bool, phone: str, by: User, at: datetime) -> Choice:
    """Choose the channels beside the page, which nobody can switch off."""
    require(
        sending.phone_problem(phone),
        say("Write the number that text messages go to.") if sms and not phone else None,
    )
    row = Choice.objects.select_for_update().filter(user=by).first()
    before = log.snapshot(row) if row else None
    row = row or Choice(user=by)
    row.mail, row.sms, row.phone = mail, sms, sending.phone(phone)
    row.save()
    log.record("channels.chosen", row, by=by, at=at, before=before)
    return row


@transaction.atomic
def open_feed(*, by: User, at: datetime) -> str:
    """Make a new secret address for the person's calendar, the only time it is told; the old one is dead."""
    revoke(user=by, by=by, at=at)
    secret = secrets.token_urlsafe(32)
    row = Feed(user=by, digest=reading.digest(secret), made_at=at)
    row.save(force_insert=True)
    log.record("feed.opened", row, by=by, at=at)
    return secret


@transaction.atomic
def revoke_feed(*, by: User, at: datetime) -> None:
    """The address answers no more."""
    require(None if revoke(user=by, by=by, at=at) else say("There is no calendar address to revoke."))


def revoke(*, user: User, by: User | None, at: datetime) -> bool:
    """End the address of somebody's calendar; whether there was one."""
    row = Feed.objects.select_for_update().filter(user=user, revoked_at=None).first()
    if row is None:
        return False
    before = log.snapshot(row)
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    log.record("feed.revoked", row, by=by, at=at, before=before)
    return True
