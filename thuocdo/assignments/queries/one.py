"""One assignment on a day, as known at a moment: everything its page shows, in a fixed number of reads."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.expressions import Combinable

from thuocdo.accounts.permissions import Reader
from thuocdo.agencies.models import Agency
from thuocdo.assignments import terms
from thuocdo.assignments.enums import Capacity, ChangeKind, Clear, Status
from thuocdo.assignments.models import Assignment, ChangeDecision, ChangeRequest, Evidence, Report, Review
from thuocdo.assignments.permissions import concerning, visible
from thuocdo.assignments.queries.beside import ACCEPTED, CORRECTED, OPEN, Fact, facts
from thuocdo.assignments.queries.counts import Table, counts
from thuocdo.assignments.queries.status import standing, with_status
from thuocdo.assignments.rules import six_clears
from thuocdo.assignments.wording import Granted, Handed, Wording, worded
from thuocdo.directives.queries import publicity, publicity_of, with_publicity
from thuocdo.directives.rules.publicity import Shown
from thuocdo.files.models import StoredFile
from thuocdo.lib.moments import DAY_MAX, MOMENT_MAX, AsOf

INTERNAL = frozenset({"demand", "answer", "taken_back"})  # small facts between the two sides
ALL_OF_IT = Shown(progress=True, responsibility=True, results=True)
RELATED = (
    "obligation__provision", "limit_term", "directive", "parent", "source",
    "assigner", "lead", "monitoring", "confirming",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence as it is named: a registered text, the number of another, a file, an address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One review of a claim."""

    pk: int
    accepted: bool
    on: date
    shown_on: date | None  # the day confirmed, or the last it can have been
    agency: Agency
    reason: str
    is_corrected: bool


@dataclass(frozen=True, slots=True)
class Reported:
    """A report with its evidence and, if it claims completion, the reviews of that claim."""

    report: Report
    evidence: tuple[Piece, ...]
    reviews: tuple[Reviewed, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What the lead asked for, with the decision on it, if there was one by the day."""

    request: ChangeRequest
    decision: ChangeDecision | None


@dataclass(frozen=True, slots=True)
class Beside:
    """A fact of one of the small tables; which columns are filled depends on `table`."""

    table: str  # a name of `beside.SMALL`
    pk: int
    kind: str
    on: date | None
    until: date | None
    text: str
    note: str
    agency: Agency | None
    former: Agency | None = None  # whose place the agency takes
    of: int | None = None  # the hold or demand that is answered
    since: date | None = None  # the day promised, set as a target, named for the answer

    @property
    def is_open(self) -> bool:
        """Of a hold: whether it stands open today."""
        return self.note == OPEN


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
    changes: tuple[Changed, ...]
    beside: tuple[Beside, ...]
    children: Table | None  # of its branch, one level down
    wording: Wording  # as on the day
    parties: frozenset[int | None]  # who has a part in it on the day, or today
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
    """The assignment, as `find` loads it, as its page shows it on the day: at most six statements."""
    below = standing(as_of).filter(assignment__parent=OuterRef("assignment"))
    spans = standing(as_of).filter(assignment=assignment).annotate(has_parts=Exists(below))
    span = with_status(spans, as_of.day).first()
    small = facts(assignment, as_of)
    hands = [fact for fact in small if fact.table == "hands" and _is_seen(fact, as_of)]
    seen = [fact for fact in small if fact.table != "hands"] + hands
    changes = tuple(_changes(assignment, as_of))
    text = _wording(assignment, changes, seen)
    agencies = _agencies(assignment, seen)
    return One(
        assignment=assignment,
        span=span,
        lead=agencies.get(text.lead_id),
        assigner=agencies[text.assigner_id],
        confirming=agencies.get(text.confirming_id),
        monitoring=agencies.get(text.monitoring_id),
        missing=six_clears.missing(terms.duty_of(assignment)),
        reports=tuple(_reports(assignment, as_of, seen, agencies)),
        changes=changes,
        beside=tuple(_beside(seen, agencies)),
        children=_children(assignment, as_of) if assignment.is_fan_out or (span and span.has_parts) else None,
        wording=text,
        parties=_parties(text) | _parties(_wording(assignment, (), small)),
        is_counted=hasattr(assignment, "limit_term"),
    )


def _children(assignment: Assignment, as_of: AsOf) -> Table:
    return counts(standing(as_of).filter(assignment__parent=assignment), as_of.day)


def _parties(text: Wording) -> frozenset[int | None]:
    return frozenset({text.lead_id, text.assigner_id, text.confirming_id, text.monitoring_id})


def find(pk: int, reader: Reader, **also: Combinable) -> Assignment | None:
    """The assignment with what `one` needs of its relations, if the reader may see it; one statement.

    `also`: columns that an app above gives it.
    """
    rows = Assignment.objects.filter(visible(reader), pk=pk).select_related(*RELATED)
    asked = ChangeRequest.objects.filter(assignment=OuterRef("pk"))
    return with_publicity(rows, "directive_id").annotate(has_requests=Exists(asked), **also).first()


def sight(shown: One, reader: Reader) -> Shown:
    """What of the assignment the reader sees: everything of their own affairs, else what is public (1.27)."""
    public = publicity_of(shown.assignment).shown
    return ALL_OF_IT if not public.progress or is_own(shown, reader) else public


def is_own(shown: One, reader: Reader) -> bool:
    """Whether it is an affair of the reader: they have a part in it on the day shown, or today."""
    of = shown.assignment
    parts = {of.assigner_id, of.lead_id, of.confirming_id, of.monitoring_id, *shown.parties}
    parts |= {agency.pk for agency in shown.coordinators}
    return reader.reads_all or bool(parts & reader.own)


def narrowed(shown: One, sees: Shown) -> One:
    """What this reader sees: no reports where results, no agencies where answering is not public.

    What is demanded and answered is for those who have a part in the duty.
    """
    if sees is not ALL_OF_IT:
        shown = replace(shown, beside=tuple(row for row in shown.beside if row.table not in INTERNAL))
    if not sees.results:
        shown = replace(shown, reports=(), changes=())
    if not sees.responsibility:
        shown = replace(shown, beside=tuple(row for row in shown.beside if row.agency is None))
    return shown


def may_open(reader: Reader, stored: StoredFile) -> bool:
    """A piece of evidence is for those the duty concerns; for others where its results are public."""
    shows = Evidence.objects.filter(file=stored).values("report__assignment")
    if Assignment.objects.filter(concerning(reader), pk__in=shows).exists():
        return True
    seen = Assignment.objects.filter(visible(reader), pk__in=shows).values_list("directive", flat=True)
    return any(public.shown.results for public in publicity(set(seen)).values())


@dataclass(frozen=True, slots=True)
class Details:
    """The rows behind what a page only names, each by its report."""

    evidence: Mapping[int, list[Evidence]]
    reviews: Mapping[int, list[Review]]


def details(shown: One) -> Details:
    """Evidence and reviews of what is shown, as they were entered: two statements."""
    evidence: dict[int, list[Evidence]] = defaultdict(list)
    reviews: dict[int, list[Review]] = defaultdict(list)
    reports = [said.report.pk for said in shown.reports]
    for row in Evidence.objects.filter(report__in=reports).select_related("file", "directive").order_by("pk"):
        evidence[row.report_id].append(row)
    seen = [review.pk for said in shown.reports for review in said.reviews]
    for review in Review.objects.filter(pk__in=seen).select_related("claim", "agency").order_by("pk"):
        reviews[review.claim.report_id].append(review)
    return Details(evidence, reviews)


def _is_seen(fact: Fact, as_of: AsOf) -> bool:
    """Whether a change of hands had happened by the day, as known at the moment."""
    is_known = as_of.known is None or fact.recorded_at <= as_of.known
    return is_known and (fact.on or DAY_MAX) <= as_of.day


def _wording(assignment: Assignment, changes: Iterable[Changed], small: Iterable[Fact]) -> Wording:
    """What it says, after these changes and moves of its limit, in these hands."""
    dated = [
        (one.happened_on, one.recorded_at, Granted(one.request.kind, one.request.text, one.limit_on))
        for one in (change.decision for change in changes)
        if one and one.granted
    ]
    dated += [
        (fact.on or DAY_MAX, fact.recorded_at, Granted(ChangeKind.LIMIT, "", fact.since))
        for fact in small
        if fact.table == "move"
    ]
    granted = [change for *_, change in sorted(dated, key=lambda one: one[:2])]
    hands = [
        Handed(fact.kind, fact.agency or 0, fact.post, fact.name, fact.since)
        for fact in small
        if fact.table == "hands"
    ]
    return worded(assignment, granted, hands)


def _agencies(assignment: Assignment, small: Iterable[Fact]) -> dict[int | None, Agency]:
    """All that are named; those that came with the assignment are not read again."""
    first = (assignment.assigner, assignment.lead, assignment.confirming, assignment.monitoring)
    found: dict[int | None, Agency] = {agency.pk: agency for agency in first if agency}
    named = {pk for fact in small for pk in (fact.agency, fact.former) if pk and pk not in found}
    return found | (Agency.objects.in_bulk(named) if named else {})


def _reports(
    assignment: Assignment, as_of: AsOf, small: Iterable[Fact], agencies: Mapping[int | None, Agency]
) -> Iterable[Reported]:
    """Newest first."""
    evidence: dict[int | None, list[Piece]] = defaultdict(list)
    reviews: dict[int | None, list[Reviewed]] = defaultdict(list)
    for fact in small:
        if fact.table == "evidence":
            evidence[fact.of].append(Piece(fact.text, fact.note))
        elif fact.table == "review":
            reviews[fact.of].append(_reviewed(fact, agencies[fact.agency]))
    rows = Report.objects.filter(assignment=assignment, happened_on__lte=as_of.day)
    if as_of.known is not None:
        rows = rows.filter(recorded_at__lte=as_of.known)
    for report in rows.select_related("claim", "agency", "original__assignment__directive").order_by(
        "-happened_on", "-recorded_at", "-pk"
    ):
        yield Reported(report, tuple(evidence[report.pk]), tuple(reviews[report.pk]))


def _reviewed(fact: Fact, agency: Agency) -> Reviewed:
    return Reviewed(
        pk=fact.pk,
        accepted=fact.kind == ACCEPTED,
        on=fact.on or DAY_MAX,
        shown_on=fact.since,
        agency=agency,
        reason=fact.text,
        is_corrected=fact.note == CORRECTED,
    )


def _changes(assignment: Assignment, as_of: AsOf) -> Iterable[Changed]:
    """Requests with their decisions, as far as either was seen by the day; asked for where there are any."""
    if not assignment.has_requests:  # type: ignore[attr-defined]
        return
    moment = as_of.known or MOMENT_MAX
    rows = ChangeRequest.objects.filter(
        assignment=assignment, happened_on__lte=as_of.day, recorded_at__lte=moment
    )
    for row in rows.select_related("decision", "lead").order_by("happened_on", "recorded_at", "pk"):
        decision: ChangeDecision | None = getattr(row, "decision", None)
        is_seen = decision and decision.happened_on <= as_of.day and decision.recorded_at <= moment
        yield Changed(row, decision if is_seen else None)


def _beside(small: Iterable[Fact], agencies: Mapping[int | None, Agency]) -> Iterable[Beside]:
    """The small facts that stand alone, with their agencies."""
    for fact in small:
        if fact.table not in ("evidence", "review"):
            yield Beside(
                table=fact.table,
                pk=fact.pk,
                kind=fact.kind,
                on=fact.on,
                until=fact.until,
                text=fact.text,
                note=fact.note,
                agency=agencies.get(fact.agency),
                former=agencies.get(fact.former),
                of=fact.of,
                since=fact.since,
            )
