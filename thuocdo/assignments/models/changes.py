"""What the lead asked to change and what the assigner decided; changes of hands; pauses and withdrawals."""

from django.db import models
from django.db.models import Q

from thuocdo.accounts.models import User
from thuocdo.agencies.models import Agency
from thuocdo.assignments.enums import Capacity, ChangeKind, InterruptionKind
from thuocdo.assignments.models.assignment import Assignment


class ChangeRequest(models.Model):
    """The lead asks to change content, product, lead or limit, or returns the duty as not its own (1.13)."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="change_requests")
    kind = models.CharField(max_length=8, choices=ChangeKind)
    text = models.TextField(blank=True)  # the wording asked for
    folded = models.TextField(blank=True, db_default="")  # the duty as it would read: what search looks at
    lead = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    limit_on = models.DateField(null=True)
    reason = models.TextField()
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()

    audited = ("assignment_id", "kind", "text", "lead_id", "limit_on", "reason", "agency_id", "happened_on")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="change_request_has_reason"),
            models.CheckConstraint(
                condition=Q(kind="lead", lead__isnull=False)
                | Q(kind="limit", limit_on__isnull=False)
                | (Q(kind__in=["content", "product"]) & ~Q(text=""))
                | Q(kind="not_ours"),
                name="change_request_names_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.kind}"


class ChangeDecision(models.Model):
    """The assigner grants or refuses; granted, it holds from the day of the decision."""

    request = models.OneToOneField(ChangeRequest, models.PROTECT, related_name="decision")
    granted = models.BooleanField()
    limit_on = models.DateField(null=True)  # the limit granted, which may differ from the one asked for
    reason = models.TextField(blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()

    audited = ("request_id", "granted", "limit_on", "reason", "agency_id", "happened_on")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(granted=True) | ~Q(reason=""), name="refusal_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {'granted' if self.granted else 'refused'}"


class CapacityChange(models.Model):
    """From this day another agency leads or has another part: a request granted, a succession, a new head.

    The person who answers is stated anew with each change of lead; where nobody is named, the person is not
    clear. Coordinators are several, so of these it is said whose place is taken: `was`.
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="capacity_changes")
    capacity = models.CharField(max_length=12, choices=Capacity, default=Capacity.LEAD)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    was = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    head_post = models.CharField(max_length=200, blank=True)
    head_name = models.CharField(max_length=200, blank=True)
    head_since = models.DateField(null=True)
    basis = models.CharField(max_length=300)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()

    audited = (
        "assignment_id", "capacity", "agency_id", "was_id", "head_post", "head_name", "head_since", "basis",
        "happened_on",
    )  # fmt: skip
    audited_personal = ("head_name",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity=Capacity.COORDINATOR, was__isnull=False)
                | (~Q(capacity=Capacity.COORDINATOR) & Q(was=None)),
                name="capacity_change_of_coordinator_names_whose",
            ),
            models.CheckConstraint(
                condition=Q(capacity=Capacity.LEAD) | Q(head_post="", head_name="", head_since=None),
                name="capacity_change_heads_are_of_leads",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.capacity} → {self.agency_id}"


class Interruption(models.Model):
    """The assigner pauses, resumes or withdraws the assignment."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="interruptions")
    kind = models.CharField(max_length=8, choices=InterruptionKind)
    reason = models.TextField()
    joined_into = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="joined")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()

    audited = ("assignment_id", "kind", "reason", "joined_into_id", "happened_on")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="interruption_has_reason")]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.kind}"
