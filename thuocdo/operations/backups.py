"""Backup and restore of a whole installation: database, stored files, facts, as of one moment."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from thuocdo.audit import canon
from thuocdo.files import places
from thuocdo.indicators.facts import place as facts_place
from thuocdo.operations import archive, database
from thuocdo.operations.archive import ArchiveError, Manifest

NOTE = "backup.json"  # in VAR: the last backup that was made, for the doctor
PUBLIC, SECRET = ("log-key.pub",), ("log-key.pem", "secret-key")


@dataclass(frozen=True, slots=True)
class Made:
    """A backup: where, what is in it, which stored files the database names and the disk lacks or changed."""

    path: Path
    members: int
    lost: list[str] = field(default_factory=list)


def backup(path: Path, *, keys: bool, at: datetime) -> Made:
    """Write the whole installation to one file. The server may go on.

    The database is copied first. Files are written before the rows that name them and never changed, so
    each file that the copy names is there. Facts are held while the database is copied, so that no import
    stands in one of them alone. `keys`: the private key of the log and the session key too.
    """
    if path.exists():
        raise ArchiveError(f"{path} is there already. A backup is never written over another.")
    path = path.absolute()
    there = tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-")
    with there as folder, tempfile.TemporaryDirectory(dir=settings.VAR, prefix=".backup-") as held:
        copy = Path(folder) / archive.DATABASES[connection.vendor]
        dumped, facts = _copied(copy, Path(held))
        about = {
            "made_at": canon.moment(at), "vendor": connection.vendor, "migrations": dumped.migrations,
            "facts": len(facts),
        }  # fmt: skip
        with archive.writing(path, about) as writer:
            writer.add(copy.name, copy)
            for name, fact in facts:
                writer.add(name, fact)
            lost = [sha256 for sha256 in dumped.files if not _add(writer, sha256)]
            for name in (*PUBLIC, *(SECRET if keys else ())):
                if (settings.VAR / name).exists():
                    writer.add(f"keys/{name}", settings.VAR / name)
            count = len(writer.manifest.members)
    _note(path, at)
    return Made(path, count, lost)


def _copied(copy: Path, held: Path) -> tuple[database.Dump, list[tuple[str, Path]]]:
    """The database copied, and the facts of the same moment: by name in the archive, as links that stay."""
    if not facts_place.folder().exists():
        return database.dump(copy), []
    with facts_place.writing(facts_place.folder()):
        dumped = database.dump(copy)
        return dumped, [_linked(one, held) for one in facts_place.kept(facts_place.folder())]


def _linked(fact: Path, held: Path) -> tuple[str, Path]:
    """A further name for the file, which stays as it is: an import replaces partitions, it changes none."""
    name = f"facts/{fact.relative_to(facts_place.folder())}"
    link = held / name
    link.parent.mkdir(parents=True, exist_ok=True)
    try:
        link.hardlink_to(fact)
    except OSError:  # a file system without links
        shutil.copyfile(fact, link)
    return name, link


def _add(writer: archive.Writer, sha256: str) -> bool:
    """Whether the file is on the disk as it was received."""
    if not places.is_whole(sha256):
        return False
    writer.add(f"files/{sha256[:2]}/{sha256[2:]}", places.place_of(sha256))
    return True


def _note(path: Path, at: datetime) -> None:
    """Remember that it was made."""
    told = {"at": canon.moment(at), "file": str(path), "size": path.stat().st_size}
    draft = settings.VAR / f"{NOTE}.part"
    draft.write_text(json.dumps(told))
    draft.replace(settings.VAR / NOTE)


def last() -> dict[str, Any] | None:
    """What is remembered of the last backup; None: none was made here."""
    try:
        told: dict[str, Any] = json.loads((settings.VAR / NOTE).read_text())
        datetime.fromisoformat(told["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return told


def restore(path: Path, *, replace: bool) -> Manifest:
    """Put the backup in the place of what is here. Every digest is checked before anything is touched.

    Files come first, then the database in one step: whatever breaks, the rows that are there have their
    files. Facts wait beside their place until the database is restored. `ArchiveError`, `DatabaseError`:
    nothing of the database was changed.
    """
    manifest = archive.check(path)
    _fits(manifest)
    if not replace and database.holdings():
        raise ArchiveError(
            "This installation is not empty: people have worked here. Restore into a new one, or say "
            "--replace to give up what it holds (make a backup of it first)."
        )
    _public_key_fits(path, replace)
    with tempfile.TemporaryDirectory(dir=settings.VAR, prefix=".restore-") as folder:
        dump = Path(folder) / archive.DATABASES[connection.vendor]
        with archive.opened(path) as tar:
            for info, handle in archive.members(tar):
                if info.name == dump.name:
                    _write(handle, dump)
                elif info.name.startswith("files/"):
                    _put(handle, Path(settings.MEDIA_ROOT) / info.name.removeprefix("files/"), keep=False)
                elif info.name.startswith("facts/"):
                    _put(handle, Path(folder) / info.name, keep=False)
                elif info.name.startswith("keys/"):
                    _put(handle, settings.VAR / info.name.removeprefix("keys/"), keep=not replace)
        database.load(dump)
        if "facts" in manifest.about:  # a backup of an older release says nothing of them
            _exchange(Path(folder) / "facts", facts_place.folder())
    return manifest


def _exchange(new: Path, there: Path) -> None:
    """Put the facts of the backup in the place of those that are here; where it had none, there are none."""
    if there.exists():
        there.replace(new.parent / "former")  # goes with the folder of the restoring
    if new.exists():
        new.replace(there)
    archive.sync(there.parent)


def _fits(manifest: Manifest) -> None:
    """Whether this release on this kind of database can read it."""
    vendor, known = manifest.about["vendor"], {f"{a}.{n}" for a, n in MigrationLoader(None).disk_migrations}
    if vendor != connection.vendor:
        raise ArchiveError(f"The backup is of {vendor}; DATABASE_URL names {connection.vendor}.")
    newer = sorted(set(manifest.about["migrations"]) - known)
    if newer:
        raise ArchiveError(
            f"The backup is of a newer release: this one does not know {newer[0]}. Install that one first."
        )


def _public_key_fits(path: Path, replace: bool) -> None:  # noqa: FBT001 - passed on
    """The log of a backup is never put beside the key of another log."""
    here = settings.VAR / PUBLIC[0]
    if replace or not here.exists():
        return
    with archive.opened(path) as tar:
        for info, handle in archive.members(tar):
            if info.name == f"keys/{PUBLIC[0]}" and handle.read() != here.read_bytes():
                raise ArchiveError(f"{here} is the key of another log. Say --replace, or move it away.")


def _write(handle: IO[bytes], path: Path) -> None:
    """The bytes as a file, on the disk."""
    with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb") as out:
        for piece in _pieces(handle):
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())


def _pieces(handle: IO[bytes]) -> Iterator[bytes]:
    while piece := handle.read(archive.PIECE):
        yield piece


def _put(handle: IO[bytes], place: Path, *, keep: bool) -> None:
    """The bytes at their place in one step; `keep`: what is there already stays."""
    if keep and place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f".{place.name}.part")
    draft.unlink(missing_ok=True)
    _write(handle, draft)
    if place.suffix == ".pub":
        draft.chmod(0o644)
    draft.replace(place)
    archive.sync(place.parent)
