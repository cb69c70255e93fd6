"""A ranking in a browser: published, read on a telephone, recomputed outside, withdrawn (3.15, 3.22)."""

import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.assignments.factory import person
from tests.indicators.factory import world
from tests.indicators.served import counted, published, put
from tests.marks import covers
from thuocdo.accounts.enums import Role
from thuocdo.agencies import actions as agency_actions
from thuocdo.indicators.enums import Units

pytestmark = pytest.mark.django_db(transaction=True)
SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "recompute_ranking.py"


@pytest.fixture
def here():
    """An installation of invented figures: Lai Châu ahead of Hưng Yên."""
    made = world()
    made.leader = person("thu", made.government, Role.LEADER)
    good, fair = counted(9_000, 10_000, flag_moved_promise=4), counted(6_000, 10_000)
    put({made.lai_chau: good, made.doan_ket: good, made.hung_yen: fair, made.pho_hien: fair})
    at = made.doan_ket.recorded_at
    agency_actions.describe_installation(opens_on=None, is_synthetic=True, by=None, at=at)
    return made


def signed_in(tab, client, live_server, user, width=1280, scheme="light"):
    client.force_login(user)
    page = tab(width, scheme)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    return page


@covers("3.15", "3.22")
def test_a_leader_publishes_and_an_outside_reader_recomputes(here, tab, client, live_server, tmp_path):
    page = signed_in(tab, client, live_server, here.leader)
    page.goto(f"/en/index766/?agency={here.government.code}")
    page.get_by_role("link", name="Publish a ranking").click()
    page.get_by_role("button", name="Publish it").click()
    page.wait_for_url("**/rankings/*/")
    reader = tab(320, "dark")  # the public
    reader.goto(page.url)
    assert reader.get_by_role("row", name="UBND tỉnh Lai Châu").inner_text().startswith("1")
    with reader.expect_download() as given:
        reader.get_by_role("link", name="Package (ZIP)").click()
    package = tmp_path / "package.zip"
    given.value.save_as(package)
    told = subprocess.run([sys.executable, "-I", SCRIPT, package], capture_output=True, text=True)
    assert told.stdout == "2 units ranked of 2; all as published\n"
    page.get_by_role("link", name="Withdraw this ranking").click()
    page.get_by_label("Reason").fill("Thiếu số liệu của một xã")
    page.get_by_role("button", name="Withdraw it").click()
    page.wait_for_url("**/rankings/*/")
    reader.reload()
    assert "Thiếu số liệu của một xã" in reader.locator("main").inner_text()


@covers("3.15", "3.16")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_on_a_telephone(here, tab, client, live_server, scheme):
    row = published(here.government, Units.PROVINCES)
    page = signed_in(tab, client, live_server, here.leader, 320, scheme)
    code = here.lai_chau.code
    for address in (f"/rankings/{row.pk}/", f"/rankings/{row.pk}/{code}/", f"/index766/{code}/",
                    f"/index766/?agency={here.government.code}", "/rankings/publish/",
                    f"/rankings/{row.pk}/withdraw/"):  # fmt: skip
        page.goto(address)
        found = [(v["id"], v["nodes"][0]["html"]) for v in Axe().run(page).response["violations"]]
        width = page.evaluate("document.documentElement.scrollWidth")
        assert (address, page.locator("h1").count(), found, width) == (address, 1, [], 320)
