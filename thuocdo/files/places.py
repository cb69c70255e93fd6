"""Where bytes lie: MEDIA_ROOT/ab/cdef…, by their SHA-256."""

import hashlib
from pathlib import Path

from django.conf import settings


def place_of(sha256: str) -> Path:
    """The path of the bytes with this hash (64 hexadecimal digits)."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256[2:]


def is_whole(sha256: str) -> bool:
    """Whether the bytes with this hash are there, and are what was received."""
    try:
        with place_of(sha256).open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False
