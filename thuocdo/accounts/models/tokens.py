"""Tokens with which programs act for an account, how much they were used, and the answers they were given."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from thuocdo.accounts.models.people import User
from thuocdo.agencies.models import Agency


class TokenQuerySet(models.QuerySet["Token"]):
    def alive(self, at: datetime) -> "TokenQuerySet":
        """Those that open something at this moment."""
        return self.filter(revoked_at=None, expires_at__gt=at)


class Token(models.Model):
    """A secret that lets a program do what its account may do, as far as the scope goes.

    Of the secret only the SHA-256 is kept: it is 256 random bits, which nobody finds by trying.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=100)  # what it is for, in its owner's words
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8)  # the first letters of the secret, to tell tokens apart
    scope = models.JSONField()  # permissions by name
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")  # only its subtree
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = TokenQuerySet.as_manager()
    audited = ("user_id", "name", "scope", "agency_id", "expires_at", "revoked_at")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="token_ends_after_it_was_made"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.hint}…"


class TokenUse(models.Model):
    """How often a token was used in the present minute, and when last. Technical, so not in the log."""

    token = models.OneToOneField(Token, models.CASCADE, primary_key=True, related_name="use")
    minute = models.DateTimeField()
    count = models.PositiveIntegerField()
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.token_id} {self.count} times"


class Answer(models.Model):
    """The answer that a write with an Idempotency-Key was given: the same write sent again gets it again.

    Technical, so not in the log. It is written in the transaction of the act.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # of what was asked: method, address, body
    status = models.PositiveSmallIntegerField(default=0)  # 0 while the act is being done
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="answer_once")]
        indexes = [models.Index(fields=["user", "recorded_at"], name="answer_age")]

    def __str__(self) -> str:
        return f"{self.key} {self.status}"
