"""What a person may be in an agency, and what that lets them do."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    FOCAL = "focal", _("focal point")
    REGISTRAR = "registrar", _("registrar")
    REVIEWER = "reviewer", _("reviewer")
    LEADER = "leader", _("leader")
    INSPECTOR = "inspector", _("inspector")
    STEWARD = "steward", _("steward")


class Permission(StrEnum):
    """One thing a page or an action may require; the faces name these, rules/roles.py gives them to roles."""

    READ_PUBLIC = "read_public"
    KEEP_ACCOUNT = "keep_account"  # one's own: sign-in, sessions, for whom one acts
    READ_OWN = "read_own"  # what concerns the subtree of one's agency
    REPORT = "report"
    REGISTER = "register"  # directives, obligations, import
    ASSIGN = "assign"
    DECIDE = "decide"  # on requests of change, as the assigner
    REVIEW = "review"
    INSTRUCT = "instruct"
    OVERSEE = "oversee"  # urge, demand explanations, the inspector's desk
    READ_ALL = "read_all"  # whatever the installation holds
    READ_LOG = "read_log"
    PUBLISH = "publish"
    STEWARD = "steward"  # reference data, accounts, succession
