"""A ranking that one can believe (c8)."""

import random
from decimal import Decimal

import pytest

from tests.marks import covers
from thuocdo.indicators.enums import Standing
from thuocdo.indicators.rules.ranking import Entrant, by_chance, differs, ranking

SURE = Standing.CONFIRMED


def unit(key, score, **more):
    return Entrant(key, None if score is None else Decimal(str(score)), **{"standing": SURE, **more})


def commune(key, handled, received):
    """A commune's on-time points, of 20, with the interval that chance leaves."""
    low, high = by_chance(Decimal(handled), Decimal(received))
    return unit(key, Decimal(20) * handled / received, low=20 * low, high=20 * high)


@covers("3.15")
def test_exact_scores_give_the_competition_ranking():
    made = ranking([unit(1, 90), unit(2, 80), unit(3, 80), unit(4, 70)])
    assert [(place.entrant.key, place.rank) for place in made.places] == [(1, 1), (2, 2), (3, 2), (4, 4)]
    assert [place.like for place in made.places] == [0, 1, 1, 0]


@covers("3.15", "3.22")
def test_two_communes_that_differ_by_noise_are_not_ranked_apart():
    one, other, behind = commune(1, 28, 30), commune(2, 27, 30), commune(3, 300, 1000)
    made = ranking([one, other, behind])
    assert not differs(one, other)
    assert [(place.rank, place.worst) for place in made.places] == [(1, 2), (1, 2), (3, 3)]


@covers("3.15", "3.22")
def test_equal_communes_of_small_numbers_are_rarely_told_apart_by_luck():
    draw = random.Random(57)
    luck = [sum(draw.random() < 0.9 for _ in range(40)) for _ in range(400)]
    apart = sum(
        differs(commune(1, a, 40), commune(2, b, 40)) for a, b in zip(luck[::2], luck[1::2], strict=True)
    )
    swapped = sum(a != b for a, b in zip(luck[::2], luck[1::2], strict=True))
    assert swapped > 100  # by their bare scores most of the 200 pairs would have been ranked apart
    assert apart <= 4


@covers("3.15")
@pytest.mark.parametrize(
    ("entrant", "reason"),
    [
        (unit(1, None), "It has no score: figures are missing."),
        (unit(1, 90, standing=Standing.DECLARED), "Its figures are declared, not confirmed or measured."),
        (unit(1, 90, standing=None), "Its figures are declared, not confirmed or measured."),
        (unit(1, 90, coverage=Decimal("79.96")), "Its figures cover 80.0 %; 100 % are needed."),
    ],
)
def test_who_is_not_ranked_is_listed_with_the_reason(entrant, reason):
    made = ranking([entrant, unit(2, 50)])
    assert [(one.key, str(why)) for one, why in made.unranked] == [(1, reason)]
    assert [place.rank for place in made.places] == [1]


@covers("3.15")
def test_missing_data_widen_the_rank():
    made = ranking([unit(1, 80, low=Decimal(60), high=Decimal(95)), unit(2, 90), unit(3, 50)])
    assert [(place.entrant.key, place.rank, place.worst) for place in made.places] == [
        (2, 1, 2),
        (1, 1, 2),
        (3, 3, 3),
    ]


@covers("3.15")
def test_peers_and_movement():
    made = ranking(
        [
            unit(1, 90, peers="mountain", former_rank=3),
            unit(2, 80, peers="mountain"),
            unit(3, 70, peers="delta"),
        ]
    )
    assert [(place.moved, place.peer_gap) for place in made.places] == [
        (2, Decimal(5)),
        (None, Decimal(-5)),
        (None, Decimal(0)),
    ]


@covers("3.15")
def test_chance_needs_cases():
    low, high = by_chance(Decimal(0), Decimal(10))
    assert low == 0
    assert round(high, 4) == Decimal("0.2775")
    with pytest.raises(ValueError, match="needs cases"):
        by_chance(Decimal(0), Decimal(0))


@covers("3.05")
def test_the_card_of_a_rank_names_who_is_not_really_different():
    place = ranking([commune(1, 28, 30), commune(2, 27, 30)]).places[0]
    assert "1 other is not really different." in [str(step) for step in place.card.steps]
