"""What the log tells people: once, to whom it concerns, nothing of what was there before."""

from dataclasses import replace
from datetime import date

import pytest

from tests.assignments.factory import CLEAR, JUNE, claimed, given, world
from tests.marks import covers
from thuocdo.assignments import actions
from thuocdo.assignments.enums import ChangeKind
from thuocdo.assignments.models import Watch
from thuocdo.assignments.terms import Ask
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
    assert told(here.an) == [(Kind.GIVEN_MANY, "/work/")]
    assert Notice.objects.get(user=here.an).values["n"] == 6
