"""The reference data are entered in bulk."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from django.db import models, transaction

from thuocdo.agencies import spans
from thuocdo.agencies.actions import working_days
from thuocdo.agencies.actions.tree import unsaved
from thuocdo.agencies.enums import RelationKind, SuccessionKind, TerritoryLevel
from thuocdo.agencies.models import Agency, Relation, Succession, Territory, TerritoryChange
from thuocdo.agencies.reference import Body, Reference, Unit
from thuocdo.audit import log
from thuocdo.lib.fold import fold, nfc
from thuocdo.lib.moments import DAY_MAX

ROWS_PER_STATEMENT = 1000
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows were new."""

    units: int
    agencies: int
    decisions: int = 0


@transaction.atomic
def load_reference(*, reference: Reference, by: log.Actor | None, at: datetime) -> Loaded:
    """Enter what is not there yet. What is already entered stays as it is, agencies with their relations."""
    spans.hold(at)
    units = _load_units(reference.units, by, at)
    standing = set(Agency.objects.values_list("code", flat=True))
    bodies = [body for body in reference.bodies if body.new.code not in standing]
    if bodies:
        _load_bodies(bodies, by, at)
    return Loaded(units, len(bodies), working_days.load(reference.decisions, reference.hours, by=by, at=at))


def _enter(verb: str, rows: list[Row], by: log.Actor | None, at: datetime) -> None:
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=ROWS_PER_STATEMENT)
        log.record_many(verb, rows, by=by, at=at)


def _units_by_key() -> dict[tuple[str, str, date], Territory]:
    return {(unit.level, unit.code, unit.opened_on): unit for unit in Territory.objects.all()}


def _load_units(units: Iterable[Unit], by: log.Actor | None, at: datetime) -> int:
    known = _units_by_key()
    fresh = [unit for unit in units if unit.key not in known]
    for level in TerritoryLevel:
        parents = [row for row in known.values() if row.level != level]
        rows = [_territory(unit, parents) for unit in fresh if unit.level == level]
        _enter("territory.opened", rows, by, at)
        known |= {(row.level, row.code, row.opened_on): row for row in rows}
    changes = [
        TerritoryChange(
            predecessor=known[unit.key], successor=known[unit.level, unit.became, unit.closed_on],
            happened_on=unit.closed_on, basis=unit.basis,
        )
        for unit in fresh if unit.became
    ]  # fmt: skip
    _enter("territory.changed", changes, by, at)
    return len(fresh)


def _territory(unit: Unit, parents: list[Territory]) -> Territory:
    above = [
        row for row in parents if row.code == unit.parent and row.opened_on <= unit.opened_on < row.closed_on
    ]
    return Territory(
        level=unit.level, code=unit.code, kind=unit.kind, name=nfc(unit.name), name_folded=fold(unit.name),
        parent=above[0] if above else None, opened_on=unit.opened_on, closed_on=unit.closed_on,
    )  # fmt: skip


def _load_bodies(bodies: list[Body], by: log.Actor | None, at: datetime) -> None:
    units = {key: unit.pk for key, unit in _units_by_key().items()}
    rows = []
    for body in bodies:
        unit = None if body.unit is None else units[body.unit]
        row = unsaved(replace(body.new, territory_id=unit), at)
        if body.closed_on < DAY_MAX:
            row.closed_on, row.closed_recorded_at = body.closed_on, at
        rows.append(row)
    _enter("agency.opened", rows, by, at)
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    _enter("relation.opened", [row for body in bodies for row in _relations(body, agencies, at)], by, at)
    _enter("agency.succeeded", _successions(bodies, agencies, at), by, at)
    for kind in RelationKind:
        spans.respan(kind, None, at)


def _relations(body: Body, agencies: Mapping[str, Agency], at: datetime) -> Iterable[Relation]:
    child = agencies[body.new.code]
    for kind, code in body.parents:
        parent = agencies[code]
        end = min(child.closed_on, parent.closed_on)
        yield Relation(
            kind=kind, child=child, parent=parent, opened_on=max(child.opened_on, parent.opened_on),
            closed_on=end, recorded_at=at, closed_recorded_at=at if end < DAY_MAX else None,
        )  # fmt: skip


def _successions(bodies: Iterable[Body], agencies: Mapping[str, Agency], at: datetime) -> list[Succession]:
    parts = Counter(body.became for body in bodies)
    return [
        Succession(
            kind=SuccessionKind.MERGER if parts[body.became] > 1 else SuccessionKind.RENAMING,
            predecessor=agencies[body.new.code], successor=agencies[body.became], happened_on=body.closed_on,
            recorded_at=at, basis=body.basis,
        )
        for body in bodies if body.became
    ]  # fmt: skip
