"""The assigner pauses, resumes, withdraws, gives anew, names who answers, sets targets (1.13, 2.04)."""

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.api import duties
from thuocdo.api.caller import Call, person
from thuocdo.api.day import happened, today
from thuocdo.api.duties import May, duty
from thuocdo.api.operations import writes
from thuocdo.api.schemas.common import WordOut, agency
from thuocdo.api.schemas.duties import FactOut
from thuocdo.api.schemas.giving import HandsIn, InterruptionIn, ReachedOut, TargetOut, TargetsIn, TargetsOut
from thuocdo.assignments import actions
from thuocdo.assignments.enums import InterruptionKind
from thuocdo.assignments.models import Assignment
from thuocdo.assignments.permissions import may_decide
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Say

MOVES = {
    InterruptionKind.PAUSE: actions.pause,
    InterruptionKind.RESUME: actions.resume,
    InterruptionKind.WITHDRAW: actions.withdraw,
}


def deciding(request: Call) -> May:
    """Whether the caller decides for the assigner, today."""

    def may(reader: Reader, row: Assignment) -> Say | None:
        return may_decide(reader, row, today(request))

    return may


@writes("/assignments/{int:pk}/interruptions", Permission.DECIDE, ReachedOut)
def interrupt(request: Call, pk: int, given: InterruptionIn) -> ReachedOut:
    """Pause, resume or withdraw an assignment, and say why. The limit does not move."""
    row = duty(request, pk, deciding(request))
    day = happened(request, given.happened_on)
    made = MOVES[given.kind](
        assignment=row, reason=given.reason, happened_on=day, by=person(request), at=request.at
    )
    return ReachedOut(
        kind=WordOut(code=given.kind, shown=str(given.kind.label)),
        happened_on=day,
        assignments=[one.assignment_id for one in made],
    )


@writes("/assignments/{int:pk}/hands", Permission.DECIDE, FactOut)
def change_hands(request: Call, pk: int, given: HandsIn) -> FactOut:
    """Give a withdrawn assignment anew, to the same or another lead; or name another person who answers."""
    row = duty(request, pk, deciding(request))
    day = happened(request, given.happened_on)
    if given.lead:
        lead = duties.agency(given.lead, AsOf(day))
        made = actions.give_anew(
            assignment=row, lead=lead, head=given.head(), reason=given.reason, happened_on=day,
            by=person(request), at=request.at,
        )  # fmt: skip
    else:
        made = actions.change_head(
            assignment=row, head=given.head(), basis=given.reason, happened_on=day, by=person(request),
            at=request.at,
        )  # fmt: skip
    return FactOut(
        id=made.pk, kind=made.capacity, text=made.basis, note=made.head_name, agency=agency(made.agency),
        on=made.happened_on, until=None,
    )  # fmt: skip


@writes("/assignments/{int:pk}/targets", Permission.DECIDE, TargetsOut)
def set_targets(request: Call, pk: int, given: TargetsIn) -> TargetsOut:
    """Say how far the work has to be on which day, where it does not grow evenly."""
    row = duty(request, pk, deciding(request))
    made = actions.set_targets(
        assignment=row,
        points=[(one.day, one.share) for one in given.points],
        happened_on=happened(request, given.happened_on),
        by=person(request),
        at=request.at,
    )
    told = [TargetOut(id=one.pk, day=one.target_on, share=f"{one.share:.2f}") for one in made]
    return TargetsOut(items=told)
