"""One text for one value: the canonical forms that digests of the log are computed from."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db import models

Snapshot = dict[str, str | None]
Encoder = Callable[[Any], str]
if TYPE_CHECKING:
    Column: TypeAlias = models.Field[Any, Any]
else:
    Column = models.Field


def dumps(value: object) -> str:
    """JSON with sorted keys and no spaces: the same text for the same value."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def moment(value: datetime) -> str:
    """An aware moment in UTC, always with microseconds."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _json(field: Column) -> Encoder:
    encoder = getattr(field, "encoder", None)
    return lambda value: json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), cls=encoder
    )


def _decimal(field: Column) -> Encoder:
    unit = Decimal(1).scaleb(-getattr(field, "decimal_places", 0))
    return lambda value: f"{Decimal(value).quantize(unit):f}"


def _day(field: Column) -> Encoder:
    return lambda value: (value if type(value) is date else field.to_python(value)).isoformat()


def _moment(field: Column) -> Encoder:
    return lambda value: moment(value if type(value) is datetime else field.to_python(value))


ENCODERS: tuple[tuple[type[Any], Callable[[Any], Encoder]], ...] = (
    (models.JSONField, _json),
    (models.DecimalField, _decimal),
    (models.DateTimeField, _moment),
    (models.DateField, _day),
    (models.BooleanField, lambda _field: lambda value: "true" if value else "false"),
    (models.FloatField, lambda _field: lambda value: repr(float(value))),
    (models.IntegerField, lambda _field: lambda value: str(int(value))),
    (models.BinaryField, lambda _field: lambda value: bytes(value).hex()),
    (models.CharField, lambda _field: str),
    (models.TextField, lambda _field: str),
)


def _encoder(field: Column) -> Encoder:
    field = getattr(field, "target_field", field)
    for kind, make in ENCODERS:
        if isinstance(field, kind):
            return make(field)
    return lambda value: str(field.to_python(value))


@cache
def encoders(model: type[models.Model]) -> tuple[tuple[str, Encoder], ...]:
    """The audited fields of a model with the writer of each. `TypeError` for a model that names none."""
    audited: tuple[str, ...] | None = getattr(model, "audited", None)
    if not audited:
        raise TypeError(f"{model.__name__} names no `audited` fields, so the log cannot record it.")
    found = [(name, model._meta.get_field(name)) for name in audited]
    return tuple((name, _encoder(field)) for name, field in found if isinstance(field, models.Field))


@cache
def personal(model: type[models.Model]) -> frozenset[str]:
    """The audited fields of a model that tell of a person: they enter the log as salted digests only."""
    return frozenset(getattr(model, "audited_personal", ()))


def snapshot(row: models.Model) -> Snapshot:
    """The audited fields of a row as text, in memory only: personal fields are still in the clear."""
    values = row.__dict__
    found: Snapshot = {}
    for name, encode in encoders(type(row)):
        value = values[name] if name in values else getattr(row, name)
        found[name] = None if value is None else encode(value)
    return found


def salted(name: str, value: str | None, salt: str) -> str | None:
    """What stands in the log for a personal value."""
    if value is None:
        return None
    return "sha256:" + hashlib.sha256(f"{salt}\0{name}\0{value}".encode()).hexdigest()


def masked(values: Snapshot, names: frozenset[str], salt: str) -> Snapshot:
    """The snapshot with the personal fields as salted digests: the form that is stored."""
    if not names:
        return values
    return {name: salted(name, value, salt) if name in names else value for name, value in values.items()}


def digest(values: Snapshot) -> str:
    """SHA-256 (hex) of a masked snapshot."""
    return hashlib.sha256(dumps(values).encode()).hexdigest()
