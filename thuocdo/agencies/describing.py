"""What an agency is on a day; the agencies of the day by their places (1.07)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.functional import Promise

from thuocdo.agencies.enums import Level, RelationKind, SuccessionKind
from thuocdo.agencies.models import Agency, AgencyQuerySet, Relation, Succession
from thuocdo.lib.fold import fold
from thuocdo.lib.moments import DAY_MAX, AsOf
from thuocdo.statements.fixed import Fixed

FOUND = 60  # agencies shown of those that a search finds


@dataclass(frozen=True, slots=True)
class Link:
    """Another agency, and in which way it belongs to the one described."""

    agency: Agency
    word: str | Promise  # of the kind of relation or succession; empty for one of the same territory
    on: date | None = None  # of a succession
    basis: str = ""

    @property
    def eve(self) -> date | None:
        """The last day of the old map."""
        return self.on and self.on - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class About:
    """Where an agency comes from, what it became, below whom it stands, who answers for the same place."""

    agency: Agency
    closed_on: date | None  # as known at the moment; None: nobody knows of an end
    came_from: list[Link]
    became: list[Link]
    parents: list[Link]
    beside: list[Link]


def about(agency: Agency, as_of: AsOf) -> About:
    """The agency on the day, as known at the moment; successions of any day. One statement."""
    values: dict[str, Any] = {"day": as_of.day, "agency": agency.pk}
    if as_of.known is not None:
        values["known"] = as_of.known
    if agency.territory_id is not None:
        values |= {"territory": agency.territory_id, "level": agency.level}
    rows = _around.rows(**values)
    found: dict[str, list[Link]] = {"came_from": [], "became": [], "parents": [], "beside": []}
    for part, kind, on, basis, *named in sorted(rows, key=lambda row: (row[2] or DAY_MAX, row[1], row[4])):
        other = Agency(**dict(zip(NAMES, named, strict=True)))
        found[part].append(Link(other, WORDS[kind] if kind else "", on, basis))
    return About(agency, _end(agency, as_of), **found)


@Fixed
def _around(
    *,
    day: date,
    agency: int,
    known: datetime | None = None,
    territory: int | None = None,
    level: str | None = None,
) -> QuerySet[Any, Any]:
    """The agencies around one, each in the columns of `_links`."""
    as_of = AsOf(day, known)
    changes = Succession.objects.all() if known is None else Succession.objects.filter(recorded_at__lte=known)
    above = Relation.objects.standing(as_of).filter(child=agency)
    before, after = changes.filter(successor=agency), changes.filter(predecessor=agency)
    told = [
        _links("came_from", before, "predecessor__", "kind", "happened_on", "basis"),
        _links("became", after, "successor__", "kind", "happened_on", "basis"),
        _links("parents", above, "parent__", "kind"),
    ]
    if territory is not None:
        beside = Agency.objects.alive(as_of).filter(territory=territory, level=level)
        told.append(_links("beside", beside.exclude(pk=agency), ""))
    return told[0].union(*told[1:], all=True)


NAMES = ("code", "name", "name_en", "name_fr", "name_de")
WORDS = {one.value: one.label for kinds in (RelationKind, SuccessionKind) for one in kinds}


def _links(
    part: str, rows: QuerySet[Any], agency: str, kind: str = "", on: str = "", basis: str = ""
) -> QuerySet[Any, Any]:
    """Rows of one table in the common columns: part, kind, day, basis, code and names of the other."""
    common: QuerySet[Any, Any] = (
        rows.order_by()
        .annotate(
            part_=Value(part, TextField()),
            **{f"{name}_": F(f"{agency}{name}") for name in NAMES},
            kind_=Cast(kind, TextField()) if kind else Value("", TextField()),
            on_=F(on) if on else Value(None, DateField()),
            basis_=Cast(basis, TextField()) if basis else Value("", TextField()),
        )
        .values_list("part_", "kind_", "on_", "basis_", *(f"{name}_" for name in NAMES))
    )
    return common


def _end(agency: Agency, as_of: AsOf) -> date | None:
    """The day from which it exists no more, if that was known at the moment."""
    recorded = agency.closed_recorded_at
    if recorded is None or (as_of.known is not None and recorded > as_of.known):
        return None
    return agency.closed_on


@dataclass(frozen=True, slots=True)
class Province:
    """A territory of the day with the agencies that answer for it."""

    name: str
    agencies: tuple[Agency, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """The agencies of a day: central bodies, then provinces; or what a search found among all of them."""

    central: list[Agency]
    provinces: list[Province]
    found: list[Agency]


def index(as_of: AsOf, kind: RelationKind | None = None, text: str = "") -> Index:
    """The agencies of the day in the tree of this kind; those named like the text. One statement."""
    rows = Agency.objects.alive(as_of).select_related("territory")
    if kind is not None:
        rows = _in_tree(rows, kind, as_of)
    if fold(text):
        named = rows.filter(names_folded__contains=fold(text))
        return Index([], [], list(named.order_by("level", "name", "code")[:FOUND]))
    high = list(rows.filter(level__in=(Level.CENTRAL, Level.PROVINCE)).order_by("name", "code"))
    local = [one for one in high if one.level == Level.PROVINCE]
    return Index([one for one in high if one.level == Level.CENTRAL], _provinces(local), [])


def _in_tree(rows: AgencyQuerySet, kind: RelationKind, as_of: AsOf) -> AgencyQuerySet:
    stands = Relation.objects.standing(as_of).filter(kind=kind)
    part = Q(Exists(stands.filter(child=OuterRef("pk")))) | Q(Exists(stands.filter(parent=OuterRef("pk"))))
    return rows.filter(part)


def _provinces(agencies: Iterable[Agency]) -> list[Province]:
    """Provinces by name; agencies for no territory stand last, under no name."""
    places: dict[str, list[Agency]] = {}
    for agency in agencies:
        places.setdefault(str(agency.territory or ""), []).append(agency)
    ordered = sorted(places, key=lambda name: (not name, fold(name)))
    return [Province(name, tuple(places[name])) for name in ordered]
