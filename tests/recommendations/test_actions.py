"""Asking upward: every step is dated and logged, what waits is charged to whom it lies with (4.01)."""

from datetime import date

import pytest

from tests.assignments.factory import JULY, claimed, given, world
from tests.marks import covers
from tests.recommendations.factory import ASKED, YES, answered, asked, forwarded, received
from thuocdo.assignments import actions as assignment_actions
from thuocdo.assignments.enums import DifficultyClass
from thuocdo.assignments.models import Hold
from thuocdo.assignments.terms import Obstacle
from thuocdo.audit import verify_rows
from thuocdo.audit.models import Entry
from thuocdo.lib.moments import DAY_MAX
from thuocdo.lib.say import Refused
from thuocdo.recommendations import actions
from thuocdo.recommendations.enums import Outcome
from thuocdo.recommendations.models import Recommendation, Step, Wait
from thuocdo.recommendations.terms import Reply

pytestmark = pytest.mark.django_db
NO = Reply(Outcome.REFUSED, "Trái Luật Ngân sách")


@pytest.fixture
def here():
    return world()


def holds(row):
    """(who is waited for, since, until) of the holds of a duty."""
    found = (
        Hold.objects.filter(assignment=row)
        .order_by("pk")
        .values_list("agency__code", "opened_on", "closed_on")
    )
    return list(found)


@covers("4.01")
def test_the_whole_way_is_kept_and_logged(here):
    row = asked(here)
    received(here, row)
    forwarded(here, row)
    answered(here, row)
    actions.take_effect(
        recommendation=row, text="Thông tư đã ban hành", happened_on=date(2025, 7, 18), by=here.an, at=JULY
    )
    found = list(Step.objects.order_by("pk").values_list("kind", "agency__code"))
    assert found == [("received", "CP"), ("forwarded", "CP"), ("answered", "BKHCN"), ("effect", "BKHCN")]
    verbs = (
        Entry.objects.filter(verb__startswith="recommendation.").order_by("pk").values_list("verb", flat=True)
    )
    assert [verb.partition(".")[2] for verb in verbs] == [
        "sent",
        "received",
        "forwarded",
        "answered",
        "effect",
    ]


@covers("4.01")
def test_a_duty_waits_for_whom_it_lies_with_until_the_answer_frees_it(here):
    duty = given(here)
    row = asked(here, duty)
    forwarded(here, row)
    assert holds(duty) == [("CP", ASKED, date(2025, 7, 5)), ("BKHCN", date(2025, 7, 5), DAY_MAX)]
    answered(here, row, date(2025, 7, 15))
    assert holds(duty)[-1] == ("BKHCN", date(2025, 7, 5), date(2025, 7, 15))


@covers("4.01")
def test_a_duty_that_waits_already_gets_no_second_hold_and_keeps_its_own(here):
    duty = given(here)
    own = assignment_actions.open_hold(
        assignment=duty, agency=here.government, reason="Chờ ý kiến", opened_on=date(2025, 6, 10), by=here.an,
        at=JULY,
    )  # fmt: skip
    answered(here, asked(here, duty))
    assert holds(duty) == [("CP", own.opened_on, DAY_MAX)]


@covers("4.01")
def test_the_hold_of_two_recommendations_ends_with_the_second(here):
    duty = given(here)
    first, second = asked(here, duty), asked(here, duty)
    answered(here, first)
    assert holds(duty) == [("CP", ASKED, DAY_MAX)]
    answered(here, second)
    assert holds(duty) == [("CP", ASKED, date(2025, 7, 15))]


@covers("4.01")
def test_forwarding_does_not_stop_at_a_duty_that_was_withdrawn(here):
    duty = given(here)
    row = asked(here, duty)
    assignment_actions.withdraw(
        assignment=duty, reason="Không còn phù hợp", happened_on=date(2025, 7, 3), by=here.chi, at=JULY
    )
    forwarded(here, row)
    assert holds(duty) == [("CP", ASKED, date(2025, 7, 5))]


@covers("4.01")
def test_a_difficulty_waits_with_the_duty_it_holds_back(here):
    duty = given(here)
    obstacle = Obstacle(here.lai_chau, DifficultyClass.PEOPLE, "Thiếu biên chế", here.government, duty)
    met = assignment_actions.open_difficulty(
        obstacle=obstacle, opened_on=date(2025, 6, 10), by=here.an, at=JULY
    )
    asked(here, difficulties=(met,))
    assert Wait.objects.values_list("difficulty", "assignment").get() == (met.pk, duty.pk)
    assert holds(duty) == [("CP", ASKED, DAY_MAX)]


@covers("4.01")
@pytest.mark.parametrize("more", [{"text": " "}, {"wanted_on": date(2025, 6, 30)}, {"on": date(2025, 7, 21)}])
def test_a_recommendation_that_cannot_be(here, more):
    with pytest.raises(Refused):
        asked(here, **more)
    assert not Recommendation.objects.exists()


@covers("4.01")
def test_nobody_asks_themselves_nor_lets_the_duty_of_a_stranger_wait(here):
    for more in ({"addressee": here.lai_chau}, {"assignments": (given(here, lead=here.hung_yen),)}):
        with pytest.raises(Refused):
            asked(here, **more)
    assert not Recommendation.objects.exists()


@covers("4.01")
def test_the_first_day_named_stands_when_it_is_forwarded(here):
    row = asked(here)
    received(here, row)
    forwarded(here, row)
    with pytest.raises(Refused, match="said already"):
        received(here, row, date(2025, 7, 6), date(2025, 9, 1))
    received(here, row, date(2025, 7, 6), None)
    assert Step.objects.filter(due_on__isnull=False).count() == 1


BEFORE = date(2025, 6, 30)
REFUSED = {
    "received without a day": lambda here, row: received(here, row, due=None),
    "received before it was sent": lambda here, row: received(here, row, BEFORE),
    "forwarded to where it lies": lambda here, row: forwarded(here, row, to=here.government),
    "forwarded to who asks": lambda here, row: forwarded(here, row, to=here.lai_chau),
    "forwarded without a reason": lambda here, row: forwarded(here, row, reason=" "),
    "refused without a reason": lambda here, row: answered(here, row, reply=Reply(Outcome.REFUSED, " ")),
    "effect without an answer": lambda here, row: actions.take_effect(
        recommendation=row, text="Đã có tiền", happened_on=date(2025, 7, 18), by=here.an, at=JULY
    ),
}


@covers("4.01")
@pytest.mark.parametrize("step", REFUSED.values(), ids=REFUSED)
def test_a_step_that_cannot_be_changes_nothing(here, step):
    row = asked(here)
    entries = Entry.objects.count()
    with pytest.raises(Refused):
        step(here, row)
    assert (Step.objects.count(), Entry.objects.count()) == (0, entries)


@covers("4.01")
def test_nothing_follows_from_a_refusal_or_a_withdrawal(here):
    refused, withdrawn = asked(here), asked(here)
    answered(here, refused, reply=NO)
    actions.withdraw(
        recommendation=withdrawn, reason="Tỉnh tự cân đối", happened_on=date(2025, 7, 4), by=here.an, at=JULY
    )
    for row in (refused, withdrawn):
        with pytest.raises(Refused):
            answered(here, row, reply=YES)
        with pytest.raises(Refused):
            actions.wait(
                recommendation=row, assignment=given(here), happened_on=date(2025, 7, 16), by=here.an, at=JULY
            )


@covers("4.01")
def test_a_completed_duty_does_not_hinder_the_answer(here):
    duty = given(here)
    row = asked(here, duty)
    claimed(here, duty)
    answered(here, row)
    assert holds(duty) == [("CP", ASKED, date(2025, 7, 15))]


@covers("4.01")
def test_the_rows_are_as_the_log_left_them(here):
    answered(here, asked(here, given(here)))
    assert list(verify_rows.rows()) == []
