"""A session on the pages: called, packed, minuted, concluded, closed, issued; the next one (4.02-4.04)."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from icalendar import Calendar

from tests.assignments.factory import given, person
from tests.marks import covers
from tests.meetings.factory import DUTY, called, closed, concluded, issued, room
from tests.web.factory import fill, key_of, signed_in, text_of
from thuocdo.accounts.enums import Role
from thuocdo.assignments.models import Assignment
from thuocdo.meetings.models import Attendance, Committee, Conclusion, Issue, Member, Note, Pack, Session

pytestmark = pytest.mark.django_db
LATER = "?as_of=2025-07-20"


@pytest.fixture
def here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    found = room()
    found.desk = signed_in(found.khanh)
    found.page = f"/en/sessions/{found.session.pk}/"
    return found


def pdf():
    return SimpleUploadedFile("thong-bao.pdf", b"%PDF-1.4 an example")


@covers("4.02")
def test_a_committee_is_entered_with_members_and_calls_a_session(here):
    base = f"/en/committees/{here.committee.pk}/"
    person_ = {"role": "head", "name": "Nguyễn Văn Mẫu", "post": "Bí thư Tỉnh ủy", "opened_on": "2025-07-01"}
    fill(here.desk, f"{base}members/", **person_)
    call = {
        "held_on": "2025-08-15",
        "begins": "08:30",
        "minutes": 90,
        "place": "Hội trường",
        "agenda": "A\nB",
    }
    answer = fill(here.desk, f"{base}call/", points="UBND-12\nUBND-03388", **call)
    second = Session.objects.get(number=2)
    assert answer.url == f"/en/sessions/{second.pk}/"
    assert (second.items.count(), second.points.count(), Member.objects.count()) == (2, 2, 1)
    assert "Nguyễn Văn Mẫu Bí thư Tỉnh ủy" in text_of(here.desk.get(base))


@covers("4.02")
def test_a_stranger_cannot_name_themselves_the_standing_body(here):
    ha = signed_in(person("ha", here.hung_yen, Role.REGISTRAR))
    sent = {"agency": "BCD-12", "standing_body": "SKHCN-12", "covers": "UBND-12"}
    answer = fill(ha, "/en/committees/found/", **sent)
    assert "Only the standing body prepares" in text_of(answer)
    assert Committee.objects.count() == 1


@covers("4.02")
def test_the_invitation_is_a_calendar_others_can_read(here):
    answer = here.desk.get(f"{here.page}invitation.ics")
    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert (event["summary"], event["location"]) == (
        "Session 1: Ban Chỉ đạo tỉnh Lai Châu", "Trung tâm Hội nghị tỉnh",
    )  # fmt: skip
    assert event["dtstart"].dt == here.session.starts_at
    assert "1. Kết quả quý II" in event["description"]


@covers("4.03")
def test_the_pack_is_frozen_shown_and_downloaded_as_it_was(here):
    late = given(here)
    fill(here.desk, f"{here.page}pack/", as_of="2025-07-14")
    shown = text_of(here.desk.get(here.page + LATER))
    assert "Late since the last session 1" in shown
    assert late.work in shown
    answer = here.desk.get(f"{here.page}pack.json")
    assert answer.content.decode() == Pack.objects.get().body
    assert json.loads(answer.content)["as_of"] == "2025-07-14"


@covers("4.04")
def test_attendance_minutes_and_conclusions_are_written_while_it_runs(here):
    point = here.session.points.first()
    fill(here.desk, f"/en/points/{point.pk}/attendance/", present=12, led_by="Phó Chủ tịch")
    fill(here.desk, f"{here.page}minutes/", text="Sở báo cáo kết quả", item=here.session.items.first().pk)
    fill(here.desk, f"{here.page}conclude/", work="Bố trí kinh phí", lead="UBND-12")
    shown = text_of(here.desk.get(here.page))
    assert "12 present · Phó Chủ tịch" in shown
    assert "Sở báo cáo kết quả" in shown
    assert (Attendance.objects.count(), Note.objects.count(), Conclusion.objects.count()) == (1, 1, 1)


@covers("4.04")
def test_it_does_not_close_before_each_conclusion_is_clear(here):
    concluded(here, product="")
    answer = fill(here.desk, f"{here.page}close/", happened_on="2025-07-15")
    assert "Conclusion 1 lacks: product." in text_of(answer)
    row = Conclusion.objects.get()
    again = here.desk.get(f"/en/conclusions/{row.pk}/reword/")
    kept = {"work": row.work, "product": "Biên bản", "product_kind": "system", "lead": "UBND-12"}
    kept |= {"head_post": row.head_post, "head_name": row.head_name, "head_since": "2025-01-01"}
    kept |= {"limit_on": "2025-09-30", "signer": row.signer, "once": key_of(again)}
    here.desk.post(f"/en/conclusions/{row.pk}/reword/", kept)
    fill(here.desk, f"{here.page}close/", happened_on="2025-07-15")
    assert "closed, its notice is a draft" in text_of(here.desk.get(here.page + LATER))


@covers("4.04", "4.13")
def test_signed_and_numbered_its_duties_are_given_and_the_next_session_sees_them(here):
    concluded(here)
    closed(here)
    sent = {"symbol": "05-TB/BCĐ", "issued_on": "2025-07-17", "signer": "Nguyễn Văn Mẫu", "file": pdf()}
    fill(here.desk, f"{here.page}issue/", **sent)
    row = Assignment.objects.get(directive=Issue.objects.get().directive)
    assert (row.lead, row.given_on) == (here.lai_chau, date(2025, 7, 17))
    second = called(here.committee, here)
    shown = text_of(here.desk.get(f"/en/sessions/{second.pk}/?as_of=2025-10-01"))
    assert "What became of the conclusions of session 1 (05-TB/BCĐ)" in shown
    assert DUTY.work in shown
    assert "overdue" in shown


@covers("4.04")
def test_without_the_signed_file_nothing_is_issued(here):
    concluded(here)
    closed(here)
    answer = fill(here.desk, f"{here.page}issue/", symbol="05-TB/BCĐ", issued_on="2025-07-17", signer="Mẫu")
    assert answer.status_code == 200
    assert not Issue.objects.exists()


@covers("4.02")
def test_members_read_the_session_strangers_do_not(here):
    concluded(here)
    closed(here)
    issue = issued(here)
    giang = signed_in(person("giang", here.hung_yen, Role.FOCAL))
    assert giang.get(here.page).status_code == 404
    fill(here.desk, f"/en/committees/{here.committee.pk}/members/", role="member", agency="UBND-33",
         opened_on="2025-07-01")  # fmt: skip
    assert giang.get(here.page).status_code == 200
    assert issue.directive.symbol in text_of(giang.get("/en/committees/?as_of=2025-07-20"))


@covers("1.33", "4.04")
def test_the_page_of_a_session_with_everything_asks_at_most_twelve_statements(
    here, django_assert_max_num_queries
):
    concluded(here)
    closed(here)
    issued(here)
    second = called(here.committee, here)
    fill(here.desk, f"/en/sessions/{second.pk}/pack/", as_of="2025-07-20")
    fill(here.desk, f"/en/sessions/{second.pk}/minutes/", text="Sở báo cáo", item=second.items.first().pk)
    concluded(here, second)
    for reader in (here.khanh, here.an):
        client = signed_in(reader)
        client.get(f"/en/sessions/{second.pk}/{LATER}")
        with django_assert_max_num_queries(12):
            assert client.get(f"/en/sessions/{second.pk}/{LATER}").status_code == 200
