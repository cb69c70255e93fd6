"""Writes that end the keeping of personal data: periods that are over, the erasure of a person (2.22)."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef

from thuocdo.accounts.actions.people import close_membership
from thuocdo.accounts.actions.signing_in import end_sessions, noted
from thuocdo.accounts.actions.standing_in import close_substitution
from thuocdo.accounts.actions.tokens import revoke_token
from thuocdo.accounts.models import Answer, Attempt, Erasure, Membership, Sending, Substitution, Token, User
from thuocdo.accounts.queries import substitutions_of
from thuocdo.accounts.rules.retention import ANSWERS, ATTEMPTS, BROWSERS, SENDINGS
from thuocdo.audit import log
from thuocdo.lib.fold import nfc
from thuocdo.lib.moments import day_of
from thuocdo.lib.say import require, say


@transaction.atomic
def forget_expired(*, at: datetime) -> dict[str, int]:
    """Delete what has been kept as long as it may be; how many rows of each kind. Not in the log."""
    sessions, _details = Session.objects.filter(expire_date__lt=at - BROWSERS.length).delete()
    alive = Session.objects.filter(session_key=OuterRef("session_key"))
    browsers, _details = UserSession.objects.filter(~Exists(alive)).delete()
    sendings, _details = Sending.objects.filter(recorded_at__lt=at - SENDINGS.length).delete()
    attempts, _details = Attempt.objects.filter(expires__lt=at - ATTEMPTS.length).delete()
    answers, _details = Answer.objects.filter(recorded_at__lt=at - ANSWERS.length).delete()
    return {
        "sessions": sessions,
        "browsers": browsers,
        "sendings": sendings,
        "answers": answers,
        "attempts": attempts,
    }


@transaction.atomic
def note_export(*, user: User, by: User, at: datetime) -> None:
    """Note that somebody took away what is held of this person."""
    noted("user.exported", user, by=by, at=at)


@transaction.atomic
def erase_person(*, user: User, decision: str, by: User | None, at: datetime) -> Erasure:
    """Erase name, address and everything that signs in; the account's number and its acts stay.

    The log keeps salted digests of what was erased; it holds no name, so nothing in it is changed.
    """
    row = User.objects.select_for_update().get(pk=user.pk)
    require(
        say("Shut the account first, so that nobody is erased by a slip.") if row.is_active else None,
        say("Nobody erases their own account.") if by is not None and by.pk == row.pk else None,
        say("The data of this person are already erased.")
        if Erasure.objects.filter(user=row).exists()
        else None,
        None if nfc(decision) else say("Write on whose decision: who decided, number and day."),
    )
    _end_roles(row, by, at)
    end_sessions(user=row, by=by, at=at)
    for token in Token.objects.filter(user=row, revoked_at=None).order_by("pk"):
        revoke_token(token=token, by=by, at=at)
    for model in (Authenticator, SocialAccount, EmailAddress, Sending, Answer):
        model._default_manager.filter(user=row).delete()
    before = log.snapshot(row)
    row.name, row.email, row.language = "", f"{row.pk}@erased.invalid", "vi"
    row.set_unusable_password()
    row.last_login = None
    row.save()
    log.record("user.erased", row, by=by, at=at, before=before)
    made = Erasure(
        user=row, decision=nfc(decision), happened_on=day_of(at), by_id=by.pk if by else None, recorded_at=at
    )
    made.save(force_insert=True)
    log.record("erasure.decided", made, by=by, at=at)
    return made


def _end_roles(user: User, by: User | None, at: datetime) -> None:
    """End every role and every standing in that has not ended."""
    today = day_of(at)
    for membership in Membership.objects.filter(user=user, closed_on__gt=today).order_by("pk"):
        day = max(membership.opened_on, today)
        close_membership(membership=membership, closed_on=day, by=by, at=at)
    standing: list[Substitution] = list(substitutions_of(user).filter(closed_on__gt=today))
    for row in standing:
        close_substitution(substitution=row, closed_on=max(row.opened_on, today), by=by, at=at)
