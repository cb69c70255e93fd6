"""What a pace is measured against: interim targets of assignments, and the parameters of the discipline."""

from django.db import models
from django.db.models import Q

from thuocdo.accounts.models import User
from thuocdo.assignments.enums import Parameter
from thuocdo.assignments.models.assignment import Assignment


class InterimTarget(models.Model):
    """By this day, this share of the work; the targets set last take the place of all before. Append-only."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="targets")
    target_on = models.DateField()
    share = models.DecimalField(max_digits=5, decimal_places=2)  # in per cent
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField()  # when it was set
    recorded_at = models.DateTimeField()  # the same for all that were set together

    audited = ("assignment_id", "target_on", "share", "happened_on")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=100), name="target_share_percent"),
            models.UniqueConstraint(
                fields=["assignment", "happened_on", "recorded_at", "target_on"], name="target_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.share} % by {self.target_on}"


class ParameterValue(models.Model):
    """From this day a parameter of `rules/parameters.py` has this value; the last decided counts."""

    name = models.CharField(max_length=20, choices=Parameter)
    value = models.DecimalField(max_digits=8, decimal_places=2)
    source_text = models.CharField(max_length=300)  # the decision that says so
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField()  # from which day it holds
    recorded_at = models.DateTimeField()

    audited = ("name", "value", "source_text", "happened_on")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(source_text=""), name="parameter_value_has_source")
        ]

    def __str__(self) -> str:
        return f"{self.name} = {self.value} from {self.happened_on}"
