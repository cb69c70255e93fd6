"""Programs do what pages do with waiting, demands, promises, drafts, parts, pauses, notices (2.14)."""

from dataclasses import replace
from datetime import date

import pytest

from tests.api.client import program, said
from tests.assignments import factory
from tests.assignments.factory import CLEAR, JUNE
from tests.marks import covers
from thuocdo.accounts.enums import Role
from thuocdo.assignments.enums import LimitClass
from thuocdo.assignments.models import Assignment, Hold, Report
from thuocdo.notices import actions as notices
from thuocdo.notices.terms import News

pytestmark = pytest.mark.django_db

TEN = {"happened_on": "2025-06-10"}


@pytest.fixture
def here():
    made = factory.world()
    made.khoa = factory.person("khoa", made.ministry, Role.FOCAL)
    made.dung = factory.person("dung", made.government, Role.INSPECTOR)
    return made


@covers("2.14", "2.04")
def test_a_hold_is_disputed_by_who_is_waited_for_and_decided_by_the_assigner(here):
    row = factory.given(here)
    an, khoa, chi = program(here.an), program(here.khoa), program(here.chi)
    sent = {"agency": here.ministry.code, "reason": "Chờ hướng dẫn", "opened_on": "2025-06-09"}
    number = said(an.post(f"/assignments/{row.pk}/holds", sent))["id"]
    early = chi.post(f"/holds/{number}/decisions", {"accepted": True, **TEN}, Accept_Language="en")
    silent = khoa.post(f"/holds/{number}/answers", {"accepted": False, **TEN})
    no = {"accepted": False, "reason": "Đã trả lời", **TEN}
    disputed = khoa.post(f"/holds/{number}/answers", no)
    decided = chi.post(f"/holds/{number}/decisions", {"accepted": True, "happened_on": "2025-06-12"})
    assert [one.status_code for one in (early, silent, disputed, decided)] == [422, 422, 201, 201]
    assert said(early)["reasons"] == ["Only a dispute is decided."]
    hold = said(an.get(f"/assignments/{row.pk}?as_of=2025-06-15"))["holds"][0]
    assert hold["state"]["code"] == "accepted"
    assert [one["state"]["code"] for one in hold["answers"]] == ["disputed", "accepted"]


@covers("2.14", "2.06")
def test_an_agency_is_urged_and_answers_and_both_sides_read_it(here):
    row = factory.given(here)
    dung, an = program(here.dung), program(here.an)
    sent = {"kind": "urge", "text": "Đề nghị báo cáo", "answer_on": "2025-06-12", **TEN}
    demand = said(dung.post(f"/assignments/{row.pk}/demands", sent))
    answered = an.post(f"/demands/{demand['id']}/answers", {"text": "Đang làm", "happened_on": "2025-06-13"})
    told = said(an.get(f"{demand['address']}?as_of=2025-06-14"))
    listed = said(dung.get(f"/agencies/{here.lai_chau.code}/demands?as_of=2025-06-11"))["items"]
    assert (demand["standing"]["code"], answered.status_code) == ("open", 201)
    assert (told["standing"]["code"], told["answers"][0]["text"]) == ("answered_late", "Đang làm")
    assert [(one["id"], one["standing"]["code"], one["answers"]) for one in listed] == [
        (demand["id"], "open", [])
    ]
    assert program(here.binh).get(demand["address"]).status_code == 404


@covers("2.14", "2.06")
def test_an_inspector_does_not_instruct_and_a_demand_has_one_limit(here):
    dung = program(here.dung)
    there = f"/agencies/{here.lai_chau.code}/demands"
    sent = {"kind": "urge", "text": "Đề nghị báo cáo", **TEN}
    twice = dung.post(there, {**sent, "answer_on": "2025-06-12", "term_days": 3})
    never = dung.post(there, sent)
    instructs = dung.post(there, {**sent, "kind": "instruct", "term_days": 3})
    assert [one.status_code for one in (twice, never, instructs)] == [422, 422, 422]
    assert not here.lai_chau.demanded.exists()


@covers("2.14", "2.05")
def test_a_late_lead_promises_a_day_and_the_assignment_says_what_became_of_it(here):
    row = factory.given(here, replace(CLEAR, limit_on=date(2025, 6, 5)))
    an = program(here.an)
    sent = {"promised_on": "2025-06-13", "text": "Sẽ xong", **TEN}
    made = an.post(f"/assignments/{row.pk}/promises", sent)
    states = [
        said(an.get(f"/assignments/{row.pk}?as_of={day}"))["promises"][0]["state"]["code"]
        for day in ("2025-06-12", "2025-06-14")
    ]
    assert (made.status_code, states) == (201, ["open", "broken"])


@covers("2.14")
def test_a_duty_is_drafted_as_the_text_states_it_made_clear_and_given(here):
    chi = program(here.chi)
    first = chi.post(f"/obligations/{here.obligation.pk}/assignments", {"lead": here.lai_chau.code})
    draft = said(first)
    early = chi.post(f"/assignments/{draft['id']}/issue", {"given_on": "2025-06-02"})
    rest = {
        "product": "Kế hoạch", "product_kind": "plan", "limit_on": "2025-09-30", "signer": "Chủ tịch",
        "head_post": "Chủ tịch", "head_name": "Lê Văn Lương", "head_since": "2021-01-01",
    }  # fmt: skip
    clear = said(chi.post(f"/assignments/{draft['id']}/draft", rest))
    given = said(chi.post(f"/assignments/{draft['id']}/issue", {"given_on": "2025-06-02"}))
    row = Assignment.objects.get(pk=draft["id"])
    assert (first.status_code, early.status_code, row.work) == (201, 422, here.obligation.work)
    assert draft["missing_clears"]
    assert clear["missing_clears"] == []
    assert (given["given_on"], given["limit_on"], row.lead) == ("2025-06-02", "2025-09-30", here.lai_chau)


@covers("2.14")
def test_a_dated_duty_without_a_day_is_refused_in_words(here):
    chi = program(here.chi)
    sent = {"lead": here.lai_chau.code, "limit_class": "dated", "limit_on": None}
    answer = chi.post(f"/obligations/{here.obligation.pk}/assignments", sent, Accept_Language="en")
    half = chi.post(f"/obligations/{here.obligation.pk}/assignments", {**sent, "term_quantity": "5"})
    assert (answer.status_code, half.status_code, Assignment.objects.count()) == (422, 422, 0)
    assert said(answer)["reasons"] == ["A dated duty needs its last day."]


@covers("2.14")
def test_one_duty_for_many_goes_to_each_locality_of_the_map(here):
    chi = program(here.chi)
    there = f"/obligations/{here.obligation.pk}/assignments"
    many = said(chi.post(there, {}))
    made = said(chi.post(f"/assignments/{many['id']}/children", {"collectives": ["localities"]}))["items"]
    again = said(chi.post(f"/assignments/{many['id']}/children", {"collectives": ["localities"]}))["items"]
    assert {one["lead"]["code"] for one in made} >= {here.lai_chau.code, here.hung_yen.code}
    assert {one["parent_id"] for one in made} == {many["id"]}
    assert again == []


@covers("2.14")
def test_the_lead_hands_a_part_to_an_agency_below_it_and_to_no_other(here):
    row = factory.given(here)
    program_of_lead = program(factory.person("yen", here.lai_chau, Role.REGISTRAR))
    part = {"work": "Phần của xã", "product": "Báo cáo"}
    there = f"/assignments/{row.pk}/parts"
    made = program_of_lead.post(
        there, {"parts": [{**part, "lead": here.doan_ket.code}], "given_on": "2025-06-10"}
    )
    foreign = program_of_lead.post(there, {"parts": [{**part, "lead": here.hung_yen.code}]})
    child = said(made)["items"][0]
    assert (made.status_code, foreign.status_code) == (201, 422)
    assert (child["parent_id"], child["lead"]["code"], child["given_on"]) == (
        row.pk,
        here.doan_ket.code,
        None,
    )


@covers("2.14")
def test_an_assignment_is_paused_resumed_withdrawn_and_given_anew(here):
    row = factory.given(here)
    chi = program(here.chi)
    there = f"/assignments/{row.pk}"
    moves = [("pause", "2025-06-10"), ("resume", "2025-06-12"), ("withdraw", "2025-06-13")]
    told = [
        chi.post(f"{there}/interruptions", {"kind": kind, "reason": "Lý do", "happened_on": day}).status_code
        for kind, day in moves
    ]
    anew = {"lead": here.hung_yen.code, "reason": "Giao lại", "happened_on": "2025-06-14"}
    again = chi.post(f"{there}/hands", anew)
    states = [
        said(chi.get(f"{there}?as_of={day}"))["declared"]["code"] for day in ("2025-06-11", "2025-06-13")
    ]
    lead = said(chi.get(f"{there}?as_of=2025-06-15"))["lead"]["code"]
    assert (told, again.status_code, states) == ([201] * 3, 201, ["paused", "withdrawn"])
    assert lead == here.hung_yen.code


@covers("2.14", "2.04")
def test_targets_are_set_and_a_place_without_a_signal_is_recorded(here):
    row = factory.given(here)
    chi, an = program(here.chi), program(here.an)
    set_ = chi.post(
        f"/assignments/{row.pk}/targets", {"points": [{"day": "2025-06-20", "share": "40"}], **TEN}
    )
    silent = an.post(f"/agencies/{here.lai_chau.code}/outages", {"reason": "Bão", "opened_on": "2025-06-10"})
    told = said(an.get(f"/assignments/{row.pk}?as_of=2025-06-11"))["conditions"]
    back = an.post(f"/outages/{said(silent)['id']}/end", {"closed_on": "2025-06-12"})
    assert [(one["day"], one["share"]) for one in said(set_)["items"]] == [("2025-06-20", "40.00")]
    assert [one["code"] for one in told] == ["unreachable"]
    assert (back.status_code, said(back)["until"]) == (201, "2025-06-12")


@covers("2.14", "2.07")
def test_notices_are_read_by_the_program_they_were_sent_to_and_marked(here):
    values = {"work": "Việc", "agency": "Lai Châu", "n": 3}
    news = [News(here.an.pk, "limit_near", f"key-{n}", "/assignments/1/", values) for n in range(3)]
    notices.tell(news=news, at=JUNE)
    an = program(here.an)
    first = said(an.get("/notices?limit=2", Accept_Language="en"))
    rest = said(an.get(f"/notices?limit=2&cursor={first['next']}"))
    marked = said(an.post("/notices/read", {"upto": first["items"][1]["id"]}))
    unread = said(an.get("/notices?unread=true"))["items"]
    assert (len(first["items"]), len(rest["items"]), rest["next"]) == (2, 1, None)
    assert first["items"][0]["happened"] == "The time limit of “Việc” is in 3 days. Lai Châu leads it."
    assert (marked, [one["id"] for one in unread]) == ({"read": 2, "unread": 1}, [first["items"][0]["id"]])
    assert said(program(here.binh).get("/notices"))["items"] == []


@covers("2.14", "2.03")
def test_a_missed_report_names_its_period_and_no_other_than_one_of_the_duty(here):
    monthly = replace(CLEAR, limit_class=LimitClass.STANDING, limit_on=None, reporting_period="month")
    row = factory.given(here, monthly)
    an = program(here.an)
    sent = {"text": "Tháng tư", "happened_on": "2025-06-18"}
    late = said(an.post(f"/assignments/{row.pk}/reports", {**sent, "period": "2025-04"}))
    wrong = an.post(f"/assignments/{row.pk}/reports", {**sent, "period": "2025-Q1"}, Accept_Language="en")
    usual = said(an.post(f"/assignments/{row.pk}/reports", sent))
    dated = an.post(f"/assignments/{factory.given(here).pk}/reports", {**sent, "period": "2025-04"})
    assert (late["period"], usual["period"], Report.objects.count()) == ("2025-04", "2025-05", 2)
    assert said(wrong)["reasons"][0].startswith("“2025-Q1” is no period of this duty that is open: 2025-06")
    assert (wrong.status_code, dated.status_code, Hold.objects.count()) == (422, 422, 0)
