"""The lead reports, claims completion, puts right what it said (1.14)."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from thuocdo.accounts.enums import Permission
from thuocdo.api import showing
from thuocdo.api.caller import Call, person
from thuocdo.api.day import happened
from thuocdo.api.duties import duty
from thuocdo.api.operations import writes
from thuocdo.api.schemas.duties import ReportOut
from thuocdo.api.schemas.given import ClaimIn, CorrectionIn, EvidenceIn, ReportIn, SaidIn
from thuocdo.assignments import actions
from thuocdo.assignments.models import Claim, Report
from thuocdo.assignments.permissions import may_report
from thuocdo.assignments.queries.coverage import registered
from thuocdo.assignments.terms import Said, Shown
from thuocdo.faces import kept
from thuocdo.lib.say import Refused, say


def _said(request: Call, given: SaidIn) -> Said:
    return Said(
        text=given.text,
        happened_on=happened(request, given.happened_on),
        progress=given.progress,
        period=given.period if isinstance(given, ReportIn) else "",
    )


def _shown(request: Call, given: EvidenceIn) -> Shown:
    """The evidence; a text that is registered here, and that the caller may see, is linked."""
    file = None
    if given.file is not None:
        file = kept.found(given.file, person(request))
        if file is None:
            raise Refused(say("This file was not sent by you; send it first and use its ticket."))
    directive = registered(given.symbol, request.reader) if given.symbol else None
    return Shown(given.kind, file=file, directive=directive, symbol=given.symbol, address=given.address)


def _acts(request: Call, given: SaidIn) -> dict[str, Any]:
    evidence = [_shown(request, one) for one in given.evidence]
    return {"said": _said(request, given), "evidence": evidence, "by": person(request), "at": request.at}


def _told(report: Report) -> ReportOut:
    evidence = report.evidence.select_related("file", "directive").order_by("pk")
    claim: Claim | None = Claim.objects.filter(report=report).first()
    return showing.report(report, evidence, None if claim is None else showing.claimed(claim, []))


@writes("/assignments/{int:pk}/reports", Permission.REPORT, ReportOut)
def report(request: Call, pk: int, given: ReportIn) -> ReportOut:
    """Report on an assignment. The progress is declared and may be left out."""
    row = duty(request, pk, may_report)
    return _told(actions.report(assignment=row, **_acts(request, given)))


@writes("/assignments/{int:pk}/claims", Permission.REPORT, ReportOut)
def claim(request: Call, pk: int, given: ClaimIn) -> ReportOut:
    """Claim that the work is completed, with the evidence and the day it shows."""
    row = duty(request, pk, may_report)
    made = actions.claim(assignment=row, shown_on=given.shown_on, **_acts(request, given))
    return _told(made.report)


@writes("/reports/{int:pk}/corrections", Permission.REPORT, ReportOut)
def correct_report(request: Call, pk: int, given: CorrectionIn) -> ReportOut:
    """Put right a report, or a claim that nobody has reviewed yet; the old one stays readable."""
    former = get_object_or_404(Report.objects.select_related("claim"), pk=pk)
    duty(request, former.assignment_id, may_report)
    if former.source_id is not None or former.observed_on is not None:
        raise Http404  # read outside; not said by the lead
    acts = _acts(request, given)
    acts["evidence"] = acts["evidence"] or None
    claimed: Claim | None = getattr(former, "claim", None)
    if claimed is None:
        return _told(actions.correct_report(report=former, **acts))
    day = given.shown_on or claimed.shown_on
    return _told(actions.correct_claim(claim=claimed, shown_on=day, **acts).report)
