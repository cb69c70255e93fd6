"""Statuses, series and the kinds of facts about an assignment."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(TextChoices):
    """Computed from dated facts, never typed (issue line 1.16)."""

    NOT_STARTED = "not_started", _("not started")
    IN_TERM = "in_term", _("in progress, in term")
    OVERDUE = "overdue", _("overdue")
    ON_TIME = "on_time", _("completed on time")
    LATE = "late", _("completed late")
    TIMELINESS_UNKNOWN = "timeliness_unknown", _("completed, timeliness unknown")
    STANDING = "standing", _("standing")
    UNDATED = "undated", _("no time limit")
    PAUSED = "paused", _("paused")
    WITHDRAWN = "withdrawn", _("withdrawn")
    NOT_KNOWN = "not_known", _("not known")


class Condition(TextChoices):
    """What else is true of an open assignment on a day; computed, several at once (issue line 2.04)."""

    SLOW = "slow", _("slow")
    LATE = "late", pgettext_lazy("condition of a duty", "late")
    STALLED = "stalled", _("stalled")
    WAITING = "waiting", pgettext_lazy("condition of a duty", "waiting")
    BLOCKED = "blocked", _("blocked")
    UNREACHABLE = "unreachable", _("unreachable")


class HoldState(TextChoices):
    """What became of the lead's word that it waits for somebody (2.04)."""

    CLAIMED = "claimed", pgettext_lazy("a hold", "as claimed")
    ACCEPTED = "accepted", pgettext_lazy("a hold", "accepted")
    DISPUTED = "disputed", pgettext_lazy("a hold", "disputed")
    REJECTED = "rejected", pgettext_lazy("a hold", "not upheld")


class DemandKind(TextChoices):
    """What a leader, an inspector or the monitoring agency writes to an agency (2.06)."""

    URGE = "urge", _("urging")
    INSTRUCT = "instruct", _("instruction")
    EXPLAIN = "explain", _("demand for explanation")


class DemandState(TextChoices):
    """Where a demand stands on a day; computed (2.06)."""

    OPEN = "open", pgettext_lazy("a demand", "to be answered")
    LATE = "late", pgettext_lazy("a demand", "unanswered, past its limit")
    ANSWERED = "answered", pgettext_lazy("a demand", "answered")
    ANSWERED_LATE = "answered_late", pgettext_lazy("a demand", "answered late")
    TAKEN_BACK = "taken_back", pgettext_lazy("a demand", "taken back")
    LAPSED = "lapsed", pgettext_lazy("a demand", "lapsed: its duty was withdrawn")


class PromiseState(TextChoices):
    """Where a promise stands on a day; computed (2.05)."""

    OPEN = "open", pgettext_lazy("a promise", "open")
    KEPT = "kept", pgettext_lazy("a promise", "kept")
    BROKEN = "broken", pgettext_lazy("a promise", "broken")
    LAPSED = "lapsed", pgettext_lazy("a promise", "lapsed")
    NOT_KNOWN = "not_known", _("not known")


class Parameter(TextChoices):
    """A number that a rule needs and an office may decide on, from a day on (rules/parameters.py)."""

    PACE = "pace", _("share of the expected progress below which a duty is slow")
    SILENCE = "silence", _("days without a report after which a duty is stalled")
    HASTE = "haste", _("minutes within which a confirmation is called hasty")


class Series(TextChoices):
    """Two counts that each add up alone: what agencies say, and what the assigning side confirmed."""

    DECLARED = "declared", _("declared")
    CONFIRMED = "confirmed", _("confirmed")


class LimitClass(TextChoices):
    """What a time limit means for counting."""

    DATED = "dated", _("dated")
    STANDING = "standing", _("standing")
    UNDATED = "undated", _("no time limit")


class ProductKind(TextChoices):
    """What has to come out; it decides which evidence can show it (rules/evidence.py)."""

    NORMATIVE = "normative", _("law, decree, circular or other normative text")
    DECISION = "decision", _("resolution, decision or directive")
    PLAN = "plan", _("plan, programme or scheme")
    GUIDANCE = "guidance", _("guidance or official letter")
    REPORT = "report", _("report")
    SYSTEM = "system", _("platform, system or database")
    WORKS = "works", _("works, equipment or service delivered")
    OTHER = "other", _("other")


class EvidenceKind(TextChoices):
    ISSUED_TEXT = "issued_text", _("issued text, by its number")
    SIGNED_FILE = "signed_file", _("signed document")
    DRAFT = "draft", _("draft or submission")
    ACCEPTANCE = "acceptance", _("acceptance record")
    DATA = "data", _("table or measurement")
    PHOTO = "photo", _("photograph")
    ADDRESS = "address", _("address where it can be seen")


class Capacity(TextChoices):
    """In which capacity an agency takes part in an assignment; it may pass to another (issue line 1.08)."""

    LEAD = "lead", _("lead")
    ASSIGNER = "assigner", _("assigner")
    CONFIRMING = "confirming", _("confirming agency")
    MONITORING = "monitoring", _("monitoring agency")
    COORDINATOR = "coordinator", _("coordinator")


class ChangeKind(TextChoices):
    """What a lead may ask of the assigner (issue line 1.13)."""

    CONTENT = "content", _("change of content")
    PRODUCT = "product", _("change of product")
    LEAD = "lead", _("another lead agency")
    LIMIT = "limit", _("extension of the time limit")
    NOT_OURS = "not_ours", _("returned as not its function")


class InterruptionKind(TextChoices):
    PAUSE = "pause", _("paused")
    RESUME = "resume", _("resumed")
    WITHDRAW = "withdraw", _("withdrawn")


class DifficultyClass(TextChoices):
    INSTITUTIONS = "institutions", _("institutions")
    PEOPLE = "people", _("people and skills")
    INFRASTRUCTURE = "infrastructure", _("infrastructure")
    MONEY = "money", _("funding")
    OTHER = "other", _("other")


class Nature(TextChoices):
    """Whether a difficulty lies outside the agency's power or within it (2.05)."""

    OBJECTIVE = "objective", _("objective")
    SUBJECTIVE = "subjective", _("subjective")


class ResourceKind(TextChoices):
    ASKED = "asked", _("money asked")
    ALLOCATED = "allocated", _("money allocated")
    DISBURSED = "disbursed", _("money disbursed")
    PEOPLE = "people", _("people")
    EQUIPMENT = "equipment", _("equipment")


class Clear(TextChoices):
    """The six clears ("6 rõ"), in their official order (issue line 1.10)."""

    PERSON = "person", _("person")
    WORK = "work", _("work")
    TIME = "time", _("time")
    RESPONSIBILITY = "responsibility", _("responsibility")
    PRODUCT = "product", _("product")
    AUTHORITY = "authority", _("authority")


class DutyState(TextChoices):
    """Where an assignment stands for the checks of actions; its status for counting is `Status`."""

    DRAFT = "draft", _("draft")
    GIVEN = "given", _("given")
    PAUSED = "paused", _("paused")
    CONFIRMED = "confirmed", _("confirmed")
    WITHDRAWN = "withdrawn", _("withdrawn")
    JOINED = "joined", _("joined with another")  # another assignment of the same duty goes on for it


class ClaimState(TextChoices):
    SENT = "sent", _("waiting for review")
    ACCEPTED = "accepted", _("accepted")
    RETURNED = "returned", _("returned")
    CORRECTED = "corrected", _("corrected")  # replaced by a later version of itself


class RequestState(TextChoices):
    ASKED = "asked", _("waiting for a decision")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")


class Reference(TextChoices):
    """What a piece of evidence names."""

    FILE = "file", _("a file")
    DIRECTIVE = "directive", _("a directive")
    SYMBOL = "symbol", _("the number of a text")
    ADDRESS = "address", _("an address")


class Regime(TextChoices):
    """By which rule the periods of a standing duty are cut off and sent (2.03)."""

    CALENDAR = "calendar", _("calendar months, quarters, years")
    DECREE_09 = "decree_09", _("15th to 14th (Decree 09/2019/NĐ-CP)")
    SYSTEM_57 = "system_57", _("before the 25th (System 57)")


class Sent(TextChoices):
    """Where the report of a period stands."""

    IN_TIME = "in_time", _("sent in time")
    LATE = "late", _("sent late")
    DUE = "due", _("not sent, due")
    MISSING = "missing", _("not sent, overdue")
