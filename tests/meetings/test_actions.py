"""A session from its call to the directive its conclusions become (4.02, 4.04)."""

import json
from dataclasses import replace
from datetime import date

import pytest

from tests.agencies.factory import agency
from tests.assignments.factory import HEAD, JULY
from tests.marks import covers
from tests.meetings.factory import DUTY, HELD_ON, called, closed, concluded, issued, room
from thuocdo.agencies.enums import AgencyKind
from thuocdo.assignments.models import Assignment
from thuocdo.audit import verify_rows
from thuocdo.audit.models import Entry
from thuocdo.lib.say import Refused
from thuocdo.meetings import actions
from thuocdo.meetings.enums import MemberRole
from thuocdo.meetings.models import Attendance, Closing, Committee, Conclusion, Issue, Member, Note, Session
from thuocdo.meetings.terms import Founding, Seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return room()


@covers("4.02")
def test_a_committee_has_a_standing_body_members_and_working_groups(here):
    team = agency("TCT-12", "Tổ công tác Đề án 06", kind=AgencyKind.COMMITTEE, at=JULY)
    founding = Founding(team, here.department, here.lai_chau, parent=here.committee)
    group = actions.found(founding=founding, by=None, at=JULY)
    seats = (
        Seat(MemberRole.HEAD, name="Nguyễn Văn Mẫu", post="Bí thư Tỉnh ủy"),
        Seat(MemberRole.MEMBER, agency=here.department),
    )
    for one in seats:
        actions.seat(committee=here.committee, member=one, opened_on=date(2025, 7, 1), by=None, at=JULY)
    assert (Member.objects.count(), group.parent) == (2, here.committee)
    with pytest.raises(Refused):
        actions.seat(committee=here.committee, member=seats[1], opened_on=date(2025, 7, 1), by=None, at=JULY)


@covers("4.02")
@pytest.mark.parametrize("seat", [Seat(MemberRole.HEAD, name="Mẫu"), Seat(MemberRole.HEAD)])
def test_a_member_is_an_agency_or_a_person_with_a_post(here, seat):
    with pytest.raises(Refused):
        actions.seat(committee=here.committee, member=seat, opened_on=HELD_ON, by=None, at=JULY)
    assert not Member.objects.exists()


@covers("4.02")
def test_only_a_committee_of_the_map_holds_sessions(here):
    with pytest.raises(Refused):
        actions.found(founding=Founding(here.lai_chau, here.department, here.lai_chau), by=None, at=JULY)
    assert Committee.objects.count() == 1


@covers("4.02")
def test_sessions_are_numbered_and_have_points_and_an_agenda(here):
    second = called(here.committee, here)
    assert (here.session.number, second.number) == (1, 2)
    assert list(second.points.order_by("pk").values_list("agency__code", flat=True)) == [
        "UBND-12",
        "UBND-03388",
    ]
    assert list(second.items.order_by("ordinal").values_list("title", flat=True)) == [
        "Kết quả quý II",
        "Điểm nghẽn",
    ]
    for more in ({"place": " "}, {"agenda": (" ",)}, {"minutes": 0}):
        with pytest.raises(Refused):
            called(here.committee, here, **more)
    assert Session.objects.count() == 2


@covers("4.04")
def test_attendance_and_minutes_are_written_while_it_runs_and_not_after(here):
    point, item = here.session.points.first(), here.session.items.first()
    actions.attend(point=point, present=12, led_by="Phó Chủ tịch", by=here.khanh, at=JULY)
    actions.note(session=here.session, text="Sở báo cáo", item=item, by=here.khanh, at=JULY)
    concluded(here)
    closed(here)
    for late in (
        lambda: actions.attend(point=point, present=13, led_by="", by=here.khanh, at=JULY),
        lambda: actions.note(session=here.session, text="Thêm", item=None, by=here.khanh, at=JULY),
        lambda: concluded(here),
        lambda: actions.freeze(session=here.session, as_of=HELD_ON, by=here.khanh, at=JULY),
    ):
        with pytest.raises(Refused):
            late()
    assert (Attendance.objects.count(), Note.objects.count(), Conclusion.objects.count()) == (1, 1, 1)


@covers("4.04")
def test_a_session_closes_when_each_conclusion_has_the_six_clears(here):
    first = concluded(here, product="", head=type(HEAD)())
    with pytest.raises(Refused, match="Conclusion 1 lacks: person, product"):
        closed(here)
    actions.conclude(
        session=here.session,
        concluded=replace(DUTY, lead=here.lai_chau),
        replaces=first,
        by=here.khanh,
        at=JULY,
    )
    draft = json.loads(closed(here).body)
    assert [(one["number"], one["product"]) for one in draft["conclusions"]] == [(1, "Biên bản nghiệm thu")]
    assert Conclusion.objects.count() == 2  # the wording before stays


@covers("4.04")
def test_signed_and_numbered_it_is_a_directive_whose_duties_are_given_that_day(here):
    concluded(here)
    concluded(here, work="Bố trí kinh phí", lead=here.department)
    closed(here)
    issue = issued(here)
    rows = list(Assignment.objects.filter(directive=issue.directive).order_by("pk"))
    assert [(row.lead, row.confirming, row.given_on, row.limit_on) for row in rows] == [
        (here.lai_chau, here.department, date(2025, 7, 17), date(2025, 9, 30)),
        (here.department, here.steering, date(2025, 7, 17), date(2025, 9, 30)),
    ]
    assert [row.obligation.provision.label for row in rows] == ["Kết luận 1", "Kết luận 2"]
    assert (issue.directive.issuer, issue.directive.symbol) == (here.steering, "05-TB/BCĐ")
    assert list(verify_rows.rows()) == []


@covers("4.04")
def test_what_is_refused_issues_nothing(here):
    concluded(here)
    with pytest.raises(Refused, match="not been closed"):
        issued(here)
    closed(here)
    for more in ({"signer": " "}, {"symbol": "không số"}, {"issued_on": date(2025, 7, 14)}):
        with pytest.raises(Refused):
            issued(here, **more)
    issued(here)
    with pytest.raises(Refused, match="issued already"):
        issued(here, symbol="06-TB/BCĐ")
    assert (Issue.objects.count(), Closing.objects.count(), Assignment.objects.count()) == (1, 1, 1)
    assert Entry.objects.filter(verb="session.notice_issued").count() == 1
