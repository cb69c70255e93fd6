"""How sure an index is, and what a unit brings into a ranking: chance, missing parts, coverage (3.15)."""

import random
from decimal import Decimal

import pytest

from tests.marks import covers
from thuocdo.indicators import index_data
from thuocdo.indicators.enums import Standing
from thuocdo.indicators.rules import certainty, placing
from thuocdo.indicators.rules.ranking import differs, ranking
from thuocdo.indicators.rules.service_counts import CATALOGUE, EXPECTED, PETITIONS, Gathered
from thuocdo.indicators.rules.service_index import Count, index

VERSION = index_data.versions()[-1]
CODES = [metric.code for metric in VERSION.metrics]
ALL = (1, 1)  # its one People's Committee handed over facts


def counts(good=90, of=100, **more):
    return {code: Count(good, of) for code in CODES} | more


def commune(key, good, of=60):
    """Every dossier is good in all respects or in none; the catalogue is alike, nobody complained."""
    same = dict.fromkeys(CATALOGUE, Count(9, 10)) | dict.fromkeys(PETITIONS, Count(0, 0))
    return unit(key, counts(good, of, **same))


def unit(key, known, sums=None, committees=ALL, told=()):
    made = index(VERSION, known)
    return placing.entrant(key, Gathered(known, sums or {}, frozenset(told)), made, committees)


@covers("3.15")
def test_few_cases_leave_more_open_than_many():
    few, many = (certainty.reach(index(VERSION, counts(9 * n, 10 * n))) for n in (1, 1000))
    assert few.score == many.score
    assert few.high - few.low > 10 * (many.high - many.low)
    assert few.low < few.score < few.high


@covers("3.15")
def test_a_catalogue_is_no_matter_of_chance():
    """What an agency offers online it decides; which dossiers come, it does not."""
    only = {"OFFERED_ONLINE": Count(3, 10)}
    full = counts(10**9, 10**9, **only)
    assert certainty.reach(index(VERSION, full)).low == pytest.approx(Decimal("98.75"), abs=Decimal("0.001"))


@covers("3.15", "3.22")
def test_two_communes_that_differ_by_noise_are_not_ranked_apart():
    """Two hundred pairs of communes that serve alike, each of 60 dossiers: luck alone parts their scores."""
    draw = random.Random(766)
    drawn = [sum(draw.random() < 0.85 for _ in range(60)) for _ in range(400)]
    communes = [commune(n, good) for n, good in enumerate(drawn)]
    pairs = list(zip(communes[::2], communes[1::2], strict=True))
    assert sum(one.score != other.score for one, other in pairs) > 150
    assert sum(differs(one, other) for one, other in pairs) <= 2
    made = ranking([communes[0], communes[1], commune(1000, 10)])
    assert [(place.rank, place.worst) for place in made.places] == [(1, 2), (1, 2), (3, 3)]


@covers("3.15")
def test_what_did_not_arrive_counts_at_its_worst_and_at_its_best():
    known = counts(9000, 10000)
    whole, part = unit(1, known), unit(2, known, committees=(9, 10))
    assert (whole.coverage, part.coverage) == (100, 90)
    assert part.low < whole.low * Decimal("0.91")
    assert part.high > whole.high


@covers("3.15")
@pytest.mark.parametrize(
    ("known", "sums", "committees", "told", "why"),
    [
        (counts(PAID_ONLINE=None, DOSSIER_SYNC=None), {}, ALL, (), "Metrics are missing: 1.4, 3.3, 3.6."),
        (counts(), {}, (79, 100), (), "Its figures cover 79.0 %; 80 % are needed."),
        (counts(), {"taken_up": 70, EXPECTED: 100}, ALL, (), "Its figures cover 70.0 %; 80 % are needed."),
        (counts(), {}, ALL, ("HANDLED_ON_TIME",), "Its figures are declared, not confirmed or measured."),
    ],
)
def test_who_is_not_ranked_hears_why(known, sums, committees, told, why):
    made = ranking([unit(1, known, sums, committees, told)], coverage_floor=placing.FLOOR)
    assert [str(reason) for _, reason in made.unranked] == [why]


@covers("3.15")
def test_of_whom_nothing_was_counted_it_is_said():
    none = placing.entrant(1, Gathered({}, {}), None, (0, 1))
    assert str(ranking([none]).unranked[0][1]) == "No facts of it were handed over for this period."
    assert unit(2, counts()).standing is Standing.MEASURED
