"""Sides, relations and states of texts that oblige, and the kinds of their time limits."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DirectiveState(TextChoices):
    ISSUED = "issued", _("issued")
    AWAITED = "awaited", _("awaited, not issued yet")


class DirectiveRelationKind(TextChoices):
    """`from` does this to `to`."""

    IMPLEMENTS = "implements", _("implements")
    AMENDS = "amends", _("amends")
    REPLACES = "replaces", _("replaces")
    ADJUSTS_TO = "adjusts_to", _("is adjusted to")
    BASED_ON = "based_on", _("is based on")
    REQUESTED_BY = "requested_by", _("was requested in")


class Urgency(TextChoices):
    """Degrees of urgency, Decree 30/2020/NĐ-CP, appendix I."""

    NORMAL = "normal", _("normal")
    URGENT = "urgent", _("urgent (khẩn)")
    VERY_URGENT = "very_urgent", _("very urgent (thượng khẩn)")
    EXPRESS = "express", _("express (hỏa tốc)")


class LimitKind(TextChoices):
    """How a text states its time limit, beside the raw words."""

    DATE = "date", _("date")
    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")
    HALF = "half", _("half-year")
    YEAR = "year", _("year")
    RANGE = "range", _("range")
    TERM = "term", _("counted from a day")
    ANNUAL = "annual", _("every year")
    STANDING = "standing", _("standing")
    NONE = "none", _("no limit stated")

    @property
    def is_dated(self) -> bool:
        """Whether a last day follows from it."""
        return self not in (LimitKind.ANNUAL, LimitKind.STANDING, LimitKind.NONE)

    @property
    def is_standing(self) -> bool:
        """Whether the duty goes on for good."""
        return self in (LimitKind.ANNUAL, LimitKind.STANDING)


class ReportEvery(TextChoices):
    """How often a standing duty is reported, where its text says so."""

    MONTH = "month", _("every month")
    QUARTER = "quarter", _("every quarter")
    HALF = "half", _("every half-year")
    YEAR = "year", _("every year")


class Language(TextChoices):
    VI = "vi", _("Vietnamese")
    EN = "en", _("English")
    FR = "fr", _("French")
    DE = "de", _("German")
