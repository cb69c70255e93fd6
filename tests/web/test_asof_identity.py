"""A day as known at a moment never changes; a day as known now changes by what came later, and says so."""

import re

import pytest
from django.db import transaction
from django.test import Client

from tests.assignments import factory
from tests.marks import covers
from tests.web import asof_world
from tests.web.asof_world import DAY, FACTS, KNOWN, addresses
from thuocdo.accounts.enums import Role

pytestmark = pytest.mark.django_db
MAIN = re.compile(r"<main.*?</main>", re.DOTALL)


@pytest.fixture
def w(settings):
    """What was known on 1 July 2025."""
    settings.SIGN_IN_OF_EXAMPLES = True
    return asof_world.known()


def main_of(client, address, language=""):
    """Status and `<main>` of a page at DAY, as known at KNOWN."""
    asked = f"as_of={DAY}&known={KNOWN:%Y-%m-%dT%H:%M}Z"
    full = f"/{language}{address.lstrip('/')}{'&' if '?' in address else '?'}{asked}"
    answer = client.get(full)
    return full, answer.status_code, MAIN.search(answer.content.decode())[0]


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def changed(reader, before, addresses, language):
    """The addresses that answer otherwise than before."""
    return [
        was[0]
        for was, address in zip(before, addresses, strict=True)
        if main_of(reader, address, language) != was
    ]


@covers("1.19")
def test_a_day_as_it_was_known_never_changes(w):
    public, asked = Client(), addresses(w)
    before = [main_of(public, address, "en/") for address in asked]
    wrong = {}
    for name, fact in FACTS.items():
        mark = transaction.savepoint()
        fact(w)
        wrong[name] = changed(public, before, asked, "en/")
        transaction.savepoint_rollback(mark)
    assert {name: found for name, found in wrong.items() if found} == {}


@covers("1.19")
@pytest.mark.parametrize("language", ["", "fr/", "de/"])
def test_nor_in_another_language_or_for_who_reads_more(w, language):
    leader = factory.person("giang", w.here.lai_chau, Role.LEADER)
    inspector = factory.person("dung", w.here.government, Role.INSPECTOR)
    readers = [signed_in(leader), signed_in(inspector)]
    before = [main_of(one, address, language) for one in readers for address in addresses(w)]
    for fact in ("reported", "retitled", "translated_anew", "issued", "review_corrected", "merged"):
        FACTS[fact](w)
    assert [main_of(one, address, language) for one in readers for address in addresses(w)] == before
