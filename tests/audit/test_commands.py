"""The commands of the log by the names people type."""

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.audit.factory import NINE, stored
from thuocdo.audit import log
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


@pytest.mark.django_db
def test_there_is_no_head_before_the_first_seal():
    with pytest.raises(CommandError, match="Nothing is sealed"):
        call_command("export_head")
