"""Urging, instructions, demands for explanation, their answers; promises of late leads (2.05, 2.06)."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Query

from thuocdo.accounts.enums import Permission
from thuocdo.agencies.models import Agency
from thuocdo.api.caller import Call, person
from thuocdo.api.day import as_of, happened, today
from thuocdo.api.duties import duty
from thuocdo.api.operations import reads, writes
from thuocdo.api.paging import Paging, cursor
from thuocdo.api.schemas.common import Page, When, WordOut, agency
from thuocdo.api.schemas.demands import DemandAnswerOut, DemandOut
from thuocdo.api.schemas.duties import PromiseOut
from thuocdo.api.schemas.given import AnswerIn, DemandIn, PromiseIn, TakeBackIn
from thuocdo.api.showing import address
from thuocdo.assignments import actions
from thuocdo.assignments.enums import DemandKind
from thuocdo.assignments.models import Answer, Assignment
from thuocdo.assignments.permissions import (
    may_answer,
    may_demand,
    may_report,
    may_see,
    may_see_demand,
    may_take_back,
    senders,
)
from thuocdo.assignments.queries import demands as demand_queries
from thuocdo.assignments.terms import Asking
from thuocdo.assignments.wording import wording
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Refused, say


class Paged(When, Paging):
    """Which day, which part of the list."""


def _rows(day: AsOf) -> QuerySet[Any]:
    related = ("agency", "sender", "term", "withdrawal", "assignment")
    return demand_queries.demands(day).select_related(*related)


def _found(request: Call, pk: int, day: AsOf) -> Any:  # noqa: ANN401 - a Demand with its limit on the day
    found = get_object_or_404(_rows(day), pk=pk)
    if may_see_demand(request.reader, found) is not None:
        raise Http404
    return found


def _told(of: Any, day: AsOf) -> DemandOut:  # noqa: ANN401
    state, kind = demand_queries.state(of, day.day), DemandKind(of.kind)
    return DemandOut(
        id=of.pk,
        address=address("demand", of.pk),
        kind=WordOut(code=kind.value, shown=str(kind.label)),
        standing=WordOut(code=state.value, shown=str(state.label)),
        agency=agency(of.agency),
        sender=agency(of.sender),
        assignment_id=of.assignment_id,
        text=of.text,
        happened_on=of.happened_on,
        answer_on=of.answer_on,
        due_on=of.due_on,
        term_days=f"{of.term.quantity:f}" if of.term else None,
        taken_back_on=of.taken_back_on,
        taken_back_because=of.withdrawal.reason if of.taken_back_on else None,
        answers=[_answer(one) for one in demand_queries.answers(of, day)],
    )


def _answer(of: Answer) -> DemandAnswerOut:
    return DemandAnswerOut(
        id=of.pk, demand_id=of.demand_id, agency=agency(of.agency), text=of.text, happened_on=of.happened_on,
        recorded_at=of.recorded_at,
    )  # fmt: skip


@reads("/agencies/{str:code}/demands", Permission.READ_OWN, Page[DemandOut])
def demands(request: Call, code: str, wanted: Query[Paged]) -> Page[DemandOut]:
    """What an agency was asked, answered or not, the newest last, where the caller is one of the sides."""
    of, day = get_object_or_404(Agency, code=code), as_of(request, wanted)
    place = wanted.place(int)
    rows = demand_queries.asked_of(of.pk, request.reader, day, place[0] if place else 0)
    found = list(rows[: wanted.limit + 1])
    page = found[: wanted.limit]
    ends = cursor(page[-1].pk) if len(found) > wanted.limit else None
    return Page(items=[_told(one, day) for one in page], next=ends)


@reads("/demands/{int:pk}", Permission.READ_OWN, DemandOut)
def demand(request: Call, pk: int, when: Query[When]) -> DemandOut:
    """One demand with its answers, for both sides."""
    day = as_of(request, when)
    return _told(_found(request, pk, day), day)


@writes("/assignments/{int:pk}/demands", Permission.OVERSEE, DemandOut)
def demand_on_duty(request: Call, pk: int, given: DemandIn) -> DemandOut:
    """Write to today's lead of an assignment, and say by when it has to answer."""
    row = duty(request, pk, may_see)
    return _sent(request, get_object_or_404(Agency, pk=wording(row).lead_id), row, given)


@writes("/agencies/{str:code}/demands", Permission.OVERSEE, DemandOut)
def demand_of_agency(request: Call, code: str, given: DemandIn) -> DemandOut:
    """Write to an agency, of no assignment in particular."""
    return _sent(request, get_object_or_404(Agency, code=code), None, given)


def _sent(request: Call, to: Agency, row: Assignment | None, given: DemandIn) -> DemandOut:
    if may_demand(request.reader, to, row, today(request)) is not None:
        raise Http404
    day = happened(request, given.happened_on)
    if (given.answer_on is None) == (given.term_days is None):
        raise Refused(say("Name either a number of working days or a day."))
    asking = Asking(
        kind=given.kind, agency=to, sender=_sender(request, to, row, given), text=given.text, assignment=row,
        answer_on=given.answer_on, term_days=given.term_days,
    )  # fmt: skip
    made = actions.demand(asking=asking, happened_on=day, by=person(request), at=request.at)
    return _told(_rows(AsOf(day)).get(pk=made.pk), AsOf(day))


def _sender(request: Call, to: Agency, row: Assignment | None, given: DemandIn) -> Agency:
    """The agency that the caller writes for: the one that is named, or the only one there is."""
    allowed = senders(request.reader, given.kind, to, row, today(request))
    rows = Agency.objects.filter(pk__in=allowed).order_by("level", "code")
    found = list(rows.filter(code=given.sender) if given.sender else rows)
    if len(found) == 1:
        return found[0]
    if not allowed:
        raise Refused(say("Only leaders above, inspectors and the monitoring agency write this."))
    codes = tuple(rows.values_list("code", flat=True))
    raise Refused(say("Name the agency that you write for: %(codes)s.", codes=codes))


@writes("/demands/{int:pk}/answers", Permission.REPORT, DemandAnswerOut)
def answer_demand(request: Call, pk: int, given: AnswerIn) -> DemandAnswerOut:
    """The agency that was asked answers; a further answer adds to the first."""
    found = _found(request, pk, AsOf(today(request)))
    if may_answer(request.reader, found, today(request)) is not None:
        raise Http404
    made = actions.answer(
        demand=found, agency=found.agency, text=given.text, happened_on=happened(request, given.happened_on),
        by=person(request), at=request.at,
    )  # fmt: skip
    return _answer(made)


@writes("/demands/{int:pk}/withdrawal", Permission.OVERSEE, DemandOut)
def take_back_demand(request: Call, pk: int, given: TakeBackIn) -> DemandOut:
    """The side that wrote a demand takes it back, with the reason; it stays readable."""
    found = _found(request, pk, AsOf(today(request)))
    if may_take_back(request.reader, found, today(request)) is not None:
        raise Http404
    day = happened(request, given.happened_on)
    actions.take_back(
        demand=found, agency=found.sender, reason=given.reason, happened_on=day, by=person(request),
        at=request.at,
    )  # fmt: skip
    return _told(_rows(AsOf(day)).get(pk=pk), AsOf(day))


@writes("/assignments/{int:pk}/promises", Permission.REPORT, PromiseOut)
def promise(request: Call, pk: int, given: PromiseIn) -> PromiseOut:
    """A late lead promises a day by which it will be done. The limit does not move."""
    row = duty(request, pk, may_report)
    made = actions.promise(
        assignment=row, promised_on=given.promised_on, text=given.text,
        happened_on=happened(request, given.happened_on), by=person(request), at=request.at,
    )  # fmt: skip
    return PromiseOut(
        id=made.pk, agency=agency(made.agency), promised_on=made.promised_on, text=made.text,
        happened_on=made.happened_on, state=None,
    )  # fmt: skip
