"""The language of formula indicators, its units, its circles; and how well an agency reports (c9)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.marks import covers
from thuocdo.indicators.rules import formula, units
from thuocdo.indicators.rules.quality import Seen, quality
from thuocdo.lib.say import Refused

GIVEN = {"A": Decimal(6), "B": Decimal(4), "ZERO": Decimal(0), "GONE": None}


@covers("3.04")
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A + B * 2", 14),
        ("(A + B) * 2", 20),
        ("A - B - 1", 1),
        ("-A + B", -2),
        ("A / B", "1.5"),
        ("share(B, A + B)", 40),
        ("min(A, B, 5)", 4),
        ("max(A, B) + 0.5", "6.5"),
        ("--A", 6),
    ],
)
def test_formulas_are_computed(text, value):
    assert formula.value(formula.read(text), GIVEN) == (Decimal(str(value)), None)


@covers("3.04")
@pytest.mark.parametrize(
    ("text", "reason"),
    [("A / ZERO", "ZERO is 0: nothing can be divided by it."), ("A + GONE * ZERO", "GONE has no value.")],
)
def test_without_a_result_the_reason_is_told(text, reason):
    value, why = formula.value(formula.read(text), GIVEN)
    assert (value, str(why)) == (None, reason)


@covers("3.04")
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "The formula ends too early."),
        ("A +", "The formula ends too early."),
        ("A B", "B at place 3 is out of place."),
        ("(A", "A closing bracket is missing at place 3."),
        ("A; import os", "; at place 2 is not part of the language."),
        ("__import__('os')", "_ at place 1 is not part of the language."),
        ("share(A)", "share takes 2 values at least."),
        ("min + A", "min needs its values in brackets."),
        ("(" * 21 + "A" + ")" * 21, "There are more than 20 brackets in one another."),
        ("A" * 501, "A formula has at most 500 characters."),
    ],
)
def test_a_mistake_is_named_with_its_place(text, reason):
    with pytest.raises(Refused) as refused:
        formula.read(text)
    assert str(refused.value) == reason


@covers("3.04")
@given(st.text(alphabet="AB0123.+-*/(), share", max_size=40))
def test_whatever_is_written_is_read_or_refused(text):
    try:
        tree = formula.read(text)
    except Refused:
        return
    assert formula.read(formula.written(tree)) == formula.read(
        formula.written(formula.read(formula.written(tree)))
    )


@covers("3.04")
def test_the_figures_stand_in_place_of_the_names():
    tree = formula.read("share(A, A + B)")
    assert formula.written(tree, GIVEN) == "share(6, (6 + 4))"
    assert formula.names(tree) == {"A", "B"}


@covers("3.04")
def test_circles_are_found_and_the_order_is_kept():
    needs = {"A": frozenset("BC"), "B": frozenset("C"), "C": frozenset("X")}
    assert formula.cycle(needs) is None
    assert formula.order(needs) == ("C", "B", "A")
    assert formula.cycle({**needs, "C": frozenset("A")}) == ("A", "B", "C", "A")
    assert formula.cycle({"A": frozenset("A")}) == ("A", "A")


UNITS = {"DOSSIERS": "dossier", "LATE": "dossier", "MONEY": "VND", "PEOPLE": "person"}


@covers("3.04")
@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("DOSSIERS + LATE", "dossier"),
        ("DOSSIERS + 1", "dossier"),
        ("MONEY / PEOPLE", "VND/person"),
        ("DOSSIERS / LATE", "1"),
        ("share(LATE, DOSSIERS)", "%"),
        ("2 * MONEY / PEOPLE * PEOPLE", "VND"),
        ("max(LATE, 3)", "dossier"),
    ],
)
def test_units_follow_the_formula(text, unit):
    assert units.shown(units.unit_of(formula.read(text), UNITS)) == unit
    assert units.shown(units.parse(unit)) == unit


@covers("3.04")
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("DOSSIERS + MONEY", "These have different units: DOSSIERS (dossier), MONEY (VND)."),
        ("share(MONEY, PEOPLE)", "These have different units: MONEY (VND), PEOPLE (person)."),
        ("NOWHERE", "There is no indicator NOWHERE."),
    ],
)
def test_unlike_things_are_not_added(text, reason):
    with pytest.raises(Refused) as refused:
        units.unit_of(formula.read(text), UNITS)
    assert str(refused.value) == reason


@covers("3.06")
def test_the_four_words_are_measured():
    made = quality(Seen(expected=10, received=8, in_time=6, checked=8, passed=7, doubled=2, fresh=1, kept=2))
    assert (made.correct.rate, made.complete.rate, made.clean.rate, made.live.rate) == (
        Decimal("87.5"),
        80,
        75,
        50,
    )
    assert (made.reporting.rate, made.punctual.rate) == (80, 60)
    none = quality(Seen(0, 0, 0, 0, 0, 0, 0))
    assert none.correct.rate is None
    assert none.correct.card.missing
