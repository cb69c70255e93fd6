"""Who is waited for answers; both clocks; places without a signal (2.04)."""

from datetime import UTC, date, datetime

import pytest

from tests.agencies.factory import FIRST_DAY
from tests.assignments.factory import GIVEN_ON, JULY, JUNE, given, world
from tests.marks import covers
from thuocdo.agencies.enums import TerritoryLevel
from thuocdo.agencies.models import Agency, Territory
from thuocdo.assignments import actions
from thuocdo.assignments.enums import Condition, HoldState, Parameter
from thuocdo.assignments.models import HoldAnswer, Span
from thuocdo.assignments.queries import listing
from thuocdo.assignments.queries.asked import holds_to_answer, holds_to_decide
from thuocdo.assignments.queries.status import standing
from thuocdo.assignments.rules.used import Charge, Waited, used
from thuocdo.assignments.terms import Reach
from thuocdo.audit.models import Entry
from thuocdo.lib.moments import DAY_MAX, MOMENT_MAX, AsOf
from thuocdo.lib.say import Refused

OPENED, ANSWERED = date(2025, 5, 5), date(2025, 5, 12)
S = HoldState


def waiting(here, row, **more):
    facts = {"agency": here.ministry, "reason": "Chờ hướng dẫn", "opened_on": OPENED, "by": here.an, **more}
    return actions.open_hold(assignment=row, at=JUNE, **facts)


def answer(hold, state, day=ANSWERED, **more):
    facts = {"agency": hold.agency, "reason": "Đã trả lời ngày 2/5", "by": None, "at": JUNE, **more}
    return actions.answer_hold(hold=hold, state=state, happened_on=day, **facts)


def now(row) -> Span:
    return Span.objects.get(assignment=row, valid_to=DAY_MAX, known_to=MOMENT_MAX)


@covers("2.04")
@pytest.mark.django_db
def test_a_hold_stands_as_claimed_until_it_is_accepted():
    here = world()
    row = given(here)
    hold = waiting(here, row)
    assert now(row).hold_state == S.CLAIMED
    answer(hold, S.ACCEPTED)
    assert (now(row).hold_state, now(row).waits_for_id) == (S.ACCEPTED, here.ministry.pk)
    assert Entry.objects.get(verb="hold.accepted").new["hold_id"] == str(hold.pk)


@covers("2.04")
@pytest.mark.django_db
def test_a_disputed_hold_is_accepted_later():
    here = world()
    row = given(here)
    hold = waiting(here, row)
    answer(hold, S.DISPUTED)
    assert now(row).hold_state == S.DISPUTED
    answer(hold, S.ACCEPTED, date(2025, 5, 20))
    assert now(row).hold_state == S.ACCEPTED


@covers("2.04")
@pytest.mark.django_db
def test_the_assigner_decides_a_dispute_and_what_is_not_upheld_is_no_waiting():
    here = world()
    row = given(here)
    hold = waiting(here, row)
    answer(hold, S.DISPUTED)
    answer(hold, S.REJECTED, date(2025, 5, 20), agency=here.government)
    assert now(row).waits_for_id is None
    then = standing(AsOf(date(2025, 5, 19))).get(assignment=row)
    assert (then.waits_for_id, then.hold_state) == (here.ministry.pk, S.DISPUTED)


@covers("2.04")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "more"),
    [
        (S.REJECTED, {}), (S.CLAIMED, {}), (S.DISPUTED, {"reason": " "}),
        (S.ACCEPTED, {"day": date(2025, 5, 4)}), (S.ACCEPTED, {"day": date(2025, 6, 21)}),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be(state, more):
    here = world()
    hold = waiting(here, given(here))
    with pytest.raises(Refused):
        answer(hold, state, **more)
    assert not HoldAnswer.objects.exists()


@covers("2.04")
@pytest.mark.django_db
def test_what_is_accepted_is_not_answered_again():
    here = world()
    hold = waiting(here, given(here))
    answer(hold, S.ACCEPTED)
    with pytest.raises(Refused, match="accepted"):
        answer(hold, S.DISPUTED, date(2025, 5, 20))


@covers("2.04")
@pytest.mark.django_db
def test_who_has_to_answer_is_found():
    here = world()
    row = given(here)
    hold = waiting(here, row)
    other = waiting(here, row, agency=here.hung_yen)
    answer(other, S.DISPUTED)
    assert list(holds_to_answer(AsOf(date(2025, 6, 1)))) == [hold]
    assert list(holds_to_decide(AsOf(date(2025, 6, 1)))) == [other]
    assert list(holds_to_answer(AsOf(date(2025, 5, 11)))) == [hold, other]


@covers("2.04")
@pytest.mark.django_db
def test_a_hold_stands_on_a_past_day_as_it_was_known():
    here = world()
    hold = waiting(here, given(here))
    later = datetime(2025, 7, 20, 2, tzinfo=UTC)
    actions.close_hold(hold=hold, closed_on=date(2025, 6, 10), by=here.an, at=later)
    seen = [AsOf(date(2025, 6, 9)), AsOf(date(2025, 6, 10)), AsOf(date(2025, 6, 10), JUNE)]
    assert [list(holds_to_answer(as_of)) for as_of in seen] == [[hold], [], [hold]]
    assert list(holds_to_answer(AsOf(date(2025, 6, 9), datetime(2025, 6, 1, tzinfo=UTC)))) == []


MAY = [date(2025, 5, day) for day in range(1, 32)]
WAITED = {
    "accepted": Waited(7, MAY[0], MAY[10], S.ACCEPTED),
    "more of it": Waited(8, MAY[5], MAY[15], S.ACCEPTED),
    "claimed": Waited(8, MAY[15], DAY_MAX, S.CLAIMED),
    "disputed": Waited(9, MAY[20], DAY_MAX, S.DISPUTED),
    "not upheld": Waited(9, MAY[0], DAY_MAX, S.REJECTED),
}


@covers("2.04")
@pytest.mark.parametrize(
    ("names", "days", "accepted", "claimed"),
    [
        ([], 30, 0, 0),
        (["accepted"], 30, 10, 0),
        (["accepted", "more of it"], 30, 15, 0),  # a day for two is one day
        (["accepted", "claimed"], 30, 10, 15),
        (["claimed", "disputed"], 30, 0, 15),
        (["not upheld"], 30, 0, 0),
    ],
)
def test_both_clocks(names, days, accepted, claimed):
    found = used(MAY[0], MAY[30], [WAITED[name] for name in names])
    assert (found.days, found.accepted, found.claimed) == (days, accepted, claimed)
    assert (found.own, found.own_as_claimed) == (days - accepted, days - accepted - claimed)


@covers("2.04")
def test_waiting_is_charged_to_who_was_waited_for():
    found = used(MAY[0], MAY[30], [WAITED["accepted"], WAITED["more of it"], WAITED["claimed"]])
    assert found.charges == (Charge(8, S.CLAIMED, 15), Charge(7, S.ACCEPTED, 10), Charge(8, S.ACCEPTED, 10))
    assert used(MAY[0], MAY[0], [WAITED["accepted"]]).charges == ()


def in_condition(condition, day):
    found = listing.in_condition(standing(AsOf(day)), day, condition)
    return list(found.values_list("assignment", flat=True))


@covers("2.04")
@pytest.mark.django_db
def test_silence_from_where_there_is_no_signal_is_not_stalled():
    here = world()
    row = given(here)
    assert in_condition(Condition.STALLED, date(2025, 6, 1)) == [row.pk]
    out = actions.open_outage(
        reach=Reach(agency=here.lai_chau),
        reason="Lũ",
        opened_on=date(2025, 4, 20),
        by=None,
        at=JUNE,
    )
    assert in_condition(Condition.STALLED, date(2025, 6, 1)) == []
    assert in_condition(Condition.UNREACHABLE, date(2025, 6, 1)) == [row.pk]
    actions.close_outage(outage=out, closed_on=date(2025, 6, 5), by=None, at=JUNE)
    assert in_condition(Condition.STALLED, date(2025, 7, 5)) == []
    assert in_condition(Condition.STALLED, date(2025, 7, 6)) == [row.pk]


@covers("2.04")
@pytest.mark.django_db
def test_a_territory_without_a_signal_holds_all_who_answer_for_its_parts():
    here = world()
    row = given(here)
    province = Territory.objects.create(
        level=TerritoryLevel.PROVINCE, code="12", kind="tỉnh", name="Lai Châu", name_folded="lai chau",
        opened_on=FIRST_DAY,
    )  # fmt: skip
    commune = Territory.objects.create(
        level=TerritoryLevel.COMMUNE, code="03388", kind="xã", name="Mẫu", name_folded="mau", parent=province,
        opened_on=FIRST_DAY,
    )  # fmt: skip
    Agency.objects.filter(pk=here.lai_chau.pk).update(territory=commune)
    actions.open_outage(
        reach=Reach(territory=province), reason="Bão", opened_on=date(2025, 4, 20), by=None, at=JUNE
    )
    assert in_condition(Condition.UNREACHABLE, date(2025, 6, 1)) == [row.pk]
    with pytest.raises(Refused, match="already"):
        actions.open_outage(
            reach=Reach(territory=province), reason="Bão", opened_on=date(2025, 4, 25), by=None, at=JUNE
        )


@covers("2.04")
@pytest.mark.django_db
def test_a_parameter_decided_upon_moves_what_is_stalled_from_its_day():
    here = world()
    row = given(here)
    actions.set_parameter(
        name=Parameter.SILENCE, value=60, source_text="Quyết định 15/QĐ-UBND", happened_on=date(2025, 5, 20),
        by=None, at=JULY,
    )  # fmt: skip
    assert in_condition(Condition.STALLED, date(2025, 5, 10)) == [row.pk]
    assert in_condition(Condition.STALLED, date(2025, 5, 25)) == []
    then = listing.in_condition(standing(AsOf(date(2025, 5, 25), JUNE)), date(2025, 5, 25), Condition.STALLED)
    assert then.count() == 1
    with pytest.raises(Refused):
        actions.set_parameter(
            name=Parameter.PACE, value=3, source_text="Nhầm", happened_on=GIVEN_ON, by=None, at=JULY
        )
