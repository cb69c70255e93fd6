"""Assignments: one duty in the hands of one lead agency, and its place in the cascade."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from thuocdo.agencies.models import Agency
from thuocdo.assignments.enums import LimitClass, ProductKind, Regime
from thuocdo.directives.models import Directive, Obligation, Source
from thuocdo.lib.moments import MOMENT_MAX


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def given(self) -> "AssignmentQuerySet":
        """Those handed out, drafts left aside."""
        return self.filter(given_on__isnull=False)

    def drafts(self) -> "AssignmentQuerySet":
        """Those not handed out yet."""
        return self.filter(given_on=None)

    def known(self, moment: datetime | None) -> "AssignmentQuerySet":
        """Those handed out by the moment (None: now)."""
        return self.given() if moment is None else self.filter(given_recorded_at__lte=moment)


class Assignment(models.Model):
    """A duty as first handed out. What changed later stands in dated facts beside it, never here.

    The six clears (issue line 1.10): person `head_post`/`head_name`, work `work`, time `limit_on` or
    `reporting_period`, responsibility `lead` and coordinators, product `product`, authority `signer`.
    """

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="assignments")
    directive = models.ForeignKey(Directive, models.PROTECT, related_name="assignments")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    is_fan_out = models.BooleanField(default=False)  # one duty for many; has children instead of a lead
    depth = models.PositiveSmallIntegerField(
        default=0
    )  # how many leads split it before; fan-outs do not count
    ordinal = models.PositiveIntegerField(default=1)  # among the children of one parent
    assigner = models.ForeignKey(Agency, models.PROTECT, related_name="given")
    lead = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="led")  # the first lead
    monitoring = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="monitored")
    confirming = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="confirmed")
    confirmed_locally = models.BooleanField(default=False)  # the assigner is outside this installation
    work = models.TextField()
    product = models.TextField(blank=True)
    product_kind = models.CharField(max_length=12, choices=ProductKind, blank=True)
    limit_class = models.CharField(max_length=8, choices=LimitClass)
    limit_on = models.DateField(null=True)  # the first limit; stays visible for good
    reporting_period = models.CharField(max_length=20, blank=True)  # of a standing duty: month, quarter, year
    reporting_regime = models.CharField(max_length=10, choices=Regime, default=Regime.CALENDAR)
    sends = models.PositiveSmallIntegerField(
        null=True
    )  # day of the month to send by, where the text sets one
    head_post = models.CharField(max_length=200, blank=True)
    head_name = models.CharField(max_length=200, blank=True)
    head_since = models.DateField(null=True)
    signer = models.CharField(max_length=200, blank=True)  # who has the authority to sign the product
    is_key = models.BooleanField(default=False)
    received = models.BooleanField(default=False)  # issued elsewhere and recorded here as the text has it
    is_example = models.BooleanField(default=False)
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="assignments")
    observed_on = models.DateField(
        null=True
    )  # last day its state was seen outside; after it nothing is known
    given_on = models.DateField(null=True)  # null: a draft
    given_recorded_at = models.DateTimeField(null=True)
    folded = models.TextField()
    recorded_at = models.DateTimeField()

    objects = AssignmentQuerySet.as_manager()
    audited = (
        "obligation_id", "parent_id", "is_fan_out", "assigner_id", "lead_id", "monitoring_id",
        "confirming_id", "work", "product", "product_kind", "limit_class", "limit_on", "reporting_period",
        "reporting_regime", "sends",
        "head_post", "head_name", "head_since", "signer", "is_key", "received", "observed_on", "given_on",
    )  # fmt: skip
    audited_personal = ("head_name",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(limit_class=LimitClass.DATED, limit_on__isnull=False)
                | (~Q(limit_class=LimitClass.DATED) & Q(limit_on=None)),
                name="assignment_dated_has_limit",
            ),
            models.CheckConstraint(
                condition=Q(is_fan_out=True, lead=None) | Q(is_fan_out=False, lead__isnull=False),
                name="assignment_has_one_lead_or_fans_out",
            ),
            models.CheckConstraint(
                condition=Q(given_on=None, given_recorded_at=None)
                | Q(given_on__isnull=False, given_recorded_at__isnull=False),
                name="assignment_given_day_is_recorded",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="assignment_not_its_own_parent"),
        ]
        indexes = [models.Index(fields=["directive", "parent"], name="assignment_directive")]

    def __str__(self) -> str:
        return self.work[:80]


class Coordinator(models.Model):
    """An agency that helps the lead."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="coordinators")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="coordinates")
    recorded_at = models.DateTimeField()

    audited = ("assignment_id", "agency_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "agency"], name="coordinator_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} helps {self.assignment_id}"


class ForeignNumber(models.Model):
    """The number the same assignment has in another system, and when it was entered there (1.15).

    Append-only: entered again, the last row of a system counts, or the last known at the moment asked for.
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="foreign_numbers")
    system = models.CharField(max_length=60)
    number = models.CharField(max_length=80)
    entered_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()

    audited = ("assignment_id", "system", "number", "entered_on")

    def __str__(self) -> str:
        return f"{self.system} {self.number}"


class Span(models.Model):
    """Read model: one assignment over days on which its facts are constant, as known over an interval (1.20).

    A status on a day follows from one row by `rules/status.py`. Written by `spans.py` from the facts. The row
    that is open at both ends is the assignment as it stands now.
    """

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="spans")
    valid_from = models.DateField()
    valid_to = models.DateField()
    known_from = models.DateTimeField()
    known_to = models.DateTimeField()
    lead_id = models.BigIntegerField()
    assigner_id = models.BigIntegerField()
    confirming_id = models.BigIntegerField(null=True)
    monitoring_id = models.BigIntegerField(null=True)
    directive_id = models.BigIntegerField()
    depth = models.PositiveSmallIntegerField()
    is_key = models.BooleanField()
    limit_class = models.CharField(max_length=8)
    limit_on = models.DateField(null=True)  # in force on these days
    judged_by = models.DateField(
        null=True
    )  # the limit timeliness is judged by: late extensions do not move it
    first_limit_on = models.DateField(null=True)
    started = models.BooleanField()
    paused = models.BooleanField()
    withdrawn = models.BooleanField()
    known_until = models.DateField(null=True)  # after this day the open state is not known; null: it is
    declared_from = models.DateField(null=True)  # completed, as declared: not before …
    declared_by = models.DateField(null=True)  # … and no later than; null: not declared completed
    confirmed_from = models.DateField(null=True)
    confirmed_by = models.DateField(null=True)
    awaits_review = models.BooleanField()
    waits_for_id = models.BigIntegerField(null=True)  # agency an open hold names
    hold_state = models.CharField(max_length=8, blank=True)  # of that hold
    blocked_by_id = models.BigIntegerField(null=True)  # agency that has to remove a difficulty
    unreachable = models.BooleanField(default=False)  # no signal where the lead is
    progress = models.DecimalField(max_digits=5, decimal_places=2, null=True)  # as last declared
    slow_from = models.DateField(null=True)  # the day from which this progress is behind its trajectory
    stalled_from = models.DateField(null=True)  # the day from which the silence is too long

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="span_days"),
            models.CheckConstraint(condition=Q(known_to__gt=F("known_from")), name="span_knowledge"),
        ]
        indexes = [
            models.Index(fields=["lead_id", "known_to", "valid_to"], name="span_lead"),
            models.Index(fields=["directive_id", "known_to", "valid_to"], name="span_directive"),
            models.Index(fields=["known_to", "valid_to"], name="span_now"),
            models.Index(fields=["known_from"], name="span_opened"),  # what changed since a tally
            models.Index(  # a past day of a million is counted from the index alone
                fields=["valid_to"],
                include=[
                    "valid_from",
                    "known_from",
                    "known_to",
                    "lead_id",
                    "assigner_id",
                    "directive_id",
                    "depth",
                    "is_key",
                    "limit_class",
                    "limit_on",
                    "judged_by",
                    "started",
                    "paused",
                    "withdrawn",
                    "known_until",
                    "declared_from",
                    "declared_by",
                    "confirmed_from",
                    "confirmed_by",
                    "waits_for_id",
                    "blocked_by_id",
                    "unreachable",
                    "slow_from",
                    "stalled_from",
                ],
                condition=Q(known_to=MOMENT_MAX),
                name="span_counted",
            ),
            models.Index(  # what presses, the longest past its limit first; who has to be reminded
                fields=["limit_on", "assignment_id", "valid_to"],
                condition=Q(known_to=MOMENT_MAX, declared_by=None, withdrawn=False),
                name="span_pressing",
            ),
            *(  # what differs between the day of a tally and another
                models.Index(
                    fields=[column], condition=Q(known_to=MOMENT_MAX, depth=0), name=f"span_{column}"
                )
                for column in ("valid_from", "known_until", "slow_from", "stalled_from")
            ),
            models.Index(  # the same by limits; a list that is asked on page by page reads it in its order
                fields=["limit_on", "assignment_id"],
                condition=Q(known_to=MOMENT_MAX, depth=0),
                name="span_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} [{self.valid_from}, {self.valid_to})"


class Taken(models.Model):
    """When the spans of a day were counted into tallies, which `queries/tallies.py` reads."""

    day = models.DateField()
    known = models.DateTimeField()  # the tallies hold what was believed at this moment
    ready = models.BooleanField(default=False)  # all of them are written
    wrong = models.BooleanField(default=False)  # a fact recorded before that moment came after it
    texts = models.JSONField(default=list)  # the directives that had anything to count

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day"], condition=Q(ready=True), name="taken_once")]

    def __str__(self) -> str:
        return f"{self.day}, as known at {self.known}"


class Tally(models.Model):
    """Read model: how many duties of one text, in the hands of first leads, count alike on a day."""

    taken = models.ForeignKey(Taken, models.CASCADE, related_name="tallies")
    directive_id = models.BigIntegerField()
    declared = models.CharField(max_length=20)  # status in each series
    confirmed = models.CharField(max_length=20)
    is_key = models.BooleanField()
    dated = models.BooleanField()
    n = models.IntegerField()
    due = models.IntegerField()  # with the limit on or before the day
    came_later = models.IntegerField()  # recorded after the day
    slow = models.IntegerField(default=0)  # and in which condition they are; late is the status overdue
    stalled = models.IntegerField(default=0)
    waiting = models.IntegerField(default=0)
    blocked = models.IntegerField(default=0)
    unreachable = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.n} of {self.directive_id} {self.declared}, {self.confirmed}"


class LeadTally(models.Model):
    """Read model: what one lead has of one text, or of all, on a day; the numbers of a `counts.Share`."""

    taken = models.ForeignKey(Taken, models.CASCADE, related_name="lead_tallies")
    directive_id = models.BigIntegerField(null=True)  # null: of all texts, for who may see all
    lead_id = models.BigIntegerField()
    assigned = models.IntegerField()
    completed = models.IntegerField()
    confirmed = models.IntegerField()
    overdue = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.assigned} of {self.directive_id} with {self.lead_id}"
