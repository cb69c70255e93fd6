"""The small facts of one assignment, of any table, in one statement: rows in common columns (1.33).

A table joins it by an entry in `SMALL`; then it costs the page no statement of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateField,
    F,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, NullIf

from thuocdo.agencies.models import Agency
from thuocdo.assignments.enums import Capacity
from thuocdo.assignments.models import (
    Answer,
    Assignment,
    CapacityChange,
    Commitment,
    Coordinator,
    Demand,
    DemandWithdrawal,
    Difficulty,
    Evidence,
    ForeignNumber,
    Hold,
    HoldAnswer,
    InterimTarget,
    Interruption,
    LimitMove,
    Outage,
    Resource,
    Review,
)
from thuocdo.lib.moments import DAY_MAX, AsOf

EMPTY = Value("", TextField())
NO_DAY = Cast(Value(None), DateField())  # PostgreSQL asks the type of every column of a union
NOBODY = Cast(Value(None), BigIntegerField())
TEXTS = ("kind", "text", "note", "post", "name")
DAYS = ("until", "since")
IDS = ("agency", "former", "of")
Columns = Mapping[str, str | Combinable]


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of one of the small tables; which columns are filled depends on the table, see `SMALL`."""

    table: str
    pk: int
    on: date | None
    recorded_at: datetime
    until: date | None
    since: date | None
    agency: int | None
    former: int | None  # whose place the agency takes
    of: int | None  # the report it belongs to
    kind: str
    text: str
    note: str
    post: str
    name: str


@dataclass(frozen=True, slots=True)
class Small:
    """How a small table is read in the common columns: its own columns by common name."""

    model: type[Any]
    on: str = ""
    columns: Columns = field(default_factory=dict)
    assignment: str = "assignment"
    where: Callable[[Assignment], Q] | None = None  # instead of by the assignment
    ends: bool = False  # `until` says until when it stood open, if that had come and was known


def _without_signal(of: Assignment) -> Q:
    """Outages of an agency that led it, or around the place of its first lead."""
    handed = CapacityChange.objects.filter(assignment=of, capacity=Capacity.LEAD).values("agency")
    place = Agency.objects.filter(pk=of.lead_id or 0)
    around = Q(territory__in=place.values("territory")) | Q(territory__in=place.values("territory__parent"))
    return Q(agency=of.lead_id) | Q(agency__in=handed) | around


ACCEPTED, OPEN, CORRECTED = "accepted", "open", "corrected"
SMALL: Mapping[str, Small] = {
    "interruption": Small(Interruption, "happened_on", {"text": "reason", "kind": "kind"}),
    "hands": Small(
        CapacityChange,
        "happened_on",
        {
            "text": "basis", "kind": "capacity", "agency": "agency_id", "former": "was_id",
            "post": "head_post", "name": "head_name", "since": "head_since",
        },
    ),
    "hold": Small(
        Hold,
        "opened_on",
        {
            "text": "reason", "agency": "agency_id", "until": "closed_on",
            "note": Case(When(closed_on=DAY_MAX, then=Value(OPEN, TextField())), default=EMPTY),
        },
        ends=True,
    ),
    "difficulty": Small(
        Difficulty,
        "opened_on",
        {"text": "text", "kind": "kind", "agency": "owner_id", "until": "closed_on"},
        ends=True,
    ),
    "hold_answer": Small(
        HoldAnswer,
        "happened_on",
        {"text": "reason", "kind": "state", "agency": "agency_id", "of": "hold_id"},
        assignment="hold__assignment",
    ),
    "outage": Small(
        Outage, "opened_on", {"text": "reason", "agency": "agency_id", "until": "closed_on"},
        where=_without_signal, ends=True,
    ),
    "target": Small(InterimTarget, "happened_on", {"text": "share", "since": "target_on"}),
    "commitment": Small(
        Commitment, "happened_on", {"text": "text", "since": "promised_on", "agency": "agency_id"}
    ),
    "demand": Small(
        Demand,
        "happened_on",
        {"text": "text", "kind": "kind", "since": "answer_on", "agency": "sender_id"},
    ),
    "answer": Small(
        Answer,
        "happened_on",
        {"text": "text", "agency": "agency_id", "of": "demand_id"},
        assignment="demand__assignment",
    ),
    "taken_back": Small(
        DemandWithdrawal,
        "happened_on",
        {"text": "reason", "agency": "agency_id", "of": "demand_id"},
        assignment="demand__assignment",
    ),
    "resource": Small(Resource, "happened_on", {"text": "amount", "kind": "kind", "note": "unit"}),
    "move": Small(
        LimitMove,
        "happened_on",
        {"text": "to_on", "note": "decision__symbol", "kind": "decision__title", "since": "to_on"},
        assignment="term__assignment",
    ),
    "number": Small(ForeignNumber, "entered_on", {"text": "number", "note": "system"}),
    "coordinator": Small(Coordinator, "", {"agency": "agency_id"}),
    "evidence": Small(
        Evidence,
        "report__happened_on",
        {
            "text": Coalesce(
                "directive__symbol", NullIf("symbol", Value("", CharField())), "file__name", "address"
            ),
            "note": "address", "of": "report_id",
        },
        assignment="report__assignment",
    ),
    "review": Small(
        Review,
        "happened_on",
        {
            "kind": Case(When(accepted=True, then=Value(ACCEPTED, TextField())), default=EMPTY),
            "text": "reason", "agency": "agency_id", "since": Coalesce("shown_on", "no_later_than"),
            "of": "claim__report_id",
            "note": Case(When(corrected_by__isnull=False, then=Value(CORRECTED, TextField())), default=EMPTY),
        },
        assignment="claim__assignment",
    ),
}  # fmt: skip
ALL_DAYS = frozenset({"hands"})  # read whole, since a reader's own affairs are also those of today


def facts(assignment: Assignment, as_of: AsOf) -> list[Fact]:
    """All of them seen by the day, and changes of hands of any day, in the order of their days."""
    first, *others = (_common(name, small, assignment, as_of) for name, small in SMALL.items())
    rows = first.union(*others, all=True).order_by("on_", "recorded_", "row_")
    return [Fact(**{COMMON[name]: value for name, value in row.items()}) for row in rows]


COMMON = {"table_": "table", "row_": "pk", "on_": "on", "recorded_": "recorded_at"} | {
    f"{name}_": name for name in (*DAYS, *IDS, *TEXTS)
}


def _common(name: str, small: Small, of: Assignment, as_of: AsOf) -> QuerySet[Any, dict[str, Any]]:
    """One small table in the common columns."""
    where = small.where(of) if small.where else Q(**{small.assignment: of})
    rows = small.model.objects.filter(where).order_by()
    if name not in ALL_DAYS:
        rows = rows.filter(_seen(small, as_of))
    columns = {key: F(value) if isinstance(value, str) else value for key, value in small.columns.items()}
    days = {f"{key}_": columns.get(key, NO_DAY) for key in DAYS}
    if small.ends:
        days["until_"] = _until(str(small.columns["until"]), as_of)
    common: QuerySet[Any, dict[str, Any]] = rows.annotate(
        table_=Value(name, TextField()),
        row_=F("pk"),
        on_=F(small.on) if small.on else NO_DAY,
        recorded_=F("recorded_at"),
        **days,
        **{f"{key}_": columns.get(key, NOBODY) for key in IDS},
        **{f"{key}_": Cast(columns[key], TextField()) if key in columns else EMPTY for key in TEXTS},
    ).values(*COMMON)
    return common


def _seen(small: Small, as_of: AsOf) -> Q:
    """What had happened by the day, as known at the moment."""
    seen = Q()
    if as_of.known is not None:
        seen &= Q(recorded_at__lte=as_of.known)
    if small.on:
        seen &= Q(**{f"{small.on}__lte": as_of.day}) | Q(**{small.on: None})
    return seen


def _until(column: str, as_of: AsOf) -> Case:
    """The end of what was open, if it had come by the day and was known by the moment."""
    ended = Q(**{f"{column}__lte": as_of.day})
    if as_of.known is not None:
        ended &= Q(closed_recorded_at__lte=as_of.known)
    return Case(When(ended, then=F(column)), default=NO_DAY, output_field=DateField())
