"""Sample people sign in only where settings.SIGN_IN_OF_EXAMPLES says so (issue line 1.02)."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import authenticate
from django.test import Client

from tests.marks import covers
from thuocdo.accounts.models import User

SECRET = "thuoc-do-vi-du"


@pytest.fixture
def person(db, request):
    made = User(
        email="mau@vidu.example", name="Mẫu (ví dụ)", is_example=request.param,
        created_at=datetime(2025, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    made.set_password(SECRET)
    made.save()
    return made


@covers("1.02")
@pytest.mark.parametrize(
    ("person", "allowed", "enters"),
    [(True, True, True), (True, False, False), (False, False, True)],
    indirect=["person"],
)
def test_who_may_sign_in(person, allowed, enters, settings, rf):
    settings.SIGN_IN_OF_EXAMPLES = allowed
    found = authenticate(rf.post("/"), email=person.email, password=SECRET)
    assert (found == person) is enters


@covers("1.02")
@pytest.mark.parametrize("person", [True], indirect=True)
def test_an_open_session_of_an_example_is_dead_too(person, settings):
    settings.SIGN_IN_OF_EXAMPLES = True
    client = Client()
    client.force_login(person)
    settings.SIGN_IN_OF_EXAMPLES = False
    assert person.name not in client.get("/en/").content.decode()
