"""Progress, pace and status of an indicator come from the same values; what a change did to a target."""

from datetime import date
from decimal import Decimal

import pytest

from tests.marks import covers
from thuocdo.indicators.enums import Direction, Health, Missing, Standing
from thuocdo.indicators.rules.aiming import Change, Level, changed, current
from thuocdo.indicators.rules.measuring import Seen, Way, is_met, measure, wrong_way
from thuocdo.indicators.rules.pace import Mark
from thuocdo.indicators.rules.progress import Aim

START, MIDDLE, END = date(2025, 1, 1), date(2025, 7, 2), date(2025, 12, 31)
UP = Way(
    Aim(Direction.RISE, Decimal(0), Decimal(100)), END, (Mark(START, Decimal(0)), Mark(END, Decimal(100)))
)


def seen(value, day=MIDDLE, **more):
    course = () if value is None else (Mark(date(2025, 6, 30), Decimal(value)),)
    return Seen(day, None if value is None else Decimal(value), Standing.DECLARED, course, **more)


@covers("3.06")
@pytest.mark.parametrize(
    ("value", "day", "expected"),
    [
        (None, MIDDLE, Health.NO_VALUE),
        (49, MIDDLE, Health.ON_TRACK),
        (40, MIDDLE, Health.BEHIND),
        (20, MIDDLE, Health.OFF_TRACK),
        (100, MIDDLE, Health.DONE_DECLARED),
        (99, date(2026, 1, 1), Health.LATE),
    ],
)
def test_the_status_follows_the_trajectory(value, day, expected):
    assert measure(seen(value, day), UP).judgement.health is expected


@covers("3.06")
def test_the_starting_value_alone_shows_no_delay():
    alone = Seen(MIDDLE, Decimal(0), Standing.DECLARED, (Mark(START, Decimal(0)),))
    found = measure(alone, UP)
    assert (found.judgement.health, found.pace, found.progress.rate) == (Health.NOT_DUE, None, 0)
    assert str(found.judgement.why) == "No value after the starting value has been reported."
    late = Seen(date(2026, 1, 1), Decimal(0), Standing.DECLARED, (Mark(START, Decimal(0)),))
    assert measure(late, UP).judgement.health is Health.NOT_DUE


@covers("3.06")
def test_it_does_not_change_between_two_reporting_days():
    later = seen(40, date(2025, 8, 20), reporting_on=date(2025, 6, 30))
    assert measure(later, UP).judgement.health is Health.BEHIND  # by pace alone it would be there too
    slow = seen(48, date(2025, 8, 20), reporting_on=date(2025, 6, 30))
    assert measure(slow, UP).judgement.health is Health.ON_TRACK
    assert measure(seen(48, date(2025, 8, 20)), UP).judgement.health is Health.BEHIND


@covers("3.06")
def test_without_a_start_or_a_target_there_is_no_status_but_a_reason():
    blind = Way(Aim(Direction.RISE, None, Decimal(100)), END)
    found = [measure(seen(40), way) for way in (blind, None)]
    assert [one.judgement for one in found] == [None, None]
    assert [one.missing for one in found] == [Missing.NO_BASELINE, Missing.NO_TARGET]
    assert measure(seen(100), blind).judgement.health is Health.DONE_DECLARED


@covers("3.05")
def test_every_figure_has_the_card_of_its_rule():
    cards = measure(seen(40), UP).cards
    way, year, pace, status = cards
    assert (way.result, year.result, status.result) == (40, 40, Health.BEHIND)
    assert [one.value for one in pace.inputs] == [40, 50]


@pytest.mark.parametrize(
    ("direction", "values", "expected"),
    [
        ("rise", (1, 3, 2, 1), 2),
        ("fall", (1, 3, 2, 1), 0),
        ("rise", (3, 2), 1),
        ("hold", (3, 2), 0),
        ("rise", (), 0),
    ],
)
@covers("3.06")
def test_steps_the_wrong_way_are_counted_from_the_last(direction, values, expected):
    course = [Mark(date(2025, month, 1), Decimal(value)) for month, value in enumerate(values, 1)]
    assert wrong_way(course, Direction(direction)) == expected


@covers("3.06")
def test_a_level_is_met_on_its_side_and_a_band_inside():
    band = Aim(Direction.BAND, low=Decimal(2), high=Decimal(4))
    fall = Aim(Direction.FALL, None, Decimal(10))
    found = [is_met(aim, Decimal(value)) for aim, value in ((band, 3), (band, 5), (fall, 10), (fall, 11))]
    assert found == [True, False, True, False]


@covers("3.02")
@pytest.mark.parametrize(
    ("direction", "former", "new", "expected"),
    [
        ("rise", 80, 70, Change.LOWERED),
        ("rise", 70, 80, Change.RAISED),
        ("fall", 10, 20, Change.LOWERED),
        ("fall", 20, 10, Change.RAISED),
        ("hold", 20, 10, Change.MOVED),
        ("rise", 80, 80, Change.SAME),
    ],
)
def test_a_lowered_target_is_called_lowered(direction, former, new, expected):
    assert changed(Level(Decimal(former)), Level(Decimal(new)), Direction(direction)) is expected


@covers("3.02")
def test_the_next_target_counts_and_after_the_last_that_one():
    ways = [Way(UP.aim, date(year, 12, 31)) for year in (2045, 2025, 2030)]
    days = (date(2025, 6, 1), date(2026, 1, 1), date(2046, 1, 1))
    assert [current(ways, day).due_on.year for day in days] == [2025, 2030, 2045]
    assert current([], days[0]) is None


FALLING = Way(
    Aim(Direction.FALL, Decimal(100), Decimal(50)),
    date(2026, 12, 31),
    tuple(Mark(date(year, 12, 31), Decimal(value)) for year, value in ((2024, 100), (2025, 80), (2026, 50))),
)


@covers("3.06")
@pytest.mark.parametrize(
    ("day", "course", "rate"),
    [
        (date(2025, 6, 30), [(date(2025, 6, 30), 90)], 50),  # 100 to 80 by the end of 2025
        (date(2026, 6, 30), [(date(2025, 12, 31), 80), (date(2026, 6, 30), 59)], 70),  # 80 to 50
        (date(2026, 6, 30), [(date(2025, 11, 30), 90), (date(2026, 6, 30), 60)], 75),  # began the year at 90
        (date(2027, 6, 30), [(date(2026, 6, 30), 60)], None),  # the target day lies in a year that is over
    ],
)  # fmt: skip
def test_the_rate_of_a_year_goes_from_where_the_year_began_to_where_it_has_to_end(day, course, rate):
    marks = tuple(Mark(on, Decimal(value)) for on, value in course)
    made = measure(Seen(day, marks[-1].value, Standing.DECLARED, marks), FALLING)
    assert (made.annual.rate if made.annual else None) == rate


@covers("3.06", "3.05")
def test_a_projection_has_a_band_and_a_card_that_says_it_is_no_fact():
    marks = tuple(Mark(date(2025, month, 28), Decimal(100 - 5 * month)) for month in (1, 2, 3))
    made = measure(Seen(date(2025, 4, 1), Decimal(85), Standing.DECLARED, marks), FALLING)
    assert made.projection.low <= made.projection.value <= made.projection.high
    card = next(card for card in made.cards if card.result == made.projection.value)
    assert "It is no fact." in str(card.rule)
