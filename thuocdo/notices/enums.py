"""What a notice can be about, and how far a letter or a draft has come."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What happened; the sentences stand in rules/texts.py."""

    LIMIT_NEAR = "limit_near", _("the time limit is near")
    LIMIT_TODAY = "limit_today", _("the time limit is today")
    LIMIT_PASSED = "limit_passed", _("the time limit has passed")
    SHARE_USED = "share_used", _("much of the time is used")
    GIVEN = "given", _("a duty was given")
    GIVEN_MANY = "given_many", _("duties were given")
    CLAIM_WAITS = "claim_waits", _("a claim waits for review")
    CLAIM_RETURNED = "claim_returned", _("a claim was returned")
    CLAIM_ACCEPTED = "claim_accepted", _("a claim was accepted")
    CHANGE_ASKED = "change_asked", _("a change was asked for")
    CHANGE_GRANTED = "change_granted", _("a change was granted")
    CHANGE_REFUSED = "change_refused", _("a change was refused")
    HOLD_WAITS = "hold_waits", _("an agency is waited for")
    HOLD_ACCEPTED = "hold_accepted", _("waiting was accepted")
    HOLD_DISPUTED = "hold_disputed", _("waiting was disputed")
    HOLD_REJECTED = "hold_rejected", _("waiting was not upheld")
    DEMAND_WRITTEN = "demand_written", _("an answer is asked for")
    DEMAND_ANSWERED = "demand_answered", _("an answer came")
    DEMAND_LATE = "demand_late", _("an answer did not come")
    PROMISE_BROKEN = "promise_broken", _("a commitment was not kept")
    DRAFTS_WAIT = "drafts_wait", _("messages to leaders wait for a decision")


class Channel(TextChoices):
    """By which a letter goes out; what stands in the page is no letter."""

    MAIL = "mail", _("e-mail")
    SMS = "sms", _("text message")


class LetterState(TextChoices):
    WAITING = "waiting", _("waiting to be sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be delivered")


class DraftState(TextChoices):
    """Of a message to a leader that an office decides on."""

    WAITING = "waiting", _("waiting for a decision")
    RELEASED = "released", _("released")
    DROPPED = "dropped", _("dropped")
