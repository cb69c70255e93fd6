"""What is asked of a higher agency, what may happen to it, and where it stands."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class RecommendationKind(TextChoices):
    """What is asked for (4.01)."""

    DECISION = "decision", pgettext_lazy("what is recommended", "a decision")
    MONEY = "money", pgettext_lazy("what is recommended", "money")
    GUIDANCE = "guidance", pgettext_lazy("what is recommended", "guidance")
    RULE = "rule", pgettext_lazy("what is recommended", "a rule or policy")


class StepKind(TextChoices):
    """What happens to a recommendation on its way."""

    RECEIVED = "received", pgettext_lazy("a recommendation", "received")
    FORWARDED = "forwarded", pgettext_lazy("a recommendation", "forwarded")
    ANSWERED = "answered", pgettext_lazy("a recommendation", "answered")
    EFFECT = "effect", pgettext_lazy("a recommendation", "effect")
    WITHDRAWN = "withdrawn", pgettext_lazy("a recommendation", "withdrawn")


class Outcome(TextChoices):
    """What the answer says."""

    ACCEPTED = "accepted", pgettext_lazy("a recommendation", "accepted")
    PARTLY = "partly", pgettext_lazy("a recommendation", "accepted in part")
    REFUSED = "refused", pgettext_lazy("a recommendation", "refused")


class Stage(StrEnum):
    """How far it has come, whatever the day: what may happen to it next."""

    SENT = "sent"
    RECEIVED = "received"
    GRANTED = "granted"
    REFUSED = "refused"
    IN_EFFECT = "in_effect"
    WITHDRAWN = "withdrawn"


class State(TextChoices):
    """Where it stands on a day; computed from dated facts, never typed."""

    SENT = "sent", pgettext_lazy("a recommendation", "sent, not received yet")
    IN_HAND = "in_hand", pgettext_lazy("a recommendation", "received, to be answered")
    LATE = "late", pgettext_lazy("a recommendation", "unanswered, past its day")
    ACCEPTED = "accepted", pgettext_lazy("a recommendation", "accepted")
    PARTLY = "partly", pgettext_lazy("a recommendation", "accepted in part")
    REFUSED = "refused", pgettext_lazy("a recommendation", "refused")
    IN_EFFECT = "in_effect", pgettext_lazy("a recommendation", "accepted, has taken effect")
    WITHDRAWN = "withdrawn", pgettext_lazy("a recommendation", "withdrawn")
    NOT_KNOWN = "not_known", pgettext_lazy("a recommendation", "not known what became of it")


class Group(TextChoices):
    """Recommendations that a list is opened by."""

    UNANSWERED = "unanswered", pgettext_lazy("recommendations", "unanswered")
    LATE = "late", pgettext_lazy("recommendations", "unanswered, past their day")
    ANSWERED = "answered", pgettext_lazy("recommendations", "answered")
