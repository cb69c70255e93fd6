"""What a page requires, and what those see who may not open it."""

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from tests.marks import covers
from thuocdo.accounts.enums import Permission
from thuocdo.accounts.models import User
from thuocdo.accounts.permissions import PUBLIC, Reader
from thuocdo.lib.moments import MOMENT_MAX
from thuocdo.web import access

pytestmark = pytest.mark.django_db

AN = User(id=7, email="an@example.org", name="Trần Văn An", created_at=MOMENT_MAX)
REPORTER = Reader(AN, {Permission.REPORT: frozenset({1})})


@access.requires(Permission.REPORT)
def write_report(request, number):
    return HttpResponse(f"{request.reader.user} {number}")


def opened(reader, method="get"):
    """What write_report answers to this reader."""
    request = getattr(RequestFactory(), method)("/report/5/?as_of=2025-09-30")
    request.reader = reader
    return write_report(request, 5)


@covers("1.29")
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_holds_the_permission_opens_the_page(method):
    assert opened(REPORTER, method).content.decode() == "Trần Văn An 5"


@covers("1.29")
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_has_not_signed_in_is_asked_to_and_comes_back(method):
    answer = opened(PUBLIC, method)
    assert answer.headers["Location"] == "/account/login/?next=/report/5/%3Fas_of%3D2025-09-30"


@covers("1.29")
@pytest.mark.parametrize("method", ["get", "post"])
def test_for_who_may_not_the_page_is_not_there(method):
    with pytest.raises(Http404):
        opened(Reader(AN), method)


@covers("1.29")
def test_every_address_states_what_it_requires():
    rows = access.rows()
    assert (
        "web:home" in {f"web:{row.name}" for row in rows},
        [row for row in rows if not row.permission],
    ) == (True, [])


def test_every_address_has_a_name_of_its_own():
    names = [row.name for row in access.rows()]
    assert len(set(names)) == len(names)
