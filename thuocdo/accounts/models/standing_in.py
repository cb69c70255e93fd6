"""Who stands in for whom, in which agency, from day to day."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from thuocdo.accounts.models.people import User
from thuocdo.agencies.models import Agency
from thuocdo.lib.moments import DAY_MAX


class SubstitutionQuerySet(models.QuerySet["Substitution"]):
    def valid(self, day: date) -> "SubstitutionQuerySet":
        """Those that hold on this day; of a person whose account is shut nobody has the rights."""
        return self.filter(opened_on__lte=day, closed_on__gt=day, principal__is_active=True)


class Substitution(models.Model):
    """A person has another's rights in one agency for some days; without an end they are the deputy (2.11).

    The rights are those that the other's own roles in the agency give on the day. They are not handed on:
    who stands in for a deputy does not stand in for those whom the deputy stands in for.
    """

    deputy = models.ForeignKey(User, models.PROTECT, related_name="stands_in")
    principal = models.ForeignKey(User, models.PROTECT, related_name="stood_for")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    basis = models.CharField(max_length=300)  # the decision that says so
    opened_on = models.DateField()
    closed_on = models.DateField(default=DAY_MAX)  # the first day without it

    objects = SubstitutionQuerySet.as_manager()
    audited = ("deputy_id", "principal_id", "agency_id", "basis", "opened_on", "closed_on")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__gte=F("opened_on")), name="substitution_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(deputy=F("principal")), name="substitution_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.deputy_id} for {self.principal_id} in {self.agency_id}"
