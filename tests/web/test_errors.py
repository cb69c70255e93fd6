"""Pages for when something does not work: four languages, what happened, what to do, never a trace."""

import pytest
from django.test import Client, RequestFactory
from django.urls import path

from tests.marks import covers
from thuocdo.config import urls as root
from thuocdo.lib.say import Refused, say
from thuocdo.web import errors

pytestmark = pytest.mark.django_db


def breaks(request):
    raise ValueError("a secret of the inside")


def refuses(request):
    raise Refused(say("Nobody confirms a claim they made or forwarded."))


handler400, handler403, handler404, handler500 = (
    root.handler400,
    root.handler403,
    root.handler404,
    root.handler500,
)
urlpatterns = [path("breaks/", breaks), path("refuses/", refuses), *root.urlpatterns]


@pytest.fixture
def visitor():
    """Somebody who meets the fault as in real use."""
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@covers("1.30")
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/en/nothing/", "There is nothing at this address"),
        ("/vi/", "Không có gì ở địa chỉ này"),
        ("/nothing/", "Không có gì ở địa chỉ này"),
        ("/fr/nothing/", "Il n’y a rien à cette adresse"),
        ("/de/nothing/", "Unter dieser Adresse ist nichts"),
    ],
)
def test_a_page_that_is_not_there_says_so_in_the_language(visitor, address, words):
    answer = visitor.get(address)
    assert (answer.status_code, words in answer.content.decode()) == (404, True)


@covers("1.30")
@pytest.mark.urls("tests.web.test_errors")
def test_a_fault_of_ours_shows_no_trace(visitor):
    answer = visitor.get("/breaks/")
    page = answer.content.decode()
    assert (answer.status_code, "secret" in page, "Traceback" in page, "<main" in page) == (
        500,
        False,
        False,
        True,
    )


@covers("1.30")
@pytest.mark.urls("tests.web.test_errors")
def test_a_refusal_that_no_page_caught_is_told_in_words(visitor):
    answer = visitor.get("/refuses/")
    assert (answer.status_code, "<li>" in answer.content.decode()) == (400, True)


@covers("1.30")
def test_a_form_without_its_token_is_explained(visitor):
    answer = visitor.post("/en/account/login/", {"login": "an@example.org"})
    assert (answer.status_code, "This form was open for too long" in answer.content.decode()) == (403, True)


@pytest.mark.parametrize(("view", "status"), [(errors.bad_request, 400), (errors.forbidden, 403)])
def test_the_rarer_errors_have_a_page_too(view, status):
    answer = view(RequestFactory().get("/"), ValueError("a secret"))
    assert (answer.status_code, "secret" in answer.content.decode()) == (status, False)
