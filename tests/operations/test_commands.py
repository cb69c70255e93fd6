"""Proofs of an assignment by one command; the session key changes without ending sessions (2.19, 2.23)."""

import json
import subprocess
import sys
import zipfile

import pytest

from tests.marks import covers

pytestmark = pytest.mark.database


@covers("2.19")
def test_the_proof_of_an_assignment_tells_its_whole_story_and_verifies(here, tmp_path):
    here.run("export-proof", "--assignment", "1", str(tmp_path / "proof.zip"))
    with zipfile.ZipFile(tmp_path / "proof.zip") as archive:
        archive.extractall(tmp_path / "proof")
    command = [sys.executable, "-I", "-S", "verify.py"]
    told = subprocess.run(command, cwd=tmp_path / "proof", env={}, capture_output=True, text=True)
    assert (told.returncode, "entries hold." in told.stdout) == (0, True)
    proof = json.loads((tmp_path / "proof" / "proof.json").read_text())
    tables = {entry["content"][2] for entry in proof["entries"]}
    assert {"assignments_assignment", "assignments_report", "assignments_claim"} <= tables
    assert proof["key"] == (here.folder / "log-key.pub").read_text().strip()


@covers("2.19")
def test_what_cannot_be_proved_is_said_and_leaves_no_file(here, tmp_path):
    told = here.run("export-proof", "--assignment", "99", str(tmp_path / "proof.zip"), expect=1)
    assert "There is no assignment 99" in told
    assert "Not sealed yet" in here.run("export-proof", "--entry", "99999", str(tmp_path / "p.zip"), expect=1)
    assert list(tmp_path.glob("*.zip")) == []


SIGNING = "import django; django.setup()\nfrom django.core import signing\n"


@covers("2.23")
def test_what_the_old_session_key_made_stays_good_until_it_is_forgotten(here):
    made = here.python(f"{SIGNING}print(signing.dumps('an'))").strip()
    read = f"{SIGNING}print(signing.loads({made!r}))"
    first = (here.folder / "secret-key").read_text()
    here.run("rotate-secret-key")
    key = here.folder / "secret-key"
    assert (key.read_text() != first, key.stat().st_mode & 0o777) == (True, 0o600)
    assert here.python(read).strip() == "an"
    here.run("rotate-secret-key", "--forget-old")
    with pytest.raises(AssertionError, match="BadSignature"):
        here.python(read)


@covers("2.23")
def test_a_session_key_of_the_environment_is_changed_there(here):
    told = here.run("rotate-secret-key", expect=1, THUOCDO_SECRET_KEY="x")
    assert "THUOCDO_SECRET_KEY_OLD" in told
