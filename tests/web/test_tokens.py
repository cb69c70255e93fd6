"""The pages of tokens: made, shown once, revoked; those of programs by the stewards of their agencies."""

import re

import pytest

from tests.api.client import Program, token
from tests.assignments import factory
from tests.marks import covers
from tests.web.factory import signed_in
from thuocdo.accounts.enums import Role
from thuocdo.accounts.models import Membership, Token, User

pytestmark = pytest.mark.django_db
WANTED = {"name": "Phần mềm báo cáo", "scope": ["report", "read_own"]}


@pytest.fixture
def here():
    return factory.world()


def sent(page, **more):
    """What the form of the page sends back."""
    text = page.content.decode()
    ends_on = re.search(r'name="ends_on" value="([^"]*)"', text)
    once = re.search(r'name="once" value="([^"]*)"', text)
    return {"once": once[1], "ends_on": ends_on[1], **WANTED, **more}


@covers("2.14")
def test_a_token_is_shown_once_and_works(here):
    client = signed_in(here.an)
    filled = sent(client.get("/me/tokens/"))
    made, again = client.post("/me/tokens/", filled), client.post("/me/tokens/", filled)
    secret = re.search(r"td_[\w-]{43}", made.content.decode())[0]
    assert Program(secret).get("/work").status_code == 200
    assert (again.status_code, Token.objects.count()) == (302, 1)
    assert secret not in client.get("/me/tokens/").content.decode()


@covers("2.14")
def test_only_what_the_account_may_can_be_ticked(here):
    client = signed_in(here.an)
    page = client.get("/me/tokens/")
    refused = client.post("/me/tokens/", sent(page, scope=["review"]))
    assert 'value="review"' not in page.content.decode()
    assert (refused.status_code, Token.objects.exists()) == (200, False)


@covers("2.14")
def test_a_revoked_token_is_marked_and_opens_nothing(here):
    client, (made, secret) = signed_in(here.an), token(here.an)
    page = client.get(f"/tokens/{made.pk}/revoke/")
    once = re.search(r'name="once" value="([^"]*)"', page.content.decode())[1]
    assert client.post(f"/tokens/{made.pk}/revoke/", {"once": once})["Location"] == "/me/tokens/"
    assert Program(secret).get("/me").status_code == 401
    assert f"/tokens/{made.pk}/revoke/" not in client.get("/me/tokens/").content.decode()


@covers("2.14")
def test_a_steward_opens_a_program_and_makes_its_token_after_its_role(here):
    client = signed_in(factory.person("em", here.lai_chau, Role.STEWARD))
    opened = client.post("/people/machine/", {"name": "Phần mềm của tỉnh"})
    machine = User.objects.get(email__endswith="machine.invalid")
    address = f"/people/{machine.pk}/tokens/"
    before = client.post(address, sent(client.get(address)))
    Membership.objects.create(
        user=machine, agency=here.lai_chau, role=Role.FOCAL, opened_on=here.lai_chau.opened_on
    )
    client.post(address, sent(client.get(address)))
    assert (opened["Location"], before.status_code) == (f"/people/{machine.pk}/", 200)
    assert Token.objects.get().user == machine
