"""Signing in with an identity kept elsewhere, against a real provider; what an attacker tries (2.12)."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.utils import user_pk_to_url_str
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache

from tests.assignments.factory import person, world
from tests.e2e import oidc
from tests.marks import covers
from thuocdo.accounts.enums import Role
from thuocdo.accounts.models import User
from thuocdo.audit.models import Entry
from thuocdo.web.identities import invitations

pytestmark = pytest.mark.django_db(transaction=True)
WORD = "mot-cau-du-dai-2025"
MINE = re.compile(r"/account/mine/$")


@pytest.fixture
def here():
    cache.clear()
    found = world()
    found.an.set_password(WORD)
    found.an.save()
    return found


@pytest.fixture
def issuer(live_server, settings):
    """A provider that runs and is named in the settings."""
    with oidc.running(live_server.url) as address:
        settings.SOCIALACCOUNT_PROVIDERS = oidc.named(address)
        yield address


def with_password(page, user, then="/en/account/mine/"):
    page.goto(f"/en/account/login/?next={then}")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", WORD)
    page.click("main form:first-of-type button")
    page.wait_for_url(f"**{then}")


def at_the_provider(page, subject, before_the_end=None):
    """Type a name at the provider's own pages, agree, come back."""
    page.wait_for_selector("input[name=login]")
    page.fill("input[name=login]", subject)
    page.fill("input[name=password]", "any")
    page.click("button[type=submit]")
    page.wait_for_selector("text=Continue")
    if before_the_end:
        before_the_end()
    page.click("button[type=submit]")


def sign_in(page, subject, **more):
    """From our page of signing in to the provider and back."""
    page.goto("/en/account/login/?next=/en/account/mine/")
    page.click("text=Sign in with Cổng định danh")
    at_the_provider(page, subject, **more)


@pytest.fixture
def linked(here, issuer, tab):
    """An has linked the subject an-01 of the provider."""
    page = tab()
    with_password(page, here.an)
    page.click("text=Sign in with Cổng định danh from now on")
    at_the_provider(page, "an-01")
    page.wait_for_url(MINE)
    return here


def refused(page, words="This identity opens no account here"):
    page.wait_for_selector(f"h1:has-text('{words}')")
    page.goto("/en/")
    return page.get_by_text("My account").count() == 0


@covers("2.12")
def test_an_identity_is_linked_by_its_owner_and_signs_in(linked, issuer, tab):
    page = tab()
    sign_in(page, "an-01")
    page.wait_for_url(MINE)
    assert page.get_by_text(f"as an-01 at {issuer}").is_visible()
    kept = SocialAccount.objects.get()
    assert (kept.user, kept.extra_data) == (linked.an, {"iss": issuer, "sub": "an-01"})
    assert Entry.objects.filter(verb="user.identity_linked", row_id=linked.an.pk).count() == 1


@covers("2.12")
@pytest.mark.usefixtures("linked")
def test_the_same_email_with_another_subject_opens_nothing(tab):
    page = tab()
    sign_in(page, "khac-02")
    assert refused(page)
    assert SocialAccount.objects.count() == 1


@covers("2.12")
def test_no_account_is_made_nor_found_by_email(here, issuer, tab):
    count = User.objects.count()
    page = tab()
    sign_in(page, "an-01")
    assert refused(page)
    assert (User.objects.count(), SocialAccount.objects.count()) == (count, 0)


@covers("2.12")
@pytest.mark.usefixtures("linked")
def test_the_same_subject_of_another_issuer_opens_nothing(live_server, settings, tab):
    with oidc.running(live_server.url) as other:
        settings.SOCIALACCOUNT_PROVIDERS = oidc.named(other)
        page = tab()
        sign_in(page, "an-01")
        assert refused(page)


@covers("2.12")
@pytest.mark.usefixtures("linked")
def test_an_answer_serves_once_and_in_the_browser_that_asked(tab):
    page, thief, seen = tab(), tab(), []
    page.on("request", lambda asked: seen.append(asked.url) if oidc.BACK in asked.url else None)
    sign_in(page, "an-01")
    page.wait_for_url(MINE)
    page.goto("/en/account/logout/")
    page.click("main button")
    for browser in (page, thief):
        browser.goto(seen[0])
        browser.wait_for_selector("h1")
        browser.goto("/en/")
        assert browser.get_by_text("My account").count() == 0


@covers("2.12")
@pytest.mark.usefixtures("linked")
def test_a_stolen_code_is_worth_nothing_without_the_verifier(issuer, live_server, tab):
    page, seen = tab(), []
    page.on("request", lambda asked: seen.append(asked.url))
    sign_in(page, "an-01", before_the_end=lambda: page.context.clear_cookies(name="sessionid"))
    page.wait_for_url(f"**{oidc.BACK}*")
    question = parse_qs(urlsplit(next(url for url in seen if url.startswith(f"{issuer}/auth?"))).query)
    code = parse_qs(urlsplit(next(url for url in seen if oidc.BACK in url)).query)["code"][0]
    assert (question["code_challenge_method"], question["scope"]) == (["S256"], ["openid"])
    assert all(len(question[name][0]) >= 16 for name in ("nonce", "state", "code_challenge"))
    told = requests.post(
        f"{issuer}/token", auth=(oidc.CLIENT, oidc.SECRET), timeout=10,
        data={"grant_type": "authorization_code", "code": code, "redirect_uri": live_server.url + oidc.BACK},
    )  # fmt: skip
    assert (told.status_code, told.json()["error"]) == (400, "invalid_grant")


@covers("2.12")
def test_a_stewards_invitation_links_once(here, issuer, tab):
    mai = person("mai", here.doan_ket, Role.FOCAL)
    mai.set_unusable_password()
    mai.save()
    address = f"/en/account/invited/{user_pk_to_url_str(mai)}/{invitations.make_token(mai)}/"
    page = tab()
    page.goto(address)
    page.click("main form button")
    at_the_provider(page, "mai-07")
    page.wait_for_url("**/en/")
    assert page.get_by_text("mai", exact=True).is_visible()
    assert tab().goto(address).status == 404
    assert SocialAccount.objects.get(user=mai).extra_data["sub"] == "mai-07"


@covers("2.12")
def test_an_identity_opens_one_account_only(linked, tab):
    linked.chi.set_password(WORD)
    linked.chi.save()
    page = tab()
    with_password(page, linked.chi)
    page.click("text=Sign in with Cổng định danh from now on")
    at_the_provider(page, "an-01")
    page.wait_for_selector("text=already opens another account")
    assert SocialAccount.objects.get().user == linked.an


@covers("2.12")
def test_without_scripts_one_gets_there_too(linked, tab):
    page = tab(java_script_enabled=False)
    sign_in(page, "an-01")
    page.wait_for_url(MINE)
    assert page.get_by_text("You have").count() == 0
