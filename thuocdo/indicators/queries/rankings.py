"""Published rankings: which stand on a day, one with its lines, what each unit had in the last one (3.15)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max, Min, QuerySet

from thuocdo.indicators import index_data
from thuocdo.indicators.enums import Units
from thuocdo.indicators.models import Ranking, RankingLine
from thuocdo.indicators.queries.placing import Former
from thuocdo.indicators.rules import service_index
from thuocdo.indicators.rules.service_counts import QUARTERS
from thuocdo.indicators.rules.service_index import Count, Index
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Say

SHOWN = 24


@dataclass(frozen=True, slots=True)
class Point:
    """What a unit had in one published ranking."""

    ranking: Ranking
    score: Decimal
    low: Decimal
    high: Decimal


def listed(as_of: AsOf) -> list[Ranking]:
    """Those that stand on the day, the last published first."""
    rows = Ranking.objects.standing(as_of).select_related("parent")
    return list(rows.order_by("-published_on", "-recorded_at", "-pk")[:SHOWN])


def one(pk: int, as_of: AsOf) -> Ranking | None:
    """One that had been published on the day, withdrawn or not."""
    rows = Ranking.objects.published(as_of).select_related("parent", "withdrawal", "by")
    return rows.filter(pk=pk).first()


@dataclass(frozen=True, slots=True)
class Ends:
    """Between which points the scores of a ranking lie, and all that is open of them."""

    least: Decimal
    most: Decimal
    low: Decimal
    high: Decimal


def lines(ranking: Ranking) -> QuerySet[RankingLine]:
    """Its lines in the order of the table: the ranked, then the others; without the counts."""
    rows = RankingLine.objects.filter(ranking=ranking).defer("counts")
    return rows.select_related("agency__territory").order_by("position")


def scores(ranking: Ranking) -> Mapping[str, Decimal | None]:
    """The points of each unit by the code of its territory; None: not ranked."""
    rows = RankingLine.objects.filter(ranking=ranking, agency__territory__isnull=False)
    found = rows.values_list("agency__territory__code", "rank", "score")
    return {code: None if rank is None else score for code, rank, score in found}


def ends(ranking: Ranking) -> Ends:
    """Over all that is ranked."""
    ranked = RankingLine.objects.filter(ranking=ranking, rank__isnull=False)
    found = ranked.aggregate(least=Min("score"), most=Max("score"), low=Min("low"), high=Max("high"))
    return Ends(**found)


def last_before(parent_id: int, units: Units, period: int, as_of: AsOf) -> Ranking | None:
    """The ranking of the same units for the nearest earlier period of the same length."""
    earlier = Ranking.objects.standing(as_of).filter(parent=parent_id, units=units, period__lt=period)
    alike = earlier.filter(period__gt=QUARTERS) if period > QUARTERS else earlier
    return alike.order_by("-period").first()


def former(ranking: Ranking | None) -> Mapping[int, Former]:
    """The rank and score of each unit in that ranking."""
    if ranking is None:
        return {}
    rows = RankingLine.objects.filter(ranking=ranking)
    return {row.agency_id: Former(row.rank, row.score) for row in rows}


def course(agency_id: int, ranking: Ranking, as_of: AsOf) -> list[Point]:
    """What the unit had in all rankings of this kind that stand, in time. One statement."""
    rows = RankingLine.objects.filter(
        agency=agency_id, score__isnull=False, ranking__in=Ranking.objects.standing(as_of),
        ranking__parent=ranking.parent_id, ranking__units=ranking.units,
    ).select_related("ranking")  # fmt: skip
    same = [row for row in rows if (row.ranking.period > QUARTERS) == (ranking.period > QUARTERS)]
    points = [Point(row.ranking, _told(row.score), _told(row.low), _told(row.high)) for row in same]
    return sorted(points, key=lambda point: point.ranking.period)[-SHOWN:]


def index_of(line: RankingLine, ranking: Ranking) -> Index | None:
    """The index of a line, by the rules of the ranking; None where nothing was counted."""
    version = service_index.version_on(index_data.versions(), ranking.rules_since)
    if version is None or not line.counts:
        return None
    counts = {code: Count(*pair) if pair else None for code, pair in line.counts.items()}
    return service_index.index(version.at_level(line.agency.level), counts)


def reason(line: RankingLine) -> Say | None:
    """Why a line has no place, as it was told when it was published."""
    if line.reason is None:
        return None
    values = {key: tuple(one) if isinstance(one, list) else one for key, one in line.reason["values"].items()}
    return Say(line.reason["text"], tuple(values.items()))


def _told(value: Decimal | None) -> Decimal:
    return Decimal(0) if value is None else value
