"""Telling people once, letters kept before they are sent, drafts decided by an office."""

from datetime import timedelta

import pytest

from tests.assignments.factory import JUNE, person, world
from tests.marks import covers
from thuocdo.accounts import actions as account_actions
from thuocdo.accounts.enums import Role
from thuocdo.audit.models import Entry
from thuocdo.lib.say import Refused
from thuocdo.notices import actions
from thuocdo.notices.enums import Channel, DraftState, Kind
from thuocdo.notices.models import Draft, Feed, Letter, Notice
from thuocdo.notices.queries import reading
from thuocdo.notices.terms import News, Proposal, Written

pytestmark = pytest.mark.django_db
VALUES = {"work": "lập kế hoạch", "agency": "Lai Châu", "n": 7, "day": "2025-06-27"}
LETTER = Written(Channel.MAIL, "an@example.vn", "Việc của ông/bà", "…", "vi")


@pytest.fixture
def here(settings):
    settings.MAIL_FROM, settings.SMS_ADDRESS = "thuocdo@example.vn", "http://127.0.0.1:9/sms"
    return world()


def told(here, key="before-7:1", kind=Kind.LIMIT_NEAR):
    """An is told something."""
    actions.tell(news=[News(here.an.pk, kind, key, "/assignments/1/", VALUES)], at=JUNE)
    return Notice.objects.get(user=here.an, key=key)


@covers("2.07")
def test_the_same_is_told_once(here):
    told(here)
    told(here)
    assert Notice.objects.filter(user=here.an).count() == 1


@covers("2.08")
def test_who_chose_nothing_is_told_by_mail(here):
    one = told(here, kind=Kind.LIMIT_TODAY)
    assert (one.by_mail, one.by_sms) == (True, False)


@covers("2.08")
def test_text_messages_are_for_what_presses(here):
    actions.choose(mail=False, sms=True, phone="0912 345 678", by=here.an, at=JUNE)
    assert [
        told(here, key, kind).by_sms for key, kind in (("a", Kind.LIMIT_NEAR), ("b", Kind.LIMIT_TODAY))
    ] == [
        False,
        True,
    ]
    assert not Notice.objects.filter(by_mail=True).exists()


@covers("2.08")
def test_text_messages_need_a_number(here):
    with pytest.raises(Refused):
        actions.choose(mail=True, sms=True, phone="", by=here.an, at=JUNE)
    assert not Entry.objects.filter(verb="channels.chosen").exists()


@covers("2.08")
def test_the_log_knows_that_channels_were_chosen_but_not_the_number(here):
    actions.choose(mail=True, sms=True, phone="0912 345 678", by=here.an, at=JUNE)
    entry = Entry.objects.get(verb="channels.chosen")
    assert "84912345678" not in str(entry.new)


@covers("2.07")
def test_one_digest_a_person_and_day(here):
    first, second = told(here, "a"), told(here, "b")
    days = {"day": JUNE.date(), "at": JUNE}
    assert actions.keep(user=here.an, written=LETTER, notices=[first], **days)
    assert actions.keep(user=here.an, written=LETTER, notices=[second], **days) is None
    second.refresh_from_db()
    assert (Letter.objects.count(), second.mail) == (1, None)


@covers("2.07")
def test_what_is_read_is_no_longer_counted_what_came_meanwhile_is(here):
    first = told(here, "a")
    told(here, "b")
    actions.read(user=here.an, upto=first.pk, at=JUNE)
    assert reading.unread(here.an) == 1


@covers("2.08")
def test_a_new_calendar_address_makes_the_old_one_dead(here):
    old = actions.open_feed(by=here.an, at=JUNE)
    new = actions.open_feed(by=here.an, at=JUNE)
    assert (reading.feed_of(old), reading.feed_of(new).user) == (None, here.an)
    assert new not in str(list(Feed.objects.values())) + str(list(Entry.objects.values("new")))
    actions.revoke_feed(by=here.an, at=JUNE)
    assert reading.feed_of(new) is None


@pytest.fixture
def draft(here):
    """A message to the leaders of Lai Châu that the Government's office decides on."""
    here.giang = person("giang", here.lai_chau, Role.LEADER)
    proposal = Proposal(
        here.office.pk,
        here.lai_chau.pk,
        Role.LEADER,
        Kind.LIMIT_PASSED,
        "after-7:1",
        "/assignments/1/",
        VALUES,
    )
    actions.propose(proposals=[proposal, proposal], at=JUNE)
    return Draft.objects.get()


@covers("2.07")
def test_nothing_reaches_a_leader_before_the_office_releases_it(here, draft):
    assert not Notice.objects.filter(user=here.giang).exists()
    assert actions.release(draft=draft, by=here.binh, at=JUNE) == 1
    assert Notice.objects.get(user=here.giang).values == VALUES
    with pytest.raises(Refused):
        actions.drop(draft=draft, reason="muộn", by=here.binh, at=JUNE)


@covers("2.07")
def test_a_dropped_message_keeps_its_reason_in_the_log(here, draft):
    with pytest.raises(Refused):
        actions.drop(draft=draft, reason=" ", by=here.binh, at=JUNE)
    actions.drop(draft=draft, reason="Đã trao đổi trực tiếp", by=here.binh, at=JUNE)
    draft.refresh_from_db()
    assert draft.state == DraftState.DROPPED
    assert Entry.objects.get(verb="message.dropped").new["reason"] == "Đã trao đổi trực tiếp"
    assert not Notice.objects.filter(user=here.giang).exists()


@covers("2.07")
def test_a_message_to_nobody_is_not_released(here, draft):
    here.giang.memberships.update(closed_on=JUNE.date() - timedelta(days=1))
    with pytest.raises(Refused, match="Nobody in"):
        actions.release(draft=draft, by=here.binh, at=JUNE)
    draft.refresh_from_db()
    assert draft.state == DraftState.WAITING


@covers("2.08")
def test_a_program_gets_no_letter(settings):
    settings.MAIL_FROM = "thuocdo@example.vn"
    machine = account_actions.open_machine(name="Phần mềm", by=None, at=JUNE)
    actions.tell(news=[News(machine.pk, Kind.GIVEN, "given:1", "/assignments/1/", {})], at=JUNE)
    Notice.objects.update(by_mail=True)  # as one that was made before programs were left out
    assert Notice.objects.filter(user=machine).exists()
    assert list(reading.to_mail()) == []
