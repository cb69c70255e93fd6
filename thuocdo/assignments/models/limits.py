"""Time limits that were counted from a term, and how decisions on working days moved them (2.01)."""

from django.db import models
from django.db.models import F, Q

from thuocdo.accounts.models import User
from thuocdo.agencies.enums import TermUnit
from thuocdo.agencies.models import Agency, DayDecision
from thuocdo.assignments.models.assignment import Assignment


class LimitTerm(models.Model):
    """So many days from a day, and the limit first counted from it, which stays visible for good.

    Of an assignment, or of whatever else points here. Where the limit stands now: `limits.current`.
    """

    assignment = models.OneToOneField(Assignment, models.PROTECT, null=True, related_name="limit_term")
    text = models.CharField(max_length=200, blank=True)  # in the words of the text
    start_on = models.DateField()
    start_at = models.TimeField(null=True)  # the hour of receipt, where it matters
    quantity = models.DecimalField(max_digits=7, decimal_places=2)
    unit = models.CharField(max_length=12, choices=TermUnit)
    day_zero = models.BooleanField(default=False)
    off_day_waits = models.BooleanField(default=True)
    ends_working = models.BooleanField(default=True)
    cut_off = models.TimeField(null=True)
    basis = models.CharField(max_length=200, blank=True)  # of a count that differs from the usual one
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")  # whose working days
    due_on = models.DateField()
    due_at = models.DateTimeField()  # the moment after which it is late
    recorded_at = models.DateTimeField()  # counted with the decisions known then

    audited = (
        "assignment_id", "text", "start_on", "start_at", "quantity", "unit", "day_zero", "off_day_waits",
        "ends_working", "cut_off", "basis", "agency_id", "due_on", "due_at",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="limit_term_counts_something"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("start_on")), name="limit_term_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["due_on", "start_on"], name="limit_term_days")]

    def __str__(self) -> str:
        return f"{self.quantity} {self.unit} from {self.start_on}: {self.due_on}"


class LimitMove(models.Model):
    """A decision on working days moved a running limit, once somebody confirmed it. Append-only."""

    term = models.ForeignKey(LimitTerm, models.PROTECT, related_name="moves")
    decision = models.ForeignKey(DayDecision, models.PROTECT, related_name="limit_moves")
    from_on = models.DateField()
    to_on = models.DateField()
    to_at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField()  # when the decision was signed
    recorded_at = models.DateTimeField()

    audited = ("term_id", "decision_id", "from_on", "to_on", "to_at", "happened_on")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(from_on=F("to_on")), name="limit_move_moves"),
            models.UniqueConstraint(fields=["term", "recorded_at"], name="limit_move_once_at_a_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.term_id}: {self.from_on} → {self.to_on}"


class WaitingMove(models.Model):
    """What a decision on working days would move, as a job last counted it. Derived, so not in the log."""

    decision = models.OneToOneField(DayDecision, models.PROTECT, related_name="waiting")
    later = models.PositiveIntegerField()  # limits that would become later ones
    earlier = models.PositiveIntegerField()
    mark = models.CharField(max_length=32)  # of what moves where; see `limits.Preview`
    kept = models.BooleanField(default=False)  # somebody moved the others and kept these days, as promised
    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.later} later, {self.earlier} earlier"
