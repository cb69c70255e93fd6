"""The lead reports, claims completion, puts right what it said (1.14)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.assignments import actions, declarations
from thuocdo.assignments.models import Assignment, Claim, Report
from thuocdo.assignments.permissions import may_report
from thuocdo.assignments.rules.claim import early_flag
from thuocdo.assignments.terms import Shown
from thuocdo.faces import wording
from thuocdo.files.queries import held
from thuocdo.web import desk
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.desk import Sheet
from thuocdo.web.forms.reporting import CorrectionForm, ReportForm
from thuocdo.web.pages.duties import address, duty, known, trail

TEMPLATE = "web/reporting/report.html"


@requires(Permission.REPORT)
def report(request: PageRequest, pk: int) -> HttpResponse:
    """A report on the duty; ticked as completing, a claim with its evidence."""
    row = duty(request, pk, may_report)
    standing = known(row)
    periods = declarations.open_periods(row, standing.text.lead_id, desk.day(request))
    form = ReportForm(request, row, periods=periods)
    given = declarations.served(row) if request.method == "GET" and "anew" not in request.GET else None
    sheet = Sheet(
        _("Report"),
        _("Send the report"),
        _("The report is sent."),
        address(request, pk),
        crumbs=trail(request, row, _("Report")),
        template=TEMPLATE,
        more={"known": standing, "given": given},
    )
    return desk.filled(request, form, partial(_send, request, form, row), sheet)


def _send(request: PageRequest, form: ReportForm, row: Assignment) -> object:
    shown: dict[str, Any] = {"evidence": _shown(request, form), **desk.signed(request)}
    if not form.completing:
        return actions.report(assignment=row, said=form.said(), **shown)
    day = form.cleaned_data["shown_on"]
    _flag(request, form)
    return actions.claim(assignment=row, said=form.said(), shown_on=day, **shown)


def _shown(request: PageRequest, form: ReportForm) -> list[Shown]:
    """The evidence; of files that wait for the virus scanner the sender is told."""
    shown = form.shown()
    for file in held([one.file for one in shown if one.file is not None]):
        waits = _("The file “%(name)s” is kept. It opens as soon as the virus scanner, which does not answer "
                  "now, has checked it; nothing need be sent again.")  # fmt: skip
        messages.warning(request, waits % {"name": file.name})
    return shown


def _flag(request: PageRequest, form: ReportForm) -> None:
    """Tell, without refusing, that the day shown is long before the claim."""
    flag = early_flag(form.cleaned_data["shown_on"], form.cleaned_data["happened_on"])
    if flag is not None:
        messages.warning(request, wording.tell(flag))


@requires(Permission.REPORT)
def correct_report(request: PageRequest, pk: int) -> HttpResponse:
    """Put right a report, or a claim that nobody has reviewed yet; the old one stays readable."""
    said = get_object_or_404(Report.objects.select_related("claim"), pk=pk)
    row = duty(request, said.assignment_id, may_report)
    if said.source_id is not None or said.observed_on is not None:
        raise Http404  # read outside; not said by the lead
    claim: Claim | None = getattr(said, "claim", None)
    first: dict[str, Any] = {"text": said.text, "progress": said.progress, "happened_on": said.happened_on}
    first |= {"shown_on": claim.shown_on} if claim else {}
    form = CorrectionForm(request, row, claims="claims" if claim else "", initial=first)
    sheet = Sheet(
        _("Correct the report"),
        _("Send the correction"),
        _("The report is corrected."),
        address(request, row.pk),
        lead=_("What you send takes the place of the report; the former one stays readable."),
        crumbs=trail(request, row, _("Correct the report")),
        template=TEMPLATE,
        more={"known": known(row), "before": list(said.evidence.select_related("file", "directive"))},
    )
    return desk.filled(request, form, partial(_correct, request, form, said), sheet)


def _correct(request: PageRequest, form: CorrectionForm, said: Report) -> object:
    acts: dict[str, Any] = {"evidence": _shown(request, form) or None, **desk.signed(request)}
    claim: Claim | None = getattr(said, "claim", None)
    if claim is None:
        return actions.correct_report(report=said, said=form.said(), **acts)
    day = form.cleaned_data["shown_on"]
    return actions.correct_claim(claim=claim, said=form.said(), shown_on=day, **acts)
