"""What did not come by its day is told to who asked for it, once (2.07)."""

from datetime import date

import pytest

from tests.assignments.factory import JULY, JUNE, claimed, given, person, world
from tests.marks import covers
from thuocdo.accounts.enums import Role
from thuocdo.agencies.models import Installation
from thuocdo.assignments import actions, jobs
from thuocdo.assignments.enums import DemandKind
from thuocdo.assignments.terms import Asking
from thuocdo.notices.enums import Kind
from thuocdo.notices.models import Notice

pytestmark = pytest.mark.django_db
BEGAN, WRITTEN, BY, AFTER = date(2025, 6, 20), date(2025, 6, 19), date(2025, 7, 10), date(2025, 7, 11)


@pytest.fixture
def here():
    """People are told since 20 June; the inspector Thanh writes to Lai Châu, which leads a duty."""
    made = world()
    made.thanh = person("thanh", made.office, Role.INSPECTOR)
    actions.escalate(day=BEGAN, at=JUNE)
    made.duty = given(made)
    return made


def demand(here, answer_on=BY):
    asking = Asking(DemandKind.URGE, here.lai_chau, here.office, "Báo cáo", answer_on=answer_on)
    return actions.demand(asking=asking, happened_on=WRITTEN, by=here.thanh, at=JUNE)


def promised(here):
    days = {"promised_on": BY, "happened_on": date(2025, 7, 2), "by": here.an, "at": JULY}
    return actions.promise(assignment=here.duty, text="Xong trước 10/7", **days)


def told():
    return list(Notice.objects.order_by("pk").values_list("user__name", "kind", "link"))


@covers("2.07")
def test_an_answer_that_did_not_come_is_told_once_to_who_asked(here):
    made = demand(here)
    for day in (BY, AFTER, AFTER, date(2025, 7, 12)):
        actions.tell_passed(day=day, at=JULY)
    assert told() == [("thanh", Kind.DEMAND_LATE, f"/demands/{made.pk}/")]


@covers("2.07")
def test_what_was_answered_is_silent_and_what_passed_before_people_were_told(here):
    made = demand(here)
    demand(here, answer_on=WRITTEN)
    days = {"happened_on": BY, "by": here.an, "at": JULY}
    actions.answer(demand=made, agency=here.lai_chau, text="Đã xong", **days)
    assert (actions.tell_passed(day=AFTER, at=JULY), told()) == (0, [])


@covers("2.07")
def test_a_commitment_that_was_not_kept_is_told_once_to_the_office(here):
    promised(here)
    for day in (BY, AFTER, date(2025, 7, 12)):
        actions.tell_passed(day=day, at=JULY)
    assert told() == [("binh", Kind.PROMISE_BROKEN, f"/assignments/{here.duty.pk}/")]


@covers("2.07")
def test_a_commitment_that_was_kept_is_silent(here):
    promised(here)
    claimed(here, here.duty, date(2025, 7, 9), at=JULY)
    assert actions.tell_passed(day=AFTER, at=JULY) == 0


@covers("2.07")
def test_where_the_day_stands_still_nothing_is_told(here):
    Installation.objects.update_or_create(defaults={"opens_on": BEGAN, "recorded_at": JUNE})
    demand(here)
    jobs.tell_passed.call()
    assert told() == []
