"""Reads of the map and of the trees, each in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from thuocdo.agencies.enums import AgencyKind, Collective, Level, RelationKind, Side, TerritoryLevel
from thuocdo.agencies.models import (
    Agency,
    AgencyQuerySet,
    Closure,
    Installation,
    Relation,
    Succession,
    Territory,
    TerritoryQuerySet,
)
from thuocdo.agencies.rules import succession
from thuocdo.agencies.rules.naming import CENTRAL_CITY
from thuocdo.agencies.rules.opening import NewAgency
from thuocdo.agencies.rules.succession import Party, Standing, SuccessionPlan, Wish
from thuocdo.lib.fold import fold
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Say, say
from thuocdo.statements.fixed import Fixed

COMMUNES_FROM = date(2025, 7, 1)  # the first day of the communes that are held (1.06)
LOCALITY = {Side.STATE: AgencyKind.PEOPLES_COMMITTEE, Side.PARTY: AgencyKind.PARTY_COMMITTEE}
BODIES = {
    Side.STATE: (AgencyKind.MINISTRY, AgencyKind.GOVERNMENT_AGENCY),
    Side.PARTY: (AgencyKind.PARTY_BODY,),
}


def installation() -> Installation:
    """What this installation is; where nobody has said, it opens today and its figures are real."""
    return next(iter(_installation.rows()), None) or Installation()


@Fixed
def _installation() -> QuerySet[Installation]:
    return Installation.objects.order_by("pk")[:1]


def subtree_ids(agency_ids: Iterable[int], kind: RelationKind, as_of: AsOf) -> set[int]:
    """These agencies and all below them. One statement."""
    rows = Closure.objects.standing(as_of).filter(kind=kind, ancestor__in=set(agency_ids))
    return set(rows.values_list("descendant_id", flat=True))


def ancestors(agency_id: int, kind: RelationKind, as_of: AsOf) -> list[Agency]:
    """All above the agency, the nearest first. One statement."""
    rows = Closure.objects.standing(as_of).filter(kind=kind, descendant=agency_id, depth__gt=0)
    return [row.ancestor for row in rows.select_related("ancestor").order_by("depth", "ancestor__code")]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an agency stands in a tree on a day, by the ids of the agencies around it."""

    above: tuple[int, ...] = ()  # the nearest first
    below: tuple[int, ...] = ()  # those directly below
    inside: frozenset[int] = frozenset()  # itself and all below


def place(agency_id: int, kind: RelationKind, as_of: AsOf) -> Place:
    """All of it in one statement."""
    known = {} if as_of.known is None else {"known": as_of.known}
    found = _lines.rows(day=as_of.day, agency=agency_id, kind=kind.value, **known)
    return Place(
        above=tuple(above for depth, above, below in found if depth and below == agency_id),
        below=tuple(below for depth, above, below in found if depth == 1 and above == agency_id),
        inside=frozenset(below for _, above, below in found if above == agency_id),
    )


@Fixed
def _lines(*, day: date, agency: int, kind: str, known: datetime | None = None) -> QuerySet[Any, Any]:
    """What stands above and below an agency."""
    here = Q(ancestor=agency) | Q(descendant=agency)
    rows = Closure.objects.standing(AsOf(day, known)).filter(here, kind=kind).order_by("depth")
    return rows.values_list("depth", "ancestor_id", "descendant_id")


def children(agency_id: int, kind: RelationKind, as_of: AsOf) -> AgencyQuerySet:
    """Those directly below the agency."""
    rows = Closure.objects.standing(as_of).filter(kind=kind, ancestor=agency_id, depth=1)
    return Agency.objects.filter(pk__in=rows.values("descendant"))


def localities(side: Side, as_of: AsOf) -> list[Agency]:
    """“The localities”: provincial People's Committees, or provincial Party committees. One statement."""
    if side not in LOCALITY:
        return []
    rows = Agency.objects.alive(as_of).filter(level=Level.PROVINCE, side=side, kind=LOCALITY[side])
    return list(rows.select_related("territory").order_by("territory__code", "code"))


def collective(name: Collective, as_of: AsOf) -> list[Agency]:
    """The agencies that a text means by a collective name, on the map of the day."""
    members = localities if name in (Collective.LOCALITIES, Collective.PARTY_LOCALITIES) else ministries
    return members(Side.PARTY if name.startswith("party") else Side.STATE, as_of)


def centrally_run_cities(as_of: AsOf, side: Side = Side.STATE) -> list[Agency]:
    """“The centrally run cities” among the localities. One statement."""
    return [
        agency
        for agency in localities(side, as_of)
        if agency.territory and agency.territory.kind == CENTRAL_CITY
    ]


def ministries(side: Side, as_of: AsOf) -> list[Agency]:
    """“Các bộ, ngành”: the Government's ministries and agencies, or central Party bodies. One statement.

    The office right below a leadership body is one of them: the Government Office, the Central Party Office.
    """
    led = Relation.objects.standing(as_of).filter(parent__kind=AgencyKind.LEADERSHIP).values("child")
    among = Q(kind__in=BODIES.get(side, ())) | Q(kind=AgencyKind.OFFICE, pk__in=led)
    rows = Agency.objects.alive(as_of).filter(among, level=Level.CENTRAL, side=side)
    return list(rows.order_by("code"))


def office_of(agency: Agency, as_of: AsOf) -> Agency | None:
    """The office directly below the agency; a leadership body or committee without one has that above it.

    So the Prime Minister's is the Government Office, the Politburo's the Central Party Office. Two
    statements.
    """
    rows = Closure.objects.standing(as_of).filter(descendant=agency)
    if agency.kind not in (AgencyKind.LEADERSHIP, AgencyKind.COMMITTEE):
        rows = rows.filter(depth=0)
    near = dict(rows.order_by("-depth").values_list("ancestor", "depth"))
    offices = Relation.objects.standing(as_of).filter(parent__in=near, child__kind=AgencyKind.OFFICE)
    found = sorted(
        offices.select_related("child"), key=lambda row: (near[row.parent_id], row.kind, row.child.code)
    )
    return found[0].child if found else None


def issuers(issuer_code: str, as_of: AsOf) -> list[Agency]:
    """Agencies alive that sign with this code, as in the symbols of documents: one for BKHCN, 34 for TU."""
    return list(Agency.objects.alive(as_of).filter(issuer_code=issuer_code).order_by("code"))


def locality(province_code: str, side: Side, as_of: AsOf) -> Agency | None:
    """The People's Committee or Party committee of the province that has this code on the day."""
    rows = Agency.objects.alive(as_of).filter(
        level=Level.PROVINCE, side=side, kind=LOCALITY[side], territory__code=province_code
    )
    return rows.first()


@dataclass(frozen=True, slots=True)
class MapOfDay:
    """Units of one level valid on a day; `note` says what is not held."""

    units: TerritoryQuerySet
    note: Say | None


def territory_of_day(level: TerritoryLevel, day: date) -> MapOfDay:
    """The map of a day. Before 1 July 2025 only provinces are held, and the note says so (1.06)."""
    note = None
    if day < COMMUNES_FROM:
        note = say("Before %(day)s only provinces are held, not communes.", day=COMMUNES_FROM)
    return MapOfDay(Territory.objects.valid(day).filter(level=level), note)


def _followers(as_of: AsOf) -> dict[int, list[int]]:
    """Who took over from whom up to the day. One statement over a small table."""
    known = Q() if as_of.known is None else Q(recorded_at__lte=as_of.known)
    rows = Succession.objects.filter(known, happened_on__lte=as_of.day)
    found: dict[int, list[int]] = defaultdict(list)
    for old, new in rows.order_by("pk").values_list("predecessor_id", "successor_id"):
        found[old].append(new)
    return found


def _heirs(agency_id: int, alive: Iterable[int], followers: dict[int, list[int]]) -> set[int]:
    living, found, seen, waiting = set(alive), set(), {agency_id}, [agency_id]
    while waiting:
        one = waiting.pop()
        if one in living:
            found.add(one)
            continue
        fresh = [new for new in followers.get(one, ()) if new not in seen]
        seen.update(fresh)
        waiting.extend(fresh)
    return found


def successors_of(agency_id: int, as_of: AsOf) -> list[Agency]:
    """The agencies alive on the day that carry on this one: itself while it lives. Three statements."""
    alive = Agency.objects.alive(as_of)
    heirs = _heirs(agency_id, alive.values_list("pk", flat=True), _followers(as_of))
    return list(Agency.objects.filter(pk__in=heirs).order_by("code"))


@dataclass(frozen=True, slots=True)
class NameEntry:
    """A text by which an agency alive on the day is known; `former` if only a predecessor bore it."""

    text: str
    folded: str
    agency_id: int
    code: str
    side: str
    level: str
    former: bool


def name_index_entries(as_of: AsOf) -> list[NameEntry]:
    """Every name, alias and code for the agencies of the day, predecessors' too. Two statements.

    One text may name several agencies (communes of the same name, both parts of a split): the reader asks.
    The letters of issuers (`BKHCN`) count as a name at the centre alone, where each has one bearer.
    """
    agencies = {agency.pk: agency for agency in Agency.objects.order_by("pk")}
    alive = {pk for pk, agency in agencies.items() if is_alive(agency, as_of)}
    followers = _followers(as_of)
    entries: dict[tuple[str, int], NameEntry] = {}
    for pk in alive:
        for entry in _entries(agencies[pk], agencies[pk]):
            entries.setdefault((entry.folded, pk), entry)
    for pk in set(followers) - alive:
        for heir in _heirs(pk, alive, followers):
            for entry in _entries(agencies[pk], agencies[heir]):
                entries.setdefault((entry.folded, heir), entry)
    return list(entries.values())


def is_alive(agency: Agency, as_of: AsOf) -> bool:
    """`Agency.objects.alive` for a row that is already read."""
    if agency.opened_on > as_of.day or (as_of.known is not None and agency.recorded_at > as_of.known):
        return False
    end_unknown = (
        as_of.known is not None
        and agency.closed_recorded_at is not None
        and agency.closed_recorded_at > as_of.known
    )
    return end_unknown or agency.closed_on > as_of.day


def _entries(named: Agency, meant: Agency) -> Iterator[NameEntry]:
    texts = [named.name, *named.aliases, named.code]
    if named.level == Level.CENTRAL:
        texts.append(named.issuer_code)
    for text in filter(None, texts):
        yield NameEntry(
            text, fold(text), meant.pk, meant.code, meant.side, meant.level, former=named.pk != meant.pk
        )


def like(agency: Agency, *, code: str, name: str, on: date) -> NewAgency:
    """A successor to be opened, of the same sort as the agency, for the territory that followed its own.

    One statement if it has a territory.
    """
    unit = agency.territory_id
    if unit is not None:
        followed = Territory.objects.filter(came_from__predecessor=unit, came_from__happened_on__lte=on)
        unit = followed.values_list("pk", flat=True).first() or unit
    return NewAgency(
        code=code, name=name, kind=agency.kind, side=agency.side, level=agency.level, opened_on=on,
        issuer_code=agency.issuer_code, territory_id=unit, inside=agency.inside,
        is_example=agency.is_example,
    )  # fmt: skip


def plan_succession(wish: Wish) -> SuccessionPlan:
    """The preview of a merger, split or renaming; `actions.succeed` carries it out. Two statements."""
    named = {*wish.ends, *wish.successors}
    parties = {
        row[0]: Party(*row)
        for row in Agency.objects.filter(code__in=named).values_list("code", "name", "opened_on", "closed_on")
    }
    touching = Q(child__code__in=wish.ends) | Q(parent__code__in=wish.ends)
    rows = Relation.objects.filter(touching, closed_on__gt=wish.on).filter(closed_on__gt=F("opened_on"))
    standing = rows.values_list("pk", "kind", "child__code", "parent__code", "opened_on", "closed_on")
    return succession.plan(wish, parties, [Standing(*row) for row in standing])
