"""One file that holds a whole installation, with a digest of everything in it: a plain .tar."""

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

FORM = "thuocdo backup 1"
MANIFEST = "manifest.json"  # the last member: what is inside, each with its digest, and a digest of all this
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
NAMES = re.compile(
    r"database\.(sqlite3|pgdump)|files/[0-9a-f]{2}/[0-9a-f]{62}|keys/(log-key\.(pub|pem)|secret-key)|"
    r"facts/([a-z]{1,20}/[0-9]{5,6}\.parquet|uncounted)|manifest\.json"
)
PIECE = 2**20  # bytes
LARGEST_MANIFEST = 2**28  # bytes; a file takes about 180


class ArchiveError(Exception):
    """The file is no whole backup; the text says in plain words what is wrong."""


@dataclass(frozen=True, slots=True)
class Member:
    """One thing in the archive."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive holds; `about` tells of the installation it was made of."""

    about: dict[str, Any]
    members: list[Member] = field(default_factory=list)

    def text(self) -> str:
        """As JSON, its own digest with it."""
        content = {"form": FORM, "about": self.about, "members": [asdict(member) for member in self.members]}
        return json.dumps({**content, "digest": _digest(content)}, ensure_ascii=False, indent=1)


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class _Counted:
    """A file that digests whatever goes through it."""

    def __init__(self, handle: IO[bytes]) -> None:
        self.handle, self.digest, self.size = handle, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        piece = self.handle.read(size)
        self.digest.update(piece)
        self.size += len(piece)
        return piece

    def write(self, piece: bytes) -> int:
        self.digest.update(piece)
        self.size += len(piece)
        return self.handle.write(piece)


class Writer:
    """Takes members one after another."""

    def __init__(self, tar: tarfile.TarFile, about: dict[str, Any]) -> None:
        self._tar, self.manifest = tar, Manifest(about)

    def add(self, name: str, path: Path) -> Member:
        """Put the file in; what was read is what is digested."""
        with path.open("rb") as handle:
            counted = _Counted(handle)
            info = tarfile.TarInfo(name)
            info.size, info.mode = os.fstat(handle.fileno()).st_size, 0o600
            self._tar.addfile(info, counted)
        member = Member(name, info.size, counted.digest.hexdigest())
        self.manifest.members.append(member)
        return member

    def close(self) -> None:
        """Put the manifest behind it all."""
        text = self.manifest.text().encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode = len(text), 0o600
        self._tar.addfile(info, io.BytesIO(text))


@contextmanager
def writing(path: Path, about: dict[str, Any]) -> Iterator[Writer]:
    """Makes the archive beside its place and moves it there when it is whole and safe on the disk.

    Its digest lies beside it, as `sha256sum --check` reads it. After a fault nothing is left behind.
    """
    draft, beside = path.with_name(path.name + ".part"), path.with_name(path.name + ".sha256")
    with suppress(FileNotFoundError):
        draft.unlink()
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb") as handle:
            counted = _Counted(handle)
            with tarfile.open(fileobj=counted, mode="w|", bufsize=PIECE) as tar:  # type: ignore[call-overload]
                writer = Writer(tar, about)
                yield writer
                writer.close()
            handle.flush()
            os.fsync(handle.fileno())
        beside.write_text(f"{counted.digest.hexdigest()}  {path.name}\n")
        draft.replace(path)
        sync(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def sync(folder: Path) -> None:
    """A rename lasts only once its folder is on the disk too."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def check(path: Path) -> Manifest:
    """Read the archive from end to end; its manifest when every digest holds. `ArchiveError` else."""
    found: list[Member] = []
    text = b""
    with opened(path) as tar:
        for info, handle in members(tar):
            counted = _Counted(handle)
            if info.name == MANIFEST:
                text = counted.read(LARGEST_MANIFEST)
                continue
            while counted.read(PIECE):
                pass
            found.append(Member(info.name, counted.size, counted.digest.hexdigest()))
    manifest = _read(text)
    _same(manifest.members, found)
    return manifest


def _read(text: bytes) -> Manifest:
    """The manifest that stands there."""
    if not text:
        raise ArchiveError("The backup has no list of its contents: it was cut off, or is none of Thước Đo.")
    try:
        content = json.loads(text)
        digest = content.pop("digest")
        members = [Member(**member) for member in content["members"]]
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise ArchiveError("The list of contents of the backup cannot be read.") from fault
    if content.get("form") != FORM or digest != _digest(content):
        raise ArchiveError("The list of contents of the backup was changed: its digest differs.")
    return Manifest(content["about"], members)


def _same(listed: list[Member], found: list[Member]) -> None:
    there = {member.name: member for member in found}
    for member in listed:
        if there.pop(member.name, None) != member:
            raise ArchiveError(f"{member.name} in the backup is not what was put in: its digest differs.")
    if there:
        raise ArchiveError(f"{min(there)} stands in the backup, yet not in its list of contents.")


@contextmanager
def opened(path: Path) -> Iterator[tarfile.TarFile]:
    """The archive, to be read from its start to its end."""
    try:
        with tarfile.open(path, "r:") as tar:
            yield tar
    except FileNotFoundError as fault:
        raise ArchiveError(f"There is no file {path}.") from fault
    except (tarfile.TarError, EOFError, OSError) as fault:
        raise ArchiveError(f"{path.name} cannot be read to its end: {fault}") from fault


def members(tar: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    """Each member with its bytes. Only plain files under names that a backup uses are ever looked at."""
    for info in tar:
        handle = tar.extractfile(info) if info.isreg() and NAMES.fullmatch(info.name) else None
        if handle is None:
            raise ArchiveError(f"{info.name!r} has no business in a backup.")
        yield info, handle
