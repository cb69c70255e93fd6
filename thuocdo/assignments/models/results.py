"""Reports, claims of completion with their evidence, and reviews: facts that are appended and never changed.

A correction is a new row that names the one it corrects; from the moment it is recorded the old one no longer
counts.
"""

from django.db import models
from django.db.models import F, Q

from thuocdo.accounts.models import User
from thuocdo.agencies.models import Agency
from thuocdo.assignments.enums import EvidenceKind
from thuocdo.assignments.models.assignment import Assignment
from thuocdo.directives.models import Directive, Source
from thuocdo.files.models import StoredFile


class Report(models.Model):
    """What the lead says was done. Its progress is declared, in per cent of the work, and may be missing."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="reports")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")  # who reports
    text = models.TextField()
    progress = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="reports")
    observed_on = models.DateField(null=True)  # read outside, as it stood on this day
    is_example = models.BooleanField(default=False)
    period = models.CharField(max_length=8, blank=True)  # of a standing duty: 2025-09, 2025-Q3 …
    original = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="copies"
    )  # given once, there
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()

    audited = (
        "assignment_id", "agency_id", "text", "progress", "observed_on", "period", "original_id",
        "corrects_id", "happened_on",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(progress=None) | Q(progress__gte=0, progress__lte=100),
                name="report_progress_percent",
            ),
        ]
        indexes = [models.Index(fields=["assignment", "happened_on"], name="report_of_assignment")]

    def __str__(self) -> str:
        return self.text[:80]


class Claim(models.Model):
    """The lead says the work is completed: on the day its evidence shows, or up to `no_later_than`."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="claims")
    report = models.OneToOneField(Report, models.PROTECT, related_name="claim")
    shown_on = models.DateField(null=True)
    no_later_than = models.DateField(null=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()

    audited = ("assignment_id", "report_id", "shown_on", "no_later_than", "corrects_id", "happened_on")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_on__isnull=False, no_later_than=None, shown_on__lte=F("happened_on"))
                | Q(shown_on=None, no_later_than__isnull=False, no_later_than__lte=F("happened_on")),
                name="claim_shows_one_day_not_after_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} claimed {self.happened_on}"


class Evidence(models.Model):
    """The file, document number or address that shows what a report says."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=12, choices=EvidenceKind)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="evidence")
    directive = models.ForeignKey(Directive, models.PROTECT, null=True, related_name="evidence")
    symbol = models.CharField(max_length=80, blank=True)  # number of a text that is not registered here
    address = models.CharField(max_length=400, blank=True)
    recorded_at = models.DateTimeField()

    audited = ("report_id", "kind", "file_id", "directive_id", "symbol", "address")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False) | Q(directive__isnull=False) | ~Q(symbol="") | ~Q(address=""),
                name="evidence_names_something",
            ),
        ]

    def __str__(self) -> str:
        return self.symbol or self.address or f"{self.kind} {self.file_id or self.directive_id}"


class Review(models.Model):
    """The confirming agency accepts a claim, perhaps with another day, or returns it with a reason."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="reviews")
    accepted = models.BooleanField()
    shown_on = models.DateField(null=True)  # the day confirmed; null when it stays unknown, or returned
    no_later_than = models.DateField(null=True)
    reason = models.TextField(blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()

    audited = (
        "claim_id", "accepted", "shown_on", "no_later_than", "reason", "agency_id", "corrects_id",
        "happened_on",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted=True) | ~Q(reason=""), name="review_return_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(accepted=False, shown_on=None, no_later_than=None)
                | Q(accepted=True, shown_on__isnull=False, no_later_than=None)
                | Q(accepted=True, shown_on=None, no_later_than__isnull=False),
                name="review_accepts_one_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {'accepted' if self.accepted else 'returned'}"
