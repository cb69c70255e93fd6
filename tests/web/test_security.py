"""What every answer carries, whoever asks: headers, no inline code, few cookies, nothing of the inside."""

import re

import pytest
from django.conf import settings as configured
from django.test import Client

from tests.marks import covers
from tests.web import access_world
from tests.web.access_world import ROLES
from thuocdo.accounts.models import User
from thuocdo.lib.moments import MOMENT_MAX

pytestmark = pytest.mark.django_db
PAGES = [
    "/", "/en/", "/agencies/UBND-12/", "/assignments/", "/assignments/{assignment}/", "/directives/",
    "/directives/{directive}/", "/search/?q=a", "/log/", "/account/login/", "/nothing/", "/?as_of=2999-01-01",
    "/my-work/", "/people/", "/assignments/{assignment}/report/", "/claims/{claim}/review/",
]  # fmt: skip
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)


@pytest.fixture
def scene(settings, tmp_path):
    settings.SIGN_IN_OF_EXAMPLES = True
    settings.MEDIA_ROOT = tmp_path
    return access_world.scene()


def answers(scene):
    """(role, address, answer) of every page for every role."""
    for role in ROLES:
        for page in PAGES:
            address = page.format(**scene.own.ids)
            yield role, address, scene.clients[role].get(address)


@covers("1.30")
def test_every_answer_carries_the_headers_and_a_strict_policy(scene):
    wrong = []
    for role, address, answer in answers(scene):
        policy = answer.headers.get("Content-Security-Policy", "")
        strict = "default-src 'none'" in policy and "unsafe" not in policy and "*" not in policy
        kept = {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        wrong += [] if strict and kept else [(role, address, policy)]
    assert wrong == []


@covers("1.30")
def test_no_page_has_code_or_style_in_it(scene):
    found = [
        (role, address, INLINE.search(answer.content.decode())[0])
        for role, address, answer in answers(scene)
        if INLINE.search(answer.content.decode())
    ]
    assert found == []


@covers("1.30")
def test_only_who_signs_in_gets_cookies(scene):
    cookies = {
        address: set(answer.cookies)
        for role, address, answer in answers(scene)
        if role == "public" and answer.cookies
    }
    assert {name for names in cookies.values() for name in names} <= {"csrftoken"}
    assert set(cookies) <= {"/account/login/"}


@covers("1.30")
def test_a_session_cannot_be_read_by_scripts_or_sent_from_elsewhere():
    assert (configured.SESSION_COOKIE_HTTPONLY, configured.SESSION_COOKIE_SAMESITE) == (True, "Lax")


@covers("1.30")
def test_a_form_without_its_token_changes_nothing(scene):
    client = Client(enforce_csrf_checks=True)
    client.force_login(scene.here.an)
    rows = scene.here.obligation
    answer = client.post(f"/assignments/{scene.own.ids['assignment']}/report/", {"text": "x"})
    assert (answer.status_code, rows.assignments.count()) == (403, 0)


@covers("1.30")
@pytest.mark.parametrize(
    "onward", ["https://example.net/", "//example.net/", "/\\example.net", "javascript:1"]
)
def test_signing_in_leads_to_no_other_host(onward, settings):
    settings.SIGN_IN_OF_EXAMPLES = True
    user = User(email="an@example.org", name="An", created_at=MOMENT_MAX)
    user.set_password("bốn mùa hoa ban nở")
    user.save()
    sent = {"login": user.email, "password": "bốn mùa hoa ban nở", "next": onward}
    answer = Client().post("/en/account/login/", sent)
    assert (answer.status_code, "example.net" in answer["Location"], "script" in answer["Location"]) == (
        302,
        False,
        False,
    )


@covers("1.30", "1.02")
def test_the_people_of_the_demo_world_are_dead_where_others_can_reach(settings):
    settings.SIGN_IN_OF_EXAMPLES = True
    user = User.objects.create(email="vd@example.org", name="Ví dụ", is_example=True, created_at=MOMENT_MAX)
    client = Client()
    client.force_login(user)
    alive = client.get("/en/").content.decode()
    settings.SIGN_IN_OF_EXAMPLES = False
    dead = client.get("/en/").content.decode()
    assert ("Ví dụ" in alive, "Ví dụ" in dead) == (True, False)


@covers("1.30", "1.14")
def test_an_uploaded_file_is_handed_out_to_be_kept_and_never_run(scene):
    answer = scene.clients["focal"].get(f"/files/{scene.own.ids['file']}/")
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    found = (answer["Content-Disposition"].split(";")[0], answer["X-Content-Type-Options"], body[:4])
    assert found == ("attachment", "nosniff", b"%PDF")
