"""Browsers of named people, without a browser: what a page answers, and a form filled as it was shown."""

import re
from html import unescape

from django.test import Client

KEY = re.compile(r'name="once" value="([^"]+)"')


def signed_in(user) -> Client:
    """A client in which this person has signed in."""
    client = Client()
    client.force_login(user)
    return client


def text_of(answer) -> str:
    """The page without tags, spaces single."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def key_of(answer) -> str:
    """The key of the form on a page."""
    found = KEY.search(answer.content.decode())
    assert found, "the page has no form of an act"
    return found[1]


def fill(client, address: str, **fields):
    """Open the page, fill its form, send it."""
    return client.post(address, {"once": key_of(client.get(address)), **fields})
