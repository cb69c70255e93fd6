"""Which steps of the table of reminders were taken, what offices chose, since when people are told."""

from django.db import models

from thuocdo.agencies.models import Agency
from thuocdo.assignments.models.assignment import Assignment


class StepTaken(models.Model):
    """A step of a duty under one limit: told, laid before an office, or passed before anybody could be told.

    A limit that is moved begins the steps anew. Technical, so not in the log.
    """

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="+")
    limit_on = models.DateField()
    step = models.CharField(max_length=20)
    passed = models.BooleanField()  # noted only
    untold = models.BooleanField(default=False)  # nobody holds a role that is told: tried again
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "limit_on", "step"], name="step_taken_once")
        ]
        indexes = [models.Index(fields=["taken_at"], condition=models.Q(untold=True), name="step_untold")]

    def __str__(self) -> str:
        return f"{self.step} of {self.assignment_id}"


class StepChoice(models.Model):
    """What an office chose for one step of the duties it monitors, or else confirms."""

    office = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    step = models.CharField(max_length=20)
    mode = models.CharField(max_length=9)
    days = models.SmallIntegerField(null=True)  # these three: null or empty is as the table says
    told = models.CharField(max_length=300, blank=True)
    way = models.CharField(max_length=5, blank=True)

    audited = ("office_id", "step", "mode", "days", "told", "way")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "step"], name="step_chosen_once")]

    def __str__(self) -> str:
        return f"{self.step} {self.mode}"


class Watch(models.Model):
    """The one row that says from when on people are told, and how far the log has been read for news."""

    began_on = models.DateField()
    after_entry = models.BigIntegerField()  # entries up to this one were there before
    batch = models.BigIntegerField()  # every batch up to this one has been told

    def __str__(self) -> str:
        return f"since {self.began_on}"
