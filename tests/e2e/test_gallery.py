"""The components hold to the rules of accessibility at each width and in each colour scheme."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.marks import covers

SIZES = [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")]


@pytest.fixture
def gallery(tab, settings):
    """Opens the components page in a width and colour scheme; `said` is what the browser complained of."""
    settings.SHOW_COMPONENTS = True

    def opened(width=1280, scheme="light"):
        page = tab(width, scheme)
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        assert page.goto("/en/components/").status == 200
        return page

    return opened


@covers("1.35")
@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_axe_finds_nothing(gallery, width, scheme):
    found = Axe().run(gallery(width, scheme))
    assert [(v["id"], v["nodes"][0]["html"]) for v in found.response["violations"]] == []


@covers("1.35")
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_stands_out_to_the_side(gallery, width):
    assert gallery(width).evaluate("document.documentElement.scrollWidth") <= width


@covers("1.30")
def test_the_policy_refuses_nothing_of_ours(gallery):
    assert gallery().said == []
