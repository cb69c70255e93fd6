"""Files are received: kept once, on the disk before the row, refused in words."""

import errno
import hashlib
import os
from pathlib import Path

import pytest

from tests.files.factory import NINE, PDF, PNG, SIGNED_PDF, signed_range, stored
from tests.marks import covers
from thuocdo.audit.models import Entry
from thuocdo.files import actions, places, queries
from thuocdo.files.models import StoredFile
from thuocdo.lib.say import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def kept(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


@covers("1.14")
def test_a_file_is_kept_under_its_hash():
    row = stored()
    assert places.place_of(row.sha256).read_bytes() == PDF
    assert (row.size, row.kind) == (len(PDF), "application/pdf")


def test_the_same_bytes_are_kept_once_under_both_names(media):
    stored("a.pdf"), stored("b.pdf")
    assert (len(kept(media)), StoredFile.objects.count()) == (1, 2)


def test_a_damaged_copy_is_healed_when_the_file_comes_again():
    row = stored()
    places.place_of(row.sha256).write_bytes(b"rotten")
    stored("again.pdf")
    assert queries.verify(row)


def test_pieces_give_the_same_file_as_the_whole():
    assert stored(content=iter([PDF[:5], PDF[5:]])).sha256 == stored().sha256


def test_the_receipt_is_entered_in_the_log():
    row = stored()
    assert Entry.objects.get(verb="file.received").new["sha256"] == row.sha256


def test_the_name_follows_the_kind_that_was_seen():
    assert stored("bao-cao.exe", PNG).name == "bao-cao.exe.png"


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "empty"), (b"MZ\x00\x01", "not accepted"), (PDF + b"x" * 100, "larger than")],
)
def test_a_refused_file_leaves_nothing_behind(media, monkeypatch, content, reason):
    monkeypatch.setattr(actions, "LARGEST", 100)
    with pytest.raises(Refused, match=reason):
        stored(content=content)
    assert (kept(media), StoredFile.objects.count()) == ([], 0)


def test_a_sender_that_breaks_off_leaves_nothing_behind(media):
    def broken():
        yield PDF
        raise ConnectionError

    with pytest.raises(ConnectionError):
        actions.store(name="a.pdf", content=broken(), by=None, at=NINE)
    assert kept(media) == []


def test_the_bytes_lie_safe_before_the_row_is_written(media, monkeypatch):
    def save(row):
        assert places.place_of(row.sha256).exists()
        raise RuntimeError("the database is gone")

    monkeypatch.setattr(StoredFile, "save", save)
    with pytest.raises(RuntimeError, match="the database is gone"):
        stored()


@covers("2.15")
def test_bytes_and_folders_are_synced_before_the_row_is_written_and_committed(monkeypatch, media):
    done, replace, save = [], Path.replace, StoredFile.save
    here = {media.stat().st_ino: "sync root"}
    monkeypatch.setattr(
        actions.os, "fsync", lambda number: done.append(here.get(os.fstat(number).st_ino, "sync"))
    )
    monkeypatch.setattr(Path, "replace", lambda path, to: done.append("move") or replace(path, to))
    monkeypatch.setattr(StoredFile, "save", lambda row: done.append("row") or save(row))
    stored()
    assert done == ["sync", "move", "sync", "sync root", "row"]


@covers("2.15")
@pytest.mark.parametrize("fails", [1, 2, 3])
def test_where_the_disk_does_not_take_it_there_is_no_row(monkeypatch, fails):
    calls = iter(range(1, 9))

    def full(_number):
        if next(calls) == fails:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(actions.os, "fsync", full)
    with pytest.raises(Refused, match="Nothing of what you sent was kept"):
        stored()
    assert (StoredFile.objects.count(), Entry.objects.count()) == (0, 0)


@covers("2.15")
def test_a_signed_pdf_comes_back_byte_for_byte():
    digest = hashlib.sha256(SIGNED_PDF).hexdigest()
    row = stored("quyet-dinh-da-ky.pdf", iter([SIGNED_PDF[:700], SIGNED_PDF[700:]]))
    given = b"".join(queries.open_file(row)[0])
    assert (row.sha256, hashlib.sha256(given).hexdigest()) == (digest, digest)
    start, length, after, rest = signed_range(given)
    assert hashlib.sha256(given[start:length] + given[after : after + rest]).hexdigest().encode() in given


def test_a_file_is_given_back_as_an_attachment_that_may_do_nothing():
    pieces, headers = queries.open_file(stored("Báo cáo.pdf"))
    assert b"".join(pieces) == PDF
    assert headers["Content-Disposition"].startswith("attachment; filename*=utf-8''B%C3%A1o%20c%C3%A1o.pdf")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["Content-Length"] == str(len(PDF))


def test_changed_or_lost_bytes_are_found():
    row = stored()
    assert queries.verify(row)
    places.place_of(row.sha256).write_bytes(PDF + b" ")
    assert not queries.verify(row)
    places.place_of(row.sha256).unlink()
    assert not queries.verify(row)
