"""The frame of every page: bytes, languages, cookies, addresses."""

import gzip

import pytest
from django.test import Client

from tests.marks import covers
from thuocdo.web import addresses, styles

pytestmark = pytest.mark.django_db


@pytest.fixture
def public():
    """Somebody who has not signed in."""
    return Client()


@covers("1.27")
@pytest.mark.parametrize(
    ("address", "language"), [("/", "vi"), ("/en/", "en"), ("/fr/", "fr"), ("/de/", "de")]
)
def test_the_language_stands_in_the_path(public, address, language):
    assert f'<html lang="{language}">' in public.get(address).content.decode()


@covers("1.27")
def test_the_language_of_the_browser_does_not_change_the_page(public):
    assert '<html lang="vi">' in public.get("/", headers={"accept-language": "de"}).content.decode()


@covers("1.33")
def test_the_first_visit_is_small(public):
    page = gzip.compress(public.get("/").content)
    sheet = gzip.compress(styles.TARGET.read_bytes())
    assert (len(page) <= 4_000, len(page) + len(sheet) <= 12_000) == (True, True)


@covers("1.33")
def test_the_first_visit_asks_for_three_files(public):
    page = public.get("/").content.decode()
    assert page.count("<link") + page.count("<script") + page.count("<img") == 2


def test_the_joined_sheet_is_current():
    assert styles.TARGET.read_text() == styles.joined(), "run: python -m thuocdo.web.styles"


@pytest.mark.parametrize("address", ["/", "/en/", "/en/nothing/"])
def test_a_public_reader_gets_no_cookie(public, address):
    assert public.get(address).cookies == {}


@pytest.mark.parametrize(
    ("path", "language", "expected"),
    [
        ("/", "de", "/de/"),
        ("/de/", "vi", "/"),
        ("/de", "vi", "/"),
        ("/en/agencies/1/?as_of=2025-09-30", "fr", "/fr/agencies/1/?as_of=2025-09-30"),
        ("/agencies/?q=en", "en", "/en/agencies/?q=en"),
        ("/english/", "de", "/de/english/"),
        ("/fr/?as_of=2025-09-30", "vi", "/?as_of=2025-09-30"),
    ],
)
def test_the_switch_of_language_keeps_page_and_query(path, language, expected):
    assert addresses.in_language(path, language) == expected


def test_links_keep_the_day(public):
    assert 'class="brand" href="/?as_of=2025-09-30"' in public.get("/?as_of=2025-09-30").content.decode()
