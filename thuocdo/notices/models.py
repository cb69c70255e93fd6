"""Notices, the letters they go out in, what people chose, calendar feeds, drafts an office decides on."""

import uuid

from django.db import models
from django.db.models import Q

from thuocdo.accounts.enums import Role
from thuocdo.accounts.models import User
from thuocdo.agencies.models import Agency
from thuocdo.notices.enums import Channel, DraftState, Kind, LetterState


class Letter(models.Model):
    """One e-mail or text message, kept as it was sent. Technical, so not in the log."""

    key = models.UUIDField(
        default=uuid.uuid4, unique=True
    )  # the same at each try, so that nobody gets it twice
    user = models.ForeignKey(User, models.PROTECT, related_name="letters")
    channel = models.CharField(max_length=4, choices=Channel)
    day = models.DateField()
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=8, choices=LetterState, default=LetterState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    next_at = models.DateTimeField()
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "day"], condition=Q(channel=Channel.MAIL), name="letter_one_digest_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state=LetterState.WAITING), name="letter_waits")
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.day} to {self.user_id}"


class Notice(models.Model):
    """What a person is told: a kind and its values, so that each reader has it in their language."""

    user = models.ForeignKey(User, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=16, choices=Kind)
    key = models.CharField(max_length=80)  # what it is told about: the same is told once
    values = models.JSONField(default=dict)
    link = models.CharField(max_length=200)  # the address of its page, without the language
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    by_mail = models.BooleanField(default=False)  # the person wanted it by e-mail when it was made
    by_sms = models.BooleanField(default=False)
    mail = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="mailed")
    sms = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="texted")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notice_once")]
        indexes = [
            models.Index(fields=["user", "-made_at"], name="notice_of_person"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["user"], condition=Q(by_mail=True, mail=None), name="notice_to_mail"),
            models.Index(fields=["user"], condition=Q(by_sms=True, sms=None), name="notice_to_text"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.user_id}"


class Choice(models.Model):
    """By which channels a person wants to be told; without a row by e-mail."""

    user = models.OneToOneField(User, models.PROTECT, related_name="choice")
    mail = models.BooleanField(default=True)
    sms = models.BooleanField(default=False)
    phone = models.CharField(max_length=20, blank=True)

    audited = ("user_id", "mail", "sms", "phone")
    audited_personal = ("phone",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sms=False) | ~Q(phone=""), name="choice_sms_has_phone")
        ]

    def __str__(self) -> str:
        return f"channels of {self.user_id}"


class Feed(models.Model):
    """A calendar at a secret address; only the digest of the secret is kept."""

    user = models.ForeignKey(User, models.PROTECT, related_name="feeds")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    audited = ("user_id", "made_at", "revoked_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(revoked_at=None), name="feed_one_open")
        ]

    def __str__(self) -> str:
        return f"calendar of {self.user_id}"


class Draft(models.Model):
    """A message to the people of a role in an agency, which an office releases or drops."""

    key = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=Kind)
    values = models.JSONField(default=dict)
    link = models.CharField(max_length=200)
    office = models.ForeignKey(Agency, models.PROTECT, related_name="+")  # decides
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")  # whose people are told
    role = models.CharField(max_length=12, choices=Role)
    state = models.CharField(max_length=8, choices=DraftState, default=DraftState.WAITING)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    audited = ("key", "kind", "office_id", "agency_id", "role", "state", "reason")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "agency", "role"], name="draft_once"),
            models.CheckConstraint(
                condition=~Q(state=DraftState.DROPPED) | ~Q(reason=""), name="draft_dropped_has_reason"
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "made_at"], condition=Q(state=DraftState.WAITING), name="draft_waits"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.role} of {self.agency_id}"
