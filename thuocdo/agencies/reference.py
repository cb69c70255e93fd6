"""The map and the bodies that every installation begins with, read from the data files of this app.

How bodies are coded, and what the data do not hold: docs/adr/0011-reference-data.md.
"""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import resources

from thuocdo.agencies.enums import (
    AgencyKind,
    DayKind,
    Level,
    Occasion,
    RelationKind,
    Side,
    TerritoryLevel,
)
from thuocdo.agencies.rules import naming
from thuocdo.agencies.rules.calendar import Hours, NewDecision, NewMark
from thuocdo.agencies.rules.opening import NewAgency
from thuocdo.lib.moments import DAY_MAX

FIRST_DAY = date(2008, 8, 1)  # what existed before is held from here on: since then there were 63 provinces
MERGER_DAY = date(2025, 7, 1)

UnitKey = tuple[str, str, date]  # level, code, opened_on


@dataclass(frozen=True, slots=True)
class Unit:
    """A line of territory.csv. `became` is the code of the unit of the same level that took over."""

    level: str
    code: str
    kind: str
    name: str
    parent: str
    opened_on: date
    closed_on: date
    became: str
    basis: str

    @property
    def key(self) -> UnitKey:
        return self.level, self.code, self.opened_on


@dataclass(frozen=True, slots=True)
class Body:
    """An agency of the reference data with its days, its place in the trees, and what became of it."""

    new: NewAgency
    closed_on: date = DAY_MAX
    parents: tuple[tuple[RelationKind, str], ...] = ()  # kind, code
    became: str = ""  # code
    basis: str = ""
    unit: UnitKey | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """Everything that `actions.load_reference` enters."""

    units: tuple[Unit, ...]
    bodies: tuple[Body, ...]
    decisions: tuple[NewDecision, ...] = ()
    hours: tuple[Hours, ...] = ()


def read(*, communes: bool = True) -> Reference:
    """The reference data; without `communes` the communes stay on the map but have no bodies."""
    units = tuple(_units())
    bodies = (*_central(), *_provincial(units), *(_communal(units) if communes else ()))
    return Reference(units, bodies, *working_days())


def working_days() -> tuple[tuple[NewDecision, ...], tuple[Hours, ...]]:
    """The decisions on working days, and the usual hours."""
    with (resources.files("thuocdo.agencies") / "data" / "working_days.toml").open("rb") as handle:
        data = tomllib.load(handle)
    decisions = tuple(
        NewDecision(**{**one, "marks": tuple(_new_mark(**mark) for mark in one["marks"])})
        for one in data["decision"]
    )
    hours = tuple(
        Hours(one["opened_on"], (tuple(one["morning"]), tuple(one["afternoon"])), one["basis"])
        for one in data["hours"]
    )
    return decisions, hours


def _new_mark(day: date, kind: str, occasion: str) -> NewMark:
    return NewMark(day, DayKind(kind), Occasion(occasion))


def _lines(name: str) -> Iterator[dict[str, str]]:
    with (resources.files("thuocdo.agencies") / "data" / name).open(encoding="utf-8") as handle:
        yield from csv.DictReader(handle)


def _units() -> Iterator[Unit]:
    for line in _lines("territory.csv"):
        opened_on, closed_on = (date.fromisoformat(line.pop(key)) for key in ("opened_on", "closed_on"))
        yield Unit(**line, opened_on=opened_on, closed_on=closed_on)


def _central() -> Iterator[Body]:
    for line in _lines("central.csv"):
        parent, side = line["parent"], line["side"]
        tree = RelationKind.PARTY if side == Side.PARTY else RelationKind.ADMINISTRATIVE
        new = NewAgency(
            code=line["code"], name=line["name"], kind=line["kind"], side=side, level=Level.CENTRAL,
            opened_on=date.fromisoformat(line["opened_on"]), issuer_code=line["issuer_code"],
            name_en=line["name_en"], name_fr=line["name_fr"], name_de=line["name_de"],
            aliases=tuple(filter(None, line["aliases"].split("|"))),
        )  # fmt: skip
        yield Body(
            new, date.fromisoformat(line["closed_on"]), ((tree, parent),) if parent else (), line["became"],
            line["basis"],
        )  # fmt: skip


def _body(
    unit: Unit, issuer: str, names: naming.Names, kind: AgencyKind, side: Side, level: Level
) -> NewAgency:
    code = "DUUBND" if kind == AgencyKind.PARTY_ORGANISATION else issuer
    opened_on = max(unit.opened_on, MERGER_DAY) if kind == AgencyKind.PARTY_ORGANISATION else unit.opened_on
    return NewAgency(
        code=naming.code(code, unit.code, opened_on, FIRST_DAY), name=names.vi, name_en=names.en,
        name_fr=names.fr, name_de=names.de, aliases=names.aliases, kind=kind, side=side, level=level,
        opened_on=opened_on, issuer_code=issuer,
    )  # fmt: skip


def _provincial(units: tuple[Unit, ...]) -> Iterator[Body]:
    for unit in units:
        if unit.level != TerritoryLevel.PROVINCE:
            continue
        people = _body(
            unit, "UBND", naming.peoples_committee(unit.kind, unit.name), AgencyKind.PEOPLES_COMMITTEE,
            Side.STATE, Level.PROVINCE,
        )  # fmt: skip
        party = _body(
            unit, "TU", naming.provincial_party_committee(unit.kind, unit.name), AgencyKind.PARTY_COMMITTEE,
            Side.PARTY, Level.PROVINCE,
        )  # fmt: skip
        for new, place in (
            (people, (RelationKind.ADMINISTRATIVE, "CP")),
            (party, (RelationKind.PARTY, "TW")),
        ):
            became = (
                naming.code(new.issuer_code, unit.became, unit.closed_on, FIRST_DAY) if unit.became else ""
            )
            yield Body(new, unit.closed_on, (place,), became, unit.basis, unit.key)
        if unit.closed_on == DAY_MAX:
            inner = _body(
                unit, "ĐU", naming.party_committee_of_peoples_committee(unit.kind, unit.name),
                AgencyKind.PARTY_ORGANISATION, Side.PARTY, Level.PROVINCE,
            )  # fmt: skip
            places = (RelationKind.PARTY, party.code), (RelationKind.ADMINISTRATIVE, people.code)
            yield Body(inner, parents=places, unit=unit.key)


def _communal(units: tuple[Unit, ...]) -> Iterator[Body]:
    open_provinces = {
        unit.code: unit
        for unit in units
        if unit.level == TerritoryLevel.PROVINCE and unit.closed_on == DAY_MAX
    }
    for unit in units:
        if unit.level != TerritoryLevel.COMMUNE:
            continue
        names = naming.peoples_committee(unit.kind, unit.name)
        new = _body(unit, "UBND", names, AgencyKind.PEOPLES_COMMITTEE, Side.STATE, Level.COMMUNE)
        province = open_provinces[unit.parent]
        above = naming.code("UBND", province.code, province.opened_on, FIRST_DAY)
        yield Body(new, parents=((RelationKind.ADMINISTRATIVE, above),), unit=unit.key)
