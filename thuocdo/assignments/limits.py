"""Reads terms and where their limits stand; which running ones a decision on working days would move (2.01).

Whoever owns limits counted from terms says which of them still run, in `OWNERS`; all are moved alike.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from thuocdo.agencies import working_days
from thuocdo.agencies.enums import TermUnit
from thuocdo.agencies.models import DayDecision
from thuocdo.agencies.rules.clock import Counting, Due, Term
from thuocdo.assignments.models import Answer, Assignment, LimitMove, LimitTerm, Span, WaitingMove
from thuocdo.assignments.rules import reckoning
from thuocdo.assignments.rules.reckoning import Reckoned, Shift, Standing
from thuocdo.lib.moments import DAY_MAX, MOMENT_MAX, AsOf, day_of

Rows = QuerySet[LimitTerm, Any]  # of terms, perhaps with more columns


@dataclass(frozen=True, slots=True)
class Owned:
    """Whose limit a running term is: what is said of it, and the assignment whose page shows it."""

    label: str
    agency: str
    assignment_id: int | None


@dataclass(frozen=True, slots=True)
class Moving:
    """A running limit that would move, with whose it is."""

    shift: Shift
    owned: Owned


@dataclass(frozen=True, slots=True)
class Preview:
    """What a decision would move. `mark` changes whenever any of it does."""

    decision: DayDecision
    rows: tuple[Moving, ...]

    @property
    def later(self) -> int:
        """How many limits become later ones."""
        return sum(row.shift.days > 0 for row in self.rows)

    @property
    def earlier(self) -> int:
        """How many become earlier ones."""
        return len(self.rows) - self.later

    @property
    def mark(self) -> str:
        """A short digest of what moves where."""
        said = repr([(row.shift.key, row.shift.from_on, row.shift.to_on) for row in self.rows])
        return hashlib.sha256(said.encode()).hexdigest()[:32]


def reckoned_of(row: LimitTerm) -> Reckoned:
    """The row as the rules look at it."""
    counting = Counting(row.day_zero, row.off_day_waits, row.ends_working, row.cut_off, row.basis)
    return Reckoned(Term(row.quantity, TermUnit(row.unit), counting), row.start_on, row.start_at, row.text)


def of(assignment: Assignment) -> Reckoned | None:
    """What the limit of an assignment is counted from; None for a day set by hand."""
    row = LimitTerm.objects.filter(assignment=assignment).first()
    return reckoned_of(row) if row else None


def ends(reckoned: Reckoned, agency_id: int | None, at: datetime) -> Due:
    """When it ends, by the decisions known at the moment."""
    return reckoned.due(working_days.of_agency(agency_id, AsOf(day_of(at), at)))


def why(row: LimitTerm, *, known: datetime | None = None) -> Due:
    """The limit with its trace, by the decisions with which it was last counted, as known at the moment."""
    last = moves(row, known).last()
    return ends(reckoned_of(row), row.agency_id, last.recorded_at if last else row.recorded_at)


def moves(row: LimitTerm, known: datetime | None = None) -> "QuerySet[LimitMove]":
    """What moved the limit, in order, as known at the moment."""
    rows = row.moves.select_related("decision").order_by("recorded_at")
    return rows if known is None else rows.filter(recorded_at__lte=known)


def current(rows: Rows) -> Rows:
    """The terms with `stands_on`, where each limit stands now, and `counted_at`, what was known for it."""
    last = LimitMove.objects.filter(term=OuterRef("pk")).order_by("-recorded_at")
    return rows.annotate(
        stands_on=Coalesce(Subquery(last.values("to_on")[:1]), F("due_on")),
        counted_at=Coalesce(Subquery(last.values("recorded_at")[:1]), F("recorded_at")),
    )


def of_assignments(rows: Rows, day: date) -> dict[int, Owned]:
    """The running terms of assignments: given, open, not declared completed, not extended by hand since."""
    open_now = Span.objects.filter(
        known_to=MOMENT_MAX, valid_from__lte=day, valid_to__gt=day, withdrawn=False, declared_by=None
    )
    limit = open_now.filter(assignment=OuterRef("assignment")).values("limit_on")[:1]
    mine = rows.filter(assignment__isnull=False).annotate(in_force=Subquery(limit))
    found = mine.filter(in_force=F("stands_on")).select_related("assignment__lead")
    return {
        row.pk: Owned(row.assignment.work, row.assignment.lead.name, row.assignment_id)
        for row in found
        if row.assignment is not None and row.assignment.lead is not None
    }


def of_demands(rows: Rows, day: date) -> dict[int, Owned]:
    """The running terms of demands: those that stand and that nobody has answered."""
    answered = Answer.objects.filter(demand__term=OuterRef("pk"), happened_on__lte=day)
    withdrawn = Span.objects.filter(
        assignment=OuterRef("demand__assignment"), known_to=MOMENT_MAX, valid_from__lte=day, valid_to__gt=day,
        withdrawn=True,
    )  # fmt: skip
    found = rows.filter(~Exists(answered), ~Exists(withdrawn), demand__isnull=False, demand__withdrawal=None)
    found = found.select_related("demand__agency")
    return {row.pk: Owned(row.demand.text, row.demand.agency.name, None) for row in found}


Owner = Callable[[Rows, date], Mapping[int, Owned]]
OWNERS: list[Owner] = [of_assignments, of_demands]


def preview(decision: DayDecision, *, at: datetime) -> Preview:
    """Every running limit that what is known now puts elsewhere, among those its days touch."""
    touched: QuerySet[Any, Any] = current(LimitTerm.objects.all())
    inside = decision.marks.filter(day__gte=OuterRef("start_on"), day__lte=OuterRef("stands_on"))
    touched = touched.filter(Exists(inside), counted_at__lt=decision.recorded_at)
    owned = {key: one for owner in OWNERS for key, one in owner(touched, day_of(at)).items()}
    standing = list(_standing(touched.filter(pk__in=owned).order_by("pk")))
    keys = list({one.agency_id for one in standing})
    calendars = working_days.of_agencies(keys, AsOf(day_of(at), at))
    moved = reckoning.shifts(standing, calendars)
    return Preview(decision, tuple(Moving(shift, owned[shift.key]) for shift in moved))


def waiting() -> "QuerySet[WaitingMove]":
    """Decisions whose moves wait for somebody, as last counted by the job; the latest signed first."""
    rows = WaitingMove.objects.filter(kept=False).select_related("decision")
    return rows.prefetch_related("decision__marks").order_by("-decision__signed_on", "-decision_id")


def _standing(rows: Iterable[LimitTerm]) -> Iterator[Standing]:
    for row in rows:
        yield Standing(row.pk, reckoned_of(row), getattr(row, "stands_on", DAY_MAX), row.agency_id)
