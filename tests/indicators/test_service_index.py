"""The index of Decision 766: golden vectors worked by hand from the formula sheet."""

from datetime import date
from decimal import Decimal

import pytest

from tests.marks import covers
from thuocdo.indicators import index_data
from thuocdo.indicators.rules.service_index import (
    Count,
    index,
    lifts,
    satisfied,
    score,
    sync_denominator,
    version_on,
)

VERSION = index_data.versions()[-1]
METRICS = {metric.number: metric for metric in VERSION.metrics}
FULL = {metric.code: Count(10, 10) for metric in VERSION.metrics}

GOLDEN = [  # metric, numerator, denominator, points; by hand
    ("1.1", 9, 10, "5.4"),  # 6 x 0.9
    ("1.4", 0, 0, "0"),  # no dossier anywhere: ratio 0
    ("2.1", 9728, 10000, "19.456"),  # 20 x 0.9728
    ("3.1", 40, 100, "1"),  # 2 x 0.40 / 0.80
    ("3.1", 80, 100, "2"),
    ("3.1", 95, 100, "2"),  # never above the maximum
    ("3.2", 3, 4, "3"),
    ("3.5a", 1, 2, "1.25"),  # 2.5 x 0.5
    ("3.5a", 10, 10, "2"),  # printed 2.5 x C would give 2.5
    ("3.5b", 2, 10, "0.5"),
    ("3.6", 7861, 10000, "4.7166"),
    ("4.2", 80, 100, "3.2"),  # full at 100 %, as observed, not at 80 %
    ("4.3", 50, 100, "1.25"),  # 2 x 0.50 / 0.80
    ("4.4", 0, 100, "0"),
    ("5.2", 0, 0, "6"),  # no petition gives full points
    ("5.2", 1, 4, "1.5"),
    ("5.3", 0, 0, "6"),
    ("5.4", 0, 0, "0"),  # no dossier gives 0
    ("5.4", 45, 100, "3"),  # 6 x 0.45 / 0.90
    ("5.4", 95, 100, "6"),
]


@covers("3.11", "3.22")
@pytest.mark.parametrize(("number", "numerator", "denominator", "points"), GOLDEN)
def test_golden_vectors(number, numerator, denominator, points):
    made = score(VERSION, METRICS[number], Count(numerator, denominator))
    assert made.points == Decimal(points)
    assert made.card.result == made.points


@covers("3.11")
def test_the_rate_of_filing_online_is_multiplied_by_that_of_synchronisation():
    counts = {**FULL, "FILED_ONLINE": Count(40, 100), "DOSSIER_SYNC": Count(1, 2)}
    filed = next(one for one in index(VERSION, counts).scores if one.metric.number == "3.3")
    assert (filed.ratio, filed.points) == (Decimal("0.2"), Decimal("2.4"))  # 6 x (0.40 x 0.50) / 0.50
    without = index(VERSION, {**counts, "DOSSIER_SYNC": None})
    assert next(one for one in without.scores if one.metric.number == "3.3").points is None


@covers("3.11")
def test_the_maxima_make_100_with_payment_and_the_six_groups():
    assert [group.maximum for group in VERSION.groups] == [18, 20, 12, 10, 22, 18]
    whole = index(VERSION, FULL)
    assert (whole.total, whole.low, whole.high) == (100, 100, 100)
    assert whole.of_group("3P") == 10


@covers("3.12", "3.11")
def test_a_missing_metric_makes_a_range_never_a_score():
    made = index(VERSION, {**FULL, "PAID_ONLINE": None, "HANDLED_ON_TIME": Count(0, 0)})
    assert (made.total, made.low, made.high) == (None, 74, 100)
    assert made.of_group("3P") is None
    assert made.of_group("1") == 18
    assert [str(one.card.missing[0]) for one in made.scores if one.points is None] == [
        "There was nothing to divide by.", "It was not counted.",
    ]  # fmt: skip


@covers("3.11")
def test_every_choice_against_the_sheet_carries_its_source():
    assert METRICS["4.2"].threshold == 1
    assert "80 %" in METRICS["4.2"].note
    assert METRICS["4.4"].note
    assert {language for metric in VERSION.metrics for language, _ in metric.names} == {
        "vi",
        "en",
        "fr",
        "de",
    }
    assert all(len(metric.names) == 4 for metric in VERSION.metrics)


@covers("3.11")
def test_a_version_holds_from_its_day():
    assert version_on(index_data.versions(), date(2025, 9, 30)) == VERSION
    assert version_on(index_data.versions(), date(2020, 1, 1)) is None


@covers("3.11")
@pytest.mark.parametrize(
    ("reported", "on_portal", "last_year", "periods", "expected"),
    [
        (100, 120, 5, 12, 120),
        (100, None, 5, 12, 100),
        (None, None, 1200, 12, 100),
        (0, 0, 1200, 4, 300),
        (0, 0, None, 12, 0),
        (None, None, None, 12, None),
    ],
)
def test_what_synchronised_dossiers_are_measured_against(reported, on_portal, last_year, periods, expected):
    assert sync_denominator(reported, on_portal, last_year, periods) == expected


@covers("3.11")
def test_satisfaction_falls_with_late_dossiers_and_with_dislikes():
    assert satisfied(100, 10, 5) == Count(85, 100)
    assert satisfied(10, 8, 5) == Count(0, 10)


@covers("3.14")
def test_what_lifts_the_score_most():
    counts = {
        **FULL,
        "PAID_ONLINE": Count(50, 100),
        "OFFERED_ONLINE": Count(30, 100),
        "PUBLISH_ON_TIME": Count(9, 10),
    }
    found = [(lift.metric.number, lift.each, lift.cases, lift.gain) for lift in lifts(index(VERSION, counts))]
    assert found == [
        ("1.1", Decimal("0.6"), 1, Decimal("0.6")),
        ("3.6", Decimal("0.06"), 50, Decimal(3)),
        ("3.1", Decimal("0.025"), 50, Decimal("1.25")),
    ]


@covers("3.11")
def test_what_does_not_apply_to_a_level_takes_its_points_away():
    """Communes announce no procedures: 1.1 and 1.2 are not missing there, they do not exist."""
    commune = VERSION.at_level("commune")
    made = index(commune, {code: count for code, count in FULL.items() if "PUBL" not in code} | {
        "PUBLIC_CONTENT_FULL": Count(1, 2)
    })  # fmt: skip
    assert (made.most, made.total, made.of_group("1")) == (90, 89, 7)
    assert VERSION.at_level("province") == VERSION
