"""ClamAV is asked where the operator named it: clean, infected, silent (2.15)."""

import io
import socket

import pytest
from django.core.management import CommandError, call_command

from tests.files.factory import NINE, PDF, stored
from tests.files.scanner import BAD, scanner
from tests.marks import covers
from thuocdo.audit.models import Entry
from thuocdo.files import actions, clamd, jobs, queries
from thuocdo.files.enums import Verdict
from thuocdo.files.models import Scan, StoredFile
from thuocdo.lib.say import Refused

NOBODY = "tcp://127.0.0.1:9"  # nothing listens there


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


def said(settings):
    """The answer about a clean file's bytes."""
    return clamd.threat([PDF[:5], b"", PDF[5:]], clamd.address(settings))


@covers("2.15")
@pytest.mark.parametrize("over", ["a path", "tcp"])
def test_the_daemon_hears_every_byte_over_either_socket(tmp_path, over):
    with scanner(tmp_path / "clamd.ctl" if over == "a path" else None) as server:
        assert said(server.address) is None
        assert server.heard == [PDF]


@covers("2.15")
@pytest.mark.parametrize(
    "says",
    [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: Can't allocate memory ERROR\0", b"\xff\xfe\0"],
)  # fmt: skip
def test_what_is_no_verdict_is_no_answer(says):
    with scanner(says=says) as server, pytest.raises(clamd.UnansweredError):
        said(server.address)


@covers("2.15")
def test_a_daemon_that_accepts_and_stays_silent_is_given_up(tmp_path):
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(str(tmp_path / "deaf"))
        deaf.listen()
        with pytest.raises(clamd.UnansweredError, match="timed out"):
            clamd.threat([PDF], clamd.address(str(tmp_path / "deaf")), seconds=0.05)


@covers("2.15", "2.21")
@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("/run/clamav/clamd.ctl", True),
        ("unix:/run/clamav/clamd.ctl", True),
        ("tcp://127.0.0.1:3310", True),
        ("tcp://[::1]:3310", True),
        ("http://127.0.0.1:3310", False),
        ("tcp://127.0.0.1", False),
        ("tcp://127.0.0.1:3310/x", False),
        ("run/clamd", False),
        ("file:///etc/passwd", False),
    ],
)
def test_only_a_path_or_a_tcp_address_is_a_scanner(text, good):
    try:
        clamd.address(text)
    except ValueError:
        good = not good
    assert good


@covers("2.15")
@pytest.mark.django_db
def test_an_infected_file_is_refused_in_words_and_leaves_nothing(settings, media):
    with scanner() as server:
        settings.CLAMD = server.address
        with pytest.raises(Refused, match="Eicar-Test-Signature"):
            stored(content=PDF + BAD)
    left = [path for path in media.rglob("*") if path.is_file()]
    assert (left, StoredFile.objects.count(), Entry.objects.count()) == ([], 0, 0)


@covers("2.15")
@pytest.mark.django_db
def test_a_clean_file_is_noted_as_clean_and_given_out(settings):
    with scanner() as server:
        settings.CLAMD = server.address
        row = stored()
    pieces, _headers = queries.open_file(row)
    assert (b"".join(pieces), Scan.objects.get().verdict) == (PDF, Verdict.CLEAN)
    assert Entry.objects.get(verb="file.scanned").new["file_id"] == str(row.pk)


@covers("2.15")
@pytest.mark.django_db
def test_while_the_scanner_is_silent_files_are_kept_and_held_back(settings, caplog):
    settings.CLAMD = NOBODY
    row = stored()
    assert (queries.verify(row), list(queries.unchecked()), queries.held([row])) == (True, [row], [row])
    with pytest.raises(Refused, match="has not answered yet"):
        queries.open_file(row)
    assert "no verdict" in caplog.text


@covers("2.15")
@pytest.mark.django_db
def test_a_file_that_waited_is_given_out_once_it_is_checked(settings):
    settings.CLAMD = NOBODY
    row = stored()
    with scanner() as server:
        settings.CLAMD = server.address
        call_command("scan_files", stdout=io.StringIO())
    assert b"".join(queries.open_file(row)[0]) == PDF


@covers("2.15")
@pytest.mark.django_db
def test_files_that_wait_are_checked_by_themselves(settings):
    settings.CLAMD = NOBODY
    rows = [stored(), stored(content=PDF + b"2")]
    jobs.scan.call()  # the scanner is silent still: it is asked about one file, not about all
    assert Scan.objects.count() == 3
    with scanner() as server:
        settings.CLAMD = server.address
        jobs.scan.call()
    assert b"".join(queries.open_file(rows[1])[0]) == PDF + b"2"
    assert list(queries.unchecked()) == []


@covers("2.15")
@pytest.mark.django_db
def test_a_file_found_infected_later_is_given_to_nobody_any_more(settings):
    row = stored()  # came before a scanner was set up
    with scanner(says=b"stream: Worm FOUND\0") as server:
        settings.CLAMD = server.address
        with pytest.raises(CommandError, match="Not every file is clean"):
            call_command("scan_files", "--all", stdout=io.StringIO(), stderr=io.StringIO())
    with pytest.raises(Refused, match="found something"):
        queries.open_file(row)


@covers("2.15")
@pytest.mark.django_db
def test_without_a_scanner_nothing_is_asked_and_nothing_noted():
    row = stored()
    assert actions.scan(file=row, by=None, at=NINE) is None
    assert (Scan.objects.count(), b"".join(queries.open_file(row)[0])) == (0, PDF)
    with pytest.raises(CommandError, match="THUOCDO_CLAMD"):
        call_command("scan_files")
