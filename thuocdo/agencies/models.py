"""Territory and agencies with their dated relations; the working days: what was valid on which day."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from thuocdo.agencies.enums import (
    AgencyKind,
    DayKind,
    Level,
    Occasion,
    RelationKind,
    Side,
    SuccessionKind,
    TerritoryLevel,
)
from thuocdo.agencies.rules.naming import full_name
from thuocdo.lib.moments import DAY_MAX, MOMENT_MAX, AsOf

if TYPE_CHECKING:
    from collections.abc import Iterable


class TerritoryQuerySet(models.QuerySet["Territory"]):
    def valid(self, day: date) -> "TerritoryQuerySet":
        """Units of the map on this day."""
        return self.filter(opened_on__lte=day, closed_on__gt=day)


class Territory(models.Model):
    """A dated unit of the map. Its code is no identity: 68 is the old and the new Lâm Đồng (1.06)."""

    level = models.CharField(max_length=8, choices=TerritoryLevel)
    code = models.CharField(max_length=8)
    kind = models.CharField(
        max_length=40
    )  # as the law names it: tỉnh, thành phố trung ương, xã, phường, đặc khu
    name = models.CharField(max_length=120)  # without its rank: Lai Châu
    name_folded = models.CharField(max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    opened_on = models.DateField()
    closed_on = models.DateField(default=DAY_MAX)

    objects = TerritoryQuerySet.as_manager()
    audited = ("level", "code", "kind", "name", "parent_id", "opened_on", "closed_on")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "code", "opened_on"], name="territory_code_once_a_day"),
            models.CheckConstraint(
                condition=Q(closed_on__gt=F("opened_on")), name="territory_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return full_name(self.kind, self.name)


class TerritoryChange(models.Model):
    """What merged into what, on which day, by which act."""

    predecessor = models.ForeignKey(Territory, models.PROTECT, related_name="became")
    successor = models.ForeignKey(Territory, models.PROTECT, related_name="came_from")
    happened_on = models.DateField()
    basis = models.CharField(max_length=120)

    audited = ("predecessor_id", "successor_id", "happened_on", "basis")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="territory_change_once")
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


class AgencyQuerySet(models.QuerySet["Agency"]):
    def alive(self, as_of: AsOf) -> "AgencyQuerySet":
        """Agencies that existed on the day, as known at the moment asked for."""
        rows = self.filter(opened_on__lte=as_of.day)
        if as_of.known is None:
            return rows.filter(closed_on__gt=as_of.day)
        still_thought_open = Q(closed_recorded_at__gt=as_of.known) | Q(closed_on__gt=as_of.day)
        return rows.filter(still_thought_open, recorded_at__lte=as_of.known)

    def known(self, as_of: AsOf) -> "AgencyQuerySet":
        """Agencies, past and future ones too, that were known at the moment asked for."""
        return self if as_of.known is None else self.filter(recorded_at__lte=as_of.known)

    def below(self, agency_ids: "Iterable[int]", kind: RelationKind, as_of: AsOf) -> "AgencyQuerySet":
        """These agencies and all below them in the tree of this kind."""
        inside = Closure.objects.standing(as_of).filter(ancestor_id__in=agency_ids, kind=kind)
        return self.filter(pk__in=inside.values("descendant_id"))


class Agency(models.Model):
    """A body that can be told to do something. A renamed or merged body is a new agency: `Succession`."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)  # the authoritative Vietnamese name
    name_en = models.CharField(max_length=200, blank=True)
    name_fr = models.CharField(max_length=200, blank=True)
    name_de = models.CharField(max_length=200, blank=True)
    aliases = models.JSONField(default=list)  # known abbreviations and other spellings, Vietnamese
    names_folded = (
        models.TextField()
    )  # name, translations and aliases as `lib.fold.fold` gives them, one a line
    kind = models.CharField(max_length=20, choices=AgencyKind)
    side = models.CharField(max_length=12, choices=Side)
    level = models.CharField(max_length=8, choices=Level)
    territory = models.ForeignKey(Territory, models.PROTECT, null=True, related_name="agencies")
    issuer_code = models.CharField(
        max_length=20, blank=True
    )  # as in the symbols of its documents: BKHCN, UBND, TU
    inside = models.BooleanField(default=True)  # False: assigns to us but does not work in this installation
    is_example = models.BooleanField(default=False)
    opened_on = models.DateField()
    closed_on = models.DateField(default=DAY_MAX)
    recorded_at = models.DateTimeField()
    closed_recorded_at = models.DateTimeField(null=True)

    objects = AgencyQuerySet.as_manager()

    audited = (
        "code", "name", "name_en", "name_fr", "name_de", "aliases", "kind", "side", "level", "territory_id",
        "issuer_code", "inside", "opened_on", "closed_on",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__gte=F("opened_on")), name="agency_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=DAY_MAX, closed_recorded_at=None)
                | Q(closed_on__lt=DAY_MAX, closed_recorded_at__isnull=False),
                name="agency_end_is_recorded",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RelationQuerySet(models.QuerySet["Relation"]):
    def standing(self, as_of: AsOf) -> "RelationQuerySet":
        """Relations that held on the day, as known at the moment asked for."""
        rows = self.filter(opened_on__lte=as_of.day)
        if as_of.known is None:
            return rows.filter(closed_on__gt=as_of.day)
        return rows.filter(
            Q(closed_recorded_at__gt=as_of.known) | Q(closed_on__gt=as_of.day), recorded_at__lte=as_of.known
        )


class Relation(models.Model):
    """`child` stands directly below `parent`, in the sense of `kind`, from day to day."""

    kind = models.CharField(max_length=16, choices=RelationKind)
    child = models.ForeignKey(Agency, models.PROTECT, related_name="parent_relations")
    parent = models.ForeignKey(Agency, models.PROTECT, related_name="child_relations")
    opened_on = models.DateField()
    closed_on = models.DateField(default=DAY_MAX)
    recorded_at = models.DateTimeField()
    closed_recorded_at = models.DateTimeField(null=True)

    objects = RelationQuerySet.as_manager()
    audited = ("kind", "child_id", "parent_id", "opened_on", "closed_on")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(child=F("parent")), name="relation_not_to_itself"),
            models.CheckConstraint(
                condition=Q(closed_on__gte=F("opened_on")), name="relation_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=DAY_MAX, closed_recorded_at=None)
                | Q(closed_on__lt=DAY_MAX, closed_recorded_at__isnull=False),
                name="relation_end_is_recorded",
            ),
            models.UniqueConstraint(
                fields=["kind", "child", "opened_on"],
                condition=Q(closed_on__gt=F("opened_on")),  # an annulled one does not stand in the way
                name="relation_one_parent_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} below {self.parent_id} ({self.kind})"


class ClosureQuerySet(models.QuerySet["Closure"]):
    def standing(self, as_of: AsOf) -> "ClosureQuerySet":
        """Rows true of the day, as known at the moment asked for."""
        rows = self.filter(opened_on__lte=as_of.day, closed_on__gt=as_of.day)
        if as_of.known is None:
            return rows.filter(known_to=MOMENT_MAX)
        return rows.filter(known_from__lte=as_of.known, known_to__gt=as_of.known)


class Closure(models.Model):
    """Read model of the relations: who is below whom, at which depth, on which days, as known when.

    Every agency is its own ancestor at depth 0 in every kind, so that a subtree always holds its top.
    Written by `spans.py` of this app from the relations with `lib.closures`; `thuocdo rebuild` makes it anew
    with the same digest.
    """

    kind = models.CharField(max_length=16, choices=RelationKind)
    ancestor = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    descendant = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    depth = models.SmallIntegerField()
    opened_on = models.DateField()
    closed_on = models.DateField()
    known_from = models.DateTimeField()
    known_to = models.DateTimeField(default=MOMENT_MAX)

    objects = ClosureQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["ancestor", "kind", "descendant"], name="closure_down"),
            models.Index(fields=["descendant", "kind", "ancestor"], name="closure_up"),
        ]

    def __str__(self) -> str:
        return f"{self.ancestor_id} › {self.descendant_id} ({self.kind}, {self.depth})"


class Succession(models.Model):
    """`successor` took over from `predecessor` on a day: merger, split or renaming (issue line 1.08)."""

    kind = models.CharField(max_length=8, choices=SuccessionKind)
    predecessor = models.ForeignKey(Agency, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, models.PROTECT, related_name="preceded_by")
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    basis = models.CharField(max_length=200)

    audited = ("kind", "predecessor_id", "successor_id", "happened_on", "basis")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "happened_on"], name="succession_once"
            ),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_not_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


class DayDecision(models.Model):
    """A text that makes days off, worked or half worked (2.01). Known from the day it was signed.

    Append-only: a later decision on the same day takes its place.
    """

    symbol = models.CharField(max_length=60, blank=True)  # blank: its number is not held
    issuer = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    signed_on = models.DateField()
    source = models.CharField(max_length=400, blank=True)  # where it was read
    recorded_at = models.DateTimeField()

    audited = ("symbol", "issuer", "title", "signed_on", "source")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["symbol", "title", "signed_on"], name="day_decision_once"),
            models.CheckConstraint(condition=~Q(title=""), name="day_decision_says_what"),
        ]

    def __str__(self) -> str:
        return self.symbol or self.title


class DayMark(models.Model):
    """What one decision makes of one day: for everybody, or for an agency with all below it."""

    decision = models.ForeignKey(DayDecision, models.PROTECT, related_name="marks")
    day = models.DateField()
    kind = models.CharField(max_length=6, choices=DayKind)
    occasion = models.CharField(max_length=16, choices=Occasion)
    note = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="day_marks")  # null: all
    works_from = models.TimeField(null=True)  # of a half day
    works_to = models.TimeField(null=True)

    audited = ("decision_id", "day", "kind", "occasion", "note", "agency_id", "works_from", "works_to")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "day", "agency"], name="day_mark_once"),
            models.UniqueConstraint(
                fields=["decision", "day"], condition=Q(agency=None), name="day_mark_once_for_all"
            ),
            models.CheckConstraint(
                condition=Q(kind=DayKind.HALF, works_from__isnull=False, works_to__gt=F("works_from"))
                | (~Q(kind=DayKind.HALF) & Q(works_from=None, works_to=None)),
                name="day_mark_half_has_hours",
            ),
        ]
        indexes = [models.Index(fields=["day"], name="day_mark_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class WorkingHours(models.Model):
    """The hours of an ordinary working day, from a day on until another row takes its place."""

    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="working_hours")  # null: all
    opened_on = models.DateField()
    morning_from = models.TimeField()
    morning_to = models.TimeField()
    afternoon_from = models.TimeField()
    afternoon_to = models.TimeField()
    basis = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()

    audited = (
        "agency_id", "opened_on", "morning_from", "morning_to", "afternoon_from", "afternoon_to", "basis",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(morning_to__gt=F("morning_from"))
                & Q(afternoon_from__gte=F("morning_to"))
                & Q(afternoon_to__gt=F("afternoon_from")),
                name="working_hours_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.morning_from}–{self.afternoon_to} from {self.opened_on}"


class Outline(models.Model):
    """The outline of a territory that an operator imported; the last one of a code is drawn."""

    level = models.CharField(max_length=8, choices=TerritoryLevel)
    code = models.CharField(max_length=8)
    path = models.TextField()  # data of an SVG path on the grid of rules/outlines.py
    source = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()

    audited = ("level", "code", "path", "source")

    def __str__(self) -> str:
        return f"{self.level} {self.code}"


class Installation(models.Model):
    """What this installation is, in one row: the day its pages open at, whether its figures are made up.

    A demo world stands still at a past day and says so; a synthetic load is marked on every page (1.26).
    """

    only = models.BooleanField(default=True, unique=True)
    opens_on = models.DateField(null=True)  # null: today
    is_synthetic = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()

    audited = ("opens_on", "is_synthetic")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only=True), name="installation_is_one")]

    def __str__(self) -> str:
        return "synthetic" if self.is_synthetic else "real"
