"""Slow, late, stalled, waiting, blocked, unreachable: the rules, over days (2.04)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assignments.histories import (
    APRIL,
    FIRST,
    HOME_AFFAIRS,
    LIMIT,
    SCIENCE,
    claim,
    d,
    facts,
    known,
    report,
)
from tests.marks import covers
from thuocdo.assignments.enums import Condition, HoldState, InterruptionKind, LimitClass, Parameter
from thuocdo.assignments.rules import pace
from thuocdo.assignments.rules.conditions import conditions_of
from thuocdo.assignments.rules.history import HandedTo, Interrupted, believed, stretches
from thuocdo.assignments.rules.pace import Planned
from thuocdo.assignments.rules.parameters import DEFAULTS, Setting, value_on, value_problem
from thuocdo.assignments.rules.weighing import Blocked, Held, HoldAnswered, OutOfReach
from thuocdo.lib.moments import DAY_MAX

C = Condition
LINE = pace.trajectory(date(2025, 4, 1), date(2025, 7, 10))  # a hundred days
STEPS = pace.trajectory(
    date(2025, 4, 1), date(2025, 7, 10), [(date(2025, 6, 30), Decimal(10)), (date(2025, 8, 1), Decimal(90))]
)


def on(day, **more):
    """The conditions on the day."""
    found = next(one for one in stretches(facts(**more)) if one.valid_from <= day < one.valid_to)
    return conditions_of(found, day)


def said(day, progress, **more):
    made = report(day, **more)
    return type(made)(made.on, made.observed_on, made.known, None if progress is None else Decimal(progress))


@covers("2.04")
@pytest.mark.parametrize(
    ("line", "day", "share"),
    [
        (LINE, d(4, 1), 0), (LINE, d(5, 21), 50), (LINE, d(7, 10), 100), (LINE, d(8, 1), 100),
        (STEPS, d(6, 30), 10), (STEPS, d(7, 5), 55), (STEPS, d(5, 16), 5), (STEPS, d(3, 1), 0),
    ],
)  # fmt: skip
def test_what_is_expected_goes_in_straight_lines_over_the_targets(line, day, share):
    assert pace.expected(line, day) == share


@covers("2.04")
@pytest.mark.parametrize(
    ("progress", "line", "day"),
    [
        (30, LINE, d(5, 22)),  # 30 of 50 is 0.60 on day 50: slow from the day after
        (6, STEPS, d(7, 1)),  # 6 of 10 on 30 June; more is expected the day after
        (0, LINE, d(4, 2)),
        (60, LINE, None),  # 60 of 100 on the limit is not below 0.60
        (None, LINE, None),  # nobody is slow on a progress that nobody declared
    ],
)
def test_slow_begins_when_the_pace_falls_below_the_threshold(progress, line, day):
    stated = None if progress is None else Decimal(progress)
    assert pace.slow_from(stated, line, Decimal("0.60")) == day


@covers("2.04")
@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    progress=st.decimals(0, 100, places=2), threshold=st.decimals("0.05", 1, places=2),
    after=st.integers(0, 100), corner=st.integers(1, 99), share=st.integers(0, 100),
)  # fmt: skip
def test_the_day_is_the_first_on_which_the_pace_is_below(progress, threshold, after, corner, share):
    line = pace.trajectory(
        APRIL, APRIL + timedelta(days=100), [(APRIL + timedelta(days=corner), Decimal(share))]
    )
    day = APRIL + timedelta(days=after)
    since = pace.slow_from(progress, line, threshold)
    below = progress < threshold * pace.expected(line, day)
    exact = abs(progress - threshold * pace.expected(line, day)) < Decimal(
        "1e-20"
    )  # a division that ends not
    assert exact or below == (since is not None and since <= day)


@covers("2.04")
def test_slow_is_not_late_and_late_is_not_slow():
    reports = (said(d(5, 1), 25), said(d(6, 20), 40))
    seen = [on(day, reports=reports) for day in (d(5, 2), d(5, 20), LIMIT, d(7, 1))]
    assert seen == [(), (C.SLOW,), (C.SLOW,), (C.LATE,)]


@covers("2.04")
def test_interim_targets_change_what_is_expected_from_the_day_they_are_set():
    plan = Planned(d(5, 15), ((d(6, 20), Decimal(5)),), FIRST)
    reports = (said(d(5, 10), 10),)
    assert on(d(5, 14), reports=reports, targets=(plan,)) == (C.SLOW,)
    assert on(d(5, 16), reports=reports, targets=(plan,)) == ()


@covers("2.04")
def test_an_outside_observation_accuses_nobody():
    seen = (said(d(5, 10), 1, observed_on=d(6, 29)),)
    assert on(d(6, 29), reports=seen) == ()
    assert on(d(7, 29), reports=seen) == ()


@covers("2.04")
@pytest.mark.parametrize(
    ("more", "day"),
    [
        ({}, d(5, 2)),
        ({"reports": (report(d(4, 20)),)}, d(5, 21)),
        ({"handed": (HandedTo(d(4, 10), HOME_AFFAIRS, FIRST),)}, d(5, 11)),
        ({"interruptions": (
            Interrupted(d(4, 10), InterruptionKind.PAUSE, FIRST),
            Interrupted(d(4, 12), InterruptionKind.RESUME, FIRST),
        )}, d(5, 13)),
        ({"silences": (OutOfReach(d(4, 5), d(4, 15), SCIENCE, FIRST),)}, d(5, 16)),
        ({"settings": (Setting(d(4, 1), Parameter.SILENCE, Decimal(10), FIRST),)}, d(4, 12)),
    ],
)  # fmt: skip
def test_stalled_begins_after_so_many_days_of_silence(more, day):
    before = day - timedelta(days=1)
    assert (C.STALLED in on(before, **more), C.STALLED in on(day, **more)) == (False, True)


@covers("2.04")
def test_a_standing_duty_reports_by_its_own_periods():
    assert on(d(8, 1), limit_class=LimitClass.STANDING, limit_on=None) == ()


@covers("2.04")
def test_silence_without_a_signal_is_unreachable_not_stalled():
    silences = (OutOfReach(d(4, 20), DAY_MAX, SCIENCE, FIRST),)
    assert on(d(6, 20), silences=silences) == (C.UNREACHABLE,)
    assert on(d(6, 20), silences=(OutOfReach(d(4, 20), DAY_MAX, HOME_AFFAIRS, FIRST),)) == (C.STALLED,)


@covers("2.04")
def test_what_is_declared_completed_is_in_no_condition():
    done = claim(d(4, 20), shown_on=d(4, 19))
    weighs = {
        "holds": (Held(d(4, 2), DAY_MAX, 9, FIRST, 1),),
        "difficulties": (Blocked(d(4, 2), DAY_MAX, 9, FIRST),),
    }
    assert on(d(4, 19), claims=(done,), **weighs) == (C.WAITING, C.BLOCKED)
    assert on(d(8, 20), claims=(done,), **weighs) == ()


@covers("2.04")
def test_a_hold_stands_as_claimed_then_accepted_and_not_upheld_it_is_none():
    holds = (Held(d(4, 10), d(6, 10), 9, FIRST, 1),)
    answers = (
        HoldAnswered(d(4, 15), 1, HoldState.DISPUTED, FIRST),
        HoldAnswered(d(4, 20), 1, HoldState.ACCEPTED, FIRST),
    )
    found = stretches(facts(holds=holds, hold_answers=answers))
    assert [one.hold_state for one in found] == ["", "claimed", "disputed", "accepted", ""]
    rejected = HoldAnswered(d(4, 20), 1, HoldState.REJECTED, FIRST)
    found = stretches(facts(holds=holds, hold_answers=(answers[0], rejected)))
    assert [one.waits_for_id for one in found] == [None, 9, 9, None]


@covers("2.04")
def test_what_was_not_known_yet_is_no_condition_of_the_past():
    late = Blocked(d(4, 10), DAY_MAX, 9, known(month=6))
    then = believed(facts(difficulties=(late,)), known(month=5).since)
    assert then is not None
    assert [one.blocked_by_id for one in stretches(then)] == [None]
    assert on(d(4, 11), difficulties=(late,)) == (C.BLOCKED,)


@covers("2.04")
def test_a_parameter_is_dated_and_bounded():
    decided = Setting(d(5, 1), Parameter.PACE, Decimal("0.95"), FIRST)
    assert value_on([decided], Parameter.PACE, d(4, 30)) == DEFAULTS[Parameter.PACE].value
    assert value_on([decided], Parameter.PACE, d(5, 1)) == Decimal("0.95")
    assert value_problem(Parameter.PACE, Decimal(2)) is not None
    assert value_problem(Parameter.PACE, Decimal("0.95")) is None


@covers("2.04")
@pytest.mark.parametrize(
    "points",
    [
        [], [(d(3, 1), 10)], [(LIMIT, 100)], [(d(5, 1), 50), (d(5, 1), 60)], [(d(5, 1), 50), (d(6, 1), 40)],
    ],
)  # fmt: skip
def test_targets_that_cannot_be(points):
    stated = [(day, Decimal(share)) for day, share in points]
    assert pace.targets_problem(stated, APRIL, LIMIT) is not None
    assert pace.targets_problem([(d(5, 1), Decimal(50))], APRIL, LIMIT) is None
    assert pace.targets_problem([(d(5, 1), Decimal(50))], APRIL, None) is not None
