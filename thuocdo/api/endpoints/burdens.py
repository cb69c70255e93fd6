"""What weighs on a duty: waiting for somebody, difficulties, resources; its numbers in other systems."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.agencies.models import Agency
from thuocdo.api import duties
from thuocdo.api.caller import Call, person
from thuocdo.api.day import happened, today
from thuocdo.api.duties import duty
from thuocdo.api.operations import writes
from thuocdo.api.schemas.common import agency, until
from thuocdo.api.schemas.duties import FactOut
from thuocdo.api.schemas.given import DifficultyIn, EndIn, HoldIn, NumberIn, ResourceIn
from thuocdo.assignments import actions
from thuocdo.assignments.models import Assignment, Difficulty, Hold
from thuocdo.assignments.permissions import may_enter_number, may_report
from thuocdo.assignments.terms import Amount, Obstacle
from thuocdo.assignments.wording import wording
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Say


def _hold(of: Hold) -> FactOut:
    return FactOut(
        id=of.pk, kind="", text=of.reason, note="", agency=agency(of.agency), on=of.opened_on,
        until=until(of.closed_on),
    )  # fmt: skip


def _difficulty(of: Difficulty) -> FactOut:
    return FactOut(
        id=of.pk, kind=of.kind, text=of.text, note="", agency=agency(of.owner), on=of.opened_on,
        until=until(of.closed_on),
    )  # fmt: skip


@writes("/assignments/{int:pk}/holds", Permission.REPORT, FactOut)
def open_hold(request: Call, pk: int, given: HoldIn) -> FactOut:
    """Say that the lead waits for somebody else; the limit does not move."""
    row = duty(request, pk, may_report)
    day = happened(request, given.opened_on)
    waited_for = duties.agency(given.agency, AsOf(day))
    return _hold(
        actions.open_hold(
            assignment=row, agency=waited_for, reason=given.reason, opened_on=day, by=person(request),
            at=request.at,
        )
    )  # fmt: skip


@writes("/holds/{int:pk}/end", Permission.REPORT, FactOut)
def close_hold(request: Call, pk: int, given: EndIn) -> FactOut:
    """Say that what the lead waited for has come."""
    hold = get_object_or_404(Hold.objects.select_related("assignment", "agency"), pk=pk)
    duty(request, hold.assignment_id, may_report)
    day = happened(request, given.closed_on)
    return _hold(actions.close_hold(hold=hold, closed_on=day, by=person(request), at=request.at))


@writes("/assignments/{int:pk}/difficulties", Permission.REPORT, FactOut)
def open_difficulty(request: Call, pk: int, given: DifficultyIn) -> FactOut:
    """Name what holds the work back, by class, with who has to remove it."""
    row = duty(request, pk, may_report)
    day = happened(request, given.opened_on)
    lead = get_object_or_404(Agency, pk=wording(row).lead_id)
    owner = duties.agency(given.owner, AsOf(day)) if given.owner else None
    obstacle = Obstacle(lead, given.kind, given.text, owner, row)
    made = actions.open_difficulty(obstacle=obstacle, opened_on=day, by=person(request), at=request.at)
    return _difficulty(made)


@writes("/difficulties/{int:pk}/end", Permission.REPORT, FactOut)
def remove_difficulty(request: Call, pk: int, given: EndIn) -> FactOut:
    """Say that a difficulty is removed: by who had to remove it, or by who met it."""
    found = get_object_or_404(Difficulty.objects.select_related("assignment", "owner"), pk=pk)
    sides = (found.owner_id, found.agency_id)
    if not any(request.reader.may_for(Permission.REPORT, side) for side in sides):
        raise Http404
    day = happened(request, given.closed_on)
    return _difficulty(
        actions.remove_difficulty(difficulty=found, closed_on=day, by=person(request), at=request.at)
    )


@writes("/assignments/{int:pk}/resources", Permission.REPORT, FactOut)
def add_resource(request: Call, pk: int, given: ResourceIn) -> FactOut:
    """Note money asked, allocated or disbursed, people, equipment, with the source."""
    row = duty(request, pk, may_report)
    made = actions.add_resource(
        assignment=row,
        kind=given.kind,
        amount=Amount(given.amount, given.unit, given.source_text),
        happened_on=happened(request, given.happened_on),
        by=person(request),
        at=request.at,
    )
    return FactOut(
        id=made.pk, kind=made.kind, text=f"{made.amount:f}", note=made.unit, agency=None,
        on=made.happened_on, until=None,
    )  # fmt: skip


@writes("/assignments/{int:pk}/numbers", Permission.READ_OWN, FactOut)
def enter_number(request: Call, pk: int, given: NumberIn) -> FactOut:
    """Enter the number of the assignment in another system; entered again, the last one counts."""

    def may(reader: Reader, row: Assignment) -> Say | None:
        return may_enter_number(reader, row, today(request))

    row = duty(request, pk, may)
    made = actions.enter_foreign_number(
        assignment=row, system=given.system, number=given.number, entered_on=given.entered_on,
        by=person(request), at=request.at,
    )  # fmt: skip
    return FactOut(
        id=made.pk, kind="", text=made.number, note=made.system, agency=None, on=made.entered_on, until=None
    )
