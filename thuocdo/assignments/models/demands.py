"""Urging, instructions, demands for explanation, their answers; promises of late agencies (2.05, 2.06)."""

from django.db import models
from django.db.models import F, Q

from thuocdo.accounts.models import User
from thuocdo.agencies.models import Agency
from thuocdo.assignments.enums import DemandKind
from thuocdo.assignments.models.assignment import Assignment
from thuocdo.assignments.models.limits import LimitTerm


class Demand(models.Model):
    """A leader, an inspector or the monitoring agency writes to an agency, of one duty or in general."""

    kind = models.CharField(max_length=8, choices=DemandKind)
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="demands")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="demanded")  # who has to answer
    sender = models.ForeignKey(Agency, models.PROTECT, related_name="demanding")
    text = models.TextField()
    term = models.OneToOneField(LimitTerm, models.PROTECT, null=True, related_name="demand")
    answer_on = models.DateField()  # the day named, or first counted from the term; stays visible
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()

    audited = (
        "kind", "assignment_id", "agency_id", "sender_id", "text", "term_id", "answer_on", "happened_on",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="demand_says_what"),
            models.CheckConstraint(condition=Q(answer_on__gte=F("happened_on")), name="demand_gives_time"),
            models.CheckConstraint(condition=~Q(agency=F("sender")), name="demand_to_another"),
        ]
        indexes = [models.Index(fields=["agency", "answer_on"], name="demand_of_agency")]

    def __str__(self) -> str:
        return f"{self.kind} to {self.agency_id} by {self.answer_on}"


class Answer(models.Model):
    """What the agency answers; the first answer answers the demand, later ones add to it. Append-only."""

    demand = models.ForeignKey(Demand, models.PROTECT, related_name="answers")
    text = models.TextField()
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()

    audited = ("demand_id", "text", "agency_id", "happened_on")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="answer_says_something")]

    def __str__(self) -> str:
        return f"answer to {self.demand_id}"


class DemandWithdrawal(models.Model):
    """The side that wrote a demand takes it back, with the reason. Append-only; the demand stays readable."""

    demand = models.OneToOneField(Demand, models.PROTECT, related_name="withdrawal")
    reason = models.TextField()
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()

    audited = ("demand_id", "reason", "agency_id", "happened_on")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="demand_withdrawal_says_why")]

    def __str__(self) -> str:
        return f"{self.demand_id} taken back"


class Commitment(models.Model):
    """A late agency promises in writing: done by this day. Kept or broken is computed, never typed."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="commitments")
    promised_on = models.DateField()  # the day by which it will be done
    text = models.TextField()
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()

    audited = ("assignment_id", "promised_on", "text", "agency_id", "happened_on")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(promised_on__gte=F("happened_on")), name="commitment_lies_ahead"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="commitment_says_what"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} promised by {self.promised_on}"
