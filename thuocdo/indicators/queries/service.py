"""The index of an agency and a period from the cube: its own counts with those of all below it (3.12)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet

from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Closure
from thuocdo.indicators import index_data
from thuocdo.indicators.models import FactSums
from thuocdo.indicators.rules import service_counts, service_index
from thuocdo.indicators.rules.service_counts import Clocks
from thuocdo.indicators.rules.service_index import Index, Lift
from thuocdo.lib.moments import AsOf

WHOLE = "INDEX"  # the code under which an official total is handed over


@dataclass(frozen=True, slots=True)
class Beside:
    """An official figure published elsewhere, beside our own; `difference` None: ours is not known."""

    code: str
    official: Decimal
    own: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """By how much ours is higher."""
        return None if self.own is None else self.own - self.official


@dataclass(frozen=True, slots=True)
class Service:
    """The index of one agency and period, both clocks, what would lift it, official figures beside."""

    period: int
    agencies: int  # whose facts are counted here
    index: Index
    clocks: Clocks | None
    lifts: tuple[Lift, ...]
    beside: tuple[Beside, ...]


def periods(agency_id: int, as_of: AsOf) -> list[int]:
    """The months and quarters of which the agency, or one below it, has facts; the last month first."""
    rows = FactSums.objects.filter(agency__in=_below(agency_id, as_of)).values_list("period", flat=True)
    return sorted(set(rows), key=lambda period: (last_day(period), period), reverse=True)


def of_agency(agency_id: int, period: int, as_of: AsOf) -> Service | None:
    """The index of an agency with all below it on the day; None where nothing was counted. One statement."""
    rows = list(FactSums.objects.filter(period=period, agency__in=_below(agency_id, as_of)))
    version = service_index.version_on(index_data.versions(), last_day(period))
    if not rows or version is None:
        return None
    parts: Sequence[tuple[Mapping[str, int], service_counts.Given]] = [(row.sums, row.given) for row in rows]
    months = len(service_counts.months_of(period))
    made = service_index.index(version, service_counts.counts(parts, months))
    own = next((row for row in rows if row.agency_id == agency_id), None)
    return Service(
        period=period,
        agencies=len(rows),
        index=made,
        clocks=service_counts.clocks(service_counts.added(sums for sums, _ in parts)),
        lifts=tuple(service_index.lifts(made)),
        beside=_beside(own.official if own else {}, made),
    )


def last_day(period: int) -> date:
    """The last day of a month or quarter."""
    year, month = divmod(service_counts.months_of(period)[-1], 100)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _below(agency_id: int, as_of: AsOf) -> QuerySet[Closure, int]:
    inside = Closure.objects.standing(as_of).filter(ancestor=agency_id, kind=RelationKind.ADMINISTRATIVE)
    return inside.values_list("descendant_id", flat=True)


def _beside(official: Mapping[str, str], made: Index) -> tuple[Beside, ...]:
    own = {one.metric.code: one.points for one in made.scores} | {WHOLE: made.total}
    return tuple(Beside(code, Decimal(points), own.get(code)) for code, points in sorted(official.items()))
