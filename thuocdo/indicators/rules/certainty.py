"""How sure an index is: what is missing, and what chance may have done in small numbers (3.15).

A metric of dossiers or petitions is a draw: with few cases its ratio might as well have come out otherwise
(Wilson, 95 %). Metrics of the same dossiers go up and down together, so their widths add; dossiers and
petitions come apart, so theirs add as squares. What an agency has in its catalogue of procedures is no matter
of chance. What is missing adds all it could bring.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from thuocdo.indicators.rules.ranking import by_chance
from thuocdo.indicators.rules.service_counts import CATALOGUE, PETITIONS
from thuocdo.indicators.rules.service_index import ONE, ZERO, Index, Metric, Score

MILLIONTH = Decimal("0.000001")  # of a point: finer differences are those of computing


@dataclass(frozen=True, slots=True)
class Reach:
    """Between which points the index of a unit lies; `score` None: metrics are missing."""

    score: Decimal | None
    low: Decimal
    high: Decimal


def reach(made: Index) -> Reach:
    """The index with what chance and missing parts leave open."""
    widths = {one.metric.code: _widths(one) for one in made.scores if one.metric.code not in CATALOGUE}
    down, up = (_together(widths, end) for end in (0, 1))
    score = None if made.total is None else rounded(made.total)
    return Reach(score, rounded(max(ZERO, made.low - down)), rounded(min(made.most, made.high + up)))


def rounded(points: Decimal) -> Decimal:
    """Points as they are compared and published."""
    return points.quantize(MILLIONTH, ROUND_HALF_EVEN)


def _together(widths: Mapping[str, tuple[Decimal, Decimal]], end: int) -> Decimal:
    dossiers = sum((pair[end] for code, pair in widths.items() if code not in PETITIONS), ZERO)
    petitions = sum((pair[end] for code, pair in widths.items() if code in PETITIONS), ZERO)
    return (dossiers * dossiers + petitions * petitions).sqrt()


def _widths(one: Score) -> tuple[Decimal, Decimal]:
    """By how many points the metric might lie lower, and higher, by chance."""
    count, metric = one.count, one.metric
    if count is None or not count.denominator or one.points is None:
        return ZERO, ZERO
    below = Decimal(count.denominator)
    ends = by_chance(min(Decimal(count.numerator), below), below)
    low, high = (_points(metric, share * (ONE if one.factor is None else one.factor)) for share in ends)
    return max(ZERO, one.points - low), max(ZERO, high - one.points)


def _points(metric: Metric, ratio: Decimal) -> Decimal:
    return metric.maximum * min(ONE, max(ZERO, ratio / metric.threshold))
