"""Directives, their relations and publicity, provisions, and the obligations read out of them."""

from datetime import date

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from thuocdo.agencies.enums import Side, TermUnit
from thuocdo.agencies.models import Agency
from thuocdo.directives.enums import (
    DirectiveRelationKind,
    DirectiveState,
    Language,
    LimitKind,
    ReportEvery,
    Urgency,
)
from thuocdo.lib.moments import MOMENT_MAX, AsOf


class Source(models.Model):
    """Where a fact from outside was read: a document, an article, a portal."""

    key = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=300)
    address = models.CharField(max_length=400, blank=True)
    published_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()

    audited = ("key", "title", "address", "published_on")

    def __str__(self) -> str:
        return self.title


class DirectiveQuerySet(models.QuerySet["Directive"]):
    def issued(self, as_of: AsOf) -> "DirectiveQuerySet":
        """Those issued by the day, as known at the moment asked for."""
        rows = self.filter(issued_on__lte=as_of.day)
        return rows if as_of.known is None else rows.filter(issued_recorded_at__lte=as_of.known)

    def awaited(self, as_of: AsOf) -> "DirectiveQuerySet":
        """Those waited for on the day: asked for, not issued or not known to be."""
        rows = self.filter(awaited_from__lte=as_of.day)
        not_yet = Q(issued_on=None) | Q(issued_on__gt=as_of.day)
        if as_of.known is None:
            return rows.filter(not_yet)
        return rows.filter(not_yet | Q(issued_recorded_at__gt=as_of.known), recorded_at__lte=as_of.known)

    def standing(self, as_of: AsOf) -> "DirectiveQuerySet":
        """Those issued or awaited on the day, as known at the moment asked for."""
        issued, awaited = Q(issued_on__lte=as_of.day), Q(awaited_from__lte=as_of.day)
        if as_of.known is not None:
            issued &= Q(issued_recorded_at__lte=as_of.known)
            awaited &= Q(recorded_at__lte=as_of.known)
        return self.filter(issued | awaited)

    def newest_first(self, as_of: AsOf) -> "DirectiveQuerySet":
        """What was awaited then comes first, then the latest issued."""
        issued = Q(issued_on__lte=as_of.day)
        if as_of.known is not None:
            issued &= Q(issued_recorded_at__lte=as_of.known)
        then = Case(When(issued, then=F("issued_on")), output_field=models.DateField())
        return self.annotate(listed_on=then).order_by(F("listed_on").desc(nulls_first=True), "-pk")

    def following(self, listed_on: date | None, pk: int) -> "DirectiveQuerySet":
        """Of texts that are `newest_first`, those after this place in the order."""
        if listed_on is None:
            return self.filter(Q(listed_on=None, pk__lt=pk) | Q(listed_on__isnull=False))
        return self.filter(Q(listed_on__lt=listed_on) | Q(listed_on=listed_on, pk__lt=pk))

    def known(self, as_of: AsOf) -> "DirectiveQuerySet":
        """Those that stood in the register at the moment asked for."""
        return self if as_of.known is None else self.filter(recorded_at__lte=as_of.known)

    def worded(self, as_of: AsOf) -> "DirectiveQuerySet":
        """Each with `wording`: its authoritative title as known at the moment asked for."""
        if as_of.known is None:
            return self.annotate(wording=F("title"))
        replaced = FormerTitle.objects.filter(directive=OuterRef("pk"), recorded_at__gt=as_of.known)
        first = replaced.order_by("recorded_at", "pk").values("title")[:1]
        return self.annotate(wording=Coalesce(Subquery(first), F("title")))

    def public(self) -> "DirectiveQuerySet":
        """Those whose progress is public today: their last decision says so (1.27)."""
        decisions = Publication.objects.filter(directive=OuterRef("pk")).order_by("-recorded_at", "-id")
        return self.alias(shown=Subquery(decisions.values("progress")[:1])).filter(shown=True)


class Directive(models.Model):
    """A text that obliges. Identity: number + type + issuer + year (issue line 1.09).

    The issuer is the agency, not its code alone: 34 People's Committees sign as UBND, each counts from 01.
    """

    symbol = models.CharField(max_length=60)  # canonical: 57-NQ/TW, 71/NQ-CP, 118/2025/NĐ-CP
    symbol_raw = models.CharField(max_length=120)  # as first written down
    number = models.PositiveIntegerField(null=True)  # null while the text is awaited
    type_code = models.CharField(max_length=8, blank=True)  # NQ, QĐ, KH, TB …; empty for letters
    issuer_code = models.CharField(max_length=60)  # TW, CP, UBND; of a letter with its unit: BKHCN-VCL
    year = models.PositiveSmallIntegerField(null=True)
    side = models.CharField(max_length=12, choices=Side)
    issuer = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="directives")
    state = models.CharField(max_length=8, choices=DirectiveState, default=DirectiveState.ISSUED)
    issued_on = models.DateField(null=True)
    issued_recorded_at = models.DateTimeField(null=True)  # when its number became known here
    awaited_from = models.DateField(null=True)  # the day it was asked for; null if it never was awaited
    title = models.TextField()
    language = models.CharField(max_length=2, choices=Language, default=Language.VI)  # the authoritative one
    urgency = models.CharField(max_length=12, choices=Urgency, default=Urgency.NORMAL)
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="directives")
    is_example = models.BooleanField(default=False)  # an invented text of the demo world
    folded = models.TextField()  # symbol, symbol without signs, title: what search looks at
    recorded_at = models.DateTimeField()

    objects = DirectiveQuerySet.as_manager()
    audited = (
        "symbol", "number", "type_code", "issuer_code", "year", "side", "issuer_id", "state", "issued_on",
        "awaited_from", "title", "language", "urgency", "is_example",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number", "type_code", "issuer_code", "year", "issuer"], name="directive_identity"
            ),
            models.UniqueConstraint(
                fields=["number", "type_code", "issuer_code", "year"],
                condition=Q(issuer=None),
                name="directive_identity_issuer_open",
            ),
            models.CheckConstraint(
                condition=Q(state=DirectiveState.AWAITED, number=None, issued_on=None)
                | Q(
                    state=DirectiveState.ISSUED,
                    number__isnull=False,
                    year__isnull=False,
                    issued_on__isnull=False,
                    issued_recorded_at__isnull=False,
                ),
                name="directive_issued_has_number_and_day",
            ),
            models.CheckConstraint(
                condition=Q(state=DirectiveState.ISSUED) | Q(awaited_from__isnull=False),
                name="directive_awaited_since_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.symbol or self.title

    def state_at(self, as_of: AsOf) -> DirectiveState:
        """Issued or awaited, on the day and as known then."""
        late = as_of.known is not None and (self.issued_recorded_at or MOMENT_MAX) > as_of.known
        issued = self.issued_on is not None and self.issued_on <= as_of.day and not late
        return DirectiveState.ISSUED if issued else DirectiveState.AWAITED


class FormerTitle(models.Model):
    """A wording of the authoritative title that stood until it was set right."""

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="former_titles")
    title = models.TextField()
    recorded_at = models.DateTimeField()  # when another wording took its place

    audited = ("directive_id", "title")

    def __str__(self) -> str:
        return self.title


class Translation(models.Model):
    """A title in another language than the authoritative one; stale when the title has changed since.

    Append-only: of each language the last row counts, or the last that was known at the moment asked for.
    """

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="translations")
    language = models.CharField(max_length=2, choices=Language)
    title = models.TextField()
    of_title = models.TextField()  # the authoritative wording it was made from
    recorded_at = models.DateTimeField()

    audited = ("directive_id", "language", "title", "of_title")

    def __str__(self) -> str:
        return self.title

    @property
    def is_stale(self) -> bool:
        """Whether the authoritative title has changed since (reads the directive)."""
        return self.of_title != self.directive.title


class DirectiveRelation(models.Model):
    """One text implements, amends, replaces … another."""

    kind = models.CharField(max_length=12, choices=DirectiveRelationKind)
    directive = models.ForeignKey(Directive, models.PROTECT, related_name="relations")
    to = models.ForeignKey(Directive, models.PROTECT, related_name="related_from")
    recorded_at = models.DateTimeField()

    audited = ("kind", "directive_id", "to_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "directive", "to"], name="directive_relation_once"),
            models.CheckConstraint(condition=~Q(directive=F("to")), name="directive_relation_not_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.directive_id} {self.kind} {self.to_id}"


class Publication(models.Model):
    """A decision on what of a directive is public: progress, responsibility, results (issue line 1.27).

    Append-only; the last decision counts, always as of today.
    """

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="publications")
    progress = models.BooleanField()
    responsibility = models.BooleanField()
    results = models.BooleanField()
    withheld = models.TextField(blank=True)  # what was withheld and why
    decided_on = models.DateField()
    decided_by_id = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField()

    audited = ("directive_id", "progress", "responsibility", "results", "withheld", "decided_on")

    class Meta:
        indexes = [models.Index(fields=["directive", "-recorded_at", "-id"], name="publication_last")]

    def __str__(self) -> str:
        return f"{self.directive_id} {self.decided_on}"


class Provision(models.Model):
    """The article, clause or line of an appendix that obliges."""

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="provisions")
    label = models.CharField(max_length=120)  # "Phụ lục II, nhóm III, số 12"
    ordinal = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    recorded_at = models.DateTimeField()

    audited = ("directive_id", "label", "ordinal", "text")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["directive", "label"], name="provision_label_once")]

    def __str__(self) -> str:
        return self.label


class Obligation(models.Model):
    """One duty read out of a provision, as the text states it."""

    provision = models.ForeignKey(Provision, models.PROTECT, related_name="obligations")
    directive = models.ForeignKey(Directive, models.PROTECT, related_name="obligations")
    key = models.CharField(max_length=64)  # stable within the directive, so that a second import finds it
    group = models.CharField(max_length=300, blank=True)
    work = models.TextField()
    product = models.TextField(blank=True)
    leads_raw = models.TextField(blank=True)
    coordinators_raw = models.TextField(blank=True)
    limit_raw = models.CharField(max_length=200, blank=True)
    limit_kind = models.CharField(max_length=8, choices=LimitKind)
    limit_from = models.DateField(null=True)
    limit_on = models.DateField(null=True)  # the last day allowed
    limit_quantity = models.DecimalField(max_digits=7, decimal_places=2, null=True)  # of a limit that is …
    limit_unit = models.CharField(max_length=12, choices=TermUnit, blank=True)  # … counted from `limit_from`
    limit_every = models.CharField(max_length=8, choices=ReportEvery, blank=True)  # of a standing duty
    is_key = models.BooleanField(default=False)  # trọng tâm: counted apart
    same_duty = models.PositiveBigIntegerField(null=True)  # obligations of one duty carry the same number
    folded = models.TextField()
    recorded_at = models.DateTimeField()

    audited = (
        "provision_id", "directive_id", "key", "group", "work", "product", "leads_raw", "coordinators_raw",
        "limit_raw", "limit_kind", "limit_from", "limit_on", "limit_quantity", "limit_unit", "limit_every",
        "is_key", "same_duty",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["directive", "key"], name="obligation_key_once"),
            models.CheckConstraint(
                condition=Q(limit_kind__in=["annual", "standing", "none"]) | Q(limit_on__isnull=False),
                name="obligation_dated_has_last_day",
            ),
            models.CheckConstraint(
                condition=Q(limit_kind="term", limit_quantity__gt=0, limit_from__isnull=False)
                | (~Q(limit_kind="term") & Q(limit_quantity=None, limit_unit="")),
                name="obligation_term_has_start",
            ),
        ]
        indexes = [models.Index(fields=["same_duty"], name="obligation_same_duty")]

    def __str__(self) -> str:
        return self.work[:80]


class DutyLink(models.Model):
    """From a moment on, the obligation is one duty with others of this number, or (null) with none.

    Append-only: the last row of an obligation counts, or the last that was known at the moment asked for.
    """

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="links")
    same_duty = models.PositiveBigIntegerField(null=True)
    recorded_at = models.DateTimeField()

    audited = ("obligation_id", "same_duty")

    def __str__(self) -> str:
        return f"{self.obligation_id} = {self.same_duty}"


class Tally(models.Model):
    """A count somebody else printed: "145 assigned, 85 completed at 30/09/2025" (issue line 1.21).

    Always declared; kept with its counting rule beside what the system itself can count.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="tallies")
    directive = models.ForeignKey(Directive, models.PROTECT, null=True, related_name="tallies")
    happened_on = models.DateField()  # the day the count is of
    total = models.PositiveIntegerField()
    counting_rule = models.TextField()
    not_itemised = models.TextField(blank=True)  # what of it the itemised rows do not show
    source = models.ForeignKey(Source, models.PROTECT, related_name="tallies")
    recorded_at = models.DateTimeField()

    audited = (
        "agency_id",
        "directive_id",
        "happened_on",
        "total",
        "counting_rule",
        "not_itemised",
        "source_id",
    )

    def __str__(self) -> str:
        return f"{self.agency_id} {self.happened_on}: {self.total}"


class TallyPart(models.Model):
    """One printed part of a tally, under its printed name."""

    tally = models.ForeignKey(Tally, models.CASCADE, related_name="parts")
    ordinal = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=200)
    count = models.PositiveIntegerField()

    audited = ("tally_id", "ordinal", "label", "count")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tally", "ordinal"], name="tally_part_once")]

    def __str__(self) -> str:
        return f"{self.label}: {self.count}"
