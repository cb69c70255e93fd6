"""The whole way of a duty in a browser: imported, issued, reported, returned, repeated, confirmed, seen."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.assignments.factory import person, world
from tests.marks import covers
from thuocdo.accounts.enums import Role

pytestmark = pytest.mark.django_db(transaction=True)
HEAD = ["Nhóm", "TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Sản phẩm", "Thời hạn"]
NAMED = ["I", "1", "Xây dựng kế hoạch", "UBND tỉnh Lai Châu", "", "Kế hoạch", "31/12/2030"]
OPEN = ["I", "2", "Lập đề án", "một số tỉnh đủ điều kiện", "", "Đề án", "31/12/2030"]
PDF = {"name": "ke-hoach.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 example"}


@pytest.fixture
def here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    found = world()
    found.thu = person("thu", found.government, Role.LEADER)
    found.minh = person("minh", found.government, Role.INSPECTOR)
    return found


@pytest.fixture
def open_as(tab, live_server, client):
    """A tab in which the person has signed in, at the address."""

    def opened(user, address):
        client.force_login(user)
        page = tab()
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])
        assert page.goto(f"/en/{address}").status == 200
        return page

    return opened


def import_table(page):
    """The registrar chooses a table, looks at it, enters it; the open question stays open."""
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, NAMED, OPEN])
    table = {"name": "bang.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode()}
    page.get_by_role("link", name="Import a table of duties").click()
    page.get_by_label("Table").set_input_files(table)
    page.get_by_role("button", name="Look at the table").click()
    assert page.locator("#asks").get_by_text("một số tỉnh đủ điều kiện").first.is_visible()
    page.get_by_role("button", name="Enter what can be entered").click()
    assert page.get_by_text("Entered: 2 duties, 1 assignments").is_visible()


def issue(page):
    """The duty nobody leads is made clear and given, today."""
    page.locator("tr", has_text="Lập đề án").get_by_role("link", name="Prepare an assignment").click()
    page.fill("[name=lead]", "UBND-33")
    page.select_option("[name=product_kind]", "plan")
    page.fill("[name=signer]", "Chủ tịch UBND tỉnh")
    page.fill("[name=head_post]", "Chủ tịch")
    page.fill("[name=head_name]", "Trần Văn Mẫu")
    page.fill("[name=head_since]", "2025-01-02")
    page.get_by_role("button", name="Save the draft").click()
    page.get_by_role("link", name="Give it").click()
    page.get_by_role("button", name="Give it").click()
    assert page.get_by_text("It is given.").is_visible()


def claim(page, words, section):
    """The focal point opens the duty from its work and claims completion with a file."""
    page.locator(section).get_by_role("link", name="Xây dựng kế hoạch").click()
    if "/report/" not in page.url:
        page.get_by_role("link", name="Report", exact=True).click()
    page.fill("[name=text]", words)
    page.check("[name=completes]")
    page.fill("[name=shown_on]", timezone.localdate().isoformat())
    page.select_option("[name=e1-kind]", "signed_file")
    page.set_input_files("[name=e1-file]", PDF)
    page.get_by_role("button", name="Send the report").click()
    assert page.get_by_text("The report is sent.").is_visible()


def review(page, verdict, reason=""):
    """The reviewer opens what waits, and decides."""
    page.locator("#to_confirm").get_by_role("link", name="Xây dựng kế hoạch").click()
    assert page.get_by_role("link", name="ke-hoach.pdf").is_visible()
    page.check(f"[name=verdict][value={verdict}]")
    page.fill("[name=reason]", reason)
    page.get_by_role("button", name="Record the decision").click()
    assert page.get_by_text("The decision is recorded.").is_visible()


def figures(page):
    """Assigned and completed, declared then confirmed, as the overview prints them."""
    rows = page.locator("section.of8 table.rows tbody tr")
    return [row.locator("td").all_inner_texts()[:2] for row in rows.all()]


@covers("1.36")
def test_the_way_of_a_duty(here, open_as):
    today = timezone.localdate()
    registrar = open_as(here.chi, f"directives/{here.obligation.directive_id}/")
    import_table(registrar)
    issue(registrar)
    claim(open_as(here.an, "my-work/"), "Đã xong", "#due")
    review(open_as(here.binh, "my-work/"), "return", "Tệp chưa có chữ ký")
    again = open_as(here.an, "my-work/")
    assert again.locator("#returned").get_by_text("Tệp chưa có chữ ký").is_visible()
    claim(again, "Đã có chữ ký", "#returned")
    review(open_as(here.binh, "my-work/"), "accept")
    yesterday = today - timedelta(days=1)
    assert figures(open_as(here.thu, f"?as_of={yesterday}")) == [["1", "0"], ["1", "0"]]
    assert figures(open_as(here.thu, f"?as_of={today}")) == [["2", "1"], ["2", "1"]]
    entries = open_as(here.minh, "log/").locator("main").inner_text()
    verbs = ("claim.returned", "claim.accepted", "assignment.given", "file.received")
    assert [verb in entries for verb in verbs] == [True] * 4
