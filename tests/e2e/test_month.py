"""One month of one duty in a browser: every clock runs, every silence has its consequence (2.25)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from tests.assignments.factory import CLEAR, parties, person, world
from tests.marks import covers
from thuocdo.accounts.enums import Role
from thuocdo.assignments import actions
from thuocdo.assignments.models import ChangeRequest, Claim, Demand, Hold

pytestmark = pytest.mark.django_db(transaction=True)
PDF = {"name": "ke-hoach.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 example"}
DUE = date(2025, 6, 20)


class Month:
    """The people at their browsers, on the days of June and July 2025."""

    def __init__(self, tab, client, live_server, monkeypatch):
        self.tab, self.client, self.url, self.monkeypatch = tab, client, live_server.url, monkeypatch
        self.hour = 1

    def on(self, month, day):
        """It is this day; every call on a day is an hour later."""
        self.hour = self.hour % 9 + 1
        at = datetime(2025, month, day, self.hour, tzinfo=UTC)
        self.monkeypatch.setattr(timezone, "now", lambda: at)
        actions.escalate(day=date(2025, month, day), at=at)
        return self

    def visit(self, user, address):
        """The person signs in and opens the address."""
        self.client.force_login(user)
        page = self.tab()
        cookie = {"name": "sessionid", "value": self.client.cookies["sessionid"].value, "url": self.url}
        page.context.add_cookies([cookie])
        assert page.goto(f"/en/{address}").status == 200
        return page

    def send(self, user, address, button, **fields):
        """The person fills the form and sends it; nothing is refused."""
        page = self.visit(user, address)
        for name, value in fields.items():
            fill(page, name, value)
        page.get_by_role("button", name=button).click()
        page.wait_for_load_state()
        assert page.locator("form .error").count() == 0, page.locator("main").inner_text()
        return page

    def words(self, user, address):
        return self.visit(user, address).locator("main").inner_text()


def fill(page, name, value):
    """A field by its name, whatever it is."""
    field = page.locator(f"[name={name}]")
    if field.first.get_attribute("type") == "radio":
        page.check(f"[name={name}][value={value}]")
    elif field.first.get_attribute("type") == "checkbox":
        field.check()
    elif field.evaluate("node => node.tagName") == "SELECT":
        field.select_option(value)
    elif isinstance(value, dict):
        field.set_input_files(value)
    else:
        field.fill(value)


@pytest.fixture
def here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    found = world()
    found.minh = person("minh", found.government, Role.INSPECTOR)
    found.khanh = person("khanh", found.ministry, Role.FOCAL)
    return found


@pytest.fixture
def month(tab, client, live_server, monkeypatch):
    return Month(tab, client, live_server, monkeypatch)


def give(month, here):
    """2 June: the duty is made clear and given, until 20 June."""
    month.on(6, 2)
    row = actions.draft(
        obligation=here.obligation,
        terms=replace(CLEAR, limit_on=DUE),
        parties=parties(here),
        by=here.chi,
        at=timezone.now(),
    )
    month.send(here.chi, f"assignments/{row.pk}/issue/", "Give it", given_on="2025-06-02")
    return f"assignments/{row.pk}/"


def wait(month, here, duty):
    """13 June: it waits for the ministry, which disputes it, then accepts."""
    month.on(6, 13).send(
        here.an, f"{duty}waits/", "Record it", agency="BKHCN", reason="Chờ hướng dẫn", opened_on="2025-06-13"
    )
    hold = Hold.objects.get()
    answer = f"holds/{hold.pk}/answer/"
    month.on(6, 14).send(
        here.khanh,
        answer,
        "Send the answer",
        state="disputed",
        reason="Đã có công văn",
        happened_on="2025-06-14",
    )
    assert "Waiting disputed" in month.words(here.minh, "inspect/")
    month.on(6, 16).send(here.khanh, answer, "Send the answer", state="accepted", happened_on="2025-06-16")
    month.on(6, 17).send(here.an, f"holds/{hold.pk}/close/", "Record it", closed_on="2025-06-17")


def extend(month, here, duty):
    """17 June: more time is asked for and granted; the first limit stays."""
    month.on(6, 17).send(
        here.an, f"{duty}ask/", "Send the request", kind="limit", limit_on="2025-06-25", reason="Chờ bốn ngày"
    )
    request = ChangeRequest.objects.get()
    month.on(6, 18).send(here.chi, f"requests/{request.pk}/", "Record the decision", decision="grant")


def promise(month, here, duty):
    """26 June: late, it promises 28 June, and does not keep it."""
    month.on(6, 26).send(
        here.an, f"{duty}promise/", "Promise", promised_on="2025-06-28", text="Trình ký trong hai ngày"
    )


def explain(month, here, duty):
    """29 June: it is asked to explain, within two working days, and does."""
    month.on(6, 29).send(
        here.minh, f"{duty}demand/", "Send it", kind="explain", text="Vì sao chậm?", term_days="2"
    )
    asked = Demand.objects.get()
    assert asked.answer_on == date(2025, 7, 2)  # 29 June 2025 is a Sunday: received on Monday
    month.on(6, 30).send(here.an, f"demands/{asked.pk}/answer/", "Send the answer", text="Thiếu chữ ký")


def complete(month, here, duty):
    """3 and 4 July: done, and confirmed: late."""
    month.on(7, 3).send(
        here.an, f"{duty}report/", "Send the report", text="Đã ban hành", completes=True,
        shown_on="2025-07-03", **{"e1-kind": "signed_file", "e1-file": PDF},
    )  # fmt: skip
    claim = Claim.objects.get()
    month.on(7, 4).send(here.binh, f"claims/{claim.pk}/review/", "Record the decision", verdict="accept")


@covers("2.25", "2.04", "2.05", "2.06", "2.07")
def test_a_month_of_one_duty(month, here):
    month.on(6, 1)
    duty = give(month, here)
    wait(month, here, duty)
    reminded = month.words(here.an, "notices/")
    extend(month, here, duty)
    promise(month, here, duty)
    explain(month, here, duty)
    month.on(7, 2)
    escalated = month.words(here.binh, "messages/")
    complete(month, here, duty)
    told = month.words(here.minh, duty)
    assert "20 June 2025" in reminded  # told seven days before
    assert CLEAR.work in escalated  # a message to a leader above waits for the office
    assert "completed late" in told
    assert "25 June 2025" in told
    assert "20 June 2025" in told  # the first limit stays visible
    for word in ("Chờ hướng dẫn", "Đã có công văn", "Trình ký trong hai ngày", "broken", "Vì sao chậm?"):
        assert word in told
    assert "Limits moved" in month.words(here.minh, "inspect/")
    assert "5" in month.words(here.minh, "inspect/moved/")
