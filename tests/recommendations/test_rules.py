"""Where a recommendation stands, what may follow, how long it lies with whom (4.01)."""

from datetime import date

import pytest

from tests.marks import covers
from thuocdo.recommendations.enums import Outcome, Stage, State, StepKind
from thuocdo.recommendations.rules.ageing import Lying, ageing, band
from thuocdo.recommendations.rules.standing import STAGES, Facts, stage_after, state, step_problem

DAY, BEFORE, AFTER = date(2025, 7, 10), date(2025, 7, 9), date(2025, 7, 11)
S, G, K = State, Stage, StepKind
A, R = Outcome.ACCEPTED, Outcome.REFUSED


@covers("4.01")
@pytest.mark.parametrize(
    ("facts", "stands"),
    [
        (Facts(), S.SENT), (Facts(received_on=BEFORE, due_on=AFTER), S.IN_HAND),
        (Facts(received_on=BEFORE, due_on=DAY), S.IN_HAND),
        (Facts(received_on=BEFORE, due_on=BEFORE), S.LATE), (Facts(due_on=BEFORE), S.LATE),
        (Facts(due_on=BEFORE, answered_on=DAY, outcome=A), S.ACCEPTED),
        (Facts(answered_on=BEFORE, outcome=Outcome.PARTLY), S.PARTLY),
        (Facts(answered_on=BEFORE, outcome=R), S.REFUSED),
        (Facts(answered_on=BEFORE, outcome=A, effect_on=DAY), S.IN_EFFECT),
        (Facts(due_on=BEFORE, withdrawn_on=DAY), S.WITHDRAWN),
        (Facts(known_until=DAY), S.SENT), (Facts(known_until=BEFORE, due_on=BEFORE), S.NOT_KNOWN),
    ],
)  # fmt: skip
def test_where_it_stands_on_the_day(facts, stands):
    assert state(facts, DAY) is stands


@covers("4.01")
@pytest.mark.parametrize(
    ("now", "allowed"),
    [
        (G.SENT, {K.RECEIVED, K.FORWARDED, K.ANSWERED, K.WITHDRAWN}),
        (G.RECEIVED, {K.FORWARDED, K.ANSWERED, K.WITHDRAWN}),
        (G.GRANTED, {K.EFFECT}), (G.IN_EFFECT, {K.EFFECT}), (G.REFUSED, set()), (G.WITHDRAWN, set()),
    ],
)  # fmt: skip
def test_what_may_follow(now, allowed):
    assert {kind for kind in K if step_problem(now, kind, A) is None} == allowed


@covers("4.01")
def test_every_stage_can_be_reached_and_a_refusal_is_the_end():
    reached = {stage_after(kind, outcome) for kind in K for outcome in (A, R)}
    assert reached == set(Stage)
    assert STAGES.final() == {G.REFUSED, G.WITHDRAWN}


@covers("4.01")
@pytest.mark.parametrize(("days", "place"), [(0, 0), (30, 0), (31, 1), (90, 1), (91, 2), (400, 2)])
def test_the_bands_of_age(days, place):
    assert band(days) == place


@covers("4.01")
def test_age_is_counted_by_owner_the_oldest_first():
    lying = [
        Lying(1, date(2025, 7, 1), AFTER), Lying(2, date(2025, 1, 1), None),
        Lying(1, date(2025, 6, 1), BEFORE),
    ]  # fmt: skip
    found = [(age.owner_id, age.count, age.bands, age.late, age.oldest) for age in ageing(lying, DAY)]
    assert found == [(2, 1, (0, 0, 1), 0, 190), (1, 2, (1, 1, 0), 1, 39)]
