"""Published rankings, frozen with everything they were computed from; withdrawn, never deleted (3.15)."""

from django.db import models
from django.db.models import F, Q

from thuocdo.accounts.models import User
from thuocdo.agencies.models import Agency
from thuocdo.indicators.enums import Standing, Units
from thuocdo.lib.moments import AsOf


class RankingQuerySet(models.QuerySet["Ranking"]):
    def published(self, as_of: AsOf) -> "RankingQuerySet":
        """Those that had been published on the day, as known at the moment asked for."""
        rows = self.filter(published_on__lte=as_of.day)
        return rows if as_of.known is None else rows.filter(recorded_at__lte=as_of.known)

    def standing(self, as_of: AsOf) -> "RankingQuerySet":
        """Of them those that had not been withdrawn."""
        gone = Q(withdrawal__happened_on__lte=as_of.day)
        if as_of.known is not None:
            gone &= Q(withdrawal__recorded_at__lte=as_of.known)
        return self.published(as_of).exclude(gone)


class Ranking(models.Model):
    """The units below an agency, ranked for a period and made public."""

    parent = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    units = models.CharField(max_length=12, choices=Units)
    period = models.IntegerField()  # 202509: a month; 20253: a quarter
    floor = models.DecimalField(max_digits=5, decimal_places=2)  # coverage below which nobody is ranked
    rules_since = models.DateField()
    ranked = models.IntegerField()
    unranked = models.IntegerField()
    is_synthetic = models.BooleanField(default=False)
    package_sha256 = models.CharField(max_length=64)
    published_on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    objects = RankingQuerySet.as_manager()
    audited = (
        "parent_id", "units", "period", "floor", "rules_since", "ranked", "unranked", "is_synthetic",
        "package_sha256", "published_on",
    )  # fmt: skip
    withdrawal: "RankingWithdrawal"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ranked__gt=0, unranked__gte=0), name="ranking_of_at_least_one")
        ]

    def __str__(self) -> str:
        return f"{self.parent_id} {self.units} {self.period}"


class RankingLine(models.Model):
    """One unit of a published ranking: its place, or why it has none, and the counts it comes from."""

    ranking = models.ForeignKey(Ranking, models.PROTECT, related_name="lines")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    position = models.IntegerField()  # in the order of the table
    rank = models.IntegerField(null=True)
    worst = models.IntegerField(null=True)
    like = models.IntegerField(null=True)
    score = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    low = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    high = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    coverage = models.DecimalField(max_digits=9, decimal_places=6)
    standing = models.CharField(max_length=10, choices=Standing, blank=True)
    peers = models.CharField(max_length=40, blank=True)
    peer_gap = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    former_rank = models.IntegerField(null=True)
    former_score = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    change = models.DecimalField(max_digits=9, decimal_places=6, null=True)  # against the period before
    is_real = models.BooleanField(default=False)  # the change is more than chance
    reason = models.JSONField(null=True)  # why it is not ranked: a sentence with its values
    counts = models.JSONField()  # metric code -> [numerator, denominator], or null

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ranking", "agency"], name="ranking_line_once"),
            models.CheckConstraint(
                condition=Q(rank=None, reason__isnull=False)
                | Q(rank__gt=0, worst__gte=F("rank"), score__isnull=False, reason=None),
                name="ranking_line_ranked_or_told_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ranking_id}: {self.agency_id} {self.rank}"


class RankingPackage(models.Model):
    """The bytes that people outside recompute a ranking from, as they were published."""

    ranking = models.OneToOneField(Ranking, models.PROTECT, related_name="package")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.ranking_id}"


class RankingWithdrawal(models.Model):
    """A published ranking that does not hold, and why; it stays where it was, marked."""

    ranking = models.OneToOneField(Ranking, models.PROTECT, related_name="withdrawal")
    reason = models.TextField()
    happened_on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    audited = ("ranking_id", "reason", "happened_on")

    def __str__(self) -> str:
        return f"{self.ranking_id}: {self.reason}"
