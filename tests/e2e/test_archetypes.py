"""Eight kinds of pages in all languages, schemes, widths: nothing for axe, nothing out to the side."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.marks import covers
from tests.web import access_world

pytestmark = pytest.mark.django_db(transaction=True)
# kind of page -> (who opens it, its address)
KINDS = {
    "overview": ("leader", ""),
    "list": ("leader", "assignments/"),
    "directive": ("leader", "directives/{directive}/"),
    "assignment": ("leader", "assignments/{assignment}/"),
    "form": ("focal", "assignments/{assignment}/report/"),
    "review": ("reviewer", "claims/{claim}/review/"),
    "search": ("leader", "search/?q=nhiem+vu"),
    "log": ("inspector", "log/"),
}
# all that a person with an account may open besides, tried once: Vietnamese, light, 320 px
OTHERS = [
    ("leader", "agencies/{agency}/"), ("leader", "directives/"),
    ("focal", "my-work/"), ("reviewer", "my-work/"),
    ("registrar", "assignments/{draft}/draft/"), ("registrar", "directives/register/"),
    ("registrar", "obligations/{obligation}/give/"), ("registrar", "directives/{directive}/import/"),
    ("registrar", "requests/{request}/"), ("focal", "assignments/{assignment}/ask/"),
    ("focal", "holds/{hold}/close/"), ("steward", "people/"), ("steward", "people/{person}/"),
]  # fmt: skip


@pytest.fixture
def scene(settings, tmp_path):
    settings.SIGN_IN_OF_EXAMPLES = True
    settings.MEDIA_ROOT = tmp_path
    return access_world.scene()


@pytest.fixture
def seen(scene, tab, live_server):
    """What is wrong with a page: what axe finds, and how far it stands out to the side."""

    def looked(role, address, width, scheme):
        page = tab(width, scheme)
        cookie = scene.clients[role].cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return lambda prefix: _wrong(page, f"/{prefix}{address.format(**scene.own.ids)}", width)

    return looked


def _wrong(page, address, width):
    status = page.goto(address).status
    found = [(v["id"], v["nodes"][0]["html"][:160]) for v in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth")
    ok = status == 200 and not found and wide <= width and page.locator("h1").count() == 1
    return [] if ok else [(address, status, found, wide)]


@covers("1.35")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_each_kind_of_page_in_each_language(seen, width, scheme):
    wrong = []
    for role, address in KINDS.values():
        look = seen(role, address, width, scheme)
        wrong += [fault for language in ("", "en/", "fr/", "de/") for fault in look(language)]
    assert wrong == []


@covers("1.35")
def test_every_other_page_on_a_telephone(seen):
    assert [fault for role, address in OTHERS for fault in seen(role, address, 320, "light")("")] == []
