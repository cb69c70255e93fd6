"""The calendar of a person: what they may read, under a name that stays, read by a foreign program."""

import os
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from tests.agencies.factory import FIRST_DAY
from tests.assignments.factory import CLEAR, HEAD, world
from tests.marks import covers
from tests.web.factory import signed_in
from thuocdo.assignments import actions
from thuocdo.assignments.enums import ChangeKind
from thuocdo.assignments.terms import Ask, Parties

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(settings):
    """Lai Châu leads a duty due in ten days, Hưng Yên another; An has an address."""
    settings.ADDRESS = "https://thuocdo.example"
    made = world()
    made.now = timezone.now()
    made.today = timezone.localdate()
    made.duty = due(made, made.lai_chau, made.today + timedelta(days=10), "Ban hành kế hoạch")
    due(made, made.hung_yen, made.today + timedelta(days=10), "Việc của nơi khác")
    page = signed_in(made.an).post("/en/me/notices/calendar/").content.decode()
    made.address = re.search(r"https://thuocdo\.example(/[^<]+\.ics)", page)[1]
    return made


def due(here, lead, limit_on, work):
    terms = dict(vars_of(CLEAR), limit_on=limit_on, work=work)
    row = actions.draft(
        obligation=here.obligation, terms=type(CLEAR)(**terms), parties=Parties(here.government, lead, HEAD),
        by=None, at=here.now,
    )  # fmt: skip
    return actions.issue(assignment=row, given_on=FIRST_DAY + timedelta(days=90), by=None, at=here.now)


def vars_of(terms):
    return {name: getattr(terms, name) for name in terms.__dataclass_fields__}


def events(here):
    answer = Client().get(here.address)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


@covers("2.08")
def test_it_holds_what_my_agency_leads_and_nothing_of_others(here):
    (event,) = events(here)
    assert (str(event["SUMMARY"]), event.decoded("DTSTART")) == (
        "Ban hành kế hoạch",
        here.today + timedelta(days=10),
    )
    assert str(event["URL"]) == f"https://thuocdo.example/assignments/{here.duty.pk}/"


@covers("2.08")
def test_a_moved_limit_keeps_its_name_and_raises_its_number(here):
    (before,) = events(here)
    for days in (20, 30):
        limit_on = here.today + timedelta(days=days)
        facts = {"happened_on": here.today, "by": None, "at": timezone.now()}
        ask = Ask(ChangeKind.LIMIT, "Chờ", limit_on=limit_on)
        request = actions.ask_change(assignment=here.duty, ask=ask, **facts)
        actions.decide_change(request=request, granted=True, limit_on=limit_on, **facts)
    (after,) = events(here)
    assert after["UID"] == before["UID"]
    assert after.decoded("DTSTART") == here.today + timedelta(days=30)
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 2)


@covers("2.08")
def test_a_revoked_address_is_not_there(here):
    client = signed_in(here.an)
    client.post("/en/me/notices/calendar/revoke/")
    assert Client().get(here.address).status_code == 404
    assert Client().get("/calendar/nothing.ics").status_code == 404


@covers("2.08")
def test_who_lost_the_role_reads_nothing_more(here):
    here.an.memberships.update(closed_on=date(2025, 1, 2))
    assert events(here) == []


@covers("2.08")
def test_an_account_that_is_shut_has_no_calendar(here):
    here.an.is_active = False
    here.an.save()
    assert Client().get(here.address).status_code == 404


@covers("2.08")
def test_a_foreign_program_lists_it(here, tmp_path):
    config = tmp_path / "khal.conf"
    config.write_text(
        f"[calendars]\n[[duties]]\npath = {tmp_path}/duties\ntype = calendar\n"
        "[locale]\nlocal_timezone = Asia/Ho_Chi_Minh\ndefault_timezone = Asia/Ho_Chi_Minh\n"
        "dateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ntimeformat = %H:%M\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        f"[sqlite]\npath = {tmp_path}/khal.db\n"
    )
    (tmp_path / "duties").mkdir()
    feed = tmp_path / "feed.ics"
    feed.write_bytes(Client().get(here.address).content)
    khal = [str(Path(sys.executable).with_name("khal")), "-c", str(config)]
    env = {**os.environ, "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    subprocess.run(
        [*khal, "import", "--batch", "-a", "duties", str(feed)], check=True, env=env, capture_output=True
    )
    day = str(here.today + timedelta(days=10))
    listed = subprocess.run(
        [*khal, "list", "--format", "{start} {title}", day, day],
        check=True,
        env=env,
        capture_output=True,
        text=True,
    )
    assert f"{day} Ban hành kế hoạch" in listed.stdout
