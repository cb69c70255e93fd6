"""The page of the log: heads for everybody, entries for its readers, values for who reads everything."""

import io
import json
import os
import sys

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.agencies.factory import FIRST_MOMENT
from tests.assignments import factory
from tests.assignments.factory import JULY, claimed, given
from tests.marks import covers
from thuocdo.accounts.enums import Role
from thuocdo.audit import actions, keys, queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    """One claim, everything so far sealed, one report that is not."""
    settings.SIGN_IN_OF_EXAMPLES = True
    found = factory.world()
    found.claim = claimed(found, given(found))
    while actions.seal(at=JULY):
        pass
    return found


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def inspector(world):
    return client_of(factory.person("dung", world.government, Role.INSPECTOR))


def page(client, address="/en/log/"):
    return client.get(address).content.decode()


@covers("1.22")
def test_everybody_sees_the_signed_head_with_the_key(world):
    head = queries.last_batch()
    shown = page(Client())
    found = [value in shown for value in (head.chain, head.root, head.signature, keys.public_key())]
    assert found == [True] * 4


@covers("1.22")
def test_the_age_of_the_unsealed_tail_is_shown(world):
    claimed_again = factory.given(world)
    assert claimed_again.pk
    assert "entries wait to be sealed, the oldest for" in page(Client())


@covers("1.22")
def test_the_head_is_kept_as_a_file_that_verification_takes(world, tmp_path):
    kept = tmp_path / "log-head.json"
    answer = Client().get("/log/head.json")
    kept.write_bytes(answer.content)
    out = io.StringIO()
    call_command("verify_audit", head=kept, stdout=out)
    found = (
        answer["Content-Disposition"],
        json.loads(answer.content)["batch"],
        "No problem" in out.getvalue(),
    )
    assert found == ('attachment; filename="log-head.json"', queries.last_batch().number, True)


def test_before_anything_is_sealed_there_is_no_head_to_keep(db):
    assert Client().get("/log/head.json").status_code == 404


@covers("1.22", "1.29")
def test_the_public_sees_no_entry(world):
    shown = page(Client())
    assert ("claim.sent" in shown, "The entries are read by inspectors" in shown) == (False, True)


@covers("1.22", "1.29")
def test_an_inspector_reads_who_what_old_and_new(world):
    shown = page(inspector(world), f"/en/log/?table=assignments_assignment&row={world.claim.assignment_id}")
    expected = ["assignment.given", "chi", "given_on", "2025-04-01", "batch"]
    assert [word for word in expected if word not in shown] == []


@covers("1.29")
def test_a_steward_sees_what_was_written_where_and_no_value(world):
    shown = page(client_of(factory.person("em", world.lai_chau, Role.STEWARD)))
    assert ("claim.sent" in shown, "145/KH-UBND" in shown, ">an<" in shown) == (True, False, False)


@covers("1.22")
def test_one_row_leads_to_its_entries_alone(world):
    shown = page(inspector(world), f"/en/log/?table=assignments_claim&row={world.claim.pk}")
    assert ("claim.sent" in shown, "assignment.given" in shown) == (True, False)


@covers("1.22")
def test_a_personal_field_stands_in_the_log_as_a_digest(world):
    shown = page(inspector(world), f"/en/log/?table=assignments_assignment&row={world.claim.assignment_id}")
    assert ("sha256:" in shown, "Nguyễn Văn Mẫu" in shown) == (True, False)


@covers("1.33")
def test_the_page_costs_few_statements(world):
    client = inspector(world)
    with CaptureQueriesContext(
        connection,
    ) as found:
        page(client)
    assert len(found) <= 12


def test_older_entries_are_on_the_next_page(world):
    client = inspector(world)
    for _ in range(20):
        given(world)
    last = queries.tail(40)[-1].entry.id
    older = page(client, f"/en/log/?before={last}")
    assert (f"before={last}" in page(client), ">Newest<" in older) == (True, True)


@covers("1.22")
def test_the_sealer_beside_the_server_ends_when_the_server_is_gone(world, monkeypatch):
    listens, held = os.pipe()
    os.close(held)
    with os.fdopen(listens) as pipe:
        monkeypatch.setattr(sys, "stdin", pipe)
        monkeypatch.setattr("thuocdo.audit.management.commands.seal.close_old_connections", lambda: None)
        given(world)
        call_command("seal", every=60.0, while_fed=True, stdout=io.StringIO())
    assert queries.head_status(FIRST_MOMENT).unsealed == 0
