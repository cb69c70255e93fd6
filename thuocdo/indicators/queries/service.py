"""The index of an agency and a period from the cube: its own counts with those of all below it (3.12)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from thuocdo.agencies.enums import AgencyKind, RelationKind
from thuocdo.agencies.models import Agency, Closure
from thuocdo.agencies.models import ClosureQuerySet as Closures
from thuocdo.indicators import index_data
from thuocdo.indicators.models import FactImport, FactSums, FactWhole
from thuocdo.indicators.rules import service_counts, service_index
from thuocdo.indicators.rules.service_counts import Clocks, Gathered, last_day
from thuocdo.indicators.rules.service_index import Count, Index, Lift, Version
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


@dataclass(frozen=True, slots=True)
class Held:
    """What is gathered of one agency: from how many, of how many People's Committees below."""

    gathered: Gathered
    parts: tuple[int, ...]
    committees: tuple[int, int]  # those that handed over facts, all there are
    counted_at: datetime | None  # None: it has no facts


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
    """The index of an agency with all below it on the day; None where nothing was counted. Three statements,
    one more where the map of the day is another than that of the period's last day.
    """
    version = version_of(period, agency.level)
    held = gathered([agency.pk], period, as_of)[agency.pk]
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


def gathered(agency_ids: Collection[int], period: int, as_of: AsOf) -> dict[int, Held]:
    """What is counted of each of these agencies with all below it. Two statements, or three."""
    below, committees = _below(agency_ids, period, as_of)
    wholes = {row.agency_id: row for row in FactWhole.objects.filter(period=period, agency__in=agency_ids)}
    fits = {pk for pk, row in wholes.items() if row.parts == below[pk]}
    rest = {one for pk in agency_ids if pk not in fits for one in below[pk]}
    rows = (
        {row.agency_id: row for row in FactSums.objects.filter(period=period, agency__in=rest)}
        if rest
        else {}
    )
    months = len(service_counts.months_of(period))
    made = {}
    for pk in agency_ids:
        parts = [wholes[pk]] if pk in fits else [rows[one] for one in below[pk]]
        found = (
            _read(wholes[pk])
            if pk in fits
            else service_counts.gather([(rows[one].sums, rows[one].given) for one in below[pk]], months)
        )
        at = max((row.counted_at for row in parts), default=None)
        made[pk] = Held(found, tuple(below[pk]), committees[pk], at)
    return made


def imports(period: int) -> list[FactImport]:
    """The files from which the facts of the period came, the newest first."""
    wanted = set(service_counts.months_of(period)) | {period}
    rows = FactImport.objects.filter(entered__gt=0).order_by("-recorded_at", "-pk")
    return [row for row in rows[: FILES * 20] if wanted & set(row.months)][:FILES]


def _below(
    agency_ids: Collection[int], period: int, as_of: AsOf
) -> tuple[dict[int, list[int]], dict[int, tuple[int, int]]]:
    """Of each agency those at or below it that have facts; of its People's Committees how many have, and all.

    One statement for the tree, one for who has facts.
    """
    having = set(FactSums.objects.filter(period=period).values_list("agency_id", flat=True))
    inside: defaultdict[int, list[int]] = defaultdict(list)
    told: defaultdict[int, list[bool]] = defaultdict(list)
    for ancestor, descendant, kind in _tree(agency_ids, as_of):
        if descendant in having:
            inside[ancestor].append(descendant)
        if kind == AgencyKind.PEOPLES_COMMITTEE:
            told[ancestor].append(descendant in having)
    below = {pk: inside[pk] for pk in agency_ids}
    return below, {pk: (sum(told[pk]), len(told[pk])) for pk in agency_ids}


def _tree(agency_ids: Collection[int], as_of: AsOf) -> Iterable[tuple[int, int, str]]:
    rows: Closures = Closure.objects.standing(as_of)
    inside = rows.filter(ancestor__in=agency_ids, kind=RelationKind.ADMINISTRATIVE).order_by("descendant_id")
    return inside.values_list("ancestor_id", "descendant_id", "descendant__kind")


def _read(row: FactWhole) -> Gathered:
    counts = {code: Count(*pair) if pair else None for code, pair in row.counts.items()}
    return Gathered(counts, row.sums, frozenset(row.told))


def _beside(official: Mapping[str, str], made: Index) -> tuple[Beside, ...]:
    own = {one.metric.code: one.points for one in made.scores} | {WHOLE: made.total}
    return tuple(Beside(code, Decimal(points), own.get(code)) for code, points in sorted(official.items()))
