"""From the values of a checked catalogue to what the actions take (3.01, 3.02)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Agency
from thuocdo.directives.models import Provision, Source
from thuocdo.indicators.enums import Combine, Direction, Kind, Periodicity, Side, Since
from thuocdo.indicators.models import Definition
from thuocdo.indicators.terms import Aimed, Declared
from thuocdo.lib.say import Refused, say

WORDS = {
    "kind": Kind, "direction": Direction, "side": Side, "every": Periodicity, "decumulate": Since,
    "window": Since, "periods": Combine, "children": Combine, "relation": RelationKind,
}  # fmt: skip
AS_WRITTEN = ("code", "unit", "delay", "reported_by", "reported_at", "formula", "basis", "source")
LISTS = ("grades", "disaggregations")
NEEDED = ("unit", "kind", "direction", "every")
WRITTEN = (
    "side", "tolerance", "delay", "decumulate", "window", "periods", "children", "start_on", "relation",
    "reported_by", "reported_at", "formula", "grades", "disaggregations", "checks", "weight", "basis",
    "source",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target of the catalogue, with the day it was set."""

    aimed: Aimed
    set_on: date


def terms(row: Mapping[str, Any]) -> Declared:
    """The definition that a row of the catalogue declares. `Refused` where it names what is not there."""
    given: dict[str, Any] = {name: row[name] for name in AS_WRITTEN if name in row}
    given |= {name: kind(row[name]) for name, kind in WORDS.items() if name in row}
    given |= {name: tuple(row[name]) for name in LISTS if name in row}
    given |= {name: date.fromisoformat(row[name]) for name in ("since", "start_on") if name in row}
    given |= {name: Decimal(str(row[name])) for name in ("tolerance", "weight") if name in row}
    if "checks" in row:
        given["checks"] = {name: str(value) for name, value in row["checks"].items()}
    if "publisher" in row:
        given["publisher"] = _agency(row["publisher"])
    name = row["name"]
    return Declared(name=name["vi"], name_en=name["en"], name_fr=name["fr"], name_de=name["de"], **given)


def row(definition: Definition) -> dict[str, object]:
    """A definition as a row of the catalogue: what is usual is left out."""
    given: dict[str, object] = {"code": definition.indicator.code, "since": definition.since.isoformat()}
    given["name"] = {
        "vi": definition.name, "en": definition.name_en, "fr": definition.name_fr, "de": definition.name_de,
    }  # fmt: skip
    usual = Declared("", definition.since, "", "", "", "")
    for name in (*NEEDED, *WRITTEN):
        value = getattr(definition, name)
        if name in NEEDED or value != _as_kept(getattr(usual, name)):
            given[name] = _written(value)
    if definition.publisher is not None:
        given["publisher"] = definition.publisher.code
    return given


def _as_kept(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _written(value: object) -> object:
    """Numbers and days as text, so that nothing is rounded on the way."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value


def target(row: Mapping[str, Any], *, is_example: bool = False) -> TargetRow:
    """The target that a row of the catalogue sets."""
    numbers = {name: Decimal(str(row[name])) for name in ("value", "low", "high", "baseline") if name in row}
    marks = [(date.fromisoformat(mark["on"]), Decimal(str(mark["value"]))) for mark in row.get("marks", ())]
    aimed = Aimed(
        agency=_agency(row["agency"]),
        due_on=date.fromisoformat(row["due_on"]),
        baseline_on=date.fromisoformat(row["baseline_on"]) if "baseline_on" in row else None,
        marks=marks,
        is_step=row.get("is_step", False),
        provision=_provision(row) if "provision" in row else None,
        source=_source(row["source"]) if "source" in row else None,
        is_example=is_example,
        **numbers,
    )
    return TargetRow(aimed, date.fromisoformat(row["set_on"]))


def _agency(code: str) -> Agency:
    found = Agency.objects.filter(code=code).first()
    if found is None:
        raise Refused(say("There is no agency with the code %(code)s.", code=code))
    return found


def _provision(row: Mapping[str, Any]) -> Provision:
    rows = Provision.objects.filter(label=row["provision"], directive__symbol=row.get("directive", ""))
    found = rows.filter(directive__year=row["year"]).first() if "year" in row else rows.first()
    if found is None:
        text = say(
            "%(directive)s has no provision “%(label)s”.",
            directive=row.get("directive", "—"),
            label=row["provision"],
        )
        raise Refused(text)
    return found


def _source(key: str) -> Source:
    found = Source.objects.filter(key=key).first()
    if found is None:
        raise Refused(say("There is no source with the key %(key)s.", key=key))
    return found
