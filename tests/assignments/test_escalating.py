"""Escalation over duties: each step once, upward level by level, nothing for what is past or not known."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.assignments.factory import CLEAR, DUE, HEAD, JULY, JUNE, claimed, given, person, world
from tests.marks import covers
from tests.web.factory import signed_in, text_of
from thuocdo.accounts.enums import Role
from thuocdo.accounts.models import Membership
from thuocdo.assignments import actions
from thuocdo.assignments.enums import ChangeKind, LimitClass
from thuocdo.assignments.models import StepChoice, StepTaken
from thuocdo.assignments.queries import escalation
from thuocdo.assignments.rules.escalation import STEPS, Chosen, Mode, Side, Step, Way
from thuocdo.assignments.terms import Ask, Origin, Parties, Received
from thuocdo.audit.models import Entry
from thuocdo.lib.say import Refused
from thuocdo.notices.enums import Kind
from thuocdo.notices.models import Draft, Notice

pytestmark = pytest.mark.django_db
BEGAN = date(2025, 6, 20)


@pytest.fixture
def here(settings):
    """People are told since 20 June; Lai Châu leads one duty due on 30 June."""
    settings.STEPS_FILE = ""
    made = world()
    made.giang = person("giang", made.lai_chau, Role.LEADER)
    made.head = person("thu-tuong", made.government, Role.LEADER)
    actions.escalate(day=BEGAN, at=JUNE)
    made.duty = given(made)
    return made


def on(away):
    """Escalate so many days after the limit."""
    return actions.escalate(day=DUE + timedelta(days=away), at=JULY)


def told(user):
    """What a person was told, the oldest first."""
    return [(one.kind, one.values["n"]) for one in Notice.objects.filter(user=user).order_by("pk")]


@covers("2.07")
def test_from_seven_days_before_upward_level_by_level(here):
    for away in range(-8, 40):
        on(away)
    assert told(here.an) == [
        (Kind.LIMIT_NEAR, 7), (Kind.LIMIT_NEAR, 3), (Kind.LIMIT_NEAR, 1), (Kind.LIMIT_TODAY, 0),
        (Kind.LIMIT_PASSED, 1),
    ]  # fmt: skip
    assert told(here.giang) == [(Kind.LIMIT_NEAR, 1), (Kind.LIMIT_TODAY, 0), (Kind.LIMIT_PASSED, 1)]
    assert (Kind.LIMIT_PASSED, 1) in told(here.binh)
    assert told(here.head) == []
    assert [(one.agency, one.values["n"]) for one in Draft.objects.order_by("pk")] == [
        (here.government, 7),
        (here.government, 30),
    ]


@covers("2.07")
def test_each_step_is_taken_once_however_often_it_runs(here):
    assert [on(-3), on(-3), on(-2)] == [1, 0, 0]
    assert len(told(here.an)) == 1


@covers("2.07")
def test_after_a_week_away_only_the_last_step_is_told(here):
    on(-8)
    on(1)
    assert told(here.an) == [(Kind.LIMIT_PASSED, 1)]


@covers("2.07")
def test_a_moved_limit_begins_the_steps_anew(here):
    on(-3)
    ask = Ask(ChangeKind.LIMIT, "Chờ hướng dẫn", limit_on=DUE + timedelta(days=30))
    days = {"happened_on": date(2025, 6, 28), "by": None, "at": JULY}
    request = actions.ask_change(assignment=here.duty, ask=ask, **days)
    actions.decide_change(request=request, granted=True, limit_on=DUE + timedelta(days=30), **days)
    assert [on(0), on(27)] == [0, 1]
    assert told(here.an) == [(Kind.LIMIT_NEAR, 3), (Kind.LIMIT_NEAR, 3)]


@covers("2.07")
def test_what_is_claimed_or_paused_is_not_reminded_of(here):
    claimed(here, here.duty)
    other = given(here)
    actions.pause(assignment=other, reason="Chờ sáp nhập", happened_on=date(2025, 6, 20), by=None, at=JUNE)
    assert on(1) == 0


@covers("2.07", "1.18")
@pytest.mark.parametrize(("seen_on", "expected"), [(date(2025, 6, 29), 0), (date(2025, 7, 5), 1)])
def test_nothing_is_told_of_what_is_not_known_any_more(here, seen_on, expected):
    text = Received(
        here.obligation, CLEAR, Parties(here.government, here.hung_yen, HEAD), date(2025, 4, 1),
        origin=Origin(observed_on=seen_on),
    )  # fmt: skip
    actions.receive(text=text, by=None, at=JUNE)
    on(1)
    assert StepTaken.objects.exclude(assignment=here.duty).count() == expected


@covers("2.07")
def test_what_was_long_past_when_people_began_to_be_told_is_silent(here):
    given(here, replace(CLEAR, limit_on=date(2025, 6, 1)))
    actions.escalate(day=BEGAN + timedelta(days=1), at=JUNE)
    assert Notice.objects.count() == 0


@covers("2.07")
def test_a_duty_entered_after_its_step_is_noted_and_not_told(here, monkeypatch):
    late = datetime(2025, 7, 9, 2, tzinfo=JUNE.tzinfo)
    row = actions.draft(
        obligation=here.obligation, terms=CLEAR, parties=Parties(here.government, here.hung_yen, HEAD),
        by=None, at=late,
    )  # fmt: skip
    actions.issue(assignment=row, given_on=date(2025, 4, 1), by=None, at=late)
    on(10)
    assert StepTaken.objects.get(assignment=row).passed
    assert not Draft.objects.filter(link=f"/assignments/{row.pk}/").exists()


@covers("2.07")
def test_the_office_hears_once_a_day_that_messages_wait(here):
    given(here)
    on(7)
    (notice,) = Notice.objects.filter(user=here.binh, kind=Kind.DRAFTS_WAIT)
    assert notice.values == {"n": 2}


@covers("2.07")
@pytest.mark.parametrize(
    ("mode", "notices", "drafts"), [(Mode.AUTOMATIC, 1, 0), (Mode.OFF, 0, 0), (Mode.DRAFT, 0, 1)]
)
def test_an_office_chooses_for_the_duties_in_its_care(here, mode, notices, drafts):
    actions.choose_step(office=here.office, step="after-7", chosen=Chosen(mode), by=here.binh, at=JUNE)
    on(7)
    assert (len(told(here.head)), Draft.objects.count()) == (notices, drafts)


@covers("2.07")
def test_an_office_chooses_other_days_other_people_and_another_channel(here, settings):
    settings.MAIL_FROM = "thuocdo@example.vn"
    wanted = Chosen(Mode.AUTOMATIC, days=10, told=((Side.LEAD, "leader"),), way=Way.PAGE)
    actions.choose_step(office=here.office, step="after-7", chosen=wanted, by=here.binh, at=JUNE)
    other = given(here, confirming=here.ministry)
    for away in (7, 8, 10):
        on(away)
    assert [(one.values["n"], one.by_mail) for one in Notice.objects.filter(user=here.giang)][-1] == (
        10,
        False,
    )
    assert [one.link for one in Draft.objects.order_by("pk")] == [f"/assignments/{other.pk}/"]
    entry = Entry.objects.get(verb="step.chosen")
    assert (entry.new["days"], entry.new["told"], entry.new["way"]) == ("10", "lead leader", "page")


@covers("2.07")
def test_a_choice_that_the_rules_refuse_changes_nothing(here):
    with pytest.raises(Refused, match="same day"):
        actions.choose_step(office=here.office, step="after-7", chosen=Chosen(days=15), by=here.binh, at=JUNE)
    assert not StepChoice.objects.exists()


@covers("2.07")
def test_a_step_with_nobody_to_tell_is_not_taken_and_is_taken_once_somebody_is_there(here):
    row = given(here, lead=here.hung_yen)
    assert [on(-7), on(-7)] == [1, 0], "Lai Châu was told, Hưng Yên has nobody"
    assert StepTaken.objects.get(assignment=row).untold
    page = text_of(signed_in(here.binh).get("/en/messages/"))
    assert "Nobody to tell" in page
    assert "focal point (lead agency)" in page
    huong = person("huong", here.hung_yen, Role.FOCAL)
    assert actions.escalate(day=DUE - timedelta(days=7), at=JULY + timedelta(minutes=10)) == 0, (
        "within the hour"
    )
    assert actions.escalate(day=DUE - timedelta(days=7), at=JULY + timedelta(hours=2)) == 1
    assert told(huong) == [(Kind.LIMIT_NEAR, 7)]
    assert not StepTaken.objects.get(assignment=row).untold
    assert "Nobody to tell" not in text_of(signed_in(here.binh).get("/en/messages/"))


@covers("2.07")
def test_a_message_to_a_leader_whom_nobody_is_waits_for_nobody(here):
    Membership.objects.filter(user=here.head).delete()
    on(7)
    assert (StepTaken.objects.get(step="after-7").untold, Draft.objects.exists()) == (True, False)


@covers("2.07")
def test_steps_by_share_of_the_time_are_told_once(here, monkeypatch):
    half = Step("half", ((Side.LEAD, "focal"),), share=85)
    monkeypatch.setattr(escalation, "steps", lambda: (half, *STEPS))
    row = given(here, replace(CLEAR, limit_on=date(2025, 7, 14)))
    for day in (21, 25, 29, 30):
        actions.escalate(day=date(2025, 6, day), at=JULY)
    taken = StepTaken.objects.filter(assignment=row)
    assert [(one.step, one.passed) for one in taken] == [("half", False)]
    assert (Kind.SHARE_USED, 85) in told(here.an)


@covers("2.07")
def test_a_standing_duty_has_no_limit_to_be_reminded_of(here):
    given(here, replace(CLEAR, limit_class=LimitClass.STANDING, limit_on=None, reporting_period="month"))
    on(1)
    assert StepTaken.objects.count() == 1


@covers("2.07", "2.24")
def test_any_number_of_duties_is_read_in_the_same_statements(here):
    with CaptureQueriesContext(connection) as few:
        on(-7)
    for _ in range(10):
        given(here)
    StepTaken.objects.all().delete()
    with CaptureQueriesContext(connection) as many:
        on(-7)
    assert len(many) == len(few)
