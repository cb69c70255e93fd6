"""Looks at the installation: the values that the doctor judges and that /metrics shows."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max

from thuocdo.audit import keys
from thuocdo.audit.models import Batch, Entry
from thuocdo.files import clamd, places
from thuocdo.files.models import StoredFile
from thuocdo.operations import backups

BATCHES = 1000  # looked at for a clock that was turned back
ENTRIES = 1000  # looked at for moments that are still to come
WANTED = {
    "sqlite": {"synchronous": ("2", "3"), "journal_mode": ("wal", "delete"), "foreign_keys": ("1",)},
    "postgresql": {
        "fsync": ("on",),
        "full_page_writes": ("on",),
        "synchronous_commit": ("on", "local", "remote_write", "remote_apply"),
    },
}


def answers() -> None:
    """The database does; an error of Django's database layer else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def pending() -> int:
    """Migrations that wait."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def disks() -> dict[str, tuple[int, int]]:
    """(free, whole) bytes of the disks that fill up, by what lies there."""
    found: dict[str, tuple[int, int]] = {}
    for what, path in (("data", Path(settings.VAR)), ("stored files", Path(settings.MEDIA_ROOT))):
        there = next(folder for folder in (path, *path.parents) if folder.exists())
        usage = shutil.disk_usage(there)
        found[what] = (usage.free, usage.total)
    return found


def secrets() -> Iterator[tuple[str, int | None, bool]]:
    """(path, mode, whether it is ours) of each secret file that should be there; mode None: it is not."""
    wanted = [] if os.environ.get("THUOCDO_SECRET_KEY") else [settings.VAR / "secret-key"]
    wanted += [keys.place(keys.PRIVATE)] if keys.public_key() is not None else []
    for path in wanted:
        about = path.stat() if path.exists() else None
        yield str(path), about and about.st_mode, about is None or about.st_uid == os.geteuid()


def turned_back() -> bool:
    """Whether one of the last batches was sealed before the one it follows."""
    moments = list(Batch.objects.order_by("-number").values_list("at", flat=True)[:BATCHES])
    return any(later < earlier for later, earlier in pairwise(moments))


def ahead(now: datetime) -> timedelta | None:
    """How far the last moments of the log are ahead of now; None: nothing is in the log."""
    last = Entry.objects.filter(pk__in=Entry.objects.order_by("-id").values("id")[:ENTRIES])
    latest = last.aggregate(latest=Max("at"))["latest"]
    return None if latest is None else latest - now


def backup_age(now: datetime) -> timedelta | None:
    """How long ago the last backup was made; None: never."""
    told = backups.last()
    return None if told is None else now - datetime.fromisoformat(told["at"])


def damaged_files(*, read: bool) -> list[str]:
    """Hashes of stored files that are gone or of another size; `read`: or whose bytes differ."""
    rows = StoredFile.objects.order_by("sha256").values_list("sha256", "size").distinct()
    return [sha256 for sha256, size in rows.iterator() if not _stands(sha256, size, read)]


def _stands(sha256: str, size: int, read: bool) -> bool:  # noqa: FBT001 - passed on
    place = places.place_of(sha256)
    return place.is_file() and place.stat().st_size == size and (not read or places.is_whole(sha256))


def missing_static() -> int:
    """Static files of the program that are not collected as they are now."""
    missing = 0
    for finder in get_finders():
        for name, storage in finder.list([]):
            with storage.open(name) as handle:
                kept = _collected(name)
                missing += kept is None or kept.read_bytes() != handle.read()
    return missing


def _collected(name: str) -> Path | None:
    """Where the file lies after collecting; the plain copy, whose hashed twin has its references changed."""
    path = Path(staticfiles_storage.path(name))
    return path if path.is_file() else None


def durability() -> dict[str, str]:
    """The settings on which it depends that what was acknowledged is on the disk."""
    names = WANTED[connection.vendor]
    words = "PRAGMA {}" if connection.vendor == "sqlite" else "SHOW {}"
    found = {}
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(words.format(name))
            found[name] = str(cursor.fetchone()[0])
    return found


def offset(now: datetime) -> timedelta | None:
    """How far the days of this installation are ahead of UTC; None: its time zone is not known here."""
    try:
        return now.astimezone(ZoneInfo(settings.TIME_ZONE)).utcoffset()
    except ZoneInfoNotFoundError:
        return None


def scanner_fault() -> str:
    """Why the virus scanner does not answer; empty when it does."""
    try:
        clamd.version(clamd.address(settings.CLAMD), seconds=5)
    except (clamd.UnansweredError, ValueError) as fault:
        return str(fault)
    return ""


def public() -> bool:
    """Whether the server answers to other names than this machine's own."""
    return bool(set(settings.ALLOWED_HOSTS) - {"127.0.0.1", "localhost", "[::1]", "testserver", ""})
