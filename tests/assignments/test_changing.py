"""Requests of the lead and decisions of the assigner; pauses, withdrawals, giving anew."""

from datetime import date

import pytest

from tests.assignments.factory import CLEAR, DUE, HEAD, JULY, JUNE, claimed, fanned_out, given, world
from tests.marks import covers
from thuocdo.agencies.enums import RelationKind
from thuocdo.assignments import actions, standing
from thuocdo.assignments.enums import ChangeKind, DutyState
from thuocdo.assignments.models import CapacityChange, ChangeDecision, ChangeRequest, Interruption, Span
from thuocdo.assignments.terms import Ask, Head, Part
from thuocdo.assignments.wording import wording
from thuocdo.lib.moments import DAY_MAX, MOMENT_MAX, AsOf
from thuocdo.lib.say import Refused

pytestmark = pytest.mark.django_db
ASKED = date(2025, 6, 10)
DECIDED = date(2025, 6, 18)
LATER = date(2025, 9, 30)


def ask(here, row, kind, day=ASKED, **more):
    wanted = Ask(kind, "Chưa đủ căn cứ", **more)
    return actions.ask_change(assignment=row, ask=wanted, happened_on=day, by=here.an, at=JULY)


def decide(here, request, *, granted=True, day=DECIDED, **more):
    facts = {"reason": "Không đủ lý do", "happened_on": day, "by": here.chi, "at": JULY, **more}
    return actions.decide_change(request=request, granted=granted, **facts)


def now(row) -> Span:
    return Span.objects.get(assignment=row, valid_to=DAY_MAX, known_to=MOMENT_MAX)


@covers("1.13")
def test_a_granted_limit_holds_from_the_decision_on_and_the_first_stays():
    here = world()
    row = given(here)
    decide(here, ask(here, row, ChangeKind.LIMIT, limit_on=LATER))
    assert wording(row, AsOf(ASKED)).limit_on == DUE
    assert wording(row, AsOf(DECIDED)).limit_on == LATER
    row.refresh_from_db()
    assert (row.limit_on, now(row).first_limit_on) == (DUE, DUE)


@covers("1.13")
def test_the_assigner_may_grant_another_limit_than_asked():
    here = world()
    row = given(here)
    decide(here, ask(here, row, ChangeKind.LIMIT, limit_on=LATER), limit_on=date(2025, 7, 31))
    assert wording(row).limit_on == date(2025, 7, 31)


@covers("1.13")
def test_an_extension_granted_after_the_limit_does_not_move_what_timeliness_is_judged_by():
    here = world()
    row = given(here)
    request = ask(here, row, ChangeKind.LIMIT, day=date(2025, 7, 5), limit_on=LATER)
    decide(here, request, day=date(2025, 7, 10))
    assert (now(row).limit_on, now(row).judged_by) == (LATER, DUE)


def test_a_limit_is_not_asked_to_move_forward():
    here = world()
    with pytest.raises(Refused, match="not later"):
        ask(here, given(here), ChangeKind.LIMIT, limit_on=date(2025, 6, 1))


@covers("1.13")
def test_a_granted_wording_holds_from_the_decision_on_and_the_first_stays():
    here = world()
    row = given(here)
    decide(here, ask(here, row, ChangeKind.CONTENT, text="Ban hành đề án"))
    assert (wording(row, AsOf(ASKED)).work, wording(row).work) == (CLEAR.work, "Ban hành đề án")


@covers("1.13")
def test_a_granted_product_changes_the_product_alone():
    here = world()
    row = given(here)
    decide(here, ask(here, row, ChangeKind.PRODUCT, text="Đề án"))
    assert (wording(row).work, wording(row).product) == (CLEAR.work, "Đề án")


def test_what_was_known_before_the_decision_was_recorded():
    here = world()
    row = given(here)
    decide(here, ask(here, row, ChangeKind.CONTENT, text="Ban hành đề án"))
    assert wording(row, AsOf(DECIDED, known=JUNE)).work == CLEAR.work


@covers("1.13")
def test_another_lead_takes_over_with_its_head():
    here = world()
    row = given(here)
    head = Head("Bộ trưởng", "Trần Thị Mẫu", date(2025, 3, 1))
    decide(here, ask(here, row, ChangeKind.LEAD, lead=here.ministry), head=head)
    assert (wording(row).lead_id, wording(row).head_name) == (here.ministry.pk, "Trần Thị Mẫu")
    assert wording(row, AsOf(ASKED)).lead_id == here.lai_chau.pk
    assert now(row).lead_id == here.ministry.pk


@covers("1.13")
def test_returned_as_not_its_function_is_withdrawn_until_given_anew():
    here = world()
    row = given(here)
    decide(here, ask(here, row, ChangeKind.NOT_OURS))
    assert (standing.state(row), now(row).withdrawn) == (DutyState.WITHDRAWN, True)
    actions.give_anew(
        assignment=row, lead=here.hung_yen, head=HEAD, reason="Giao lại", happened_on=date(2025, 7, 1),
        by=here.chi, at=JULY,
    )  # fmt: skip
    assert (now(row).withdrawn, now(row).lead_id, now(row).first_limit_on) == (False, here.hung_yen.pk, DUE)


@covers("1.13")
def test_refused_changes_nothing_but_says_why():
    here = world()
    row = given(here)
    decision = decide(here, ask(here, row, ChangeKind.LIMIT, limit_on=LATER), granted=False)
    assert (decision.agency, decision.limit_on) == (here.government, None)
    assert wording(row).limit_on == DUE


def test_a_refusal_without_a_reason_is_not_written():
    here = world()
    request = ask(here, given(here), ChangeKind.LIMIT, limit_on=LATER)
    with pytest.raises(Refused, match="Say why"):
        decide(here, request, granted=False, reason="")
    assert not ChangeDecision.objects.exists()


def test_a_request_is_decided_once():
    here = world()
    request = ask(here, given(here), ChangeKind.LIMIT, limit_on=LATER)
    decide(here, request)
    with pytest.raises(Refused, match="already been decided"):
        decide(here, request, granted=False)


def test_no_decision_before_the_request():
    here = world()
    request = ask(here, given(here), ChangeKind.LIMIT, limit_on=LATER)
    with pytest.raises(Refused):
        decide(here, request, day=date(2025, 6, 9))


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (ChangeKind.CONTENT, {}),
        (ChangeKind.PRODUCT, {"text": " "}),
        (ChangeKind.LEAD, {}),
        (ChangeKind.LIMIT, {}),
    ],
)
def test_a_request_names_what_it_asks_for(kind, more):
    here = world()
    with pytest.raises(Refused):
        ask(here, given(here), kind, **more)
    assert not ChangeRequest.objects.exists()


def test_the_same_is_not_asked_twice_at_a_time():
    here = world()
    row = given(here)
    ask(here, row, ChangeKind.LIMIT, limit_on=LATER)
    with pytest.raises(Refused, match="not decided yet"):
        ask(here, row, ChangeKind.LIMIT, limit_on=LATER)


def move(action, row, day=ASKED, **more):
    return action(assignment=row, reason="Chờ sắp xếp", happened_on=day, by=None, at=JULY, **more)


def test_paused_and_resumed():
    row = given(world())
    move(actions.pause, row)
    assert now(row).paused
    move(actions.resume, row, DECIDED)
    assert not now(row).paused


def test_what_is_not_paused_is_not_resumed():
    row = given(world())
    with pytest.raises(Refused, match="paused"):
        move(actions.resume, row)


def test_what_is_withdrawn_is_given_anew_not_resumed():
    row = given(world())
    move(actions.withdraw, row)
    with pytest.raises(Refused, match="paused"):
        move(actions.resume, row, DECIDED)


def test_a_late_entry_may_not_contradict_what_came_after():
    here = world()
    row = given(here)
    claim = claimed(here, row)
    actions.accept(claim=claim, happened_on=date(2025, 6, 20), by=here.binh, at=JUNE)
    with pytest.raises(Refused):
        move(actions.withdraw, row, date(2025, 6, 19))
    assert not Interruption.objects.exists()


def test_no_report_on_what_is_withdrawn():
    here = world()
    row = given(here)
    move(actions.withdraw, row)
    with pytest.raises(Refused, match="withdrawn"):
        claimed(here, row)


def test_a_fan_out_rests_with_its_children_and_is_taken_up_with_them():
    here = world()
    parent, one, two = fanned_out(here, here.lai_chau, here.hung_yen)
    move(actions.pause, parent)
    assert now(one).paused
    assert now(two).paused
    move(actions.resume, parent, DECIDED)
    assert not now(one).paused


def test_withdrawing_takes_back_the_open_parts_below():
    here = world()
    row = given(here)
    part, = actions.split(
        assignment=row, parts=[Part(here.doan_ket, CLEAR, HEAD)], kind=RelationKind.ADMINISTRATIVE,
        given_on=ASKED, by=None, at=JUNE,
    )  # fmt: skip
    move(actions.withdraw, row, DECIDED)
    assert now(part).withdrawn


def test_another_head_answers_from_the_day_on():
    here = world()
    row = given(here)
    head = Head("Chủ tịch UBND tỉnh", "Lê Văn Mẫu", DECIDED)
    actions.change_head(assignment=row, head=head, basis="Bổ nhiệm", happened_on=DECIDED, by=None, at=JULY)
    assert wording(row, AsOf(ASKED)).head_name == "Nguyễn Văn Mẫu"
    assert (wording(row).head_name, wording(row).lead_id) == ("Lê Văn Mẫu", here.lai_chau.pk)
    assert CapacityChange.objects.get().agency == here.lai_chau
