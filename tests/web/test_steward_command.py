"""The first steward of an empty installation: a link of one use, no password on the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.agencies.factory import agency
from tests.assignments.factory import person
from tests.marks import covers
from tests.web.factory import signed_in
from thuocdo.accounts.enums import Role
from thuocdo.accounts.models import User
from thuocdo.audit.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.urls("thuocdo.config.urls")]
PASSWORD = "mot mat khau that dai 2025"


@pytest.fixture
def lai_chau():
    return agency("UBND-12", "UBND tỉnh Lai Châu")


def steward(email="sen@laichau.example", name="Lò Thị Sen", where="UBND-12"):
    out = StringIO()
    call_command(
        "steward", email, name=name, agency=where, language="en", address="https://x.vn/", stdout=out
    )
    return out.getvalue()


def link(printed):
    return printed.strip().splitlines()[-1].removeprefix("https://x.vn")


@covers("1.04")
def test_the_link_sets_the_password_once_and_the_steward_manages_people(lai_chau):
    path = link(steward())
    client = Client()
    form = client.get(path, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    assert User.objects.get().check_password(PASSWORD)
    assert signed_in(User.objects.get()).get("/en/people/").status_code == 200
    assert "password1" not in Client().get(path, follow=True).content.decode()


def test_it_stands_in_the_log(lai_chau):
    steward()
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"user.created", "membership.opened"} <= verbs


@covers("1.04")
def test_it_is_refused_once_there_is_a_steward(lai_chau):
    person("lan", lai_chau, Role.STEWARD)
    with pytest.raises(CommandError, match="There already is a steward: lan"):
        steward()
    assert User.objects.count() == 1


def test_a_link_that_was_lost_is_printed_again_until_a_password_is_set(lai_chau):
    steward()
    assert "/account/" in link(steward())
    made = User.objects.get()
    made.set_password(PASSWORD)
    made.save()
    with pytest.raises(CommandError, match="There already is a steward"):
        steward()


def test_an_unknown_agency_is_said_with_what_to_do():
    with pytest.raises(CommandError, match="load_agencies"):
        steward()
