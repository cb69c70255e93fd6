"""Values are given once, corrected with a reason, confirmed by somebody else."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.indicators.factory import OCTOBER, Q3, TOLD_ON, TRAINED, count, declared, share, told, world
from tests.marks import covers
from thuocdo.audit.models import Entry
from thuocdo.directives import actions as directive_actions
from thuocdo.indicators import actions
from thuocdo.indicators.enums import Missing, Origin, Standing
from thuocdo.indicators.models import Observation
from thuocdo.indicators.rules import periods
from thuocdo.indicators.rules.observing import standing
from thuocdo.indicators.rules.scaled import scaled, unscaled
from thuocdo.indicators.terms import Value
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Refused

pytestmark = pytest.mark.django_db
LATER = OCTOBER + timedelta(days=5)


@pytest.fixture
def here():
    return world()


@covers("3.03")
def test_a_value_is_kept_exactly_with_its_parts(here):
    made = told(here.online, share(here.doan_ket, 358, 400))
    made.refresh_from_db()
    assert (made.value, made.number, made.scale) == (Decimal("0.895"), 895_000, 6)
    assert (made.numerator, made.denominator) == (358, 400)
    assert Entry.objects.filter(verb="observation.given", row_id=str(made.pk)).exists()


@covers("3.03")
def test_a_true_zero_is_a_zero_and_missing_is_none_with_a_reason(here):
    zero = told(here.trained, count(here.doan_ket, 0))
    none = told(here.trained, Value(here.pho_hien, Q3, missing=Missing.NOT_APPLICABLE))
    assert (zero.value, none.value, none.missing) == (0, None, Missing.NOT_APPLICABLE)


NOTHING, Q4 = {"numerator": 1, "denominator": 0}, periods.read("2025-Q4")
REFUSED = [
    ("trained", {"value": None}, "Give the value, or say why there is none. Nothing reported is not 0."),
    ("trained", {"missing": Missing.NO_VALUE}, "There is a value and a reason why there is none: keep one."),
    ("trained", {"numerator": 1, "denominator": 2}, "Only a ratio has two parts."),
    ("online", {}, "Give both parts of the ratio."),
    ("online", NOTHING, "Of nothing there is no share: say why there is no value."),
    ("online", {"numerator": 1, "denominator": 2}, "1 of 2 is not 3."),
    ("trained", {"origin": Origin.OUTSIDE}, "Name the source it was read in."),
    ("trained", {"origin": Origin.RECORDS}, "Say what was counted, and by which rule."),
    ("trained", {"period": periods.read("2025-09")}, "This indicator is given quarter."),
    ("trained", {"period": Q4}, "The period ends on 2025-12-31; its value is not known before."),
    ("trained", {"period": periods.read("2024-Q4")}, "TRAINED is not defined on 2024-12-31."),
    ("trained", {"value": Decimal("1e13")}, "10000000000000 is too large; check the unit."),
]  # fmt: skip


@covers("3.03", "3.09")
@pytest.mark.parametrize(("name", "change", "reason"), REFUSED)
def test_what_cannot_be_is_refused_in_words(here, name, change, reason):
    value = replace(count(here.doan_ket, 3), **change)
    with pytest.raises(Refused) as refused:
        told(getattr(here, name), value)
    assert reason.replace("10000000000000", "1E+13") in [str(one) for one in refused.value.reasons]
    assert not Observation.objects.exists()


@covers("3.03")
def test_a_second_value_for_the_same_thing_is_a_correction(here):
    told(here.trained, count(here.doan_ket, 40))
    with pytest.raises(Refused, match="is there already: correct it"):
        told(here.trained, count(here.doan_ket, 40))
    declared(replace(TRAINED, disaggregations=[["sex", ["female", "male"]]], source="x"))
    told(here.trained, count(here.doan_ket, 18, part="sex=female"))
    with pytest.raises(Refused, match="“sex=other” is none of its parts: sex=female, sex=male"):
        told(here.trained, count(here.doan_ket, 18, part="sex=other"))


def corrected(observation, value, **more):
    facts = {"reason": "Bổ sung 2 người", "by": None, "at": LATER, **more}
    return actions.correct(observation=observation, value=value, **facts)


@covers("3.03", "3.07")
def test_a_correction_says_why_and_the_former_value_stays(here):
    first = told(here.trained, count(here.doan_ket, 40))
    second = corrected(first, count(here.doan_ket, 42), by=here.dung)
    known = Observation.objects.known
    assert (second.corrects, second.happened_on) == (first, first.happened_on)
    assert [row.value for row in known(AsOf(TOLD_ON))] == [42]
    assert [row.value for row in known(AsOf(TOLD_ON, OCTOBER))] == [40]
    with pytest.raises(Refused, match="already been corrected"):
        corrected(first, count(here.doan_ket, 43))
    with pytest.raises(Refused, match="Say why"):
        corrected(second, count(here.doan_ket, 43), reason=" ")


@covers("3.03")
def test_nobody_confirms_their_own_value_or_that_of_their_agency(here):
    made = told(here.trained, count(here.doan_ket, 40), by=here.dung)
    facts = {"observation": made, "happened_on": LATER.date(), "at": LATER}
    with pytest.raises(Refused, match="Nobody confirms a value they entered"):
        actions.accept(agency=here.lai_chau, by=here.dung, **facts)
    with pytest.raises(Refused, match="the agency they work in"):
        actions.accept(agency=here.doan_ket, by=here.giang, **facts)
    assert actions.accept(agency=here.lai_chau, by=here.giang, **facts).accepted
    with pytest.raises(Refused, match="confirmed already"):
        actions.accept(agency=here.lai_chau, by=here.giang, **facts)


@covers("3.03")
def test_a_value_read_outside_is_never_confirmed(here):
    source = directive_actions.register_source(
        key="X", title="Báo", address="", published_on=None, by=None, at=OCTOBER
    )
    made = told(here.trained, count(here.lai_chau, 118_604, origin=Origin.OUTSIDE, source=source))
    with pytest.raises(Refused, match="entered here"):
        actions.accept(observation=made, agency=here.government, happened_on=TOLD_ON, by=None, at=OCTOBER)


@covers("3.03")
@pytest.mark.parametrize(
    ("origin", "accepted", "expected"),
    [
        (Origin.ENTERED, None, Standing.DECLARED),
        (Origin.ENTERED, False, Standing.DECLARED),
        (Origin.ENTERED, True, Standing.CONFIRMED),
        (Origin.OUTSIDE, None, Standing.DECLARED),
        (Origin.OUTSIDE, True, Standing.DECLARED),
        (Origin.RECORDS, None, Standing.MEASURED),
    ],
)
def test_the_standing_of_a_value(origin, accepted, expected):
    assert standing(origin, accepted=accepted) is expected


@covers("3.03")
@pytest.mark.parametrize("text", ["0", "-3.125", "0.000001", "118604", "999999999999.999999"])
def test_numbers_keep_every_digit(text):
    assert unscaled(scaled(Decimal(text))) == Decimal(text)


@covers("3.01")
@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-H2", date(2025, 7, 1), date(2025, 12, 31)),
        ("2025-Q3", date(2025, 7, 1), date(2025, 9, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_periods_have_keys(key, first, last):
    period = periods.read(key)
    assert (period.first, period.last, period.key) == (first, last, key)


@covers("3.01")
@pytest.mark.parametrize("key", ["", "25", "2025-Q5", "2025-13", "2025-3", "2025-H0", "quý III"])
def test_what_is_no_period_is_refused(key):
    with pytest.raises(Refused):
        periods.read(key)
