"""One assignment on a day, as known at a moment: everything its page shows, in a fixed number of reads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Case, DateField, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from thuocdo.accounts.permissions import Reader
from thuocdo.agencies.models import Agency
from thuocdo.assignments import terms
from thuocdo.assignments.enums import Capacity, Clear, Status
from thuocdo.assignments.models import (
    Answer,
    Assignment,
    CapacityChange,
    ChangeRequest,
    Commitment,
    Coordinator,
    Demand,
    Difficulty,
    Evidence,
    ForeignNumber,
    Hold,
    HoldAnswer,
    InterimTarget,
    Interruption,
    LimitMove,
    Outage,
    Report,
    Resource,
    Review,
)
from thuocdo.assignments.permissions import visible
from thuocdo.assignments.queries.counts import Table, counts
from thuocdo.assignments.queries.status import standing, with_status
from thuocdo.assignments.rules import six_clears
from thuocdo.assignments.wording import hands
from thuocdo.directives.rules.publicity import Shown
from thuocdo.lib.moments import AsOf

ALL_OF_IT = Shown(progress=True, responsibility=True, results=True)
RELATED = (
    "obligation__provision",
    "limit_term",
    "directive",
    "parent",
    "assigner",
    "monitoring",
    "confirming",
    "source",
)


@dataclass(frozen=True, slots=True)
class Reported:
    """A report with its evidence and, if it claims completion, the reviews of that claim."""

    report: Report
    evidence: tuple[Evidence, ...]
    reviews: tuple[Review, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """A fact of one of the small tables; which columns are filled depends on `table`."""

    table: str  # "interruption", "hands", "hold", "hold_answer", "difficulty", "resource", "number" …
    row: int
    of: int | None  # the hold or demand that is answered
    kind: str
    on: date | None
    until: date | None
    text: str
    note: str
    agency: Agency | None
    former: Agency | None = None  # whose place the agency takes


@dataclass(frozen=True, slots=True)
class One:
    """What the page of an assignment shows."""

    assignment: Assignment
    span: Any  # the span of the day with its statuses; None before it was given, and for a fan-out
    lead: Agency | None
    assigner: Agency  # these three as on the day, after successions
    confirming: Agency | None
    monitoring: Agency | None
    missing: tuple[Clear, ...]
    reports: tuple[Reported, ...]  # newest first
    changes: tuple[ChangeRequest, ...]
    beside: tuple[Beside, ...]
    children: Table | None  # of its branch, one level down
    is_counted: bool = False  # its limit follows from a term

    @property
    def declared(self) -> Status | None:
        return Status(self.span.status_declared) if self.span else None

    @property
    def confirmed(self) -> Status | None:
        return Status(self.span.status_confirmed) if self.span else None

    @property
    def coordinators(self) -> list[Agency]:
        """Who helps on the day, after successions."""
        found = [row.agency for row in self.of("coordinator") if row.agency]
        for change in self.of("hands"):
            if change.kind == Capacity.COORDINATOR and change.agency:
                now = change.agency
                found = list(dict.fromkeys(now if one == change.former else one for one in found))
        return found

    def of(self, table: str) -> list[Beside]:
        """The small facts of one table, in the order of their days."""
        return [row for row in self.beside if row.table == table]


def one(assignment: Assignment, as_of: AsOf) -> One:
    """The assignment, loaded with `RELATED`, as its page shows it on the day."""
    span = with_status(standing(as_of).filter(assignment=assignment), as_of.day).first()
    beside = list(_beside(assignment, as_of))
    hands = _hands(assignment, beside)
    named = {row[column] for row in beside for column in ("agency_", "former_")}
    agencies = Agency.objects.in_bulk({pk for pk in (*named, *hands.values()) if pk})
    below = standing(as_of).filter(assignment__parent=assignment)
    return One(
        assignment=assignment,
        span=span,
        lead=agencies.get(hands[Capacity.LEAD]),
        assigner=agencies[hands[Capacity.ASSIGNER]],
        confirming=agencies.get(hands[Capacity.CONFIRMING]),
        monitoring=agencies.get(hands[Capacity.MONITORING]),
        missing=six_clears.missing(terms.duty_of(assignment)),
        reports=tuple(_reports(assignment, as_of)),
        changes=tuple(_changes(assignment, as_of)),
        beside=tuple(_row(row, agencies) for row in beside),
        children=counts(below, as_of.day) if assignment.is_fan_out or below.exists() else None,
        is_counted=hasattr(assignment, "limit_term"),
    )


def find(pk: int, reader: Reader) -> Assignment | None:
    """The assignment with what `one` needs of its relations, if the reader may see it; one statement."""
    return Assignment.objects.filter(visible(reader), pk=pk).select_related(*RELATED).first()


def sight(shown: One, reader: Reader, public: Shown) -> Shown:
    """What of the assignment the reader sees: everything of their own affairs, else what is public (1.27).

    Their own are those in which they have a part on the day shown, or today.
    """
    if reader.reads_all or not public.progress:
        return ALL_OF_IT
    of = shown.assignment
    named = [shown.lead, shown.assigner, shown.confirming, shown.monitoring, *shown.coordinators]
    parts = {of.assigner_id, of.lead_id, of.confirming_id, of.monitoring_id}
    parts |= {agency.pk for agency in named if agency}
    if parts & reader.own or (reader.own and _today(of) & reader.own):
        return ALL_OF_IT
    return public


def _today(assignment: Assignment) -> set[int | None]:
    now = hands(assignment)
    return {now.assigner_id, now.lead_id, now.confirming_id, now.monitoring_id}


def _hands(assignment: Assignment, beside: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The agency in each capacity on the day, from the first ones and what changed since."""
    first = {capacity.value: getattr(assignment, f"{capacity}_id", None) for capacity in Capacity}
    changed = {row["kind_"]: row["agency_"] for row in beside if row["table_"] == "hands"}
    return first | changed


def _seen(rows: QuerySet[Any], as_of: AsOf) -> QuerySet[Any]:
    """Rows that happened by the day, as known at the moment, oldest first."""
    found = rows.filter(happened_on__lte=as_of.day)
    if as_of.known is not None:
        found = found.filter(recorded_at__lte=as_of.known)
    return found.order_by("happened_on", "recorded_at", "pk")


def _reports(assignment: Assignment, as_of: AsOf) -> Iterable[Reported]:
    reports = list(
        _seen(Report.objects.filter(assignment=assignment), as_of).select_related("claim", "by", "agency")
    )
    evidence: dict[int, list[Evidence]] = {}
    for row in Evidence.objects.filter(report__in=reports).select_related("file", "directive").order_by("pk"):
        evidence.setdefault(row.report_id, []).append(row)
    reviews: dict[int, list[Review]] = {}
    found = _seen(Review.objects.filter(claim__assignment=assignment), as_of)
    for review in found.select_related("claim", "by", "agency"):
        reviews.setdefault(review.claim.report_id, []).append(review)
    for report in reversed(reports):
        yield Reported(report, tuple(evidence.get(report.pk, ())), tuple(reviews.get(report.pk, ())))


def _changes(assignment: Assignment, as_of: AsOf) -> QuerySet[ChangeRequest]:
    rows = _seen(ChangeRequest.objects.filter(assignment=assignment), as_of)
    return rows.select_related("decision", "agency", "lead", "by")


EMPTY = Value("", TextField())
NO_DAY = Cast(Value(None), DateField())  # PostgreSQL asks the type of every column of a union
NOBODY = Cast(Value(None), BigIntegerField())
KEYS = ("agency", "former", "of")
TEXTS = ("kind", "text", "note")


@dataclass(frozen=True, slots=True)
class Small:
    """How a small table is read in the common columns: its own columns by common name."""

    name: str
    rows: QuerySet[Any]
    on: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


def _beside(assignment: Assignment, as_of: AsOf) -> QuerySet[Any, dict[str, Any]]:
    """The small tables as one statement, in the order of their days."""
    of = Q(assignment=assignment)
    small = [
        Small(
            "interruption", Interruption.objects.filter(of), "happened_on", {"text": "reason", "kind": "kind"}
        ),
        Small(
            "hands",
            CapacityChange.objects.filter(of),
            "happened_on",
            {"text": "basis", "kind": "capacity", "agency": "agency_id", "former": "was_id"},
        ),
        Small(
            "hold",
            Hold.objects.filter(of),
            "opened_on",
            {"text": "reason", "agency": "agency_id", "until": "closed_on"},
        ),
        Small(
            "difficulty",
            Difficulty.objects.filter(of),
            "opened_on",
            {"text": "text", "kind": "kind", "note": "nature", "agency": "owner_id", "until": "closed_on"},
        ),
        Small(
            "hold_answer",
            HoldAnswer.objects.filter(hold__assignment=assignment),
            "happened_on",
            {"text": "reason", "kind": "state", "agency": "agency_id", "of": "hold_id"},
        ),
        Small(
            "target",
            InterimTarget.objects.filter(of),
            "happened_on",
            {"text": "share", "note": "target_on"},
        ),
        Small(
            "outage",
            _outages(assignment),
            "opened_on",
            {"text": "reason", "agency": "agency_id", "until": "closed_on"},
        ),
        Small(
            "demand",
            Demand.objects.filter(of),
            "happened_on",
            {
                "text": "text",
                "kind": "kind",
                "note": "answer_on",
                "agency": "sender_id",
                "former": "agency_id",
            },
        ),
        Small(
            "answer",
            Answer.objects.filter(demand__assignment=assignment),
            "happened_on",
            {"text": "text", "agency": "agency_id", "of": "demand_id"},
        ),
        Small(
            "commitment",
            Commitment.objects.filter(of),
            "happened_on",
            {"text": "text", "note": "promised_on", "agency": "agency_id"},
        ),
        Small(
            "resource",
            Resource.objects.filter(of),
            "happened_on",
            {"text": "amount", "kind": "kind", "note": "unit"},
        ),
        Small(
            "move",
            LimitMove.objects.filter(term__assignment=assignment),
            "happened_on",
            {"text": "to_on", "note": "decision__symbol", "kind": "decision__title"},
        ),
        Small("number", ForeignNumber.objects.filter(of), "entered_on", {"text": "number", "note": "system"}),
        Small("coordinator", Coordinator.objects.filter(of), "", {"agency": "agency_id"}),
    ]
    first, *others = (_common(one, as_of) for one in small)
    return first.union(*others, all=True).order_by("on_", "row_")


def _outages(assignment: Assignment) -> QuerySet[Outage]:
    """Where there was no signal: at an agency that led it, or around the place of its first lead."""
    handed = CapacityChange.objects.filter(assignment=assignment, capacity=Capacity.LEAD).values("agency")
    place = Agency.objects.filter(pk=assignment.lead_id or 0)
    around = [Q(territory__in=place.values(name)) for name in ("territory", "territory__parent")]
    return Outage.objects.filter(Q(agency=assignment.lead_id) | Q(agency__in=handed) | around[0] | around[1])


def _common(small: Small, as_of: AsOf) -> QuerySet[Any, Any]:
    """One small table in the common columns, as far as it was seen by the day."""
    rows = small.rows.order_by()
    if as_of.known is not None:
        rows = rows.filter(recorded_at__lte=as_of.known)
    if small.on:
        rows = rows.filter(Q(**{f"{small.on}__lte": as_of.day}) | Q(**{small.on: None}))
    columns = small.columns
    texts = {f"{name}_": Cast(columns[name], TextField()) if name in columns else EMPTY for name in TEXTS}
    common: QuerySet[Any, Any] = rows.annotate(
        table_=Value(small.name, TextField()),
        on_=F(small.on) if small.on else NO_DAY,
        row_=F("pk"),
        until_=_until(columns["until"], as_of) if "until" in columns else NO_DAY,
        **{f"{name}_": F(columns[name]) if name in columns else NOBODY for name in KEYS},
        **texts,
    ).values("table_", "row_", "of_", "on_", "until_", "agency_", "former_", "kind_", "text_", "note_")
    return common


def _until(column: str, as_of: AsOf) -> Case:
    """The end of what was open, if it had come by the day and was known by the moment."""
    ended = Q(**{f"{column}__lte": as_of.day})
    if as_of.known is not None:
        ended &= Q(closed_recorded_at__lte=as_of.known)
    return Case(When(ended, then=F(column)), default=NO_DAY, output_field=DateField())


def _row(row: Mapping[str, Any], agencies: Mapping[int, Agency]) -> Beside:
    return Beside(
        table=row["table_"],
        row=row["row_"],
        of=row["of_"],
        kind=row["kind_"],
        on=row["on_"],
        until=row["until_"],
        text=row["text_"],
        note=row["note_"],
        agency=agencies.get(row["agency_"]),
        former=agencies.get(row["former_"]),
    )
