"""The duty a working page is about: loaded with its right, shown in short as what is known already."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.permissions import Reader
from thuocdo.agencies.models import Agency
from thuocdo.assignments.models import Assignment, Claim, Report, Review
from thuocdo.assignments.wording import Wording, wording
from thuocdo.lib.say import Say, say
from thuocdo.web import addresses
from thuocdo.web.access import PageRequest
from thuocdo.web.parts import Crumb, Row, Words

May = Callable[[Reader, Assignment], Say | None]


def duties() -> QuerySet[Assignment]:
    """Assignments with what the pages say of them."""
    related = ("directive", "obligation__provision", "assigner", "confirming", "lead", "parent")
    return Assignment.objects.select_related(*related)


def duty(request: PageRequest, pk: int, may: May) -> Assignment:
    """The duty if the reader may do this to it, else a page that is not there (1.29)."""
    row = duties().filter(pk=pk).first()
    if row is None or may(request.reader, row) is not None:
        raise Http404
    return row


def address(request: HttpRequest, pk: int) -> str:
    """The page of the duty."""
    return addresses.to(request, "web:assignment", pk)


def trail(request: HttpRequest, row: Assignment, here: Words) -> list[Crumb]:
    """From the directive over the duty to the working page."""
    return [
        Crumb(row.directive.symbol, addresses.to(request, "web:directive", row.directive_id)),
        Crumb(row.work[:60], address(request, row.pk)),
        Crumb(here),
    ]


@dataclass(frozen=True, slots=True)
class Known:
    """What a form does not ask for again."""

    text: Wording
    lead: Agency | None
    rows: tuple[Row, ...]


def known(row: Assignment) -> Known:
    """Duty, product, limit, lead, what was last reported and how it was last reviewed. Five statements."""
    text = wording(row)
    lead = Agency.objects.filter(pk=text.lead_id or 0).first()
    rows = [
        Row(_("Duty"), text.work),
        Row(_("Product"), text.product or _("not stated")),
        Row(
            _("Time limit"), say("%(day)s", day=text.limit_on) if text.limit_on else row.obligation.limit_raw
        ),
        Row(_("Lead agency"), lead.name if lead else ""),
    ]
    return Known(text, lead, (*rows, *_last(row)))


def _last(row: Assignment) -> list[Row]:
    """The last report, and the last review, in a sentence each."""
    found = []
    reports = Report.objects.filter(assignment=row, corrected_by=None)
    report = reports.order_by("happened_on", "recorded_at", "pk").last()
    if report is not None and report.progress is not None:
        told = say("%(share)s per cent on %(day)s", share=report.progress, day=report.happened_on)
        found.append(Row(_("Last declared"), told))
    elif report is not None:
        found.append(Row(_("Last report"), say("%(day)s", day=report.happened_on)))
    reviews = Review.objects.filter(claim__assignment=row, corrected_by=None).select_related("agency")
    review = reviews.order_by("happened_on", "recorded_at", "pk").last()
    if review is not None:
        found.append(Row(_("Last confirmed fact"), _reviewed(review)))
    return found


def _reviewed(review: Review) -> Say:
    values = {"agency": review.agency.name, "day": review.happened_on}
    if review.accepted:
        return say("confirmed by %(agency)s on %(day)s", **values)
    return say("returned by %(agency)s on %(day)s: %(reason)s", **values, reason=review.reason)


def last_claim(row: Assignment) -> Claim | None:
    """The latest claim made here that was not corrected since."""
    claims = Claim.objects.filter(assignment=row, corrected_by=None, report__observed_on=None)
    return claims.order_by("happened_on", "recorded_at", "pk").last()
