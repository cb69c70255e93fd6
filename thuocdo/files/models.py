"""Stored files: bytes that are kept as they came, named by their hash."""

from django.db import models
from django.db.models import Q

from thuocdo.files.enums import Verdict


class StoredFile(models.Model):
    """A file as received. The bytes lie under MEDIA_ROOT by their SHA-256; the same bytes are stored once."""

    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=100)  # media type found by looking at the bytes, not as claimed
    size = models.BigIntegerField()  # bytes
    uploaded_by_id = models.BigIntegerField(null=True)  # the log and files point at nothing above them
    recorded_at = models.DateTimeField()

    audited = ("sha256", "name", "kind", "size")

    def __str__(self) -> str:
        return self.name


class Scan(models.Model):
    """What the virus scanner said of a file, each time it was asked; the last one counts."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="scans")
    verdict = models.CharField(max_length=10, choices=Verdict)
    threat = models.CharField(max_length=200, blank=True)  # as the scanner names it
    recorded_at = models.DateTimeField()

    audited = ("file_id", "verdict", "threat")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict=Verdict.INFECTED) | Q(threat=""), name="scan_threat_only_if_infected"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_id}: {self.verdict} {self.threat}".strip()
