"""Attempts to sign in are counted by account and by address, together over all workers (2.11)."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.cache import caches
from django.db import connection
from django.test import Client

from tests.marks import covers
from thuocdo.accounts.models import User
from thuocdo.config import settings as real
from thuocdo.lib.moments import MOMENT_MAX

WORD = "bốn mùa hoa ban nở"
ROOT = Path(__file__).resolve().parents[2]
WORKER = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "thuocdo.config.settings"
import django; django.setup()
from django.test import RequestFactory
from allauth.core import ratelimit
asked = RequestFactory().post("/", REMOTE_ADDR="192.0.2.7")
print(sum(bool(ratelimit.consume(asked, action="login_failed", key="an@example.org")) for _ in range(4)))
"""


@pytest.fixture
def an(db):
    """An official with an account, of whom no attempt is counted yet."""
    caches["default"].clear()
    user = User(email="an@example.org", name="Trần Văn An", created_at=MOMENT_MAX)
    user.set_password(WORD)
    user.save()
    return user


def attempt(password, email="an@example.org", **more):
    """What the page says to an attempt from some address."""
    client = Client(**more)
    client.post("/en/account/login/", {"login": email, "password": password})
    return "Trần Văn An" in client.get("/en/").content.decode()


@covers("2.11")
def test_an_account_is_closed_to_guessing_from_anywhere(an):
    for number in range(6):
        attempt("wrong", REMOTE_ADDR=f"192.0.2.{number}")
    assert attempt(WORD, REMOTE_ADDR="198.51.100.1") is False


@covers("2.11")
def test_an_address_that_guesses_at_many_accounts_is_closed(an):
    for number in range(11):
        attempt("wrong", f"nobody{number}@example.org", REMOTE_ADDR="192.0.2.9")
    assert attempt(WORD, REMOTE_ADDR="192.0.2.9") is False
    assert attempt(WORD, REMOTE_ADDR="198.51.100.1") is True


@covers("2.11")
def test_behind_a_proxy_the_address_is_the_one_the_proxy_tells(an, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(11):
        attempt("wrong", f"nobody{number}@example.org", HTTP_X_FORWARDED_FOR="192.0.2.9")
    assert attempt(WORD, HTTP_X_FORWARDED_FOR="203.0.113.5, 192.0.2.9") is False
    assert attempt(WORD, HTTP_X_FORWARDED_FOR="192.0.2.9, 198.51.100.1") is True


@covers("2.11")
def test_the_counts_are_kept_in_the_database(an):
    attempt("wrong")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM accounts_attempt")
        keys = [key for (key,) in cursor.fetchall()]
    assert any("login_failed" in key for key in keys)
    assert not any("an@example.org" in key for key in keys)
    assert real.CACHES == configured.CACHES


@covers("2.11")
@pytest.mark.django_db(transaction=True)
def test_two_workers_count_together(tmp_path):
    where = _address(tmp_path)
    command = [sys.executable, "-W", "ignore", "-c", WORKER]
    environment = {"PATH": "", "PYTHONPATH": str(ROOT), "THUOCDO_VAR": str(tmp_path), "DATABASE_URL": where}
    caches["default"].clear()
    subprocess.run([sys.executable, ROOT / "manage.py", "createcachetable"], env=environment, check=True)
    workers = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    allowed = [worker.communicate(timeout=120)[0] for worker in workers]
    assert sum(map(int, allowed)) == 5


def _address(folder):
    """The database of the test where other processes reach it, else a file of its own."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{folder / 'attempts.sqlite3'}"
    about = {"user": "postgres", "host": "127.0.0.1", "port": 5432, **connection.get_connection_params()}
    return f"postgres://{about['user']}@{about['host']}:{about['port']}/{about['dbname']}"
