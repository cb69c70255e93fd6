"""Requests of the lead to change an assignment, and what the assigner decides on them (1.13)."""

from django.shortcuts import get_object_or_404

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.api import duties, showing
from thuocdo.api.caller import Call, person
from thuocdo.api.day import happened, today
from thuocdo.api.duties import duty
from thuocdo.api.operations import writes
from thuocdo.api.schemas.duties import RequestOut
from thuocdo.api.schemas.given import DecisionIn, RequestIn
from thuocdo.assignments import actions
from thuocdo.assignments.enums import ChangeKind
from thuocdo.assignments.models import Assignment, ChangeRequest
from thuocdo.assignments.permissions import may_decide, may_report
from thuocdo.assignments.terms import Ask, Head
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Say

WORDED = (ChangeKind.CONTENT, ChangeKind.PRODUCT)


@writes("/assignments/{int:pk}/requests", Permission.REPORT, RequestOut)
def ask_change(request: Call, pk: int, given: RequestIn) -> RequestOut:
    """Ask for more time, another lead, content or product, or return the duty as not one's function."""
    row = duty(request, pk, may_report)
    day = happened(request, given.happened_on)
    lead = duties.agency(given.lead, AsOf(day)) if given.lead and given.kind is ChangeKind.LEAD else None
    ask = Ask(
        kind=given.kind,
        reason=given.reason,
        text=given.text if given.kind in WORDED else "",
        lead=lead,
        limit_on=given.limit_on if given.kind is ChangeKind.LIMIT else None,
    )
    made = actions.ask_change(assignment=row, ask=ask, happened_on=day, by=person(request), at=request.at)
    return showing.request(made)


@writes("/requests/{int:pk}/decisions", Permission.DECIDE, RequestOut)
def decide_change(request: Call, pk: int, given: DecisionIn) -> RequestOut:
    """Grant a request or refuse it with the reason; the first wording and the first limit stay visible."""
    asked = get_object_or_404(ChangeRequest.objects.select_related("agency", "lead"), pk=pk)

    def may(reader: Reader, row: Assignment) -> Say | None:
        return may_decide(reader, row, today(request))

    duty(request, asked.assignment_id, may)
    decided = actions.decide_change(
        request=asked,
        granted=given.granted,
        happened_on=happened(request, given.happened_on),
        reason=given.reason,
        limit_on=given.limit_on,
        head=Head(given.head_post, given.head_name, given.head_since),
        by=person(request),
        at=request.at,
    )
    return showing.request(asked, decided)
