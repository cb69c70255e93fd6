"""What a unit brings into a ranking by the index: its score with all that leaves it open (3.15).

The agencies and dossiers that did not arrive could have made the index lower or higher: at worst they bring
no points, at best all. So a unit that covers 90 % is known to a tenth of the points and no better.
"""

from decimal import Decimal

from thuocdo.indicators.enums import Standing
from thuocdo.indicators.rules import certainty
from thuocdo.indicators.rules.certainty import Reach, rounded
from thuocdo.indicators.rules.ranking import Entrant
from thuocdo.indicators.rules.service_counts import Gathered
from thuocdo.indicators.rules.service_index import ONE, ZERO, Index
from thuocdo.lib.say import Say, say

FLOOR = Decimal(80)  # per cent of what is expected; with less a unit is listed, not ranked
HUNDRED = Decimal(100)


def entrant(
    key: int, gathered: Gathered, made: Index | None, committees: tuple[int, int], *, peers: str = ""
) -> Entrant:
    """The unit with its index; `made` None: nothing was counted of it."""
    told, expected = arrived(gathered, committees)
    covered = Decimal(told) / expected
    if made is None:
        return Entrant(key, None, coverage=covered * HUNDRED, peers=peers, withheld=nothing())
    found = widened(certainty.reach(made), covered, made.most)
    return Entrant(
        key, found.score, found.low, found.high, standing(gathered), covered * HUNDRED, peers,
        withheld=lacking(made),
    )  # fmt: skip


def arrived(gathered: Gathered, committees: tuple[int, int]) -> tuple[int, int]:
    """So many of so many that arrived: of its People's Committees or of the dossiers known elsewhere.

    Of the two that of which less arrived.
    """
    shares = [committees] if committees[1] else [(1, 1)]
    if gathered.dossiers is not None:
        shares.append(gathered.dossiers)
    return min(shares, key=lambda share: Decimal(share[0]) / share[1])


def widened(found: Reach, covered: Decimal, most: Decimal) -> Reach:
    """The reach with what did not arrive at its worst and at its best."""
    missing = (ONE - covered) * most
    low, high = found.low * covered, found.high * covered + missing
    return Reach(found.score, rounded(max(ZERO, low)), rounded(min(most, high)))


def standing(gathered: Gathered) -> Standing:
    """Measured; declared where a count was told that could have been counted from records."""
    return Standing.DECLARED if gathered.told else Standing.MEASURED


def lacking(made: Index) -> Say | None:
    """Why a unit with missing metrics is not ranked."""
    gaps = tuple(one.metric.number for one in made.missing)
    return say("Metrics are missing: %(metrics)s.", metrics=gaps) if gaps else None


def nothing() -> Say:
    """Why a unit of which nothing was counted is not ranked."""
    return say("No facts of it were handed over for this period.")
