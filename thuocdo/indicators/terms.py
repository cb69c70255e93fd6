"""What the actions of this app take: plain values, checked by its rules."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Agency
from thuocdo.directives.models import Provision, Source
from thuocdo.files.models import StoredFile
from thuocdo.indicators.enums import (
    Combine,
    Direction,
    Kind,
    Missing,
    Origin,
    Periodicity,
    Side,
    Since,
)
from thuocdo.indicators.rules.periods import Period


@dataclass(frozen=True, slots=True)
class Declared:
    """The definition of an indicator from a day on: the fields of `models.Definition`."""

    code: str
    since: date
    name: str
    name_en: str
    name_fr: str
    name_de: str
    unit: str = ""
    kind: Kind = Kind.NUMBER
    direction: Direction = Direction.RISE
    side: Side = Side.AT_LEAST
    tolerance: Decimal | None = None
    every: Periodicity = Periodicity.YEAR
    delay: int = 0
    decumulate: Since = Since.NONE
    window: Since = Since.NONE
    periods: Combine = Combine.LAST
    children: Combine = Combine.NONE
    start_on: date | None = None
    relation: RelationKind = RelationKind.ADMINISTRATIVE
    reported_by: str = ""
    reported_at: str = ""
    formula: str = ""
    grades: Sequence[Any] = ()
    disaggregations: Sequence[Any] = ()
    checks: dict[str, str] = field(default_factory=dict)
    weight: Decimal = Decimal(1)
    publisher: Agency | None = None
    basis: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Aimed:
    """A target: where the indicator has to be on a day. `marks`: interim targets by day."""

    agency: Agency
    due_on: date
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    baseline: Decimal | None = None
    baseline_on: date | None = None
    marks: Sequence[tuple[date, Decimal]] = ()
    is_step: bool = False
    provision: Provision | None = None
    source: Source | None = None
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """One value as it is given. None with `missing`: there is none, and why."""

    agency: Agency
    period: Period
    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    missing: Missing | None = None
    text: str = ""
    part: str = ""
    origin: Origin = Origin.ENTERED
    source: Source | None = None
    page: str = ""
    query: str = ""
    file: StoredFile | None = None
    note: str = ""
    is_example: bool = False
