"""The pages of notices, of channels, of messages to leaders, of reminders."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.assignments.factory import JUNE, person, world
from tests.marks import covers
from tests.web.factory import fill, signed_in, text_of
from thuocdo.accounts.enums import Role
from thuocdo.assignments.models import StepChoice
from thuocdo.notices import actions
from thuocdo.notices.enums import DraftState, Kind
from thuocdo.notices.models import Choice, Draft, Notice
from thuocdo.notices.terms import News, Proposal

pytestmark = pytest.mark.django_db
VALUES = {"work": "Ban hành kế hoạch", "agency": "UBND tỉnh Lai Châu", "n": 8, "day": "2025-06-30"}


@pytest.fixture
def here(settings):
    settings.MAIL_FROM = "thuocdo@example.vn"
    return world()


def tell(user, key):
    actions.tell(news=[News(user.pk, Kind.LIMIT_PASSED, key, "/assignments/1/", VALUES)], at=JUNE)


@covers("2.08")
def test_a_notice_says_what_happened_what_to_do_by_when(here):
    tell(here.an, "a")
    answer = signed_in(here.an).get("/en/notices/")
    text = text_of(answer)
    assert "“Ban hành kế hoạch” is 8 days past its time limit." in text
    assert "See what holds it back" in text
    assert "Time limit: 30 June 2025." in text
    assert 'href="/en/assignments/1/"' in answer.content.decode()


@covers("2.08")
def test_the_frame_counts_what_is_not_read_without_asking_more(here):
    client = signed_in(here.an)
    client.get("/en/my-work/")
    with CaptureQueriesContext(connection) as before:
        assert 'class="unread"' not in client.get("/en/my-work/").content.decode()
    tell(here.an, "a")
    tell(here.binh, "a")
    with CaptureQueriesContext(connection) as after:
        assert '<b class="unread">1</b>' in client.get("/en/my-work/").content.decode()
    assert len(after) == len(before)


@covers("2.08")
def test_read_up_to_what_was_shown(here):
    tell(here.an, "a")
    client = signed_in(here.an)
    shown = Notice.objects.get()
    tell(here.an, "b")
    client.post("/en/notices/read/", {"upto": shown.pk})
    assert list(Notice.objects.filter(read_at=None).values_list("key", flat=True)) == ["b"]


@covers("2.08")
def test_nobody_reads_the_notices_of_others(here):
    tell(here.an, "a")
    assert "Ban hành kế hoạch" not in text_of(signed_in(here.binh).get("/en/notices/"))


@covers("2.08")
def test_channels_are_chosen_and_a_wrong_number_is_named(here, settings):
    settings.SMS_ADDRESS = "http://127.0.0.1:9/sms"
    client = signed_in(here.an)
    answer = fill(client, "/en/me/notices/", sms="on", phone="12")
    assert "This is not a telephone number." in text_of(answer)
    fill(client, "/en/me/notices/", sms="on", phone="0912 345 678")
    choice = Choice.objects.get()
    assert (choice.mail, choice.sms, choice.phone) == (False, True, "+84912345678")


@covers("2.08")
def test_without_a_gateway_no_text_messages_are_offered(here):
    assert "Telephone number" not in text_of(signed_in(here.an).get("/en/me/notices/"))


@pytest.fixture
def draft(here):
    """A message to the leaders of Lai Châu in the care of the Government's office."""
    here.giang = person("giang", here.lai_chau, Role.LEADER)
    told = (Role.LEADER, Kind.LIMIT_PASSED, "after-7:1", "/assignments/1/", VALUES)
    actions.propose(proposals=[Proposal(here.office.pk, here.lai_chau.pk, *told)], at=JUNE)
    return Draft.objects.get()


@covers("2.07")
def test_the_office_releases_a_message(here, draft):
    client = signed_in(here.binh)
    assert "To: leader of UBND tỉnh Lai Châu." in text_of(client.get("/en/messages/"))
    client.post(f"/en/messages/{draft.pk}/release/")
    assert "8 days past" in text_of(signed_in(here.giang).get("/en/notices/"))


@covers("2.07")
def test_the_office_drops_a_message_with_a_reason(here, draft):
    client = signed_in(here.binh)
    fill(client, f"/en/messages/{draft.pk}/drop/", reason="")
    assert Draft.objects.get().state == DraftState.WAITING
    fill(client, f"/en/messages/{draft.pk}/drop/", reason="Đã trao đổi")
    assert Draft.objects.get().state == DraftState.DROPPED
    assert not Notice.objects.filter(user=here.giang).exists()


@covers("2.07")
def test_another_office_does_not_see_it(here, draft):
    other = signed_in(person("khac", here.lai_chau, Role.REVIEWER))
    assert "8 days past" not in text_of(other.get("/en/messages/"))
    assert other.post(f"/en/messages/{draft.pk}/release/").status_code == 404


@covers("2.07")
def test_a_steward_chooses_the_steps_of_an_office(here):
    client = signed_in(person("em", here.lai_chau, Role.STEWARD))
    address = "/en/agencies/UBND-12/reminders/"
    text = text_of(client.get(address))
    assert "7 days after the limit" in text
    assert "leader (agency right above the lead)" in text
    fill(client, f"{address}before-7/", mode="off", way="usual")
    fill(client, f"{address}after-7/", mode="automatic", way="page", days="9", told=["lead leader"])
    refused = fill(client, f"{address}after-15/", mode="draft", way="usual", days="9")
    assert "reached on the same day" in text_of(refused)
    assert client.get(f"{address}never/").status_code == 404
    assert set(StepChoice.objects.values_list("step", "mode", "days", "told", "way")) == {
        ("before-7", "off", None, "", ""), ("after-7", "automatic", 9, "lead leader", "page"),
    }  # fmt: skip
    assert "9 days after the limit set by this agency leader (lead agency)" in text_of(client.get(address))
