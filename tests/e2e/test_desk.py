"""The keyboard alone completes a report; the working pages hold at 320 px and pass axe."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from tests.assignments.factory import CLEAR, JUNE, claimed, given, parties, person, world
from tests.marks import covers
from thuocdo.accounts.enums import Role
from thuocdo.assignments import actions
from thuocdo.assignments.enums import ChangeKind
from thuocdo.assignments.models import Claim, Report
from thuocdo.assignments.terms import NOBODY, Ask, Parties

pytestmark = pytest.mark.django_db(transaction=True)
WORD = "mot-cau-du-dai-2025"


@pytest.fixture
def here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    found = world()
    found.row = given(found)
    return found


@pytest.fixture
def as_person(live_server, client):
    """Opens a tab in which the person has signed in."""

    def opened(tab, user, **options):
        client.force_login(user)
        page = tab(**options)
        cookie = client.cookies["sessionid"]
        page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
        return page

    return opened


def tab_to(page, selector):
    """Press Tab until the element has the focus; fails when it cannot be reached."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"{selector} cannot be reached by Tab")


@pytest.fixture
def at_the_report(here, tab):
    """An signs in and comes to the form, by Tab and Enter."""
    here.an.set_password(WORD)
    here.an.save()
    page = tab()
    page.goto(f"/account/login/?next=/en/assignments/{here.row.pk}/")
    tab_to(page, "[name=login]")
    page.keyboard.type(here.an.email)
    tab_to(page, "[name=password]")
    page.keyboard.type(WORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r":\d+/en/assignments/\d+/$"))
    tab_to(page, "a.button[href$='/report/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/report/")
    return page


@covers("1.35")
def test_the_keyboard_alone_completes_a_report(here, at_the_report):
    page, yesterday = at_the_report, timezone.localdate() - timedelta(days=1)
    tab_to(page, "[name=text]")
    page.keyboard.type("Đã ban hành kế hoạch")
    tab_to(page, "[name=completes]")
    page.keyboard.press("Space")
    tab_to(page, "[name=shown_on]")
    page.keyboard.type(f"{yesterday:%m%d%Y}")
    tab_to(page, "[name=e1-kind]")
    page.keyboard.type("issued")
    tab_to(page, "[name=e1-symbol]")
    page.keyboard.type("145/KH-UBND")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/en/assignments/{here.row.pk}/")
    assert Claim.objects.get().shown_on == yesterday


def pages(here):
    """(who, address) of the working pages, each with something on it."""
    claim = claimed(here, given(here))
    ask = Ask(ChangeKind.LIMIT, "Chờ hướng dẫn của Bộ", limit_on=CLEAR.limit_on.replace(month=9))
    asked = actions.ask_change(
        assignment=here.row, ask=ask, happened_on=CLEAR.limit_on.replace(day=18), by=here.an, at=JUNE
    )
    unclear = parties(here, head=NOBODY)
    draft = actions.draft(obligation=here.obligation, terms=CLEAR, parties=unclear, by=here.chi, at=JUNE)
    many = actions.draft(
        obligation=here.obligation, terms=CLEAR, parties=Parties(here.government, None), by=here.chi, at=JUNE
    )
    here.sen = person("sen", here.lai_chau, Role.STEWARD)
    here.thu = person("thu", here.government, Role.LEADER)
    row, text = here.row.pk, here.obligation.directive_id
    return [
        (here.an, "my-work/"), (here.chi, "my-work/"), (here.an, f"assignments/{row}/"),
        (here.chi, f"assignments/{row}/"), (here.an, f"assignments/{row}/report/"),
        (here.an, f"assignments/{row}/ask/"), (here.an, f"assignments/{row}/difficulty/"),
        (here.binh, f"claims/{claim.pk}/review/"), (here.chi, f"requests/{asked.pk}/"),
        (here.chi, f"obligations/{here.obligation.pk}/give/"), (here.chi, f"assignments/{draft.pk}/draft/"),
        (here.chi, f"assignments/{many.pk}/agencies/?look=1&localities=on&ministries=on"),
        (here.chi, "directives/register/"), (here.chi, f"directives/{text}/duty/"),
        (here.chi, f"directives/{text}/"), (here.thu, f"directives/{text}/public/"),
        (here.sen, f"people/{here.an.pk}/stands-in/"), (here.an, "account/mine/"),
        (here.an, "account/mine/data/"), (here.sen, f"people/{here.an.pk}/erase/"),
        (here.sen, "people/"), (here.sen, f"people/{here.an.pk}/"), (here.sen, "people/new/"),
    ]  # fmt: skip


@covers("1.35")
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_axe_finds_nothing_on_working_pages(here, tab, as_person, width, scheme):
    found = {}
    for user, address in pages(here):
        page = as_person(tab, user, width=width, scheme=scheme)
        assert page.goto(f"/{address}").status == 200, address
        ids = [(v["id"], v["nodes"][0]["html"][:200]) for v in Axe().run(page).response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth") > width
        page.context.close()
        if ids or wide:
            found[address] = (ids, wide)
    assert found == {}


@covers("1.14")
def test_without_scripts_a_wrong_report_keeps_what_was_typed(here, tab, as_person):
    page = as_person(tab, here.an, java_script_enabled=False)
    page.goto(f"/en/assignments/{here.row.pk}/report/")
    page.fill("[name=text]", "Đã ban hành")
    page.check("[name=completes]")
    page.set_input_files(
        "[name=e1-file]", {"name": "ky.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 example"}
    )
    page.click("main button")
    assert page.input_value("[name=text]") == "Đã ban hành"
    assert page.get_by_text("The file “ky.pdf” is kept").is_visible()
    assert not Report.objects.exists()
