"""Who is waited for answers, the assigner decides a dispute; places without a signal (2.04)."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from thuocdo.accounts.enums import Permission
from thuocdo.agencies.models import Agency
from thuocdo.api.caller import Call, person
from thuocdo.api.day import happened, today
from thuocdo.api.duties import duty
from thuocdo.api.endpoints.interrupting import deciding
from thuocdo.api.operations import writes
from thuocdo.api.schemas.common import agency, until
from thuocdo.api.schemas.duties import FactOut, HoldAnswerOut
from thuocdo.api.schemas.given import EndIn, HoldAnswerIn, OutageIn
from thuocdo.api.showing import hold_state
from thuocdo.assignments import actions, offices
from thuocdo.assignments.enums import HoldState
from thuocdo.assignments.models import Hold, Outage
from thuocdo.assignments.permissions import may_answer_hold, may_record_outage
from thuocdo.assignments.terms import Reach
from thuocdo.lib.say import Refused, say


def _hold(pk: int) -> Hold:
    return get_object_or_404(Hold.objects.select_related("assignment", "agency"), pk=pk)


def _answered(
    request: Call, hold: Hold, state: HoldState, given: HoldAnswerIn, by_agency: Agency
) -> HoldAnswerOut:
    made = actions.answer_hold(
        hold=hold, state=state, agency=by_agency, happened_on=happened(request, given.happened_on),
        reason=given.reason, by=person(request), at=request.at,
    )  # fmt: skip
    return HoldAnswerOut(
        id=made.pk, hold_id=hold.pk, state=hold_state(state), agency=agency(by_agency), reason=made.reason,
        happened_on=made.happened_on,
    )  # fmt: skip


@writes("/holds/{int:pk}/answers", Permission.REPORT, HoldAnswerOut)
def answer_hold(request: Call, pk: int, given: HoldAnswerIn) -> HoldAnswerOut:
    """Accept that the lead waits for us, or dispute it; accepted, the waiting is charged to us."""
    hold = _hold(pk)
    if may_answer_hold(request.reader, hold, today(request)) is not None:
        raise Http404
    state = HoldState.ACCEPTED if given.accepted else HoldState.DISPUTED
    return _answered(request, hold, state, given, hold.agency)


@writes("/holds/{int:pk}/decisions", Permission.DECIDE, HoldAnswerOut)
def decide_hold(request: Call, pk: int, given: HoldAnswerIn) -> HoldAnswerOut:
    """The assigner decides a dispute: the lead had to wait, or did not."""
    hold = _hold(pk)
    row = duty(request, hold.assignment_id, deciding(request))
    state = HoldState.ACCEPTED if given.accepted else HoldState.REJECTED
    return _answered(request, hold, state, given, offices.assigner(row))


def _outage(of: Outage, place: Agency | None) -> FactOut:
    return FactOut(
        id=of.pk, kind="territory" if of.territory_id else "agency", text=of.reason, note="",
        agency=agency(place), on=of.opened_on, until=until(of.closed_on),
    )  # fmt: skip


@writes("/agencies/{str:code}/outages", Permission.REPORT, FactOut)
def open_outage(request: Call, code: str, given: OutageIn) -> FactOut:
    """Say that there is no signal, so that nothing can come from there; its silence is not called stalled."""
    place = get_object_or_404(Agency.objects.select_related("territory"), code=code)
    if may_record_outage(request.reader, place) is not None:
        raise Http404
    if given.territory and place.territory is None:
        raise Refused(say("This agency answers for no territory."))
    made = actions.open_outage(
        reach=Reach(territory=place.territory) if given.territory else Reach(agency=place),
        reason=given.reason,
        opened_on=happened(request, given.opened_on),
        closed_on=given.closed_on,
        by=person(request),
        at=request.at,
    )
    return _outage(made, place)


@writes("/outages/{int:pk}/end", Permission.REPORT, FactOut)
def close_outage(request: Call, pk: int, given: EndIn) -> FactOut:
    """Say that the signal is back."""
    found = get_object_or_404(Outage.objects.select_related("agency"), pk=pk)
    place = found.agency or Agency.objects.filter(territory=found.territory).order_by("pk").first()
    if place is None or may_record_outage(request.reader, place) is not None:
        raise Http404
    day = happened(request, given.closed_on)
    made = actions.close_outage(outage=found, closed_on=day, by=person(request), at=request.at)
    return _outage(made, place)
