"""The search page says what was found, or what to do."""

import pytest

from tests.assignments import factory
from tests.directives import factory as directives
from tests.marks import covers

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> factory.World:
    world = factory.world()
    directives.directive("422/QĐ-TTg", title="Phê duyệt Đề án chuyển đổi số", public=True)
    return world


def page(client, query: str) -> str:
    response = client.get(f"/en/search/{query}")
    assert response.status_code == 200
    return response.content.decode()


@covers("1.23", "1.28")
def test_a_text_is_found_and_linked(world, client):
    assert ">422/QĐ-TTg</a>" in page(client, "?q=quyet+dinh+422&as_of=2025-06-20")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Write what you look for"), ("?q=a", "One letter is too little"),
        ("?q=khong+co+gi", "Use fewer words"),
    ],
)  # fmt: skip
def test_each_empty_state_says_what_to_do(world, client, query, words):
    assert words in page(client, query)


def test_a_question_is_shown_again_escaped(world, client):
    assert "<script>" not in page(client, "?q=%3Cscript%3E")


def test_every_page_has_the_box_and_it_keeps_the_day(world, client):
    body = client.get("/en/directives/?as_of=2025-06-20").content.decode()
    assert 'action="/en/search/"' in body
    assert '<input type="hidden" name="as_of" value="2025-06-20">' in body
