"""Asking upward on the pages: sent, received, forwarded, answered; what waits sees for whom (4.01)."""

from datetime import date

import pytest
from django.test import Client

from tests.assignments.factory import JULY, given, person, world
from tests.marks import covers
from tests.recommendations.factory import DUE, GUIDANCE, answered, asked, forwarded
from tests.web.factory import fill, signed_in, text_of
from thuocdo.accounts.enums import Role
from thuocdo.assignments.models import Hold
from thuocdo.directives import actions as directive_actions
from thuocdo.directives.rules.publicity import Shown
from thuocdo.recommendations.models import Recommendation, Step, Wait

pytestmark = pytest.mark.django_db
ASK = {"kind": "guidance", "addressee": "CP", "text": GUIDANCE, "happened_on": "2025-07-01"}
LATER = "?as_of=2025-07-14"


@pytest.fixture
def here():
    found = world()
    found.row = given(found)
    found.minh = person("minh", found.ministry, Role.REGISTRAR)
    return found


def page(user, row, day=LATER):
    client = signed_in(user) if user else Client()
    return client.get(f"/en/recommendations/{row.pk}/{day}")


@covers("4.01")
def test_a_lead_asks_on_a_duty_and_the_duty_waits(here):
    answer = fill(
        signed_in(here.an), f"/en/assignments/{here.row.pk}/recommend/", directive="71/NQ-CP", **ASK
    )
    row = Recommendation.objects.get()
    assert answer.url == f"/en/recommendations/{row.pk}/"
    assert (row.agency, row.directive, row.by) == (here.lai_chau, here.obligation.directive, here.an)
    assert Wait.objects.get().assignment == here.row
    duty = text_of(signed_in(here.an).get(f"/en/assignments/{here.row.pk}/{LATER}"))
    assert "Waits for an answer" in duty
    assert "lies with Chính phủ since 1 July 2025" in duty


@covers("4.01")
def test_it_goes_the_whole_way_and_the_answer_frees_the_duty(here):
    row = asked(here, here.row)
    base = f"/en/recommendations/{row.pk}/"
    fill(signed_in(here.chi), f"{base}receive/", due_on="2025-07-10", happened_on="2025-07-02")
    fill(
        signed_in(here.chi), f"{base}forward/", to="BKHCN", reason="Đúng thẩm quyền", happened_on="2025-07-05"
    )
    fill(
        signed_in(here.minh), f"{base}answer/", outcome="accepted", text="Hướng dẫn", happened_on="2025-07-15"
    )
    fill(signed_in(here.an), f"{base}effect/", text="Đã có Thông tư", happened_on="2025-07-18")
    assert list(Step.objects.order_by("pk").values_list("kind", flat=True)) == [
        "received", "forwarded", "answered", "effect",
    ]  # fmt: skip
    assert list(Hold.objects.order_by("pk").values_list("closed_on", flat=True)) == [
        date(2025, 7, 5),
        date(2025, 7, 15),
    ]
    shown = text_of(page(here.an, row, "?as_of=2025-07-20"))
    assert "accepted, has taken effect" in shown
    assert "forwarded by Chính phủ to Bộ Khoa học và Công nghệ: Đúng thẩm quyền" in shown


@covers("4.01")
def test_an_unanswered_one_shows_the_late_duties_it_explains(here):
    row = asked(here, here.row, wanted_on=DUE)
    assert "unanswered, past its day · it explains 1 late duty" in text_of(page(here.an, row))
    listed = text_of(signed_in(here.an).get(f"/en/recommendations/{LATER}"))
    assert "1 late duty waits for it" in listed
    answered(here, row)
    assert "late duty" not in text_of(page(here.an, row, "?as_of=2025-07-20"))


@covers("4.01", "1.28")
def test_what_awaits_an_agency_stands_in_my_work(here):
    row = asked(here, here.row, wanted_on=DUE)
    work = "/en/my-work/?as_of=2025-07-14"
    assert "Recommendations to answer" in text_of(signed_in(here.chi).get(work))
    assert "Our recommendations past their day" in text_of(signed_in(here.an).get(work))
    forwarded(here, row)
    assert "Recommendations to answer" not in text_of(signed_in(here.chi).get(work))
    assert "Recommendations to answer" in text_of(signed_in(here.minh).get(work))


@covers("4.01", "1.27")
def test_the_public_reads_what_the_decision_on_the_text_lets_it_read(here):
    row = asked(here, here.row)
    answered(here, row)
    found = [page(None, row, "?as_of=2025-07-20").status_code]
    for results in (False, True):
        shown = Shown(progress=True, responsibility=True, results=results)
        directive_actions.publish(
            directive=row.directive, shown=shown, withheld="" if results else "Chưa xong",
            decided_on=date(2025, 7, 1), by=None, at=JULY,
        )  # fmt: skip
        found.append("Bộ Nội vụ hướng dẫn" in text_of(page(None, row, "?as_of=2025-07-20")))
    assert found == [404, False, True]


@covers("4.01")
def test_a_duty_named_later_waits_too(here):
    row = asked(here)
    client = signed_in(here.an)
    fill(client, f"/en/recommendations/{row.pk}/waits/", assignment=here.row.pk, happened_on="2025-07-02")
    assert Wait.objects.get().assignment == here.row
    again = client.get(f"/en/recommendations/{row.pk}/waits/")
    assert here.row.work not in text_of(again).partition("Duty")[2].partition("Waiting since")[0]


@covers("4.01")
def test_what_was_typed_stays_when_it_is_refused(here):
    answer = fill(signed_in(here.an), "/en/agencies/UBND-12/recommend/", **{**ASK, "addressee": "UBND-12"})
    assert answer.status_code == 200
    assert "Ask another agency, not your own." in text_of(answer)
    assert GUIDANCE in answer.content.decode()
    assert not Recommendation.objects.exists()


@covers("4.01")
def test_ageing_stands_above_the_list(here):
    asked(here, wanted_on=DUE)
    forwarded(here, asked(here))
    listed = text_of(signed_in(here.an).get(f"/en/recommendations/{LATER}"))
    assert "How long they lie with whom" in listed
    assert "Chính phủ 1 1 0 0 1 13" in listed
    assert "Bộ Khoa học và Công nghệ 1 1 0 0 0 9" in listed
