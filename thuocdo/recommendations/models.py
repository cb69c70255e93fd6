"""What is asked of higher agencies, each step on its way, and what waits for the answer."""

from django.db import models
from django.db.models import F, Q

from thuocdo.accounts.models import User
from thuocdo.agencies.models import Agency
from thuocdo.assignments.models import Assignment, Difficulty, Hold
from thuocdo.directives.models import Directive, Source
from thuocdo.recommendations.enums import Outcome, RecommendationKind, StepKind


class Recommendation(models.Model):
    """An agency asks a higher one for a decision, money, guidance or a rule. Never changed; see `Step`."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="recommendations")  # who asks
    addressee = models.ForeignKey(Agency, models.PROTECT, related_name="recommended_to")
    kind = models.CharField(max_length=10, choices=RecommendationKind)
    text = models.TextField()
    basis = models.TextField(blank=True)
    directive = models.ForeignKey(Directive, models.PROTECT, null=True, related_name="recommendations")
    awaits = models.ForeignKey(Directive, models.PROTECT, null=True, related_name="recommended_by")
    wanted_on = models.DateField(null=True)  # by when the asking agency needs the answer
    happened_on = models.DateField()  # sent
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="recommendations")
    observed_on = models.DateField(null=True)  # read outside; what became of it after this day is not known
    is_example = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    audited = (
        "agency_id", "addressee_id", "kind", "text", "basis", "directive_id", "awaits_id", "wanted_on",
        "happened_on", "source_id", "observed_on",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="recommendation_has_text"),
            models.CheckConstraint(
                condition=~Q(agency=F("addressee")), name="recommendation_goes_to_another"
            ),
            models.CheckConstraint(
                condition=Q(wanted_on=None) | Q(wanted_on__gte=F("happened_on")),
                name="recommendation_wanted_after_sent",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Step(models.Model):
    """One thing that happened to a recommendation: received, forwarded, answered … Append-only."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")  # which acted
    to = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="forwarded_to")
    due_on = models.DateField(null=True)  # by when who received it answers
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    text = models.TextField(blank=True)
    directive = models.ForeignKey(Directive, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()

    audited = (
        "recommendation_id", "kind", "agency_id", "to_id", "due_on", "outcome", "text", "directive_id",
        "happened_on",
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["recommendation", "kind"], name="recommendation_step")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=StepKind.FORWARDED, to__isnull=False)
                | (~Q(kind=StepKind.FORWARDED) & Q(to=None)),
                name="recommendation_forwarded_to",
            ),
            models.CheckConstraint(
                condition=Q(kind=StepKind.ANSWERED, outcome__in=Outcome.values)
                | (~Q(kind=StepKind.ANSWERED) & Q(outcome="")),
                name="recommendation_answer_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(kind=StepKind.RECEIVED) | (Q(due_on=None) & ~Q(text="")),
                name="recommendation_step_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.kind}"


class Wait(models.Model):
    """A duty or a difficulty waits for the answer. `hold`: the waiting of the duty that this began.

    Append-only: when the recommendation is forwarded, the duty waits for another agency, in another hold.
    """

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="waits")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="recommendation_waits")
    difficulty = models.ForeignKey(Difficulty, models.PROTECT, null=True, related_name="recommendation_waits")
    hold = models.ForeignKey(Hold, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()

    audited = ("recommendation_id", "assignment_id", "difficulty_id", "hold_id", "happened_on")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(assignment__isnull=False) | Q(difficulty__isnull=False),
                name="recommendation_wait_of_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id or self.difficulty_id} waits for {self.recommendation_id}"
