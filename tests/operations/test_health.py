"""/healthz and /metrics: for machines, open to whom, and in a form that Prometheus reads (2.18)."""

import os
import shutil
import subprocess

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import LocalePrefixPattern

from tests.audit.factory import NINE, stored
from tests.marks import covers
from thuocdo.audit import actions, log
from thuocdo.operations import probes

pytestmark = pytest.mark.django_db
FOR_MACHINES = {"healthz", "metrics"}  # no pages: no sign-in, no language, nothing of anybody's duties
OWN_TABLE = ("api/",)  # addresses whose own table of access is tested elsewhere
TOKEN = {"HTTP_AUTHORIZATION": "Bearer a-long-token"}
THROUGH_A_PROXY = {"HTTP_X_FORWARDED_FOR": "203.0.113.7"}


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def broken(monkeypatch):
    def fails():
        raise OperationalError("password for thuocdo at db.internal refused")

    monkeypatch.setattr(probes, "answers", fails)


@covers("2.18", "2.13")
def test_outside_the_pages_nothing_is_reachable_but_what_is_named_here():
    found = {
        str(one.pattern) + (str(inner.pattern) if str(one.pattern) == "" else "")
        for one in get_resolver("thuocdo.config.urls").url_patterns
        if not isinstance(one.pattern, LocalePrefixPattern)
        for inner in (one.url_patterns if hasattr(one, "url_patterns") else [one])
    }
    assert {one for one in found if not one.startswith(OWN_TABLE)} == FOR_MACHINES


@covers("2.18")
def test_health_is_told_to_anybody():
    answer = Client().get("/healthz", REMOTE_ADDR="203.0.113.7")
    assert (answer.status_code, answer.content, answer.cookies) == (200, b"ok\n", {})
    assert "no-store" in answer["Cache-Control"]


@covers("2.18")
def test_a_database_that_is_away_is_told_without_a_secret(broken):
    answer = Client().get("/healthz")
    assert (answer.status_code, b"internal" in answer.content) == (503, False)


@covers("2.18")
@pytest.mark.parametrize("address", ["/healthz", "/metrics"])
def test_they_are_only_read(address):
    assert [getattr(Client(), verb)(address).status_code for verb in ("post", "put", "delete")] == [405] * 3


@covers("2.18", "2.21")
@pytest.mark.parametrize(
    ("token", "asked", "status"),
    [
        ("", {}, 200),
        ("", {"REMOTE_ADDR": "::1"}, 200),
        ("", {"REMOTE_ADDR": "10.0.0.5"}, 404),
        ("", {"REMOTE_ADDR": ""}, 404),
        ("", THROUGH_A_PROXY, 404),
        ("", TOKEN | THROUGH_A_PROXY, 404),
        ("a-long-token", {}, 404),
        ("a-long-token", TOKEN | {"REMOTE_ADDR": "10.0.0.5"}, 200),
        ("a-long-token", TOKEN | THROUGH_A_PROXY, 200),
        ("another-token", TOKEN, 404),
        ("a-long-token", {"HTTP_AUTHORIZATION": "Bearer ă"}, 404),
    ],
)
def test_metrics_are_for_this_machine_or_for_who_brings_the_token(settings, token, asked, status):
    settings.METRICS_TOKEN = token
    assert Client().get("/metrics", **asked).status_code == status


def shown():
    return Client().get("/metrics").content.decode()


@covers("2.18")
def test_metrics_tell_of_the_log(monkeypatch):
    log.record("file.received", stored(), by=None, at=NINE)
    actions.seal(at=NINE)
    log.record("file.received", stored(), by=None, at=NINE)
    expected = {"thuocdo_log_batch 1.0", "thuocdo_log_unsealed_entries 1.0", "thuocdo_database_up 1.0"}
    assert expected <= set(shown().splitlines())


@covers("2.18")
def test_metrics_of_a_database_that_is_away_say_so(broken):
    lines = shown().splitlines()
    assert "thuocdo_database_up 0.0" in lines
    assert not any("internal" in line for line in lines)


@covers("2.18")
def test_promtool_finds_nothing_to_mend():
    """Debian's prometheus brings it. Missing: a failure in CI, one skipped line elsewhere."""
    program = os.environ.get("THUOCDO_PROMTOOL") or shutil.which("promtool")
    if program is None:
        missing = "no promtool: apt-get install prometheus, or set THUOCDO_PROMTOOL"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    told = subprocess.run([program, "check", "metrics"], input=shown(), capture_output=True, text=True)
    assert (told.returncode, told.stdout + told.stderr) == (0, "")
