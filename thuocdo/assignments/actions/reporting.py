"""Reports, claims of completion with their evidence, and their corrections (1.14)."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.assignments import declarations, spans, standing
from thuocdo.assignments.actions import common
from thuocdo.assignments.enums import ClaimState, DutyState
from thuocdo.assignments.models import Assignment, Claim, Evidence, Report
from thuocdo.assignments.rules import claim as claim_rule
from thuocdo.assignments.rules import evidence as evidence_rule
from thuocdo.assignments.rules.lifecycle import CLAIM
from thuocdo.assignments.terms import Said, Shown
from thuocdo.assignments.wording import wording
from thuocdo.audit import log
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Say, require, say

VERBS = {  # (corrects another, is a copy of one given elsewhere)
    (False, False): "report.sent", (True, False): "report.corrected",
    (False, True): "report.served", (True, True): "report.served_anew",
}  # fmt: skip
REPORTED = frozenset({DutyState.GIVEN, DutyState.PAUSED, DutyState.CONFIRMED})


@transaction.atomic
def report(
    *, assignment: Assignment, said: Said, evidence: Sequence[Shown] = (), by: User | None, at: datetime
) -> Report:
    """Say what was done; the progress is declared and may be left out.

    It is said once: where the same duty stands in other texts, it is entered on these too.
    """
    declarations.hold(assignment)
    row = common.locked(assignment)
    require(*_report_problems(row, said, evidence, at, REPORTED))
    made = _reported(row, said, evidence, by=by, at=at)
    others = [] if said.origin.is_outside else _served(row, made, said, by=by, at=at)
    spans.refresh([row.pk, *others], at=at)
    return made


@transaction.atomic
def claim(
    *,
    assignment: Assignment,
    said: Said,
    evidence: Sequence[Shown],
    shown_on: date | None = None,
    no_later_than: date | None = None,
    by: User | None,
    at: datetime,
) -> Claim:
    """Say the work is completed, on the day the evidence shows; or by `no_later_than` when no day is known.

    A completion read outside (`said.origin`) needs no evidence: its source is named, and it is never
    confirmed here.
    """
    row = common.locked(assignment)
    before = standing.last_claim(row)
    require(
        *_report_problems(row, said, evidence, at, {DutyState.GIVEN}),
        claim_rule.day_problem(shown_on, no_later_than, said.happened_on),
        None if said.origin.is_outside else _evidence_problem(row, evidence),
        _again_problem(before, said.happened_on),
    )
    made = Claim(
        assignment=row,
        report=_reported(row, said, evidence, by=by, at=at),
        shown_on=shown_on,
        no_later_than=no_later_than,
        happened_on=said.happened_on,
        recorded_at=at,
    )
    common.written("claim.sent", made, row.pk, by=by, at=at)
    return made


@transaction.atomic
def correct_report(
    *, report: Report, said: Said, evidence: Sequence[Shown] | None = None, by: User | None, at: datetime
) -> Report:
    """Replace a report by what is right; the old one stays readable. Without `evidence` the old one stays."""
    row = common.locked(report.assignment)
    if Claim.objects.filter(report=report).exists():
        require(say("This report carries a claim; correct the claim."))
    shown = _kept(report) if evidence is None else evidence
    require(
        _corrected_problem(Report.objects.filter(corrects=report).exists()),
        *_report_problems(row, said, shown, at, REPORTED),
    )
    made = _reported(row, said, shown, by=by, at=at, corrects=report)
    copies = list(Report.objects.filter(original=report, corrected_by=None).select_related("assignment"))
    for copy in copies:
        _reported(copy.assignment, said, (), by=by, at=at, corrects=copy, original=made)
    spans.refresh([row.pk, *(copy.assignment_id for copy in copies)], at=at)
    return made


@transaction.atomic
def correct_claim(
    *,
    claim: Claim,
    said: Said,
    evidence: Sequence[Shown] | None = None,
    shown_on: date | None = None,
    no_later_than: date | None = None,
    by: User | None,
    at: datetime,
) -> Claim:
    """Replace a claim that nobody has reviewed yet; the old one stays readable."""
    row = common.locked(claim.assignment)
    shown = _kept(claim.report) if evidence is None else evidence
    require(
        CLAIM.problem(standing.claim_state(claim), ClaimState.CORRECTED),
        *_report_problems(row, said, shown, at, {DutyState.GIVEN}),
        claim_rule.day_problem(shown_on, no_later_than, said.happened_on),
        None if said.origin.is_outside else _evidence_problem(row, shown),
    )
    made = Claim(
        assignment=row,
        report=_reported(row, said, shown, by=by, at=at, corrects=claim.report),
        shown_on=shown_on,
        no_later_than=no_later_than,
        corrects=claim,
        happened_on=said.happened_on,
        recorded_at=at,
    )
    common.written("claim.corrected", made, row.pk, by=by, at=at)
    return made


def _served(row: Assignment, made: Report, said: Said, *, by: User | None, at: datetime) -> list[int]:
    """Enter the report on the assignments that ask for the same, of the period that is named; their ids."""
    day, lead_id = said.happened_on, made.agency_id
    others = [
        other
        for other in declarations.sisters(row, lead_id, day)
        if declarations.period_problem(other, said.period, lead_id, day) is None
    ]
    for other in others:
        _reported(other, said, (), by=by, at=at, original=made)
    return [other.pk for other in others]


def _period(row: Assignment, said: Said, lead_id: int | None, corrects: Report | None) -> str:
    """The period the report is about: as said, as in what it corrects, or the one that is asked for."""
    if corrects is not None or said.period or said.origin.is_outside:
        return said.period or (corrects.period if corrects else "")
    if declarations.rhythm_of(row) is None:
        return ""
    found = declarations.asked(row, lead_id, AsOf(said.happened_on))
    return found.key if found else ""


def _report_problems(
    row: Assignment,
    said: Said,
    evidence: Sequence[Shown],
    at: datetime,
    states: frozenset[DutyState] | set[DutyState],
) -> list[Say | None]:
    return [
        common.state_problem(row, said.happened_on, states),
        common.day_problem(said.happened_on, at),
        say("Say what was done.") if not said.text.strip() else None,
        _progress_problem(said.progress),
        _period_problem(row, said),
        *(evidence_rule.form_problem(shown.kind, shown.carries()) for shown in evidence),
        *(
            evidence_rule.issued_problem(shown.directive.issued_on, said.happened_on)
            for shown in evidence
            if shown.directive is not None
        ),
    ]


def _period_problem(row: Assignment, said: Said) -> Say | None:
    """Of what is said here; what another system tells has the period that it told."""
    if not said.period or said.origin.is_outside:
        return None
    lead_id = said.agency.pk if said.agency else wording(row, AsOf(said.happened_on)).lead_id
    return declarations.period_problem(row, said.period, lead_id, said.happened_on)


def _progress_problem(progress: Decimal | None) -> Say | None:
    if progress is None or 0 <= progress <= 100:
        return None
    return say("Progress is a number from 0 to 100 per cent.")


def _evidence_problem(row: Assignment, evidence: Sequence[Shown]) -> Say | None:
    return evidence_rule.product_problem(row.product_kind, {shown.kind for shown in evidence})


def _again_problem(before: Claim | None, day: date) -> Say | None:
    """A claim is sent again only after the one before was returned; one read outside stops nobody."""
    if before is None or before.report.source_id is not None or before.report.observed_on is not None:
        return None
    review = standing.last_review(before)
    state = standing.claim_state(before)
    if state is ClaimState.SENT:
        return say(
            "The claim of %(day)s waits for review; correct it if it is not right.", day=before.happened_on
        )
    problem = CLAIM.problem(state, ClaimState.SENT)
    return problem or common.order_problem(day, review.happened_on if review else before.happened_on)


def _corrected_problem(exists: bool) -> Say | None:  # noqa: FBT001 - one question, one answer
    return say("It has already been corrected; correct the later version.") if exists else None


def _kept(report: Report) -> list[Shown]:
    """The evidence of a report, to stand again beside its correction."""
    rows = Evidence.objects.filter(report=report).select_related("file", "directive").order_by("pk")
    return [
        Shown(kind=row.kind, file=row.file, directive=row.directive, symbol=row.symbol, address=row.address)
        for row in rows
    ]


def _reported(
    row: Assignment,
    said: Said,
    evidence: Sequence[Shown],
    *,
    by: User | None,
    at: datetime,
    corrects: Report | None = None,
    original: Report | None = None,
) -> Report:
    """Write the report with its evidence; the caller refreshes the spans."""
    lead_id = said.agency.pk if said.agency else wording(row, AsOf(said.happened_on)).lead_id
    made = Report(
        assignment=row,
        agency_id=lead_id,
        period=_period(row, said, lead_id, corrects),
        original=original,
        text=said.text,
        progress=said.progress,
        source=said.origin.source,
        observed_on=said.origin.observed_on,
        is_example=said.origin.is_example,
        corrects=corrects,
        by=by,
        happened_on=said.happened_on,
        recorded_at=at,
    )
    made.save(force_insert=True)
    log.record(VERBS[corrects is not None, original is not None], made, by=by, at=at)
    shown = [
        Evidence(
            report=made, kind=one.kind, file=one.file, directive=one.directive, symbol=one.symbol,
            address=one.address, recorded_at=at,
        )
        for one in evidence
    ]  # fmt: skip
    Evidence.objects.bulk_create(shown)
    log.record_many("evidence.attached", shown, by=by, at=at)
    return made
