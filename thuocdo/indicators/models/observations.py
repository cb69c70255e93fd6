"""Observations: one value of one indicator, one agency, one period; and whether it was confirmed (3.03)."""

from decimal import Decimal

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from thuocdo.accounts.models import User
from thuocdo.agencies.models import Agency
from thuocdo.directives.models import Source
from thuocdo.files.models import StoredFile
from thuocdo.indicators.enums import Missing, Origin
from thuocdo.indicators.models.definitions import Indicator
from thuocdo.indicators.rules.scaled import SCALE, unscaled
from thuocdo.lib.moments import AsOf


class ObservationQuerySet(models.QuerySet["Observation"]):
    def known(self, as_of: AsOf) -> "ObservationQuerySet":
        """What had happened by the day, as known then, a corrected value giving way to its correction."""
        later = Observation.objects.filter(corrects=OuterRef("pk"))
        rows = self.filter(happened_on__lte=as_of.day)
        if as_of.known is not None:
            rows, later = (
                rows.filter(recorded_at__lte=as_of.known),
                later.filter(recorded_at__lte=as_of.known),
            )
        return rows.filter(~Exists(later))


class Observation(models.Model):
    """One value. Append-only: a correction is a new row that says why. Null is missing, 0 is a true zero.

    `number`, `numerator` and `denominator` are integers; the value is number × 10^-scale, so that a database
    only ever adds integers.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="observations")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="observations")
    period_from = models.DateField()
    period_to = models.DateField()  # the last day of the period
    part = models.CharField(max_length=60, blank=True)  # disaggregation: "sex=female"; blank: the whole
    number = models.BigIntegerField(null=True)
    scale = models.PositiveSmallIntegerField(default=SCALE)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    missing = models.CharField(max_length=16, choices=Missing, blank=True)
    text = models.CharField(max_length=60, blank=True)  # an ordinal grade, or the stages reached
    origin = models.CharField(max_length=10, choices=Origin)
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="observations")
    page = models.CharField(max_length=60, blank=True)  # where in the source
    query = models.CharField(
        max_length=300, blank=True
    )  # of a measured value: what was counted, by which rule
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="observations")
    note = models.TextField(blank=True)
    reason = models.TextField(blank=True)  # why it corrects another
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    is_example = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField()  # the day it was given
    recorded_at = models.DateTimeField()

    objects = ObservationQuerySet.as_manager()
    audited = (
        "indicator_id", "agency_id", "period_from", "period_to", "part", "number", "scale", "numerator",
        "denominator", "missing", "text", "origin", "source_id", "page", "query", "file_id", "note", "reason",
        "corrects_id", "happened_on",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(number__isnull=False, missing="") | (Q(number=None) & ~Q(missing="")),
                name="observation_has_a_value_or_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(numerator=None, denominator=None)
                | Q(numerator__isnull=False, denominator__isnull=False),
                name="observation_ratio_has_both_parts",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(reason=""), name="observation_correction_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")), name="observation_period_ends_after_start"
            ),
            models.UniqueConstraint(  # a second value for the same thing is a correction of the first
                fields=["indicator", "agency", "period_from", "period_to", "part"],
                condition=Q(corrects=None),
                name="observation_first_once",
            ),
        ]
        indexes = [
            models.Index(fields=["indicator", "period_to", "agency"], name="observation_of_period"),
            models.Index(fields=["agency", "period_to"], name="observation_of_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.agency_id} {self.period_to}: {self.number}"

    @property
    def value(self) -> Decimal | None:
        """The value as an exact number; None when it is missing."""
        return None if self.number is None else unscaled(self.number, self.scale)


class Verdict(models.Model):
    """An agency above accepts a declared value, or returns it with a reason. The last one counts."""

    observation = models.ForeignKey(Observation, models.PROTECT, related_name="verdicts")
    accepted = models.BooleanField()
    reason = models.TextField(blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()

    audited = ("observation_id", "accepted", "reason", "agency_id", "happened_on")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted=True) | ~Q(reason=""), name="verdict_return_has_reason"
            )
        ]
        indexes = [models.Index(fields=["observation", "-recorded_at"], name="verdict_last")]

    def __str__(self) -> str:
        return f"{self.observation_id} {'accepted' if self.accepted else 'returned'}"
