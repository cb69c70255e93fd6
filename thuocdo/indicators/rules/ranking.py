"""A ranking that says no more than its figures do (formulas, c8).

Ranked is what is confirmed or measured and covers enough; the rest is listed with the reason. A score has an
interval: from what is missing, and from chance in small numbers. One is ahead of another only where the
intervals do not meet, so that equal units are not ranked apart by noise; with exact scores this is the
competition ranking 1, 2, 2, 4.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from thuocdo.indicators.enums import Standing
from thuocdo.lib.card import Card, Input
from thuocdo.lib.say import Say, say, say_n

VERSION = "2025-01-01"
Z = Decimal("1.959963985")  # two-sided 95 %
ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Entrant:
    """One unit that may be ranked. Scores in points, `coverage` in per cent."""

    key: int
    score: Decimal | None
    low: Decimal | None = None  # None: the score is exact
    high: Decimal | None = None
    standing: Standing | None = None
    coverage: Decimal = Decimal(100)
    peers: str = ""  # the group declared in advance: mountain, urban …
    former_rank: int | None = None  # in the last published ranking
    former_score: Decimal | None = None
    withheld: Say | None = None  # a reason of its own why it is not ranked


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a unit: `rank` is the best that its figures allow, `worst` the other end."""

    entrant: Entrant
    rank: int
    worst: int
    like: int  # how many others cannot be told apart from it
    peer_gap: Decimal | None  # against the median of its peers, in points

    @property
    def moved(self) -> int | None:
        """Places gained since the last published ranking; None when it was not in it."""
        former = self.entrant.former_rank
        return None if former is None else former - self.rank

    @property
    def card(self) -> Card:
        """How the rank was found."""
        seen = self.entrant
        inputs = (
            Input(say("score"), seen.score),
            Input(say("lowest possible score"), seen.low),
            Input(say("highest possible score"), seen.high),
            Input(say("coverage, per cent"), seen.coverage),
        )
        steps = [say_n("%(n)s unit is surely ahead.", "%(n)s units are surely ahead.", self.rank - 1)]
        if self.like:
            steps.append(
                say_n(
                    "%(n)s other is not really different.",
                    "%(n)s others are not really different.",
                    self.like,
                )
            )
        rule = say("One more than the number of units that are surely ahead.")
        return Card(rule, VERSION, inputs, tuple(steps), self.rank)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The places, best first, and who has none with the reason."""

    places: tuple[Place, ...]
    unranked: tuple[tuple[Entrant, Say], ...]


def ranking(entrants: Sequence[Entrant], *, coverage_floor: Decimal = Decimal(100)) -> Ranking:
    """Place every unit whose figures allow it."""
    reasons = [(entrant, reason_against(entrant, coverage_floor)) for entrant in entrants]
    ranked = [(entrant, *_interval(entrant)) for entrant, reason in reasons if reason is None]
    lows = sorted(low for _, low, _ in ranked)
    highs = sorted(high for _, _, high in ranked)
    medians = _medians([entrant for entrant, _, _ in ranked])
    places = []
    for entrant, low, high in ranked:
        ahead = len(lows) - bisect_right(lows, high)  # their lowest is above its highest
        behind = bisect_left(highs, low)  # their highest is below its lowest
        like = len(ranked) - 1 - ahead - behind
        gap = None if entrant.score is None else entrant.score - medians[entrant.peers]
        places.append(Place(entrant, ahead + 1, len(ranked) - behind, like, gap))
    places.sort(key=lambda place: (place.rank, -(place.entrant.score or 0), place.entrant.key))
    return Ranking(tuple(places), tuple((entrant, reason) for entrant, reason in reasons if reason))


def reason_against(entrant: Entrant, floor: Decimal) -> Say | None:
    """Why the unit cannot be ranked; None when it can."""
    if entrant.withheld is not None:
        return entrant.withheld
    if entrant.score is None:
        return say("It has no score: figures are missing.")
    if entrant.standing is None or entrant.standing is Standing.DECLARED:
        return say("Its figures are declared, not confirmed or measured.")
    if entrant.coverage < floor:
        return say(
            "Its figures cover %(coverage)s %%; %(floor)s %% are needed.",
            coverage=round(entrant.coverage, 1),
            floor=floor,
        )
    return None


def differs(one: Entrant, other: Entrant) -> bool:
    """Whether one of the two is surely ahead of the other."""
    (low, high), (other_low, other_high) = _interval(one), _interval(other)
    return low > other_high or other_low > high


def by_chance(numerator: Decimal, denominator: Decimal) -> tuple[Decimal, Decimal]:
    """Between which shares of one the true share lies, by 95 % (Wilson). `ValueError` without cases."""
    if denominator <= 0:
        raise ValueError("a share needs cases")
    share, square = numerator / denominator, Z * Z
    middle = share + square / (2 * denominator)
    width = Z * (share * (ONE - share) / denominator + square / (4 * denominator * denominator)).sqrt()
    whole = ONE + square / denominator
    return max(Decimal(0), (middle - width) / whole), min(ONE, (middle + width) / whole)


def _interval(entrant: Entrant) -> tuple[Decimal, Decimal]:
    score = entrant.score if entrant.score is not None else Decimal(0)
    low = entrant.low if entrant.low is not None else score
    high = entrant.high if entrant.high is not None else score
    return low, high


def _medians(entrants: Sequence[Entrant]) -> Mapping[str, Decimal]:
    groups: dict[str, list[Decimal]] = {}
    for entrant in entrants:
        if entrant.score is not None:
            groups.setdefault(entrant.peers, []).append(entrant.score)
    return {name: _median(sorted(scores)) for name, scores in groups.items()}


def _median(scores: Sequence[Decimal]) -> Decimal:
    middle = len(scores) // 2
    return scores[middle] if len(scores) % 2 else (scores[middle - 1] + scores[middle]) / 2
