"""Sums of many agencies to counts: the short way gives what the long way gives (3.12)."""

import random

import pytest

from tests.indicators.served import sums
from tests.marks import covers
from thuocdo.indicators.rules import service_counts
from thuocdo.indicators.rules.service_counts import METRICS, counts

KINDS = sorted({parts.rows for parts in METRICS.values()})


def agency(draw):
    """An agency of which some kinds are there, some parts unknown, some counts told."""
    of = draw.randrange(0, 50)
    made = sums(draw.randrange(0, of + 1), of)
    for kind in KINDS:
        if draw.random() < 0.2:
            gone = service_counts.NAMES[kind] | {kind}
            made = {name: n for name, n in made.items() if name.removesuffix("_known") not in gone}
    for name in [name for name in made if name.endswith("_known")]:
        if draw.random() < 0.02:
            made[name] = max(0, made[name] - 1)
    given = {code: (1, 2) for code in METRICS if draw.random() < 0.01}
    return made, given


@covers("3.12")
@pytest.mark.parametrize("seed", range(40))
def test_adding_first_or_counting_first_is_the_same(seed, monkeypatch):
    draw = random.Random(seed)
    parts = [agency(draw) for _ in range(draw.randrange(1, 12))]
    short = counts(parts, 1)
    monkeypatch.setattr(service_counts, "LINEAR", frozenset())
    assert short == counts(parts, 1)


@covers("3.12")
def test_an_agency_that_lacks_a_sum_makes_the_metric_unknown():
    lacking = {name: number for name, number in sums().items() if name != "reused"}
    assert counts([(sums(), {}), (lacking, {})], 1)["REUSED_DIGITIZED_DATA"] is None
