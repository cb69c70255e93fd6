"""Stored files: bytes that are kept as they came, named by their hash."""

from django.db import models


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
