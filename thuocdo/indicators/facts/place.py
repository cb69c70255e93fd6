"""Where the facts of an installation are, who writes there, what a backup takes: no engine here (2.18)."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

NOTE = "uncounted"  # beside the partitions: what was changed and not yet counted


def folder() -> Path:
    """The folder; there is none before the first import."""
    return settings.VAR / "facts"


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """One writer at a time; another waits. Partitions are replaced, never changed."""
    place.mkdir(parents=True, exist_ok=True)
    with (place / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def kept(place: Path) -> list[Path]:
    """Every partition, and the note of what is not counted yet, in order."""
    note = place / NOTE
    return [*sorted(place.glob("*/[0-9]*.parquet")), *([note] if note.exists() else [])]
