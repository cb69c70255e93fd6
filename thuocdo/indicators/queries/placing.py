"""Units beside each other by the index of a period, as it is counted now: the draft of a ranking (3.15)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from thuocdo.agencies.enums import AgencyKind, Level, RelationKind, Side
from thuocdo.agencies.models import Agency, AgencyQuerySet
from thuocdo.indicators.enums import Units
from thuocdo.indicators.queries import cube, service
from thuocdo.indicators.queries.cube import Held
from thuocdo.indicators.rules import certainty, placing, service_counts, service_index
from thuocdo.indicators.rules.ranking import Entrant, Ranking, differs, ranking
from thuocdo.indicators.rules.service_index import Index
from thuocdo.lib.moments import AsOf

KINDS: Mapping[Units, tuple[Level, tuple[AgencyKind, ...]]] = {
    Units.PROVINCES: (Level.PROVINCE, (AgencyKind.PEOPLES_COMMITTEE,)),
    Units.MINISTRIES: (Level.CENTRAL, (AgencyKind.MINISTRY, AgencyKind.GOVERNMENT_AGENCY)),
    Units.DEPARTMENTS: (Level.PROVINCE, (AgencyKind.DEPARTMENT,)),
    Units.COMMUNES: (Level.COMMUNE, (AgencyKind.PEOPLES_COMMITTEE,)),
}


@dataclass(frozen=True, slots=True)
class Former:
    """What a unit had in the last published ranking."""

    rank: int | None
    score: Decimal | None


@dataclass(frozen=True, slots=True)
class Seen:
    """One unit of a draft. `before`: its own index in the period before; None where it had no score."""

    agency: Agency
    held: Held
    index: Index | None
    before: Entrant | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """Who would be ranked how, and who not and why."""

    units: Units
    period: int
    made: Ranking
    seen: Mapping[int, Seen]


def units_below(parent_id: int, units: Units, as_of: AsOf) -> AgencyQuerySet:
    """The units of this kind below the agency on the day."""
    level, kinds = KINDS[units]
    inside = Agency.objects.alive(as_of).below([parent_id], RelationKind.ADMINISTRATIVE, as_of)
    return inside.filter(level=level, kind__in=kinds, side=Side.STATE).exclude(pk=parent_id)


def draft(
    parent_id: int,
    units: Units,
    period: int,
    as_of: AsOf,
    *,
    floor: Decimal = placing.FLOOR,
    former: Mapping[int, Former] | None = None,
) -> Draft:
    """The units with their places as their figures stand now. Five statements, whatever their number."""
    agencies = list(units_below(parent_id, units, as_of).select_related("territory").order_by("code"))
    former_period = service_counts.before(period)
    held = cube.gathered([one.pk for one in agencies], [period, former_period], as_of)
    now, seen = _entrants(agencies, period, held)
    earlier, _ = _entrants(agencies, former_period, held)
    told = former or {}
    with_former = [
        replace(one, former_rank=told[one.key].rank, former_score=told[one.key].score)
        if one.key in told
        else one
        for one in now
    ]
    before = {one.key: one for one in earlier if one.score is not None}
    found = {pk: replace(one, before=before.get(pk)) for pk, one in seen.items()}
    return Draft(units, period, ranking(with_former, coverage_floor=floor), found)


def peers_of(agency: Agency) -> str:
    """The group declared in advance with which a unit is compared: as the law names its territory."""
    return agency.territory.kind if agency.territory is not None else ""


def _entrants(
    agencies: list[Agency], period: int, held: Mapping[tuple[int, int], Held]
) -> tuple[list[Entrant], dict[int, Seen]]:
    entrants, seen = [], {}
    versions = {level: service.version_of(period, level) for level in {one.level for one in agencies}}
    for one in agencies:
        version = versions[one.level]
        mine = held[period, one.pk]
        made = (
            service_index.index(version, mine.gathered.counts)
            if version is not None and mine.counted_at is not None
            else None
        )
        entrants.append(placing.entrant(one.pk, mine.gathered, made, mine.committees, peers=peers_of(one)))
        seen[one.pk] = Seen(one, mine, made)
    return entrants, seen


def changed(place_of: Entrant, before: Entrant | None) -> tuple[Decimal | None, bool]:
    """By how many points the unit's own index changed, and whether that is more than chance."""
    if before is None or before.score is None or place_of.score is None:
        return None, False
    return certainty.rounded(place_of.score - before.score), differs(place_of, before)
