"""What a member is, how far a session has come, what stands in a pack."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MemberRole(TextChoices):
    HEAD = "head", pgettext_lazy("member of a committee", "head")
    STANDING_DEPUTY = "standing_deputy", pgettext_lazy("member of a committee", "permanent deputy head")
    DEPUTY = "deputy", pgettext_lazy("member of a committee", "deputy head")
    MEMBER = "member", pgettext_lazy("member of a committee", "member")


class SessionState(TextChoices):
    """How far a session has come; computed from dated facts."""

    CALLED = "called", pgettext_lazy("a session", "called")
    CLOSED = "closed", pgettext_lazy("a session", "closed, its notice is a draft")
    ISSUED = "issued", pgettext_lazy("a session", "its notice of conclusions is issued")


class Section(StrEnum):
    """The exceptions that a pack gathers, in their order."""

    CONCLUSIONS = "conclusions"
    NEW_LATE = "new_late"
    BROKEN = "broken"
    DISAGREEMENTS = "disagreements"
    RECOMMENDATIONS = "recommendations"
    INDICATORS = "indicators"


SECTIONS = {
    Section.CONCLUSIONS: _("Conclusions of the last session and what became of each"),
    Section.NEW_LATE: _("Late since the last session"),
    Section.BROKEN: _("Promises not kept"),
    Section.DISAGREEMENTS: _("Declared, but not confirmed or measured otherwise"),
    Section.RECOMMENDATIONS: _("Recommendations without an answer"),
    Section.INDICATORS: _("Indicators that turned"),
}
