"""What was imported of facts, and the cube counted from them, which serves the pages (3.12, 3.17)."""

from django.db import models
from django.db.models import Q

from thuocdo.accounts.models import User
from thuocdo.agencies.models import Agency


class FactImport(models.Model):
    """A file of facts that was entered: which, how many rows, what it changed."""

    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    good = models.BigIntegerField()  # rows that can be entered, the last version of each
    entered = models.BigIntegerField()  # of them, what was new or of a higher version
    bad = models.BigIntegerField()
    months = models.JSONField(default=list)  # that changed
    is_synthetic = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    audited = ("kind", "name", "sha256", "good", "entered", "bad", "months", "is_synthetic")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(entered__lte=models.F("good"), bad__gte=0), name="fact_import_counts_agree"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class FactSums(models.Model):
    """Integers of one agency and period, by name. A read model, made anew when facts change.

    One row holds all metrics, since they are always read together, and a month is written in one stroke.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    period = models.IntegerField()  # 202609: a month; 20263: a quarter
    sums = models.JSONField()  # name of `facts/texts.py` -> integer
    given = models.JSONField()  # metric code -> [numerator, denominator], handed over as such
    official = models.JSONField()  # metric code or INDEX -> points published elsewhere, kept beside
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "agency"], name="fact_sums_once_a_period"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.period}"


class FactWhole(models.Model):
    """What was counted of an agency with all below it, by the map of the period's last day. A read model.

    It holds while the agencies below that have facts are those it was added up of; on another map the sums
    are added up anew by who reads.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    period = models.IntegerField()
    parts = models.JSONField()  # ids of the agencies whose facts are in it, in order
    counts = models.JSONField()  # metric code -> [numerator, denominator], or null: not known
    told = models.JSONField()  # metric codes of which a part was handed over as a count
    sums = models.JSONField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "agency"], name="fact_whole_once_a_period"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.period}"
