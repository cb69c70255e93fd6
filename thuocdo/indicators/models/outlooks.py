"""What people judge of an indicator for an agency, beside the status that was computed then (3.06)."""

from django.db import models

from thuocdo.accounts.models import User
from thuocdo.agencies.models import Agency
from thuocdo.indicators.enums import Health, Outlook
from thuocdo.indicators.models.definitions import Indicator


class Judgement(models.Model):
    """Append-only; the last one stands. `computed`: the status of that moment, blank where there was none."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="judgements")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    outlook = models.CharField(max_length=12, choices=Outlook)
    computed = models.CharField(max_length=14, choices=Health, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()

    audited = ("indicator_id", "agency_id", "outlook", "computed", "reason", "happened_on")

    class Meta:
        indexes = [models.Index(fields=["agency", "indicator", "-recorded_at"], name="judgement_last")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.agency_id}: {self.outlook}"
