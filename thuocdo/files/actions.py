"""Files are received: bytes first, safe on the disk, then the row that acknowledges them."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from django.conf import settings
from django.db import DatabaseError, transaction

from thuocdo.audit import log
from thuocdo.files import places, scanning
from thuocdo.files.enums import Verdict
from thuocdo.files.models import Scan, StoredFile
from thuocdo.files.rules import kinds, names
from thuocdo.files.scanning import Finding
from thuocdo.lib import trouble
from thuocdo.lib.say import Refused, require, say

LARGEST = 50 * 2**20  # bytes; provinces set the same limit for attachments
PIECE = 2**16  # bytes


@dataclass(frozen=True, slots=True)
class _Kept:
    """Bytes that are on the disk under their hash."""

    sha256: str
    size: int
    kind: kinds.Kind
    finding: Finding | None  # None: no scanner is set up


def store(*, name: str, content: bytes | Iterable[bytes], by: log.Actor | None, at: datetime) -> StoredFile:
    """Keep a file; returns its row. The same bytes lie on the disk once, whatever they are called.

    The bytes are on the disk before the row is written, so a row that is committed never lacks them.
    `Refused`: empty, larger than 50 MB, of a kind that is not accepted, infected, or the machine has no room;
    nothing is left then. A file that the scanner does not answer for is kept all the same, and given to
    nobody until it is checked.
    """
    try:
        return _stored(name, _keep(_pieces(content)), by, at)
    except (OSError, DatabaseError) as fault:
        found = trouble.of(fault)
        if found is None:
            raise
        raise Refused(*found.told) from fault


def _stored(name: str, kept: _Kept, by: log.Actor | None, at: datetime) -> StoredFile:
    row = StoredFile(
        sha256=kept.sha256,
        name=names.clean(name, kept.kind.endings),
        kind=kept.kind.media,
        size=kept.size,
        uploaded_by_id=by.pk if by else None,
        recorded_at=at,
    )
    with transaction.atomic():
        row.save()
        log.record("file.received", row, by=by, at=at)
        if kept.finding is not None:
            _note(row, kept.finding, by, at)
    return row


@transaction.atomic
def scan(*, file: StoredFile, by: log.Actor | None, at: datetime) -> Scan | None:
    """Ask the scanner about a file that is kept; None when none is set up. Its verdict counts from now on."""
    with places.place_of(file.sha256).open("rb") as handle:
        finding = scanning.look(_read(handle))
    return None if finding is None else _note(file, finding, by, at)


def _note(file: StoredFile, finding: Finding, by: log.Actor | None, at: datetime) -> Scan:
    row = Scan(file=file, verdict=finding.verdict, threat=finding.threat, recorded_at=at)
    row.save()
    log.record("file.scanned", row, by=by, at=at)
    return row


def _keep(pieces: Iterable[bytes]) -> _Kept:
    """Write the pieces beside their place, check them, then move them there in one step."""
    root = Path(settings.MEDIA_ROOT)
    if not root.exists():
        root.mkdir(parents=True, exist_ok=True)
        _sync_folders(root.parent)
    look, digest = kinds.Look(), hashlib.sha256()
    with _incoming(root) as (path, handle):
        for piece in pieces:
            look.feed(piece)
            if look.size > LARGEST:
                break
            digest.update(piece)
            handle.write(piece)
        kind = look.kind
        require(kinds.problem(look.size, kind, LARGEST))
        handle.flush()
        finding = _checked(path)
        os.fsync(handle.fileno())
        place = places.place_of(digest.hexdigest())
        place.parent.mkdir(exist_ok=True)
        path.replace(place)  # also where the bytes are there already: a damaged copy is healed
        _sync_folders(place.parent, root)
    if kind is None:  # said by `problem` already
        raise Refused
    return _Kept(digest.hexdigest(), look.size, kind, finding)


def _checked(path: Path) -> Finding | None:
    """What the scanner says of the bytes, before they have a place; infected ones get none."""
    with path.open("rb") as handle:
        finding = scanning.look(_read(handle))
    if finding is not None and finding.verdict == Verdict.INFECTED:
        raise Refused(
            say(
                "The virus scanner found %(threat)s in the file, so it was not taken. Have your computer "
                "checked, and ask the sender for a clean file.",
                threat=finding.threat,
            )
        )
    return finding


def _read(handle: IO[bytes]) -> Iterator[bytes]:
    while piece := handle.read(PIECE):
        yield piece


@contextmanager
def _incoming(root: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """A file of our own in the store, gone at the end unless it was moved to its place."""
    with NamedTemporaryFile(dir=root, prefix=".incoming-", delete=False) as handle:
        path = Path(handle.name)
        try:
            yield path, handle
        finally:
            path.unlink(missing_ok=True)


def _sync_folders(*folders: Path) -> None:
    """A rename lasts only once its folder is on the disk too."""
    for folder in folders:
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _pieces(content: bytes | Iterable[bytes]) -> Iterable[bytes]:
    if not isinstance(content, bytes):
        return content
    return (content[start : start + PIECE] for start in range(0, len(content), PIECE))
