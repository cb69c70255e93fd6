"""What the cube holds of agencies with all below: wholes where they fit the map, else their parts (3.12)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from thuocdo.agencies.enums import AgencyKind, RelationKind
from thuocdo.agencies.models import Closure
from thuocdo.agencies.models import ClosureQuerySet as Closures
from thuocdo.indicators.models import FactSums, FactWhole
from thuocdo.indicators.rules import service_counts
from thuocdo.indicators.rules.service_counts import Gathered
from thuocdo.indicators.rules.service_index import Count
from thuocdo.lib.moments import AsOf

Key = tuple[int, int]  # period, agency


@dataclass(frozen=True, slots=True)
class Held:
    """What is gathered of one agency: from whom, of how many of its People's Committees."""

    gathered: Gathered
    parts: tuple[int, ...]
    committees: tuple[int, int]  # those that handed over facts, all there are
    counted_at: datetime | None  # None: it has no facts


@dataclass(frozen=True, slots=True)
class _Below:
    """Those at or below an agency, in order, and which of them are People's Committees."""

    every: list[int]
    committees: set[int]


def gathered(agency_ids: Collection[int], periods: Collection[int], as_of: AsOf) -> dict[Key, Held]:
    """What is counted of each agency with all below it, by period and agency.

    Three statements; a fourth where sums are read that no whole holds, as those of an agency with none below.
    """
    tree, having = _tree(agency_ids, as_of), _having(periods)
    keys = [(period, pk) for period in periods for pk in agency_ids]
    parts = {key: [one for one in tree[key[1]].every if one in having[key[0]]] for key in keys}
    rows = FactWhole.objects.filter(period__in=periods, agency__in=agency_ids)
    wholes = {(row.period, row.agency_id): row for row in rows}
    fits = {key: row for key, row in wholes.items() if row.parts == parts[key]}
    sums = _sums([(key[0], one) for key in keys if key not in fits for one in parts[key]])
    made = {}
    for key in keys:
        committees = tree[key[1]].committees
        told = (len(committees & having[key[0]]), len(committees))
        of = [sums[key[0], one] for one in parts[key]] if key not in fits else []
        made[key] = _whole(fits[key], told) if key in fits else _added(key[0], of, told)
    return made


def _whole(row: FactWhole, committees: tuple[int, int]) -> Held:
    counts = {code: Count(*pair) if pair else None for code, pair in row.counts.items()}
    found = Gathered(counts, row.sums, frozenset(row.told))
    return Held(found, tuple(row.parts), committees, row.counted_at)


def _added(period: int, rows: Sequence[FactSums], committees: tuple[int, int]) -> Held:
    months = len(service_counts.months_of(period))
    found = service_counts.gather([(row.sums, row.given) for row in rows], months)
    at = max((row.counted_at for row in rows), default=None)
    return Held(found, tuple(row.agency_id for row in rows), committees, at)


def _tree(agency_ids: Collection[int], as_of: AsOf) -> Mapping[int, _Below]:
    found = {pk: _Below([], set()) for pk in agency_ids}
    rows: Closures = Closure.objects.standing(as_of)
    inside = rows.filter(ancestor__in=agency_ids, kind=RelationKind.ADMINISTRATIVE).order_by("descendant_id")
    for ancestor, descendant, kind in inside.values_list("ancestor_id", "descendant_id", "descendant__kind"):
        found[ancestor].every.append(descendant)
        if kind == AgencyKind.PEOPLES_COMMITTEE:
            found[ancestor].committees.add(descendant)
    return found


def _having(periods: Collection[int]) -> Mapping[int, set[int]]:
    """Who has facts in each period."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for period, pk in FactSums.objects.filter(period__in=periods).values_list("period", "agency_id"):
        found[period].add(pk)
    return found


def _sums(wanted: Collection[Key]) -> Mapping[Key, FactSums]:
    if not wanted:
        return {}
    periods, agencies = {period for period, _ in wanted}, {pk for _, pk in wanted}
    rows = FactSums.objects.filter(period__in=periods, agency__in=agencies)
    return {(row.period, row.agency_id): row for row in rows}
