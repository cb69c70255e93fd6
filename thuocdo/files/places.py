"""Where bytes lie: MEDIA_ROOT/ab/cdef…, by their SHA-256."""

from pathlib import Path

from django.conf import settings


def place_of(sha256: str) -> Path:
    """The path of the bytes with this hash (64 hexadecimal digits)."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256[2:]
