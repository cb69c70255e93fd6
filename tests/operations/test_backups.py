"""Backup and restore: everything, as of one moment, checked before anything is touched (2.18)."""

import hashlib
import json
import shutil
import subprocess
import tarfile
import threading

import pytest

from tests.marks import covers
from tests.operations.installation import WORLD
from thuocdo.operations import archive

pytestmark = pytest.mark.database
DIGESTS = """
import django; django.setup()
from thuocdo.agencies import spans as closure
from thuocdo.assignments import spans
from thuocdo.audit.models import Entry
from thuocdo.files.models import StoredFile
print(closure.digest(), spans.digest(), Entry.objects.count(), StoredFile.objects.count())
"""


def digests(installation):
    return installation.python(DIGESTS).split()


@covers("2.18")
def test_a_restored_installation_is_the_one_that_was_backed_up(here, maker, tmp_path):
    file = tmp_path / "out" / "one.tar"
    file.parent.mkdir()
    told = here.run("backup", str(file))
    assert hashlib.sha256(file.read_bytes()).hexdigest() in told
    new = maker.empty("new")
    assert "every stored file verify" in new.run("restore", str(file))
    assert digests(new) == digests(here)
    assert "No problem found" in new.run("verify-audit")
    assert "DIFFERENT" not in new.run("rebuild")
    assert {path.name for path in file.parent.iterdir()} == {"one.tar", "one.tar.sha256"}


FACTS = """
import django; django.setup()
from datetime import date
from django.utils import timezone
from thuocdo.agencies import actions
from thuocdo.agencies.models import Installation
from thuocdo.indicators import intake
if not Installation.objects.exists():
    actions.describe_installation(opens_on=None, is_synthetic=True, by=None, at=timezone.now())
intake.generate(rows=ROWS, since=date(2025, 7, 1), months=2, seed=SEED, by=None, at=timezone.now())
"""
COUNTED = """
import django; django.setup()
from thuocdo.indicators import intake
from thuocdo.indicators.models import FactImport, FactSums
from thuocdo.indicators.facts.place import folder, kept
import hashlib
for path in kept(folder()): print(path.relative_to(folder()), hashlib.sha256(path.read_bytes()).hexdigest())
print(FactImport.objects.count(), FactSums.objects.count())
"""


def invent(installation, rows, seed):
    return installation.python(FACTS.replace("ROWS", str(rows)).replace("SEED", str(seed)))


@covers("2.18", "3.12")
def test_a_backup_brings_the_facts_back_and_those_entered_since_are_gone(here, maker, tmp_path):
    invent(here, 200, 1)
    before = here.python(COUNTED)
    file = tmp_path / "facts.tar"
    here.run("backup", str(file))
    invent(here, 300, 2)
    assert here.python(COUNTED) != before
    new = maker.empty("new")
    for restored in (new, here):
        restored.run("restore", str(file), "--replace")
        assert restored.python(COUNTED) == before
    assert len([line for line in before.splitlines() if ".parquet" in line]) > 2
    with tarfile.open(file) as tar:
        listed = json.load(tar.extractfile("manifest.json"))
    assert listed["about"]["facts"] == sum(one["name"].startswith("facts/") for one in listed["members"]) > 2


@covers("2.18", "3.12")
def test_a_backup_without_facts_leaves_none_behind(here, tmp_path):
    file = tmp_path / "none.tar"
    here.run("backup", str(file))
    invent(here, 100, 1)
    here.run("restore", str(file), "--replace")
    assert not (here.folder / "facts").exists()


@covers("2.18")
def test_a_backup_while_others_write_is_one_moment(here, maker, tmp_path):
    stop = tmp_path / "stop"
    text = WORLD.split("here =")[0] + (
        "from pathlib import Path\n"
        "from tests.agencies.factory import agency\n"
        "number = 0\n"
        f"while not Path({str(stop)!r}).exists():\n"
        "    number += 1\n"
        "    agency(f'X{number}')\n"
        "    stored(f'{number}.pdf', b'%PDF-1.7 ' + str(number).encode())\n"
    )
    thread = threading.Thread(target=here.python, args=(text,))
    thread.start()
    try:
        for number in range(3):
            here.run("backup", str(tmp_path / f"{number}.tar"))
    finally:
        stop.touch()
        thread.join()
    new = maker.empty("new")
    assert "every stored file verify" in new.run("restore", str(tmp_path / "2.tar"))


@covers("2.18")
def test_keys_are_taken_along_only_when_asked_and_then_sealing_goes_on(here, maker, tmp_path):
    here.run("backup", str(tmp_path / "without.tar"))
    here.run("backup", "--with-keys", str(tmp_path / "with.tar"))
    assert keys_in(tmp_path / "without.tar") == {"keys/log-key.pub"}
    assert keys_in(tmp_path / "with.tar") == {"keys/log-key.pub", "keys/log-key.pem", "keys/secret-key"}
    new = maker.empty("new")
    new.run("restore", str(tmp_path / "with.tar"))
    new.python("import django; django.setup()\nfrom tests.agencies.factory import agency\nagency('Y')")
    assert "Batch 2" in new.run("seal")
    assert (new.folder / "log-key.pem").stat().st_mode & 0o777 == 0o600


@covers("2.18", "2.23")
def test_without_the_private_key_a_new_one_takes_over_only_when_told(here, maker, tmp_path):
    here.run("backup", str(tmp_path / "one.tar"))
    new = maker.empty("new")
    new.run("restore", str(tmp_path / "one.tar"))
    new.python("import django; django.setup()\nfrom tests.agencies.factory import agency\nagency('Y')")
    assert "log-key.pem is missing" in new.run("seal", expect=1)
    new.run("rotate-log-key", "--lost")
    assert "No problem found" in new.run("verify-audit")


@covers("2.18")
def test_an_installation_with_people_in_it_is_given_up_only_when_told(here, maker, tmp_path):
    here.run("backup", str(tmp_path / "one.tar"))
    before = digests(here)
    here.python("import django; django.setup()\nfrom tests.agencies.factory import agency\nagency('Y')")
    assert "is not empty" in here.run("restore", str(tmp_path / "one.tar"), expect=1)
    assert digests(here) != before
    here.run("restore", "--replace", str(tmp_path / "one.tar"))
    assert digests(here) == before


def keys_in(file):
    with tarfile.open(file) as tar:
        return {name for name in tar.getnames() if name.startswith("keys/")}


def damaged(file, how):
    """The backup with one fault."""
    content = bytearray(file.read_bytes())
    if how == "a byte of the database":
        content[3000] ^= 1
    elif how == "a byte of a file":
        content[content.index(b"Bao cao")] ^= 1
    elif how == "a digit of the list":
        spot = content.index(b'"made_at": "2') + 14
        content[spot] = ord("1") if content[spot] != ord("1") else ord("2")
    elif how == "cut off":
        del content[len(content) // 2 :]
    elif how == "no backup":
        content[:] = b"anything"
    file.write_bytes(content)


@covers("2.18")
def test_a_damaged_backup_is_refused_before_anything_is_touched(here, maker, tmp_path):
    here.run("backup", str(tmp_path / "good.tar"))
    faults = ("a byte of the database", "a byte of a file", "a digit of the list", "cut off", "no backup")
    for fault in faults:
        shutil.copy(tmp_path / "good.tar", tmp_path / "bad.tar")
        damaged(tmp_path / "bad.tar", fault)
        with pytest.raises(archive.ArchiveError):
            archive.check(tmp_path / "bad.tar")


@covers("2.18", "2.21")
def test_a_file_that_points_elsewhere_is_no_part_of_a_backup(here, tmp_path):
    with tarfile.open(tmp_path / "evil.tar", "w") as tar:
        (tmp_path / "x").write_text("x")
        tar.add(tmp_path / "x", "../../etc/cron.d/x")
    told = here.run("restore", "--replace", str(tmp_path / "evil.tar"), expect=1)
    assert "has no business in a backup" in told


@covers("2.18")
def test_a_missing_or_altered_stored_file_is_named_and_the_rest_saved(here, tmp_path):
    stored = next((here.folder / "files").glob("*/*"))
    stored.write_bytes(b"rotten")
    told = here.run("backup", str(tmp_path / "one.tar"), expect=1)
    assert stored.parent.name + stored.name in told
    assert (tmp_path / "one.tar").exists()


@covers("2.18")
def test_a_backup_is_never_written_over_another_and_leaves_nothing_half(here, tmp_path):
    (tmp_path / "one.tar").write_text("kept")
    assert "is there already" in here.run("backup", str(tmp_path / "one.tar"), expect=1)
    assert (tmp_path / "one.tar").read_text() == "kept"
    assert "There is no backup." in here.run("backup", str(tmp_path / "nowhere" / "one.tar"), expect=1)
    assert list(tmp_path.glob("*.part")) == []


@covers("2.18")
def test_a_backup_of_a_newer_release_is_refused(here, maker, tmp_path):
    forget = (
        "import django; django.setup()\nfrom django.db import connection\nwith connection.cursor() as c:\n"
        " c.execute(\"INSERT INTO django_migrations (app, name, applied) VALUES ('files', '9999_new', "
        'CURRENT_TIMESTAMP)")'
    )
    here.python(forget)
    here.run("backup", str(tmp_path / "one.tar"))
    told = maker.empty("new").run("restore", str(tmp_path / "one.tar"), expect=1)
    assert "newer release" in told


@covers("2.18")
def test_the_last_backup_is_remembered(here, tmp_path):
    here.run("backup", str(tmp_path / "one.tar"))
    told = json.loads((here.folder / "backup.json").read_text())
    assert told["file"] == str(tmp_path / "one.tar")


@covers("2.18")
def test_sha256sum_reads_the_digest_beside_it(here, tmp_path):
    here.run("backup", str(tmp_path / "one.tar"))
    told = subprocess.run(["sha256sum", "--check", "one.tar.sha256"], cwd=tmp_path, capture_output=True)
    assert told.returncode == 0
