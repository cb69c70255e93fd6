"""What weighs on an assignment: waiting for somebody, difficulties with their owners, and its resources."""

from django.db import models
from django.db.models import F, Q

from thuocdo.accounts.models import User
from thuocdo.agencies.models import Agency, Territory
from thuocdo.assignments.enums import DifficultyClass, HoldState, Nature, ResourceKind
from thuocdo.assignments.models.assignment import Assignment
from thuocdo.directives.models import Source
from thuocdo.lib.moments import DAY_MAX


class Hold(models.Model):
    """The lead waits for a named agency. A hold never moves the limit (formulas, rulings)."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="holds")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="held_for")
    reason = models.TextField()
    opened_on = models.DateField()
    closed_on = models.DateField(default=DAY_MAX)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    closed_recorded_at = models.DateTimeField(null=True)

    audited = ("assignment_id", "agency_id", "reason", "opened_on", "closed_on")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closed_on__gte=F("opened_on")), name="hold_ends_after_start"),
            models.CheckConstraint(
                condition=Q(closed_on=DAY_MAX, closed_recorded_at=None)
                | Q(closed_on__lt=DAY_MAX, closed_recorded_at__isnull=False),
                name="hold_end_is_recorded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} waits for {self.agency_id}"


class HoldAnswer(models.Model):
    """Who is waited for accepts or disputes the hold; of a dispute the assigner may decide. Append-only."""

    hold = models.ForeignKey(Hold, models.PROTECT, related_name="answers")
    state = models.CharField(max_length=8, choices=HoldState)
    reason = models.TextField(blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")  # for which the person answered
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()

    audited = ("hold_id", "state", "reason", "agency_id", "happened_on")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=HoldState.ACCEPTED)
                | (Q(state__in=[HoldState.DISPUTED, HoldState.REJECTED]) & ~Q(reason="")),
                name="hold_answer_against_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hold_id} {self.state}"


class Outage(models.Model):
    """No signal: from an agency, or from anybody in a territory, nothing can come. Silence is no fault then.

    Recorded by the lead's superior, or by whoever acts for the lead from a place with a signal.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="outages")
    territory = models.ForeignKey(Territory, models.PROTECT, null=True, related_name="outages")
    reason = models.TextField()
    opened_on = models.DateField()
    closed_on = models.DateField(default=DAY_MAX)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    closed_recorded_at = models.DateTimeField(null=True)

    audited = ("agency_id", "territory_id", "reason", "opened_on", "closed_on")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="outage_has_reason"),
            models.CheckConstraint(
                condition=Q(agency=None, territory__isnull=False) | Q(agency__isnull=False, territory=None),
                name="outage_of_agency_or_territory",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__gte=F("opened_on")), name="outage_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=DAY_MAX, closed_recorded_at=None)
                | Q(closed_on__lt=DAY_MAX, closed_recorded_at__isnull=False),
                name="outage_end_is_recorded",
            ),
        ]

    def __str__(self) -> str:
        return f"no signal: {self.agency_id or self.territory_id}"


class Difficulty(models.Model):
    """What holds work back, by class; the owner is the agency that has to remove it."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="difficulties")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="difficulties")  # who meets it
    owner = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="owned_difficulties")
    kind = models.CharField(max_length=16, choices=DifficultyClass)
    nature = models.CharField(max_length=10, choices=Nature, blank=True)  # empty: not said
    text = models.TextField()
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="difficulties")
    is_example = models.BooleanField(default=False)
    opened_on = models.DateField()
    closed_on = models.DateField(default=DAY_MAX)
    observed_on = models.DateField(null=True)  # read outside; not known to stand after this day
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    closed_recorded_at = models.DateTimeField(null=True)

    audited = (
        "assignment_id", "agency_id", "owner_id", "kind", "nature", "text", "opened_on", "closed_on",
        "observed_on",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__gte=F("opened_on")), name="difficulty_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=DAY_MAX, closed_recorded_at=None)
                | Q(closed_on__lt=DAY_MAX, closed_recorded_at__isnull=False),
                name="difficulty_end_is_recorded",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Resource(models.Model):
    """Money asked, allocated or disbursed, people, equipment: a dated fact with its source (1.14)."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="resources")
    kind = models.CharField(max_length=10, choices=ResourceKind)
    amount = models.DecimalField(max_digits=20, decimal_places=2)
    unit = models.CharField(max_length=40)  # VND, persons, pieces …
    source_text = models.CharField(max_length=300)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()

    audited = ("assignment_id", "kind", "amount", "unit", "source_text", "happened_on")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gte=0), name="resource_not_negative")]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} {self.unit}"
