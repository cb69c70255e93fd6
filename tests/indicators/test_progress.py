"""Progress from start to target: every row of table c1, each with the peer that fails it."""

from decimal import Decimal

import pytest

from tests.marks import covers
from thuocdo.indicators.enums import Combine, Direction, Missing, Side
from thuocdo.indicators.rules import progress as rule
from thuocdo.indicators.rules.combining import Part, combine
from thuocdo.indicators.rules.comparable import Point, Shape, comparable
from thuocdo.indicators.rules.progress import Aim, progress
from thuocdo.indicators.rules.rollup import Item, rollup

RISE, FALL, HOLD, BAND = Direction.RISE, Direction.FALL, Direction.HOLD, Direction.BAND

C1 = [  # name, direction, start, target, value, rate, raw; who fails it
    ("fall", FALL, 100, 50, 60, 80, "0.8"),  # PILOTE at-date annual: 100; Akvo actual/target: 120 %
    ("fall to 0", FALL, 40, 0, 10, 75, "0.75"),  # Akvo divides by 0; StatCan puts 0.001 for 0
    ("a start other than 0", RISE, 90, 100, 95, 50, "0.5"),  # Akvo, Imihigo: 95 %
    ("a true zero", FALL, 10, 0, 0, 100, "1"),  # Akvo stores ''; DHIS2 drops zeros unless asked
    ("more than the target", RISE, 0, 10, 12, 100, "1.2"),  # Akvo caps with max(x, 100)
    ("the wrong way", RISE, 50, 100, 40, 0, "-0.2"),
    ("decimals and negatives are kept", RISE, "-10", 0, "-3.125", "68.75", "0.6875"),  # Akvo's SQL view
    ("target = start, still met: rise", RISE, 80, 80, 85, 100, None),  # PILOTE's branch vi >= vc
    ("target = start, lost: rise", RISE, 80, 80, 79, 0, None),
    ("target = start, still met: fall", FALL, 80, 80, 70, 100, None),
    ("the start was past the target already", RISE, 90, 80, 85, 100, None),
    ("the start was past the target, then lost", RISE, 90, 80, 79, 0, None),
    ("fall, the start was past the target", FALL, 30, 50, 49, 100, None),
]


def dec(value):
    return None if value is None else Decimal(str(value))


@covers("3.06", "3.22")
@pytest.mark.parametrize(
    ("direction", "start", "target", "value", "rate", "raw"),
    [row[1:] for row in C1],
    ids=[row[0] for row in C1],
)
def test_table_c1(direction, start, target, value, rate, raw):
    made = progress(Aim(direction, dec(start), dec(target)), dec(value))
    assert (made.rate, made.raw, made.missing) == (dec(rate), dec(raw), None)


@covers("3.06", "3.22")
def test_not_applicable_takes_its_weight_away():
    """c1: the Imihigo app makes 0 % "on track" of it."""
    made = rollup(
        [
            Item("a", Decimal(1), Decimal(60)),
            Item("b", Decimal(3), Decimal(80)),
            Item("not here", Decimal(6), None, applies=False),
        ]
    )
    assert (made.rate, made.coverage, made.missing) == (Decimal(75), Decimal(100), None)


@covers("3.06", "3.22")
def test_two_people_who_report_the_same_running_total_are_not_added():
    """c1: Akvo sums the latest value of each user, 80."""
    from datetime import date

    points = [Point(date(2025, 6, 30), Decimal(40))]  # one value for one agency and period, whoever typed it
    assert comparable(points, Shape(operation=Combine.LAST), date(2025, 7, 1)).value == Decimal(40)


@covers("3.06")
@pytest.mark.parametrize(
    ("aim", "value", "missing"),
    [
        (Aim(RISE, None, Decimal(1)), Decimal(1), Missing.NO_BASELINE),
        (Aim(RISE, Decimal(0), None), Decimal(1), Missing.NO_TARGET),
        (Aim(RISE, Decimal(0), Decimal(1)), None, Missing.NO_VALUE),
        (Aim(HOLD, target=None), Decimal(1), Missing.NO_TARGET),
        (Aim(HOLD, target=Decimal(1)), None, Missing.NO_VALUE),
        (Aim(BAND, low=Decimal(1)), Decimal(1), Missing.NO_TARGET),
        (Aim(BAND, low=Decimal(1), high=Decimal(2)), None, Missing.NO_VALUE),
    ],
)
def test_missing_is_none_with_a_reason_and_never_0(aim, value, missing):
    made = progress(aim, value)
    assert (made.rate, made.missing) == (None, missing)
    assert made.card.missing == (rule.WHY[missing],)
    assert made.card.result is None


@covers("3.06")
@pytest.mark.parametrize(
    ("aim", "value", "rate"),
    [
        (Aim(HOLD, target=Decimal(95)), 95, 100),
        (Aim(HOLD, target=Decimal(95)), "94.9", 0),
        (Aim(HOLD, target=Decimal(5), side=Side.AT_MOST), 5, 100),
        (Aim(HOLD, target=Decimal(5), side=Side.AT_MOST), 6, 0),
        (Aim(BAND, low=Decimal(2), high=Decimal(4), tolerance=Decimal(2)), 3, 100),
        (
            Aim(BAND, low=Decimal(2), high=Decimal(4), tolerance=Decimal(2)),
            5,
            50,
        ),  # PILOTE treats it as a rise: 100
        (Aim(BAND, low=Decimal(2), high=Decimal(4), tolerance=Decimal(2)), "1.5", 75),
        (Aim(BAND, low=Decimal(2), high=Decimal(4), tolerance=Decimal(2)), 9, 0),
        (Aim(BAND, low=Decimal(2), high=Decimal(4)), 5, 0),
    ],
)
def test_levels_and_bands(aim, value, rate):
    assert progress(aim, dec(value)).rate == rate


@covers("3.06")
def test_yes_counts_only_with_accepted_evidence():
    assert rule.yes_or_no(reached=True, evidence_accepted=True) == (Decimal(100), None)
    assert rule.yes_or_no(reached=True, evidence_accepted=False) == (None, Missing.NO_EVIDENCE)
    assert rule.yes_or_no(reached=False, evidence_accepted=False) == (Decimal(0), None)
    assert rule.yes_or_no(reached=None, evidence_accepted=True) == (None, Missing.NO_VALUE)


@covers("3.06")
def test_stages_count_by_their_weights_once_each():
    weights = {"drafted": Decimal(20), "approved": Decimal(30), "in use": Decimal(50)}
    assert rule.stages(weights, ["drafted", "approved", "drafted"]) == (Decimal(50), None)
    assert rule.stages({}, []) == (None, Missing.NO_TARGET)


@covers("3.06")
def test_grades_are_places_in_an_order():
    grades = ["E", "D", "C", "B", "A"]
    assert rule.ordinal(grades, "E", "A", "C").rate == 50
    assert rule.ordinal(grades, "E", "A", None).missing is Missing.NO_VALUE
    with pytest.raises(ValueError, match="not among the grades"):
        rule.ordinal(grades, "E", "A", "F")


@covers("3.05")
def test_the_card_carries_the_figures_that_were_used():
    card = progress(Aim(FALL, Decimal(100), Decimal(50)), Decimal(60)).card
    assert [entry.value for entry in card.inputs] == [Decimal(60), Decimal(100), Decimal(50)]
    assert str(card.steps[0]) == "(60 − 100) / (50 − 100) = 0.8"
    assert card.result == 80


@covers("3.03", "3.07")
def test_a_sum_is_of_the_same_standing_as_its_weakest_part():
    from thuocdo.indicators.enums import Standing

    parts = [
        Part(1, Decimal(10), standing=Standing.MEASURED),
        Part(2, Decimal(5), standing=Standing.CONFIRMED),
        Part(3, Decimal(4), standing=Standing.DECLARED),
        Part(4, None),
    ]
    whole = combine(Combine.SUM, parts)
    assert (whole.value, whole.of_which, whole.standing) == (Decimal(19), Decimal(15), Standing.DECLARED)
    assert (whole.reported, whole.expected, whole.coverage) == (3, 4, Decimal(75))
