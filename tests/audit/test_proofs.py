"""A proof verifies with a short script in an empty Python; a changed byte is named (2.19)."""

import io
import json
import subprocess
import sys
import zipfile
from copy import deepcopy

import pytest

from tests.audit.factory import NINE, after, stored
from tests.marks import covers
from thuocdo.audit import actions, keys, log, proofs, rotation
from thuocdo.lib.say import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def ids():
    """Eleven entries in batches of four, then a new key, then one more entry."""
    found = [log.record("file.received", stored(), by=None, at=after(n)).id for n in range(11)]
    while actions.seal(at=after(20), most=4):
        pass
    rotation.rotate(lost=False, by=None, at=after(30))
    found.append(log.record("file.received", stored("Báo cáo.pdf"), by=None, at=after(40)).id)
    actions.seal(at=after(50))
    return found


def checked(proof, folder, *words):
    """(exit code, what is said) of the script, run where nothing else is installed."""
    with zipfile.ZipFile(io.BytesIO(proofs.bundle(proof))) as archive:
        archive.extractall(folder)
    command = [sys.executable, "-I", "-S", "verify.py", *words]
    told = subprocess.run(command, cwd=folder, env={}, capture_output=True, text=True, timeout=60)
    return told.returncode, told.stdout + told.stderr


@covers("2.19")
def test_the_script_is_short_and_imports_the_standard_library_alone():
    text = proofs.SCRIPT.read_text()
    wanted = {line.split()[1] for line in text.splitlines() if line.startswith(("import ", "from "))}
    assert text.count("\n") <= 120
    assert wanted <= sys.stdlib_module_names


@covers("2.19")
@pytest.mark.parametrize("nearest", [False, True])
def test_entries_verify_without_database_or_dependency(ids, tmp_path, nearest):
    code, told = checked(proofs.prove(ids[2:7], nearest=nearest), tmp_path)
    assert (code, "All 5 entries hold." in told) == (0, True)


@covers("2.19", "2.23")
def test_the_first_key_vouches_for_the_one_that_signs_now(ids, tmp_path):
    proof = proofs.prove([ids[0], ids[-1]])
    now = keys.public_key()
    assert proof["key"] != now
    assert [checked(proof, tmp_path, "--key", key)[0] for key in (proof["key"], now, "00" * 32)] == [0, 0, 1]


@covers("2.19", "2.23")
def test_a_key_from_before_one_was_lost_vouches_for_nothing_after(ids, tmp_path):
    rotation.rotate(lost=True, by=None, at=after(60))
    proof = proofs.prove(ids)
    assert [checked(proof, tmp_path, "--key", key)[0] for key in (proof["key"], keys.public_key())] == [1, 0]


CHANGES = [
    (("entries", 0, "content", 5), "2020-01-01", "entry {first} is not what was sealed"),
    (("entries", 0, "content", 7, "size"), "11", "entry {first} is not what was sealed"),
    (("entries", 0, "leaf"), "00" * 32, "entry {first} is not what was sealed"),
    (("entries", 0, "path", 0), "00" * 32, "entry {first}: its path does not lead"),
    (("entries", 0, "path"), [], "entry {first}: its path does not lead"),
    (("entries", 0, "position"), 3, "entry {first}: its path does not lead"),
    (("entries", 0, "position"), -1, "entry {first}: its path does not lead"),
    (("batches", 1, "root"), "00" * 32, "batch 2 is not the one"),
    (("batches", 1, "at"), "2020-01-01", "batch 2 is not the one"),
    (("previous",), "11" * 32, "batch 1 is not the one"),
    (("signature",), "00" * 64, "is not signed by the key"),
    (("changes", 0, "key"), "00" * 32, "the change of key at batch 4"),
    (("changes", 0, "by_previous"), "00" * 64, "the change of key at batch 4"),
    (("key",), "00" * 32, "the change of key at batch 4"),
    (("entries",), None, "cannot be read"),
    (("form",), "thuocdo proof 2", "this is another form"),
]  # fmt: skip


@covers("2.19")
@pytest.mark.parametrize(("place", "value", "told"), CHANGES)
def test_what_was_changed_is_named(ids, tmp_path, place, value, told):
    proof = deepcopy(proofs.prove(ids))
    inner = proof
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    code, said = checked(proof, tmp_path)
    assert (code, told.format(first=ids[0]) in said) == (1, True), said


@covers("2.19")
def test_any_digit_changed_in_the_proof_is_noticed(ids, tmp_path):
    text = json.dumps(proofs.prove(ids[:1]))
    spots = [place for place, letter in enumerate(text) if letter in "0123456789abcdef"][::97]
    quiet = []
    for spot in spots:
        other = text[:spot] + ("1" if text[spot] != "1" else "2") + text[spot + 1 :]
        (tmp_path / "proof.json").write_text(other)
        told = subprocess.run(
            [sys.executable, "-I", "-S", str(proofs.SCRIPT), str(tmp_path / "proof.json")],
            env={}, capture_output=True,
        )  # fmt: skip
        quiet += [] if told.returncode else [text[spot - 20 : spot + 5]]
    assert (len(spots) > 20, quiet) == (True, [])


@covers("2.19")
def test_what_is_not_sealed_cannot_be_proved():
    entry = log.record("file.received", stored(), by=None, at=NINE)
    with pytest.raises(Refused, match=f"Not sealed yet.*{entry.id}"):
        proofs.prove([entry.id])
    with pytest.raises(Refused, match="No entry is named"):
        proofs.prove([])
