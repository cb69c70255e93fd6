"""Tokens are made and revoked; what they are used for is counted, the answers to writes are kept (2.14)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from thuocdo.accounts.actions.people import Person, create_user
from thuocdo.accounts.models import Answer, Token, User
from thuocdo.accounts.models.people import MACHINES
from thuocdo.accounts.permissions import reader_of
from thuocdo.accounts.rules import tokens as rule
from thuocdo.accounts.rules.retention import ANSWERS
from thuocdo.accounts.rules.roles import OF_ANYBODY
from thuocdo.accounts.rules.secrets import MARK, digest
from thuocdo.agencies.models import Agency
from thuocdo.audit import log
from thuocdo.lib.moments import day_of
from thuocdo.lib.say import require, say

_COUNT = """
INSERT INTO accounts_tokenuse (token_id, minute, count, last_at) VALUES (%s, %s, 1, %s)
ON CONFLICT (token_id) DO UPDATE SET
    count = CASE WHEN accounts_tokenuse.minute = excluded.minute THEN accounts_tokenuse.count + 1 ELSE 1 END,
    minute = excluded.minute, last_at = excluded.last_at
RETURNING count
"""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token is for, what it may do, where, until when."""

    name: str
    scope: tuple[str, ...]
    expires_at: datetime
    agency: Agency | None = None  # None: wherever its account may


@transaction.atomic
def make_token(*, user: User, grant: Grant, by: User, at: datetime) -> tuple[Token, str]:
    """A new token with its secret, which is told now and never again. Who may: `may_keep_tokens`."""
    held = OF_ANYBODY | set(reader_of(user, day_of(at)).reach)
    require(
        None if grant.name.strip() else say("Say what the token is for."),
        rule.scope_problem(grant.scope, held),
        rule.end_problem(grant.expires_at, at),
    )
    secret = MARK + secrets.token_urlsafe(32)
    made = Token(
        user=user,
        name=grant.name.strip(),
        digest=digest(secret),
        hint=secret[: len(MARK) + 4],
        scope=sorted(grant.scope),
        agency=grant.agency,
        expires_at=grant.expires_at,
        created_at=at,
        created_by=by,
    )
    made.save(force_insert=True)
    log.record("token.made", made, by=by, at=at)
    return made, secret


@transaction.atomic
def revoke_token(*, token: Token, by: User | None, at: datetime) -> Token:
    """From now on the token opens nothing."""
    row = Token.objects.select_for_update().get(pk=token.pk)
    require(say("This token was revoked already.") if row.revoked_at else None)
    before = log.snapshot(row)
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    log.record("token.revoked", row, by=by, at=at, before=before)
    return row


@transaction.atomic
def open_machine(*, name: str, by: User | None, at: datetime) -> User:
    """The account of a program: it is given roles as people are, acts by its tokens, cannot sign in."""
    return create_user(
        person=Person(email=f"{secrets.token_hex(8)}@{MACHINES}", name=name, language="en"), by=by, at=at
    )


def count_use(*, token: Token, at: datetime) -> int:
    """Note that the token is used, and say how often it was in this minute. One statement of its own."""
    at_field = connection.ops.adapt_datetimefield_value
    minute = at.replace(second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [token.pk, at_field(minute), at_field(at)])
        (count,) = cursor.fetchone()
    return int(count)


def answer_once(*, user: User, key: str, asked: str, at: datetime) -> Answer:
    """Note that a write with this key is being done, or find the note of the first time: it has a status.

    Called inside the transaction of the act. Of two that come at once the second waits for the first.
    """
    try:
        with transaction.atomic():
            made = Answer.objects.create(user=user, key=key, digest=asked, recorded_at=at)
    except IntegrityError:
        return Answer.objects.get(user=user, key=key)
    Answer.objects.filter(user=user, recorded_at__lt=at - ANSWERS.length).delete()
    return made


def keep_answer(*, answer: Answer, status: int, headers: Mapping[str, str], body: str) -> None:
    """Keep what the write was answered."""
    answer.status, answer.headers, answer.body = status, dict(headers), body
    answer.save(update_fields=["status", "headers", "body"])
