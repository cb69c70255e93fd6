"""What the log tells people: once, to whom it concerns, nothing of what was there before."""

from dataclasses import replace
from datetime import date

import pytest

from tests.assignments.factory import CLEAR, JUNE, claimed, given, person, world
from tests.marks import covers
from thuocdo.accounts import actions as account_actions
from thuocdo.accounts.actions import Pair
from thuocdo.accounts.enums import Role
from thuocdo.accounts.models import Membership
from thuocdo.agencies.models import Agency, Succession
from thuocdo.assignments import actions
from thuocdo.assignments.enums import ChangeKind, DemandKind, HoldState
from thuocdo.assignments.models import Watch
from thuocdo.assignments.terms import Ask, Asking
from thuocdo.audit import actions as log_actions
from thuocdo.notices.enums import Kind
from thuocdo.notices.models import Notice

pytestmark = pytest.mark.django_db
DAY = JUNE.date()


def news():
    """Seal what was written, then tell it."""
    while log_actions.seal(at=JUNE):
        pass
    return actions.tell_news(day=DAY, at=JUNE)


def told(user):
    return sorted(Notice.objects.filter(user=user).values_list("kind", "link"))


@pytest.fixture
def here():
    """People are told of what is done from here on."""
    made = world()
    given(made)  # before: of this nobody hears
    news()
    return made


@covers("2.07")
def test_of_what_was_there_before_nobody_hears(here):
    assert Notice.objects.count() == 0


@covers("2.07")
def test_what_was_there_before_but_is_sealed_later_is_not_told_either():
    here = world()
    row = given(here)
    actions.tell_news(day=DAY, at=JUNE)  # the first time: nothing is sealed yet
    claimed(here, row)
    news()
    assert [kind for kind, _ in told(here.an)] == []
    assert [kind for kind, _ in told(here.binh)] == [Kind.CLAIM_WAITS]


@covers("2.07")
def test_a_duty_given_a_claim_its_return_and_its_confirmation(here):
    row = given(here)
    claim = claimed(here, row)
    days = {"happened_on": date(2025, 6, 19), "by": here.binh, "at": JUNE}
    actions.return_claim(claim=claim, reason="Thiếu số văn bản", **days)
    actions.accept(claim=claimed(here, row, date(2025, 6, 19)), **{**days, "happened_on": date(2025, 6, 20)})
    news()
    page = f"/assignments/{row.pk}/"
    assert told(here.an) == [(Kind.CLAIM_ACCEPTED, page), (Kind.CLAIM_RETURNED, page), (Kind.GIVEN, page)]
    assert [kind for kind, _ in told(here.binh)] == [Kind.CLAIM_WAITS] * 2
    assert Notice.objects.get(kind=Kind.CLAIM_RETURNED).values["reason"] == "Thiếu số văn bản"


@covers("2.07")
def test_a_request_goes_to_who_decides_and_the_decision_back(here):
    row = given(here)
    ask = Ask(ChangeKind.LIMIT, "Chờ hướng dẫn", limit_on=date(2025, 9, 30))
    days = {"happened_on": date(2025, 6, 19), "at": JUNE}
    request = actions.ask_change(assignment=row, ask=ask, by=here.an, **days)
    news()
    assert told(here.chi) == [(Kind.CHANGE_ASKED, f"/requests/{request.pk}/")]
    actions.decide_change(request=request, granted=False, reason="Không đủ căn cứ", by=here.chi, **days)
    news()
    assert (Kind.CHANGE_REFUSED, f"/assignments/{row.pk}/") in told(here.an)


@covers("2.07")
def test_news_are_told_once(here):
    given(here)
    assert [news(), news()] == [1, 0]
    Watch.objects.update(batch=0)
    news()
    assert len(told(here.an)) == 1


@covers("2.07")
def test_many_duties_at_once_are_one_notice(here):
    for number in range(6):
        given(here, replace(CLEAR, work=f"Việc {number}"))
    news()
    assert told(here.an) == [(Kind.GIVEN_MANY, "/my-work/")]
    assert Notice.objects.get(user=here.an).values["n"] == 6


@covers("2.07")
def test_who_is_waited_for_hears_of_it_and_the_lead_of_the_answer(here):
    row, dung = given(here), person("dung", here.ministry, Role.FOCAL)
    days = {"by": here.an, "at": JUNE}
    hold = actions.open_hold(
        assignment=row, agency=here.ministry, reason="Chờ hướng dẫn", opened_on=date(2025, 6, 10), **days
    )
    news()
    assert told(dung) == [(Kind.HOLD_WAITS, f"/holds/{hold.pk}/answer/")]
    facts = {"hold": hold, "happened_on": date(2025, 6, 12), "at": JUNE}
    words = "Đã trả lời"
    actions.answer_hold(state=HoldState.DISPUTED, agency=here.ministry, reason=words, by=dung, **facts)
    news()
    page = f"/assignments/{row.pk}/"
    assert (Kind.HOLD_DISPUTED, page) in told(here.an)
    assert (Kind.HOLD_DISPUTED, page) in told(here.chi)
    actions.answer_hold(state=HoldState.ACCEPTED, agency=here.government, by=here.chi, **facts)
    news()
    assert (Kind.HOLD_ACCEPTED, page) in told(here.an)
    assert (Kind.HOLD_ACCEPTED, page) in told(dung)


@covers("2.07")
def test_who_is_asked_hears_of_it_and_who_asked_of_the_answer(here):
    thanh, other = (person(name, here.office, Role.INSPECTOR) for name in ("thanh", "tra"))
    giang = person("giang", here.lai_chau, Role.LEADER)
    asking = Asking(DemandKind.URGE, here.lai_chau, here.office, "Báo cáo", answer_on=date(2025, 6, 27))
    demand = actions.demand(asking=asking, happened_on=date(2025, 6, 19), by=thanh, at=JUNE)
    news()
    page = f"/demands/{demand.pk}/"
    assert told(here.an) == told(giang) == [(Kind.DEMAND_WRITTEN, page)]
    days = {"happened_on": date(2025, 6, 20), "by": here.an, "at": JUNE}
    actions.answer(demand=demand, agency=here.lai_chau, text="Đã xong", **days)
    news()
    assert (told(thanh), told(other)) == ([(Kind.DEMAND_ANSWERED, page)], [])


@covers("2.07", "2.11")
def test_who_stands_in_is_told_on_those_days(here):
    em = person("em", here.ministry, Role.FOCAL)
    pair = Pair(em, here.an, here.lai_chau)
    days = {"opened_on": date(2025, 6, 19), "closed_on": date(2025, 6, 21)}
    account_actions.open_substitution(pair=pair, basis="QĐ 12", by=None, at=JUNE, **days)
    given(here)
    news()
    assert [kind for kind, _ in told(em)] == [Kind.GIVEN] == [kind for kind, _ in told(here.an)]
    given(here)
    while log_actions.seal(at=JUNE):
        pass
    actions.tell_news(day=date(2025, 6, 21), at=JUNE)
    assert (len(told(em)), len(told(here.an))) == (1, 2)


@covers("2.07", "2.11")
def test_who_stands_in_for_the_writer_hears_of_the_answer_and_a_colleague_does_not(here):
    thanh, tra, em = (person(name, here.office, Role.INSPECTOR) for name in ("thanh", "tra", "em"))
    Membership.objects.filter(user=em).delete()
    days = {"opened_on": date(2025, 6, 19), "closed_on": date(2025, 6, 21)}
    pair = Pair(em, thanh, here.office)
    account_actions.open_substitution(pair=pair, basis="QĐ 12", by=None, at=JUNE, **days)
    answered(here, thanh)
    assert [len(told(one)) for one in (thanh, em, tra)] == [1, 1, 0]


@covers("2.07")
def test_who_carries_on_an_agency_that_ended_hears_of_the_answer(here):
    thanh, giang = person("thanh", here.ministry, Role.INSPECTOR), person("giang", here.office, Role.LEADER)
    made = answered(here, thanh, sender=here.ministry, telling=False)
    Succession.objects.create(
        kind="merger", predecessor=here.ministry, successor=here.office, happened_on=date(2025, 6, 20),
        basis="QĐ 1", recorded_at=JUNE,
    )  # fmt: skip
    Agency.objects.filter(pk=here.ministry.pk).update(closed_on=date(2025, 6, 20), closed_recorded_at=JUNE)
    Membership.objects.filter(user=thanh).update(closed_on=date(2025, 6, 20))
    news()
    assert (told(giang), told(thanh)) == ([(Kind.DEMAND_ANSWERED, f"/demands/{made.pk}/")], [])


def answered(here, writer, sender=None, *, telling=True):
    """A demand that was told, with its answer, which is told or not yet."""
    asking = Asking(
        DemandKind.URGE, here.lai_chau, sender or here.office, "Báo cáo", answer_on=date(2025, 6, 27)
    )
    made = actions.demand(asking=asking, happened_on=date(2025, 6, 19), by=writer, at=JUNE)
    news()
    days = {"happened_on": date(2025, 6, 20), "by": here.an, "at": JUNE}
    actions.answer(demand=made, agency=here.lai_chau, text="Đã xong", **days)
    if telling:
        news()
    return made
