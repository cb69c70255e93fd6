"""The confirming agency reviews claims and opens their evidence (1.11, 1.14)."""

from functools import partial

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.models import User
from thuocdo.accounts.permissions import Reader
from thuocdo.assignments import actions
from thuocdo.assignments.actions.reviewing import bar_of
from thuocdo.assignments.models import Assignment, Claim, Review
from thuocdo.assignments.permissions import may_review
from thuocdo.assignments.rules.claim import early_flag
from thuocdo.assignments.rules.evidence import product_problem
from thuocdo.audit import queries as log_queries
from thuocdo.faces import wording
from thuocdo.faces.opening import may_open
from thuocdo.files.models import StoredFile
from thuocdo.files.queries import held, open_file
from thuocdo.lib.say import Refused, Say
from thuocdo.web import desk, errors
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.desk import Sheet
from thuocdo.web.forms.reviewing import AgainForm, ReviewForm
from thuocdo.web.pages.duties import address, duty, known, trail

TEMPLATE = "web/reviewing/review.html"


@requires(Permission.REVIEW)
def review(request: PageRequest, pk: int) -> HttpResponse:
    """Confirm a claim, perhaps with another day, or return it with the reason."""
    claim = get_object_or_404(Claim.objects.select_related("report__by", "report__agency"), pk=pk)
    row = duty(request, claim.assignment_id, _may)
    form = ReviewForm(request.POST or None, claim=claim, day=desk.day(request))
    sheet = Sheet(
        _("Review a claim of completion"),
        _("Record the decision"),
        _("The decision is recorded."),
        address(request, row.pk),
        crumbs=trail(request, row, _("Review")),
        template=TEMPLATE,
        more=_shown(request, row, claim),
    )
    return desk.filled(request, form, partial(_decide, request, form, claim), sheet)


def _decide(request: PageRequest, form: ReviewForm, claim: Claim) -> Review:
    day, reason = form.cleaned_data["happened_on"], form.cleaned_data["reason"]
    if not form.accepts:
        return actions.return_claim(claim=claim, reason=reason, happened_on=day, **desk.signed(request))
    shown_on, no_later_than = form.days()
    return actions.accept(
        claim=claim,
        happened_on=day,
        shown_on=shown_on,
        no_later_than=no_later_than,
        reason=reason,
        **desk.signed(request),
    )


@requires(Permission.REVIEW)
def correct_review(request: PageRequest, pk: int) -> HttpResponse:
    """Put a recorded review right; it keeps its day, and the former one stays readable."""
    former = get_object_or_404(Review.objects.select_related("claim__report"), pk=pk)
    row = duty(request, former.claim.assignment_id, _may)
    form = AgainForm(request.POST or None, claim=former.claim, day=desk.day(request))
    sheet = Sheet(
        _("Put the review right"),
        _("Record the correction"),
        _("The review is corrected."),
        address(request, row.pk),
        crumbs=trail(request, row, _("Put the review right")),
        template=TEMPLATE,
        more=_shown(request, row, former.claim),
    )

    def correct() -> Review:
        shown_on, no_later_than = form.days() if form.accepts else (None, None)
        return actions.correct_review(
            review=former,
            accepted=form.accepts,
            shown_on=shown_on,
            no_later_than=no_later_than,
            reason=form.cleaned_data["reason"],
            **desk.signed(request),
        )

    return desk.filled(request, form, correct, sheet)


def _may(reader: Reader, row: Assignment) -> Say | None:
    return may_review(reader, row, desk.today())


def _shown(request: PageRequest, row: Assignment, claim: Claim) -> dict[str, object]:
    """What the reviewer sees: what is known, what is claimed, its evidence, what to look at twice."""
    evidence = list(claim.report.evidence.select_related("file", "directive").order_by("pk"))
    flags = [
        early_flag(claim.shown_on, claim.happened_on),
        product_problem(row.product_kind, {piece.kind for piece in evidence}) if evidence else None,
    ]
    return {
        "known": known(row),
        "claim": claim,
        "evidence": evidence,
        "waiting": {file.pk for file in held([piece.file for piece in evidence if piece.file])},
        "flags": [flag for flag in flags if flag is not None],
        "in_place_of": _in_place_of(claim),
        "bar": bar_of(claim, desk.person(request), desk.today()),
    }


def _in_place_of(claim: Claim) -> str:
    """For whom the claim was made, when somebody stood in (2.11)."""
    found = log_queries.acted_for(claim.report._meta.db_table, [claim.report_id]).values()
    return next((wording.person(user) for user in User.objects.filter(pk__in=found)), "") if found else ""


@requires(Permission.READ_PUBLIC)
def file(request: PageRequest, pk: int) -> HttpResponseBase:
    """A piece of evidence, saved and never shown inside the page, for who may see what it shows."""
    stored = get_object_or_404(StoredFile, pk=pk)
    if not may_open(request.reader, stored):
        raise Http404
    try:
        pieces, headers = open_file(stored)
    except FileNotFoundError as gone:
        raise Http404 from gone
    except Refused as refusal:
        told = wording.tell(refusal.reasons[0])
        return errors.page(request, 409, _("This file is not given out"), told, _("Try again later."))
    return StreamingHttpResponse(pieces, headers=headers)
