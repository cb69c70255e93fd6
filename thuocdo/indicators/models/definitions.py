"""Indicators as they are declared, version by version, and the targets that texts set (3.01, 3.02)."""

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from thuocdo.accounts.models import User
from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Agency
from thuocdo.directives.models import Provision, Source
from thuocdo.indicators.enums import Combine, Direction, Kind, Periodicity, Side, Since
from thuocdo.lib.moments import AsOf


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def public(self) -> "IndicatorQuerySet":
        """Those whose figures are public today: their last decision says so."""
        decisions = Publicity.objects.filter(indicator=OuterRef("pk")).order_by("-recorded_at", "-id")
        return self.alias(shown=Subquery(decisions.values("public")[:1])).filter(shown=True)


class Indicator(models.Model):
    """What is measured, by a code that stays. All else stands in its dated definitions."""

    code = models.CharField(max_length=60, unique=True)
    is_system = models.BooleanField(default=False)  # its observations are published by this system itself
    is_example = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()

    objects = IndicatorQuerySet.as_manager()
    audited = ("code", "is_system", "is_example")

    def __str__(self) -> str:
        return self.code


class Publicity(models.Model):
    """A decision on whether the indicator's figures are public. Append-only; the last one counts, today.

    Without one nothing is public.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="publicity")
    public = models.BooleanField()
    reason = models.TextField(blank=True)  # what was withheld and why
    decided_on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    audited = ("indicator_id", "public", "reason", "decided_on")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(public=True) | ~Q(reason=""), name="publicity_refusal_has_reason"
            )
        ]
        indexes = [models.Index(fields=["indicator", "-recorded_at", "-id"], name="publicity_last")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {'public' if self.public else 'not public'}"


class DefinitionQuerySet(models.QuerySet["Definition"]):
    def standing(self, as_of: AsOf) -> "DefinitionQuerySet":
        """Those that may hold on the day, as known then; of one indicator the newest holds."""
        rows = self.filter(since__lte=as_of.day)
        return rows if as_of.known is None else rows.filter(recorded_at__lte=as_of.known)

    def newest_first(self) -> "DefinitionQuerySet":
        """For one indicator: the one that holds comes first."""
        return self.order_by("indicator_id", "-since", "-recorded_at", "-pk")


class Definition(models.Model):
    """What the indicator means from a day on. Append-only: a change is a new version and rewrites no past."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="definitions")
    since = models.DateField()
    name = models.CharField(max_length=300)  # authoritative, Vietnamese
    name_en = models.CharField(max_length=300)
    name_fr = models.CharField(max_length=300)
    name_de = models.CharField(max_length=300)
    unit = models.CharField(max_length=60)  # as `rules/units.py` reads it
    kind = models.CharField(max_length=8, choices=Kind)
    direction = models.CharField(max_length=4, choices=Direction)
    side = models.CharField(max_length=8, choices=Side, default=Side.AT_LEAST)
    tolerance = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    every = models.CharField(max_length=8, choices=Periodicity)
    delay = models.PositiveSmallIntegerField(default=0)  # days after the period until its value is due
    decumulate = models.CharField(max_length=10, choices=Since, default=Since.NONE)
    window = models.CharField(max_length=10, choices=Since, default=Since.NONE)
    periods = models.CharField(max_length=8, choices=Combine, default=Combine.LAST)
    children = models.CharField(max_length=8, choices=Combine, default=Combine.NONE)
    start_on = models.DateField(null=True)  # the day that `Since.DATE` means
    relation = models.CharField(max_length=16, choices=RelationKind, default=RelationKind.ADMINISTRATIVE)
    reported_by = models.CharField(max_length=20, blank=True)  # the kind of agency that gives values
    reported_at = models.CharField(max_length=8, blank=True)  # the level at which values are given
    formula = models.CharField(max_length=500, blank=True)
    grades = models.JSONField(default=list)  # ordinal: worst first; stages: [name, weight]
    disaggregations = models.JSONField(default=list)  # [[code, [codes of its values]]]
    checks = models.JSONField(default=dict)  # least, most, jump: see `rules/checks.py`
    weight = models.DecimalField(max_digits=9, decimal_places=3, default=1)
    publisher = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    basis = models.CharField(max_length=300, blank=True)  # legal basis, by its symbol
    source = models.CharField(max_length=300, blank=True)  # where its values come from
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    objects = DefinitionQuerySet.as_manager()
    audited = (
        "indicator_id", "since", "name", "name_en", "name_fr", "name_de", "unit", "kind", "direction", "side",
        "tolerance", "every", "delay", "decumulate", "window", "periods", "children", "start_on", "relation",
        "reported_by", "reported_at", "formula", "grades", "disaggregations", "checks", "weight",
        "publisher_id", "basis", "source",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weight__gte=0), name="definition_weight_not_negative"),
            models.CheckConstraint(
                condition=Q(tolerance=None) | Q(tolerance__gte=0), name="definition_tolerance_not_negative"
            ),
        ]
        indexes = [models.Index(fields=["indicator", "-since", "-recorded_at"], name="definition_newest")]

    def __str__(self) -> str:
        return f"{self.indicator_id} since {self.since}"


class Target(models.Model):
    """Where an indicator has to be, as a provision sets it, for the country or one agency.

    Append-only: a change replaces a target by a new one, so that a lowered target is shown as lowered.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="targets")
    provision = models.ForeignKey(Provision, models.PROTECT, null=True, related_name="targets")
    baseline = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    baseline_on = models.DateField(null=True)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)  # null with a band
    low = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    high = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    due_on = models.DateField()
    is_step = models.BooleanField(default=False)  # nothing is due before each mark
    reason = models.TextField(blank=True)  # why it replaces another
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="+")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    is_example = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField()  # the day it was set
    recorded_at = models.DateTimeField()

    audited = (
        "indicator_id", "agency_id", "provision_id", "baseline", "baseline_on", "value", "low", "high",
        "due_on", "is_step", "reason", "replaces_id", "happened_on",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=False, low=None, high=None)
                | Q(value=None, low__isnull=False, high__isnull=False, low__lte=F("high")),
                name="target_is_a_value_or_a_band",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(reason=""), name="target_change_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(baseline_on=None) | Q(baseline__isnull=False, baseline_on__lt=F("due_on")),
                name="target_baseline_is_before_it",
            ),
        ]
        indexes = [models.Index(fields=["indicator", "agency"], name="target_of")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.agency_id} {self.due_on}: {self.value}"


class TargetMark(models.Model):
    """An interim target: the value the trajectory passes on a day."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="marks")
    due_on = models.DateField()
    value = models.DecimalField(max_digits=24, decimal_places=6)

    audited = ("target_id", "due_on", "value")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["target", "due_on"], name="target_mark_once")]

    def __str__(self) -> str:
        return f"{self.target_id} {self.due_on}: {self.value}"
