"""The doctor finds what was broken on purpose, and nothing in what is well (2.18)."""

import sqlite3

import pytest
from django.db import connection

from tests.marks import covers

pytestmark = pytest.mark.database
QUIET = {"THUOCDO_HOSTS": "127.0.0.1"}


def told(here, *words, expect=1, **more):
    """The lines that name a problem, with their cure."""
    said = here.run("doctor", *words, expect=expect, **{**QUIET, **more})
    return [line for line in said.splitlines() if not line.endswith(": ok")]


@pytest.fixture
def well(here, tmp_path):
    """An installation in which nothing is wrong."""
    here.run("prepare", "--empty")
    here.run("backup", str(tmp_path / "one.tar"))
    return here


def forgets() -> bool:
    """Whether the tests run on a server that forces nothing to the disk, as bin/test starts it for speed."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return False
        cursor.execute("SHOW fsync")
        return cursor.fetchone() == ("off",)


@covers("2.18")
def test_where_nothing_is_wrong_all_is_well(well):
    quick = forgets()
    said = well.run("doctor", "--files", expect=int(quick), **QUIET)
    assert ("All is well." in said, "fsync is off" in said) == (not quick, quick)
    subjects = ["database", "tables", "log", "clock", "stored files", "backup", "time zone", "static files",
                "settings", "disk of data"]  # fmt: skip
    assert [subject for subject in subjects if f"{subject}: ok" not in said] == []


def rot(here):
    next((here.folder / "files").glob("*/*")).write_bytes(b"rotten")


def open_key(here):
    (here.folder / "secret-key").chmod(0o644)


def lose_key(here):
    (here.folder / "log-key.pem").unlink()


def lose_style(here):
    next((here.folder / "static").rglob("*.css")).unlink()


def forget_backup(here):
    (here.folder / "backup.json").unlink()


BROKEN = [
    (rot, "stored files: 1 are missing or of another size"),
    (open_key, "others may read it (mode 644)"),
    (lose_key, "log-key.pem: it is missing"),
    (lose_style, "static files: "),
    (forget_backup, "backup: none was made yet"),
]


@covers("2.18")
def test_what_is_broken_is_named_with_what_to_do(well):
    for breaks, _expected in BROKEN:
        breaks(well)
    said = told(well)
    assert [expected for _breaks, expected in BROKEN if not any(expected in line for line in said)] == []
    assert sum(line.startswith("    ") for line in said) >= len(BROKEN) - 1  # the key is one or the other


@covers("2.18")
def test_bytes_that_changed_at_the_same_length_are_found_by_reading(well):
    stored = next((well.folder / "files").glob("*/*"))
    stored.write_bytes(bytes(len(stored.read_bytes())))
    assert any("missing or altered" in line for line in told(well, "--files"))


@covers("2.18")
def test_a_database_that_does_not_answer_is_said_first(well, tmp_path):
    nowhere = "postgres://nobody@127.0.0.1:9/none"
    said = told(well, DATABASE_URL=nowhere)
    assert any(line.startswith("database: it does not answer") for line in said)


@covers("2.18")
def test_tables_that_wait_are_said(maker):
    assert any(line.startswith("tables: ") for line in told(maker.empty("new")))


@covers("2.18")
def test_an_entry_that_waits_and_a_clock_that_jumped_are_found(well):
    well.python(
        "import django; django.setup()\nfrom datetime import timedelta\nfrom django.utils import timezone\n"
        "from tests.files.factory import stored\nfrom thuocdo.audit import actions\n"
        "stored(); actions.seal(at=timezone.now())\n"
        "stored(); stored(at=timezone.now() + timedelta(hours=5))"
    )
    said = told(well)
    assert any(line.startswith("log: the oldest unsealed entry waits") for line in said)
    assert any(line.startswith("clock: the last moment in the log is 4 hours ahead") for line in said)


@covers("2.18", "2.15")
def test_a_silent_scanner_is_said(well):
    said = told(well, THUOCDO_CLAMD="tcp://127.0.0.1:9")
    assert any(line.startswith("virus scanner: it does not answer") for line in said)


@covers("2.18")
def test_a_database_that_forgets_is_said(well):
    if connection.vendor == "sqlite":
        path = well.database.removeprefix("sqlite:///")
        with sqlite3.connect(path) as raw:
            assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    else:
        off = well.database + "?options=-c%20synchronous_commit%3Doff"
        assert any(line.startswith("durability: ") for line in told(well, DATABASE_URL=off))
