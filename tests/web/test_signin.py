"""Signing in: with an account only, slowed down after wrong passwords, never a way to make one."""

import pytest
from django.conf import settings as configured
from django.core.cache import cache
from django.test import Client

from tests.marks import covers
from thuocdo.accounts.models import User
from thuocdo.config import settings as real
from thuocdo.lib.moments import MOMENT_MAX

pytestmark = pytest.mark.django_db
PASSWORD = "bốn mùa hoa ban nở"


@pytest.fixture
def an():
    """An official with an account."""
    cache.clear()
    user = User(email="an@example.org", name="Trần Văn An", created_at=MOMENT_MAX)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, password, email="an@example.org"):
    return client.post("/en/account/login/", {"login": email, "password": password})


@covers("1.30")
def test_who_has_an_account_signs_in_and_is_named_on_the_page(an, client):
    sign_in(client, PASSWORD)
    assert "Trần Văn An" in client.get("/en/").content.decode()


@covers("1.30")
@pytest.mark.parametrize(("email", "password"), [("an@example.org", "wrong"), ("who@example.org", PASSWORD)])
def test_a_wrong_password_and_an_unknown_address_get_the_same_words(an, client, email, password):
    page = sign_in(client, password, email).content.decode()
    assert "The email address and/or password you specified are not correct." in page


@covers("1.30")
def test_after_several_wrong_passwords_the_right_one_waits_too(an, client):
    for _ in range(12):
        sign_in(client, "wrong")
    sign_in(client, PASSWORD)
    assert "Trần Văn An" not in client.get("/en/").content.decode()


@covers("1.30")
def test_nobody_makes_an_account_for_themselves(client):
    answer = client.post("/en/account/signup/", {"email": "b@example.org", "password1": PASSWORD})
    assert ("Accounts are not made here" in answer.content.decode(), User.objects.count()) == (True, 0)


@covers("1.30")
def test_passwords_are_kept_as_argon2():
    assert real.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_signing_out_needs_a_post(an, client):
    sign_in(client, PASSWORD)
    client.get("/en/account/logout/")
    assert "Trần Văn An" in client.get("/en/").content.decode()


@pytest.mark.parametrize(
    "page", ["login/", "signup/", "password/reset/", "password/reset/done/", "password/reset/key/x-y/",
             "password/reset/key/done/", "inactive/"]
)  # fmt: skip
@pytest.mark.parametrize("language", ["", "en/", "fr/", "de/"])
def test_each_page_of_signing_in_stands_in_each_language(page, language):
    answer = Client().get(f"/{language}account/{page}")
    assert (answer.status_code, "<h1>" in answer.content.decode()) == (200, True)


@pytest.mark.parametrize("page", ["logout/", "password/change/", "reauthenticate/"])
def test_the_pages_of_an_account_open_for_its_owner(an, client, page):
    sign_in(client, PASSWORD)
    assert "<h1>" in client.get(f"/en/account/{page}").content.decode()


def test_a_forgotten_password_brings_a_link_by_mail(an, client, mailoutbox):
    client.post("/en/account/password/reset/", {"email": "an@example.org"})
    assert (mailoutbox[0].to, "/account/password/reset/key/" in mailoutbox[0].body) == (
        ["an@example.org"],
        True,
    )


def test_an_unknown_address_gets_no_mail(an, client, mailoutbox):
    client.post("/en/account/password/reset/", {"email": "who@example.org"})
    assert mailoutbox == []


@covers("1.30")
def test_the_policy_allows_nothing_inline(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert ("unsafe" in policy, "default-src 'none'" in policy) == (False, True)


def test_sessions_are_kept_from_scripts():
    assert configured.SESSION_COOKIE_HTTPONLY is True
