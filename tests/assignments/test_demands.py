"""Urging, instructing, demanding explanation; promises of late leads (2.05, 2.06)."""

from datetime import UTC, date, datetime

import pytest

from tests.assignments.factory import HEAD, JUNE, PLAN, claimed, given, person, said, world
from tests.marks import covers
from tests.web.factory import fill, signed_in, text_of
from thuocdo.accounts.enums import Role
from thuocdo.accounts.permissions import reader_of
from thuocdo.agencies import actions as agency_actions
from thuocdo.agencies.enums import DayKind, Occasion
from thuocdo.agencies.rules.calendar import NewDecision, NewMark
from thuocdo.assignments import actions, limits
from thuocdo.assignments.enums import DemandKind, DemandState, PromiseState
from thuocdo.assignments.models import Answer, Commitment, Demand
from thuocdo.assignments.permissions import may_answer, may_demand, may_see_demand, may_take_back, senders
from thuocdo.assignments.queries import demands
from thuocdo.assignments.rules.discipline import Demanded, Duty, demand_state, promise_problem, promise_state
from thuocdo.assignments.terms import Asking
from thuocdo.audit.models import Entry
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Refused

WRITTEN, BY = date(2025, 6, 10), date(2025, 6, 17)
TODAY = date(2025, 6, 20)
JULY = datetime(2025, 7, 20, 2, tzinfo=UTC)
K, D, P = DemandKind, DemandState, PromiseState


def write(here, row=None, **more):
    facts = {
        "kind": K.URGE,
        "agency": here.lai_chau,
        "sender": here.office,
        "text": "Đề nghị báo cáo",
        **more,
    }
    asking = Asking(assignment=row, **{"answer_on": BY, **facts})
    return actions.demand(asking=asking, happened_on=WRITTEN, by=here.binh, at=JUNE)


@covers("2.06")
@pytest.mark.parametrize(
    ("answered_on", "day", "state"),
    [
        (None, BY, D.OPEN), (None, date(2025, 6, 18), D.LATE), (BY, BY, D.ANSWERED),
        (date(2025, 6, 18), date(2025, 6, 19), D.ANSWERED_LATE),
        (date(2025, 6, 19), date(2025, 6, 18), D.LATE),
    ],
)  # fmt: skip
def test_a_demand_is_late_when_its_limit_passes_without_an_answer(answered_on, day, state):
    assert demand_state(Demanded(BY, answered_on), day) is state


@covers("2.06")
@pytest.mark.django_db
def test_a_demand_waits_for_its_answer_then_is_late_then_answered():
    here = world()
    made = write(here, given(here))
    assert list(demands.to_answer(AsOf(BY))) == [made]
    assert list(demands.unanswered(AsOf(BY))) == []
    assert list(demands.unanswered(AsOf(TODAY))) == [made]
    actions.answer(
        demand=made, agency=here.lai_chau, text="Xin báo cáo", happened_on=TODAY, by=here.an, at=JUNE
    )
    assert list(demands.to_answer(AsOf(TODAY))) == []
    assert list(demands.unanswered(AsOf(date(2025, 6, 19)))) == [made]
    assert Entry.objects.filter(verb="demand.urge").count() == 1


@covers("2.06")
@pytest.mark.parametrize(
    ("of", "state"),
    [
        (Demanded(BY, taken_back_on=TODAY), D.TAKEN_BACK), (Demanded(BY, lapsed=True), D.LAPSED),
        (Demanded(BY, taken_back_on=date(2025, 6, 21)), D.LATE), (Demanded(BY, BY, lapsed=True), D.ANSWERED),
        (Demanded(BY, taken_back_on=TODAY, lapsed=True), D.TAKEN_BACK),
    ],
)  # fmt: skip
def test_nobody_is_late_with_an_answer_that_nobody_waits_for(of, state):
    assert demand_state(of, TODAY) is state


@covers("2.06")
@pytest.mark.django_db
def test_a_demand_is_taken_back_with_a_reason_and_nobody_waits_for_it():
    here = world()
    made = write(here, given(here))
    back = {"demand": made, "agency": here.office, "by": here.binh, "at": JULY}
    with pytest.raises(Refused, match="Say why"):
        actions.take_back(reason=" ", happened_on=TODAY, **back)
    actions.take_back(reason="Đã có trong báo cáo tháng", happened_on=date(2025, 6, 19), **back)
    assert [list(demands.unanswered(AsOf(day))) for day in (date(2025, 6, 18), TODAY)] == [[made], []]
    assert list(demands.unanswered(AsOf(TODAY, JUNE))) == [made], "so it was known then"
    assert Entry.objects.get(verb="demand.taken_back").by_id == here.binh.pk
    with pytest.raises(Refused, match="taken back"):
        actions.answer(demand=made, agency=here.lai_chau, text="Xin", happened_on=TODAY, by=here.an, at=JULY)
    with pytest.raises(Refused, match="already"):
        actions.take_back(reason="Lần nữa", happened_on=TODAY, **back)


@covers("2.06")
@pytest.mark.django_db
def test_what_was_answered_is_not_taken_back():
    here = world()
    made = write(here)
    actions.answer(demand=made, agency=here.lai_chau, text="Xin", happened_on=BY, by=here.an, at=JUNE)
    with pytest.raises(Refused, match="has been answered"):
        actions.take_back(
            demand=made, agency=here.office, reason="Nhầm", happened_on=TODAY, by=here.binh, at=JUNE
        )


@covers("2.06", "2.07")
@pytest.mark.django_db
def test_a_demand_on_a_withdrawn_duty_is_not_late_and_lives_again_with_it():
    here = world()
    row = given(here)
    made = write(here, row)
    moved = {"assignment": row, "by": here.chi, "at": JULY}
    actions.withdraw(reason="Trùng", happened_on=date(2025, 6, 19), **moved)
    assert list(demands.unanswered(AsOf(TODAY))) == []
    assert demands.state(demands.demands(AsOf(TODAY)).get(), TODAY) is D.LAPSED
    anew = {"lead": here.lai_chau, "head": HEAD, "reason": "Giao lại"}
    actions.give_anew(happened_on=date(2025, 7, 1), **anew, **moved)
    assert list(demands.unanswered(AsOf(date(2025, 7, 2)))) == [made]


@covers("2.06")
@pytest.mark.django_db
def test_who_wrote_it_takes_it_back_and_nobody_else():
    here = world()
    row = given(here, monitoring=here.office)
    made = write(here, row)
    watching = person("khoa", here.office, Role.LEADER)
    inspecting = person("dung", here.government, Role.INSPECTOR)
    may = [may_take_back(reads(who), made, TODAY) is None for who in (watching, inspecting, here.an)]
    assert may == [True, False, False]
    address = f"/en/demands/{made.pk}/"
    fill(signed_in(watching), f"{address}take-back/", reason="Nhầm", happened_on="2025-06-20")
    page = text_of(signed_in(here.an).get(f"{address}?as_of=2025-06-20"))
    assert "Taken back on 20 June 2025: Nhầm" in page


@covers("2.06")
@pytest.mark.django_db
def test_an_answer_within_working_days_is_counted_on_the_calendar():
    here = world()
    made = write(here, answer_on=None, term_days=5)
    assert (made.term.quantity, made.answer_on) == (5, date(2025, 6, 17))  # a weekend lies between


@covers("2.06", "2.01")
@pytest.mark.django_db
def test_a_new_decision_on_working_days_moves_the_limit_of_an_answer():
    here = world()
    made = write(here, answer_on=None, term_days=5)
    marks = (NewMark(date(2025, 6, 16), DayKind.OFF, Occasion.STORM, agency_id=here.lai_chau.pk),)
    new = NewDecision("15/QĐ-UBND", here.lai_chau.name, "Nghỉ tránh bão", date(2025, 6, 15), marks)
    decision = agency_actions.decide_days(new=new, by=None, at=JULY)
    preview = limits.preview(decision, at=JULY)
    actions.move_limits(decision=decision, seen=preview.mark, by=None, at=JULY)
    assert demands.demands(AsOf(TODAY)).get().due_on == date(2025, 6, 18)
    assert demands.demands(AsOf(TODAY, JUNE)).get().due_on == made.answer_on


@covers("2.06")
@pytest.mark.django_db
@pytest.mark.parametrize(
    "more",
    [
        {"text": " "}, {"answer_on": date(2025, 6, 9)}, {"answer_on": None}, {"self": True},
        {"answer_on": None, "term_days": 900},
    ],
)  # fmt: skip
def test_a_demand_that_cannot_be(more):
    here = world()
    stated = {"sender": here.lai_chau} if more.get("self") else more
    with pytest.raises(Refused):
        write(here, **stated)
    assert not Demand.objects.exists()


@covers("2.06")
@pytest.mark.django_db
@pytest.mark.parametrize(("text", "day"), [(" ", TODAY), ("Xin báo cáo", date(2025, 6, 9))])
def test_an_answer_that_cannot_be(text, day):
    here = world()
    made = write(here)
    with pytest.raises(Refused):
        actions.answer(demand=made, agency=here.lai_chau, text=text, happened_on=day, by=here.an, at=JUNE)
    assert not Answer.objects.exists()


def reads(who):
    return reader_of(who, TODAY)


@covers("2.06")
@pytest.mark.django_db
def test_who_may_write_what_to_whom():
    here = world()
    row = given(here, monitoring=here.office)
    above = reads(person("giang", here.government, Role.LEADER))
    beside = reads(person("ha", here.hung_yen, Role.LEADER))
    watching = reads(person("khoa", here.office, Role.LEADER))
    inspecting = reads(person("dung", here.government, Role.INSPECTOR))
    may = {
        kind: [
            bool(senders(who, kind, here.lai_chau, row, TODAY))
            for who in (above, beside, watching, inspecting)
        ]
        for kind in K
    }
    assert may == {
        K.URGE: [True, False, True, True],
        K.INSTRUCT: [True, False, False, False],
        K.EXPLAIN: [True, False, True, True],
    }
    assert may_demand(watching, here.lai_chau, None, TODAY) is not None  # of no duty: it monitors none
    assert may_demand(reads(here.an), here.lai_chau, row, TODAY) is not None


@covers("2.06")
@pytest.mark.django_db
def test_both_sides_see_a_demand_and_only_who_was_asked_answers():
    here = world()
    made = write(here)
    stranger = person("giang", here.hung_yen, Role.FOCAL)
    assert [may_see_demand(reads(one), made) is None for one in (here.an, here.binh, stranger)] == [
        True,
        True,
        False,
    ]
    assert [may_answer(reads(one), made, TODAY) is None for one in (here.an, here.binh)] == [True, False]
    assert [demands.of_agency(here.lai_chau.pk, reads(one), AsOf(TODAY)) for one in (here.an, stranger)] == [
        [made],
        [],
    ]


PROMISED = date(2025, 7, 10)


@covers("2.05")
@pytest.mark.parametrize(
    ("duty", "day", "state"),
    [
        (Duty(None, withdrawn=False, known_until=None), PROMISED, P.OPEN),
        (Duty(None, withdrawn=False, known_until=None), date(2025, 7, 11), P.BROKEN),
        (Duty(PROMISED, withdrawn=False, known_until=None), date(2025, 7, 11), P.KEPT),
        (Duty(date(2025, 7, 11), withdrawn=False, known_until=None), date(2025, 7, 12), P.BROKEN),
        (Duty(None, withdrawn=True, known_until=None), date(2025, 7, 12), P.LAPSED),
        (Duty(None, withdrawn=False, known_until=date(2025, 7, 1)), date(2025, 7, 12), P.NOT_KNOWN),
    ],
)
def test_a_promise_is_kept_or_broken_by_the_day_it_names(duty, day, state):
    assert promise_state(PROMISED, duty, day) is state


@covers("2.05")
def test_a_promise_is_of_a_late_agency_and_of_a_day_to_come():
    passed, now = date(2025, 6, 30), date(2025, 7, 5)
    assert promise_problem(passed, PROMISED, now) is None
    assert promise_problem(date(2025, 7, 5), PROMISED, now) is not None
    assert promise_problem(None, PROMISED, now) is not None
    assert promise_problem(passed, date(2025, 7, 4), now) is not None
    assert promise_problem(passed, date(2027, 7, 4), now) is not None


@covers("2.05")
@pytest.mark.django_db
def test_several_promises_in_a_row_and_the_broken_ones_are_found():
    here = world()
    row = given(here)
    for promised_on, happened_on in (
        (date(2025, 7, 5), date(2025, 7, 1)),
        (date(2025, 7, 15), date(2025, 7, 8)),
    ):
        actions.promise(
            assignment=row,
            promised_on=promised_on,
            text="Sẽ ký",
            happened_on=happened_on,
            by=here.an,
            at=JULY,
        )
    assert Commitment.objects.count() == 2
    found = [demands.broken(AsOf(date(2025, 7, day))).count() for day in (5, 6, 15, 16)]
    assert found == [0, 1, 1, 2]
    actions.claim(
        assignment=row,
        said=said(date(2025, 7, 14)),
        shown_on=date(2025, 7, 14),
        evidence=[PLAN],
        by=here.an,
        at=JULY,
    )
    assert demands.broken(AsOf(date(2025, 7, 16))).count() == 1
    with pytest.raises(Refused):
        actions.promise(
            assignment=given(here), promised_on=date(2025, 6, 25), text="Sẽ ký",
            happened_on=date(2025, 6, 20), by=here.an, at=JUNE,
        )  # fmt: skip


@covers("2.05", "2.07")
@pytest.mark.django_db
def test_a_later_promise_takes_a_broken_one_from_the_desk_and_the_page_still_says_it_was_broken():
    here = world()
    row = given(here)
    for promised_on, day in ((date(2025, 7, 5), date(2025, 7, 2)), (date(2025, 7, 15), date(2025, 7, 8))):
        actions.promise(
            assignment=row, promised_on=promised_on, text="Sẽ xong", happened_on=day, by=here.an, at=JULY
        )
    days = [AsOf(date(2025, 7, day)) for day in (7, 10, 16)]
    assert [demands.to_mend(day).count() for day in days] == [1, 0, 2]
    assert [demands.broken(day).count() for day in days] == [1, 1, 2]
    page = text_of(signed_in(here.an).get(f"/en/assignments/{row.pk}/?as_of=2025-07-10"))
    assert "5 July 2025 · broken, promised anew for 15 July 2025" in page


@covers("2.05")
@pytest.mark.django_db
def test_a_promise_is_of_a_duty_that_is_open():
    here = world()
    claim = claimed(here, given(here))
    actions.accept(claim=claim, happened_on=date(2025, 6, 19), by=here.binh, at=JUNE)
    with pytest.raises(Refused):
        actions.promise(
            assignment=claim.assignment, promised_on=PROMISED, text="Sẽ ký", happened_on=date(2025, 7, 5),
            by=here.an, at=JULY,
        )  # fmt: skip
