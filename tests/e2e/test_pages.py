"""Every public page at 320 px in Vietnamese: nothing for axe to find, nothing out to the side."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.marks import covers
from thuocdo.accounts.enums import Permission
from thuocdo.web import access

PUBLIC = [
    row.address
    for row in access.rows()
    if row.permission is Permission.READ_PUBLIC and "<" not in row.address and row.address.endswith("/")
]
ACCOUNT = [
    f"/account/{page}"
    for page in ("login/", "signup/", "password/reset/", "password/reset/done/", "inactive/")
]
WRONG = ["/nothing/", "/?as_of=2999-01-01"]


@covers("1.35")
@pytest.mark.parametrize("address", [*PUBLIC, *ACCOUNT, *WRONG])
def test_a_page_on_a_telephone(tab, settings, address):
    settings.SHOW_COMPONENTS = True
    page = tab(320)
    page.goto(address)
    found = [(v["id"], v["nodes"][0]["html"]) for v in Axe().run(page).response["violations"]]
    width = page.evaluate("document.documentElement.scrollWidth")
    assert (page.locator("h1").count(), found, width) == (1, [], 320)
