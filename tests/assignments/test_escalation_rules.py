"""The table of steps: which step is reached when, what has passed, what an operator may write down."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.marks import covers
from thuocdo.assignments.rules import escalation
from thuocdo.assignments.rules.escalation import STEPS, Chosen, Mode, Side, Step, Way

LIMIT = date(2025, 6, 30)
LONG_AGO = date(2025, 1, 1)
HALF = Step("half", ((Side.LEAD, "focal"),), share=50)
MOST = Step("most", ((Side.LEAD, "focal"),), share=80)


def reached(day, began=LONG_AGO):
    """The keys of the dated steps that a duty with this limit has reached on the day."""
    found = escalation.windows(STEPS, day, began)
    return [window.step.key for window in found if window.above < LIMIT <= window.upto]


@covers("2.07")
@pytest.mark.parametrize(
    ("away", "expected"),
    [
        (-8, []), (-7, ["before-7"]), (-4, ["before-7"]), (-3, ["before-3"]), (-2, ["before-3"]),
        (-1, ["before-1"]), (0, ["on-the-day"]), (1, ["after-1"]), (6, ["after-1"]), (7, ["after-7"]),
        (15, ["after-15"]), (30, ["after-30"]), (400, ["after-30"]),
    ],
)  # fmt: skip
def test_one_step_is_the_last_reached(away, expected):
    assert reached(LIMIT + timedelta(days=away)) == expected


@covers("2.07")
@pytest.mark.parametrize(
    ("began_away", "away", "expected"),
    [
        (-7, -7, []),
        (-8, -7, ["before-7"]),
        (0, 0, []),
        (0, 1, ["after-1"]),
        (100, 100, []),
        (29, 31, ["after-30"]),
    ],
)
def test_a_step_whose_day_was_before_people_began_to_be_told_is_not_reached(began_away, away, expected):
    assert reached(LIMIT + timedelta(days=away), LIMIT + timedelta(days=began_away)) == expected


@covers("2.07")
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 6, 14), None),
        (date(2025, 6, 15), HALF),
        (date(2025, 6, 23), HALF),
        (date(2025, 6, 24), MOST),
    ],
)
def test_steps_by_share_of_the_time(day, expected):
    assert escalation.reached([HALF, MOST], date(2025, 5, 31), LIMIT, day) == expected


@covers("2.07")
def test_what_was_recorded_after_the_day_of_a_step_has_passed():
    day = date(2025, 6, 27)
    assert escalation.has_passed(STEPS[0], day, LONG_AGO, day + timedelta(days=1))
    assert not escalation.has_passed(STEPS[0], day, LONG_AGO, day)


@covers("2.07")
def test_by_default_leaders_above_are_told_by_the_office_only():
    assert {step.key for step in STEPS if escalation.to_leaders(step)} == {
        step.key for step in STEPS if step.mode is Mode.DRAFT
    }
    assert escalation.adapted(STEPS[-1], Chosen(Mode.AUTOMATIC)).mode is Mode.AUTOMATIC


@covers("2.07")
def test_an_office_changes_days_who_and_channel_of_a_step_and_the_rest_stays():
    wanted = Chosen(days=10, told=((Side.LEAD, "leader"),), way=Way.TEXT)
    step = escalation.adapted(STEPS[-1], wanted)
    assert step == replace(STEPS[-1], days=10, told=((Side.LEAD, "leader"),), way=Way.TEXT)
    assert escalation.adapted(STEPS[-1], None) is STEPS[-1]
    assert escalation.told_of(escalation.told_text(STEPS[2].told)) == STEPS[2].told


@covers("2.07")
@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (Chosen(days=7), "same day"), (Chosen(days=400), "365"), (Chosen(told=()), "role"),
        (Chosen(days=20), None), (Chosen(Mode.OFF), None),
    ],
)  # fmt: skip
def test_a_choice_that_cannot_be_says_why(chosen, said):
    problem = escalation.choice_problem(STEPS, {"after-30": chosen})
    assert (problem is None) if said is None else (said in str(problem))


@covers("2.07")
def test_a_step_by_share_of_the_time_is_given_no_days():
    half = Step("half", ((Side.LEAD, "focal"),), share=50)
    assert "share" in str(escalation.choice_problem((half, *STEPS), {"half": Chosen(days=1)}))


@covers("2.07")
def test_an_operator_writes_another_table_down():
    text = '[[step]]\nkey = "half"\nshare = 50\ntold = ["lead focal", "above leader"]\nmode = "draft"\n'
    (step,) = escalation.read(tomllib.loads(text)["step"])
    assert step == Step("half", ((Side.LEAD, "focal"), (Side.ABOVE, "leader")), share=50, mode=Mode.DRAFT)


@covers("2.07")
@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, "key"),
        ({"key": "a", "share": 100, "told": ["lead focal"]}, "share"),
        ({"key": "a", "days": 1}, "told"),
        ({"key": "a", "days": 1, "told": ["lead king"]}, "not a side"),
        ({"key": "a", "days": 1, "told": ["lead focal"], "mode": "loud"}, "mode"),
    ],
)
def test_a_wrong_table_says_what_is_wrong(row, said):
    with pytest.raises(ValueError, match=said):
        escalation.read([row])
