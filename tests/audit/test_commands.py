"""The commands of the log by the names people type."""

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError

from tests.audit.factory import NINE, stored
from thuocdo.audit import actions, log
from thuocdo.audit.management.commands import seal
from thuocdo.config.command import named


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        (["thuocdo", "verify-audit", "--head", "a-b"], ["thuocdo", "verify_audit", "--head", "a-b"]),
        (["thuocdo", "--help"], ["thuocdo", "--help"]),
        (["thuocdo"], ["thuocdo"]),
    ],
)
def test_a_command_is_typed_with_dashes(typed, known):
    assert named(typed) == known


@pytest.mark.django_db
def test_seal_says_what_it_sealed():
    log.record("file.received", stored(), by=None, at=NINE)
    out = io.StringIO()
    call_command("seal", stdout=out)
    assert "Batch 1: 1 entries" in out.getvalue()


class StopError(Exception):
    """Ends the loop of a command."""


@pytest.mark.django_db
def test_sealing_goes_on_when_the_database_did_not_answer(monkeypatch):
    answers = iter([OperationalError("gone"), None, StopError()])
    paces = []

    def answer(**_at):
        found = next(answers)
        if found is not None:
            raise found

    monkeypatch.setattr(actions, "seal", answer)
    monkeypatch.setattr(seal, "close_old_connections", lambda: None)
    monkeypatch.setattr(seal.time, "sleep", paces.append)
    with pytest.raises(StopError):
        call_command("seal", every=5.0, stderr=io.StringIO())
    assert paces == [5.0, 5.0]


@pytest.mark.django_db
def test_there_is_no_head_before_the_first_seal():
    with pytest.raises(CommandError, match="Nothing is sealed"):
        call_command("export_head")
