"""Indicators are declared, version by version; targets are set and changed, and every change is visible."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.indicators.factory import OCTOBER, ONLINE, TOLD_ON, TRAINED, aim, world
from tests.marks import covers
from thuocdo.audit.models import Entry
from thuocdo.indicators import actions
from thuocdo.indicators.enums import Combine, Direction, Kind
from thuocdo.indicators.models import Definition, Target
from thuocdo.indicators.queries import definitions
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Refused

pytestmark = pytest.mark.django_db
LETTERS = "capital letters, digits, _ and . only, a letter first."
PARTS = "combine numerators and denominators."
GRADED = {"kind": Kind.ORDINAL, "periods": Combine.LAST, "children": Combine.NONE}
ON_THE_DAY = {"baseline": Decimal(0), "baseline_on": date(2025, 12, 31)}
AFTER = (date(2026, 1, 1), Decimal(1))


@pytest.fixture
def here():
    return world()


def declare(terms):
    return actions.declare(terms=terms, by=None, at=OCTOBER)


@covers("3.01")
def test_a_new_version_rewrites_no_past(here):
    declare(replace(ONLINE, since=date(2025, 7, 1), direction=Direction.HOLD))
    june, july = (definitions.on(here.online, AsOf(date(2025, month, 1))) for month in (6, 7))
    assert (june.direction, july.direction) == (Direction.RISE, Direction.HOLD)
    assert definitions.on(here.online, AsOf(date(2024, 12, 31))) is None


@covers("3.01")
def test_declared_the_same_again_changes_nothing(here):
    entries = Entry.objects.count()
    declare(ONLINE)
    declare(replace(ONLINE, since=date(2025, 9, 1)))
    assert Definition.objects.filter(indicator=here.online).count() == 1
    assert Entry.objects.count() == entries


@covers("3.01", "3.04")
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"code": "online"}, "The code online is not usable: " + LETTERS),
        ({"code": "MIN"}, "MIN is a word of the formula language; choose another code."),
        ({"name_de": " "}, "The name is needed in all four languages."),
        ({"children": Combine.SUM}, "Ratios are neither added nor averaged: " + PARTS),
        ({"kind": Kind.NUMBER}, "Only a ratio has numerators and denominators to combine."),
        ({"periods": Combine.NONE}, "Say how the values of several periods make one."),
        ({"children": Combine.LAST}, "“Last value” combines periods, not agencies."),
        ({"tolerance": Decimal(1)}, "A tolerance belongs to a band only."),
        (GRADED, "At least two grades or stages are needed."),
        ({"formula": "TRAINED +"}, "The formula ends too early."),
        ({"formula": "DOSSIERS_ONLINE * 2"}, "The formula needs itself."),
        ({"formula": "TRAINED / 2"}, "The formula gives person, the unit is 1."),
        ({"formula": "NOWHERE"}, "There is no indicator NOWHERE."),
    ],
)  # fmt: skip
def test_a_mistake_in_a_definition_is_named(here, change, reason):
    with pytest.raises(Refused) as refused:
        declare(replace(ONLINE, **change))
    assert reason in [str(one) for one in refused.value.reasons]
    assert Definition.objects.count() == 2


@covers("3.04")
def test_indicators_are_not_computed_from_one_another_in_a_circle(here):
    declare(replace(TRAINED, code="DOUBLE", formula="TRAINED * 2", periods=Combine.LAST))
    with pytest.raises(Refused, match="in a circle: DOUBLE, TRAINED, DOUBLE"):
        declare(replace(TRAINED, formula="DOUBLE / 2", since=date(2025, 8, 1)))


@covers("3.02")
def test_a_lowered_target_stays_readable_beside_the_new_one(here):
    first = actions.set_target(
        indicator=here.online, aimed=aim(here.lai_chau, "0.8"), happened_on=TOLD_ON, by=None, at=OCTOBER
    )
    second = actions.retarget(
        target=first,
        aimed=aim(here.lai_chau, "0.6"),
        reason="Thiếu hạ tầng",
        happened_on=TOLD_ON,
        by=None,
        at=OCTOBER,
    )
    assert (second.replaces, second.replaces.value, second.value) == (first, Decimal("0.8"), Decimal("0.6"))
    with pytest.raises(Refused, match="already been changed"):
        actions.retarget(
            target=first,
            aimed=aim(here.lai_chau, "0.5"),
            reason="x",
            happened_on=TOLD_ON,
            by=None,
            at=OCTOBER,
        )


@covers("3.02")
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"value": None}, "Give a target value, or a band."),
        ({"low": Decimal(1), "high": Decimal(2)}, "Give a target value, or a band."),
        ({"value": None, "low": Decimal(2), "high": Decimal(1)}, "The band is upside down."),
        (ON_THE_DAY, "The starting day is not before the target day."),
        ({"marks": [AFTER]}, "Interim targets lie between the starting day and the target day."),
        ({"marks": [(date(2025, 11, 1), Decimal(1))] * 2}, "Two interim targets have the same day."),
        ({"value": Decimal("0.1234567")}, "0.1234567 has more than 6 decimals."),
    ],
)  # fmt: skip
def test_a_target_that_makes_no_sense_is_refused(here, change, reason):
    aimed = replace(aim(here.lai_chau, "0.8"), **change)
    with pytest.raises(Refused) as refused:
        actions.set_target(indicator=here.online, aimed=aimed, happened_on=TOLD_ON, by=None, at=OCTOBER)
    assert reason in [str(one) for one in refused.value.reasons]
    assert not Target.objects.exists()


@covers("3.02")
def test_the_same_target_is_changed_not_set_twice(here):
    facts = {"happened_on": TOLD_ON, "by": None, "at": OCTOBER}
    actions.set_target(indicator=here.online, aimed=aim(here.lai_chau, "0.8"), **facts)
    with pytest.raises(Refused, match="change it and say why"):
        actions.set_target(indicator=here.online, aimed=aim(here.lai_chau, "0.9"), **facts)
