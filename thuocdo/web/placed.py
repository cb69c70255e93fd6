"""The rows of a ranking as they are shown: of a draft counted now, and of a published one (3.15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest
from django.utils.text import capfirst

from thuocdo.agencies.models import Agency
from thuocdo.indicators.models import Ranking, RankingLine, RankingWithdrawal
from thuocdo.indicators.queries import placing
from thuocdo.indicators.queries.placing import Draft
from thuocdo.indicators.queries.rankings import Point
from thuocdo.indicators.rules.ranking import Entrant, Place
from thuocdo.lib.card import Card
from thuocdo.lib.moments import AsOf
from thuocdo.web import addresses, services
from thuocdo.web.services import Axis

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Bar:
    """A score with what is open of it, on an axis."""

    score: Decimal
    low: Decimal
    high: Decimal
    left: str
    width: str
    dot: str

    @classmethod
    def of(cls, axis: Axis, score: Decimal | None, low: Decimal | None, high: Decimal | None) -> "Bar":
        """An end that is not open is the score itself."""
        middle = score or ZERO
        least, most = (middle if end is None else end for end in (low, high))
        return cls(middle, least, most, axis.at(least), axis.wide(least, most), axis.at(middle))


@dataclass(frozen=True, slots=True)
class Placed:
    """One ranked unit."""

    agency: Agency
    href: str
    rank: int
    worst: int
    like: int
    bar: Bar
    change: Decimal | None  # own points against the period before
    is_real: bool
    moved: int | None  # places gained since the last published ranking
    peers: str
    peer_gap: Decimal | None
    card: Card


def of_draft(request: HttpRequest, found: Draft, axis: Axis) -> list[Placed]:
    """The places of a draft."""
    return [_of_place(request, found, place, axis) for place in found.made.places]


def _of_place(request: HttpRequest, found: Draft, place: Place, axis: Axis) -> Placed:
    seen, one = found.seen[place.entrant.key], place.entrant
    change, is_real = placing.changed(one, seen.before)
    href = addresses.to(request, "web:index766_agency", seen.agency.code)
    bar = Bar.of(axis, one.score, one.low, one.high)
    return Placed(
        seen.agency, href, place.rank, place.worst, place.like, bar, change, is_real, place.moved, one.peers,
        place.peer_gap, place.card,
    )  # fmt: skip


def of_line(request: HttpRequest, line: RankingLine, axis: Axis) -> Placed:
    """A line of a published ranking that has a place."""
    rank, worst, like = line.rank or 0, line.worst or 0, line.like or 0
    return Placed(
        line.agency, addresses.to(request, "web:ranking_unit", line.ranking_id, line.agency.code), rank,
        worst, like, Bar.of(axis, line.score, line.low, line.high), line.change, line.is_real,
        None if line.former_rank is None else line.former_rank - rank, line.peers, line.peer_gap,
        card_of(line),
    )  # fmt: skip


def card_of(line: RankingLine) -> Card:
    """How the rank was found, from what was frozen of it; the rule's own card, made again."""
    one = Entrant(line.agency_id, line.score, line.low, line.high, None, line.coverage, line.peers)
    return Place(one, line.rank or 0, line.worst or 0, line.like or 0, line.peer_gap).card


def title(row: Ranking) -> str:
    """What the ranking is of, in words."""
    return f"{capfirst(row.get_units_display())}, {services.period(row.period)}"


def withdrawal(row: Ranking, as_of: AsOf) -> RankingWithdrawal | None:
    """Why the ranking did not hold any more on the day; None while it stood."""
    found = getattr(row, "withdrawal", None)
    if found is None or found.happened_on > as_of.day:
        return None
    return None if as_of.known is not None and found.recorded_at > as_of.known else found


@dataclass(frozen=True, slots=True)
class Course:
    """The scores of a unit in the rankings that were published, in time, and their axis."""

    axis: Axis
    points: Sequence[tuple[Point, Bar]]


def course(points: Sequence[Point]) -> Course | None:
    """None where there are not two of them."""
    if len(points) < 2:
        return None
    axis = Axis.of([end for one in points for end in (one.low, one.high)])
    return Course(axis, [(one, Bar.of(axis, one.score, one.low, one.high)) for one in points])
