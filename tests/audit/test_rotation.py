"""A new key takes over: old heads still verify, the change is in the log, a crash in between is put right."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.audit.factory import NINE, after, stored
from tests.marks import covers
from thuocdo.audit import actions, guards, heads, keyring, keys, log, queries, rotation, verify, verify_rows
from thuocdo.audit.models import Batch, Entry, KeyChange

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.VAR = tmp_path


def enter() -> None:
    """A file is received; the entry is sealed."""
    log.record("file.received", stored(), by=None, at=NINE)
    actions.seal(at=NINE)


def rotated(*, lost=False) -> KeyChange:
    return rotation.rotate(lost=lost, by=None, at=after(60))


def wrong(head=None):
    return [str(problem.say) for problem in verify.log(head)]


@covers("2.23")
def test_old_and_new_batches_verify_each_by_its_key():
    enter()
    old = heads.read(queries.export_head())
    change = rotated()
    enter()
    new = heads.read(queries.export_head())
    assert (old.key, new.key) == (change.previous_key, change.key)
    assert (wrong(old), wrong(new), keys.public_key()) == ([], [], change.key)


@covers("2.23")
def test_the_change_itself_stands_in_the_log_under_the_new_key():
    enter()
    change = rotated()
    entry = Entry.objects.get(verb="key.changed")
    assert entry.new["key"] == change.key
    assert queries.proof(entry.id).batch == change.from_batch
    assert list(verify_rows.rows())[1:] == []  # the file was entered with its own row


@covers("2.23")
def test_the_old_key_is_gone_and_signs_no_more():
    enter()
    former = keys.place(keys.PRIVATE).read_bytes()
    rotated()
    now = keys.place(keys.PRIVATE)
    assert (now.read_bytes() != former, now.stat().st_mode & 0o777) == (True, 0o600)
    now.write_bytes(former)
    log.record("file.received", stored(), by=None, at=NINE)
    with pytest.raises(keys.KeyProblemError, match="not the key of this log"):
        actions.seal(at=NINE)


@covers("2.23")
def test_a_second_change_follows_the_first():
    enter()
    first, second = rotated(), rotated()
    enter()
    assert (second.previous_key, wrong()) == (first.key, [])


@covers("2.23", "2.17")
def test_a_crash_after_the_commit_is_put_right_at_the_next_sealing(monkeypatch):
    enter()
    former = keys.public_key()
    with monkeypatch.context() as crash:
        crash.setattr(keys, "settle", lambda key: key == former or 1 / 0)
        with pytest.raises(ZeroDivisionError):
            rotated()
    enter()
    assert (wrong(), keys.public_key(), keys.place(keys.NEXT).exists()) == (
        [],
        KeyChange.objects.get().key,
        False,
    )


@covers("2.23", "2.17")
def test_a_crash_before_the_commit_leaves_the_old_key_at_work(monkeypatch):
    enter()
    former = keys.public_key()
    with monkeypatch.context() as crash:
        crash.setattr(log, "record", lambda *_a, **_o: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            rotated()
    enter()
    assert (wrong(), keys.public_key(), KeyChange.objects.count()) == ([], former, 0)


@covers("2.23")
def test_a_lost_key_is_never_replaced_silently():
    enter()
    keys.place(keys.PRIVATE).unlink()
    log.record("file.received", stored(), by=None, at=NINE)
    with pytest.raises(keys.KeyProblemError, match="--lost"):
        actions.seal(at=NINE)
    rotated(lost=True)
    assert (wrong(), KeyChange.objects.get().by_previous) == ([], "")


@covers("2.23")
@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("by_previous", "00" * 64, "not signed by the key before"),
        ("by_key", "00" * 64, "not signed by the new key"),
        ("chain", "11" * 32, "made for another log"),
        ("key", "22" * 32, "not the one that the log names last"),
    ],
)
def test_a_forged_change_is_found(field, value, told):
    enter()
    rotated()
    for statement in guards.off(connection.vendor):
        connection.cursor().execute(statement)
    connection.cursor().execute(f"UPDATE audit_keychange SET {field} = %s", [value])
    assert any(told in text for text in wrong())


@covers("2.23")
def test_before_anything_is_sealed_there_is_no_key_to_change():
    with pytest.raises(CommandError, match="Nothing is sealed yet"):
        call_command("rotate_log_key")


@covers("2.23")
def test_the_command_names_the_new_key():
    enter()
    out = io.StringIO()
    call_command("rotate_log_key", stdout=out)
    assert keyring.load().current() in out.getvalue()
    assert Batch.objects.count() == 2
