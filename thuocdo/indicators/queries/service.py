"""The index of an agency and a period from the cube: its own counts with those of all below it (3.12)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from thuocdo.agencies.models import Agency
from thuocdo.indicators import index_data
from thuocdo.indicators.models import FactImport, FactSums, FactWhole
from thuocdo.indicators.queries import cube
from thuocdo.indicators.rules import service_counts, service_index
from thuocdo.indicators.rules.service_counts import Clocks, Gathered, last_day
from thuocdo.indicators.rules.service_index import Index, Lift, Version
from thuocdo.lib.moments import AsOf

WHOLE = "INDEX"  # the code under which an official total is handed over
FILES = 12  # named in the passport of an index


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
    gathered: Gathered
    index: Index
    clocks: Clocks | None
    lifts: tuple[Lift, ...]
    beside: tuple[Beside, ...]
    counted_at: datetime


def periods(agency_id: int, as_of: AsOf) -> list[int]:
    """The months and quarters of which the agency, or one below it, has facts; the last month first.

    Those that had begun on the day.
    """
    own = FactSums.objects.filter(agency=agency_id).values_list("period", flat=True)
    whole = FactWhole.objects.filter(agency=agency_id).values_list("period", flat=True)
    begun = {one for one in own.union(whole) if service_counts.first_day(one) <= as_of.day}
    return sorted(begun, key=lambda period: (last_day(period), period), reverse=True)


def version_of(period: int, level: str) -> Version | None:
    """The rules by which agencies of a level are scored for a period."""
    found = service_index.version_on(index_data.versions(), last_day(period))
    return None if found is None else found.at_level(level)


def of_agency(agency: Agency, period: int, as_of: AsOf) -> Service | None:
    """The index of an agency with all below on the day; None where nothing was counted. Five statements."""
    version = version_of(period, agency.level)
    held = cube.gathered([agency.pk], [period], as_of)[period, agency.pk]
    if held.counted_at is None or version is None:
        return None
    made = service_index.index(version, held.gathered.counts)
    own = FactSums.objects.filter(period=period, agency=agency).first()
    return Service(
        period=period,
        agencies=len(held.parts),
        gathered=held.gathered,
        index=made,
        clocks=service_counts.clocks(held.gathered.sums),
        lifts=tuple(service_index.lifts(made)),
        beside=_beside(own.official if own else {}, made),
        counted_at=held.counted_at,
    )


def imports(period: int) -> list[FactImport]:
    """The files from which the facts of the period came, the newest first."""
    wanted = set(service_counts.months_of(period)) | {period}
    rows = FactImport.objects.filter(entered__gt=0).order_by("-recorded_at", "-pk")
    return [row for row in rows[: FILES * 20] if wanted & set(row.months)][:FILES]


def _beside(official: Mapping[str, str], made: Index) -> tuple[Beside, ...]:
    own = {one.metric.code: one.points for one in made.scores} | {WHOLE: made.total}
    return tuple(Beside(code, Decimal(points), own.get(code)) for code, points in sorted(official.items()))
