"""From an obligation to a given assignment; fanned out, split, changed, paused, by the right side alone."""

from datetime import date

import pytest

from tests.assignments.factory import CLEAR, GIVEN_ON, JUNE, given, parties, person, world
from tests.marks import covers
from tests.web.factory import fill, signed_in, text_of
from thuocdo.accounts.enums import Role
from thuocdo.assignments import actions, standing
from thuocdo.assignments.enums import ChangeKind
from thuocdo.assignments.models import Assignment, ChangeDecision, ChangeRequest
from thuocdo.assignments.rules.lifecycle import DutyState
from thuocdo.assignments.terms import NOBODY, Ask, Parties
from thuocdo.assignments.wording import wording

pytestmark = pytest.mark.django_db
DRAFT = {
    "assigner": "CP", "lead": "UBND-12", "work": "Ban hành kế hoạch", "limit_class": "dated",
    "limit_on": "2025-06-30", "product": "Kế hoạch", "product_kind": "plan", "signer": "Chủ tịch",
}  # fmt: skip
HEAD = {"head_post": "Chủ tịch", "head_name": "Nguyễn Văn Mẫu", "head_since": "2025-01-01"}


@pytest.fixture
def here():
    found = world()
    found.give = f"/en/obligations/{found.obligation.pk}/give/"
    found.giang = person("giang", found.hung_yen, Role.REGISTRAR)
    return found


@covers("1.10")
def test_a_draft_is_saved_and_names_what_is_missing(here):
    client = signed_in(here.chi)
    answer = fill(client, here.give, **DRAFT)
    page = client.get(answer.url)
    assert "5 of 6 clear; missing: person" in text_of(page)
    assert "/issue/" not in page.content.decode()


@covers("1.10")
def test_made_clear_it_is_given(here):
    client = signed_in(here.chi)
    fill(client, here.give, **DRAFT)
    row = Assignment.objects.get()
    fill(client, f"/en/assignments/{row.pk}/draft/", **DRAFT, **HEAD)
    fill(client, f"/en/assignments/{row.pk}/issue/", given_on="2025-04-10")
    row.refresh_from_db()
    assert row.given_on == date(2025, 4, 10)


@covers("1.10")
def test_what_is_not_clear_is_not_given(here):
    client = signed_in(here.chi)
    fill(client, here.give, **DRAFT)
    row = Assignment.objects.get()
    page = fill(client, f"/en/assignments/{row.pk}/issue/", given_on="2025-04-10")
    assert "missing: person" in text_of(page)


@covers("1.29")
def test_nobody_gives_in_the_name_of_another_agency(here):
    page = fill(signed_in(here.chi), here.give, **{**DRAFT, "assigner": "UBND-33", "lead": "UBND-11953"})
    assert "Only the side that assigns it gives it." in text_of(page)
    assert not Assignment.objects.exists()


@covers("1.29")
def test_who_does_not_assign_finds_no_page(here):
    assert [signed_in(who).get(here.give).status_code for who in (here.an, here.binh)] == [404, 404]


@covers("1.29")
def test_a_draft_of_another_agency_does_not_exist(here):
    row = actions.draft(obligation=here.obligation, terms=CLEAR, parties=parties(here), by=here.chi, at=JUNE)
    pages = [f"/en/assignments/{row.pk}/{path}/" for path in ("draft", "issue", "agencies", "split", "pause")]
    assert {signed_in(here.giang).get(page).status_code for page in pages} == {404}


def test_a_dated_duty_without_a_day_is_refused_beside_the_field(here):
    page = fill(signed_in(here.chi), here.give, **{**DRAFT, "limit_on": ""}).content.decode()
    assert 'id="id_limit_on-error"' in page


def many(here):
    duty = Parties(here.government, None, NOBODY)
    return actions.draft(obligation=here.obligation, terms=CLEAR, parties=duty, by=here.chi, at=JUNE)


@covers("1.12")
def test_whom_it_goes_to_is_listed_before_anything_is_written(here):
    address = f"/en/assignments/{many(here).pk}/agencies/?as_of=2025-06-20&look=1&localities=on"
    page = text_of(signed_in(here.chi).get(address))
    assert "2 agencies on the map of 20 June 2025" in page
    assert "UBND tỉnh Hưng Yên" in page
    assert Assignment.objects.count() == 1


@covers("1.12")
def test_listed_they_each_get_their_own(here):
    row = many(here)
    address = f"/en/assignments/{row.pk}/agencies/?as_of=2025-06-20"
    signed_in(here.chi).post(address, {"localities": "on", "others": "Bộ KH&CN"})
    leads = set(Assignment.objects.filter(parent=row).values_list("lead__code", flat=True))
    assert leads == {"UBND-12", "UBND-33", "BKHCN"}


@covers("1.12")
def test_a_lead_hands_on_a_part(here):
    row = given(here)
    dao = person("dao", here.lai_chau, Role.REGISTRAR)
    part = {**DRAFT, **HEAD, "lead": "UBND-03388", "kind": "administrative", "given_on": "2025-04-10"}
    fill(signed_in(dao), f"/en/assignments/{row.pk}/split/?as_of=2025-06-20", **part)
    child = Assignment.objects.get(parent=row)
    assert (child.lead, child.given_on) == (here.doan_ket, date(2025, 4, 10))


@covers("1.12")
def test_nothing_is_handed_to_an_agency_that_is_not_below(here):
    row = given(here)
    dao = person("dao", here.lai_chau, Role.REGISTRAR)
    part = {**DRAFT, "lead": "UBND-33", "kind": "administrative", "given_on": "2025-04-10"}
    page = fill(signed_in(dao), f"/en/assignments/{row.pk}/split/", **part)
    assert "does not stand below the lead" in text_of(page)


ASK = {"kind": "limit", "limit_on": "2025-09-30", "reason": "Chờ hướng dẫn", "happened_on": "2025-06-18"}


@covers("1.13")
def test_more_time_is_asked_for(here):
    row = given(here)
    fill(signed_in(here.an), f"/en/assignments/{row.pk}/ask/", **ASK)
    assert ChangeRequest.objects.get().limit_on == date(2025, 9, 30)


@covers("1.13")
@pytest.mark.parametrize(("kind", "field"), [("limit", "limit_on"), ("lead", "lead"), ("product", "text")])
def test_what_a_request_needs_is_said_beside_its_field(here, kind, field):
    row = given(here)
    sent = {"kind": kind, "reason": "Chờ", "happened_on": "2025-06-18"}
    page = fill(signed_in(here.an), f"/en/assignments/{row.pk}/ask/", **sent).content.decode()
    assert f'id="id_{field}-error"' in page


@pytest.fixture
def asked(here):
    ask = Ask(ChangeKind.LIMIT, "Chờ hướng dẫn", limit_on=date(2025, 9, 30))
    here.row = given(here)
    return actions.ask_change(
        assignment=here.row, ask=ask, happened_on=date(2025, 6, 18), by=here.an, at=JUNE
    )


@covers("1.13")
def test_a_request_is_granted_and_the_first_limit_stays(here, asked):
    sent = {"decision": "grant", "happened_on": "2025-06-19"}
    fill(signed_in(here.chi), f"/en/requests/{asked.pk}/", **sent)
    here.row.refresh_from_db()
    assert (wording(here.row).limit_on, here.row.limit_on) == (date(2025, 9, 30), CLEAR.limit_on)


@covers("1.13")
def test_a_refusal_says_why(here, asked):
    sent = {"decision": "refuse", "happened_on": "2025-06-19"}
    page = fill(signed_in(here.chi), f"/en/requests/{asked.pk}/", **sent).content.decode()
    assert 'id="id_reason-error"' in page
    assert not ChangeDecision.objects.exists()


@covers("1.29")
@pytest.mark.parametrize("who", ["an", "binh", "giang"])
def test_nobody_else_decides(here, asked, who):
    assert signed_in(getattr(here, who)).get(f"/en/requests/{asked.pk}/").status_code == 404


def test_an_assignment_rests_goes_on_and_is_withdrawn(here):
    row = given(here)
    client = signed_in(here.chi)
    states = []
    for number, move in enumerate(("pause", "resume", "withdraw"), 1):
        day = GIVEN_ON.replace(day=1 + number).isoformat()
        fill(client, f"/en/assignments/{row.pk}/{move}/", reason="Theo kết luận", happened_on=day)
        states.append(standing.state(row))
    assert states == [DutyState.PAUSED, DutyState.GIVEN, DutyState.WITHDRAWN]


def test_withdrawn_it_is_given_anew_to_another_lead(here):
    row = given(here)
    actions.withdraw(assignment=row, reason="Đổi chủ trì", happened_on=date(2025, 5, 2), by=here.chi, at=JUNE)
    sent = {"lead": "Hưng Yên", "reason": "Đổi", "happened_on": "2025-05-03", **HEAD}
    client = signed_in(here.chi)
    assert "Write the code" in text_of(fill(client, f"/en/assignments/{row.pk}/anew/", **sent))
    fill(client, f"/en/assignments/{row.pk}/anew/", **{**sent, "lead": "UBND-33"})
    assert wording(row).lead_id == here.hung_yen.pk


def test_another_person_answers(here):
    row = given(here)
    sent = {**HEAD, "head_name": "Trần Thị Mới", "reason": "QĐ 12", "happened_on": "2025-05-03"}
    fill(signed_in(here.chi), f"/en/assignments/{row.pk}/head/", **sent)
    assert wording(row).head_name == "Trần Thị Mới"
