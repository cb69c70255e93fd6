"""What waits for an answer: the duty waits for the agency with which the recommendation lies, by a hold.

So the time is charged to whom it lies with, wherever holds are counted (2.04). A duty that waits for that
agency already, for another reason, gets no second hold.
"""

from collections.abc import Iterable
from datetime import date, datetime

from thuocdo.accounts.models import User
from thuocdo.agencies.models import Agency
from thuocdo.assignments import actions as assignment_actions
from thuocdo.assignments.actions import common
from thuocdo.assignments.models import Assignment, Difficulty, Hold
from thuocdo.audit import log
from thuocdo.lib.moments import DAY_MAX
from thuocdo.recommendations.models import Recommendation, Step, Wait


def begin(
    row: Recommendation,
    owner: Agency,
    day: date,
    *,
    assignment: Assignment | None,
    difficulty: Difficulty | None = None,
    by: User | None,
    at: datetime,
) -> Wait:
    """From this day it waits for the owner of the recommendation."""
    hold = _hold(row, assignment, owner, day, by=by, at=at) if assignment else None
    made = Wait(
        recommendation=row, assignment=assignment, difficulty=difficulty, hold=hold, by=by, happened_on=day,
        recorded_at=at,
    )  # fmt: skip
    made.save(force_insert=True)
    log.record("recommendation.waited_for", made, by=by, at=at)
    return made


def pass_on(row: Recommendation, owner: Agency, day: date, *, by: User | None, at: datetime) -> None:
    """It was forwarded: what waited for the former owner waits for this one."""
    waiting = _open_waits(row)
    end(row, day, by=by, at=at)
    for assignment in dict.fromkeys(wait.assignment for wait in waiting if wait.assignment):
        if common.state_problem(assignment, day) is None:
            begin(row, owner, day, assignment=assignment, by=by, at=at)


def end(row: Recommendation, day: date, *, by: User | None, at: datetime) -> None:
    """It was answered, withdrawn or forwarded: its holds end, but for those another still leans on."""
    for wait in _open_waits(row):
        other = _leaning(row, wait.hold) if wait.hold else None
        if other is not None:
            _take_over(other, wait, by=by, at=at)
        elif wait.hold is not None:
            closed_on = max(day, wait.hold.opened_on)
            assignment_actions.close_hold(hold=wait.hold, closed_on=closed_on, by=by, at=at)


def _hold(
    row: Recommendation, assignment: Assignment, owner: Agency, day: date, *, by: User | None, at: datetime
) -> Hold | None:
    if Hold.objects.filter(assignment=assignment, agency=owner, closed_on=DAY_MAX).exists():
        return None
    return assignment_actions.open_hold(
        assignment=assignment, agency=owner, reason=row.text, opened_on=day, by=by, at=at
    )


def _open_waits(row: Recommendation) -> list[Wait]:
    """Its waits whose hold still stands."""
    rows = Wait.objects.filter(recommendation=row, hold__closed_on=DAY_MAX)
    return list(rows.select_related("hold__assignment", "assignment").order_by("pk"))


def _leaning(row: Recommendation, hold: Hold) -> Wait | None:
    """A wait of another unanswered recommendation that lies with the same agency, of the same duty."""
    others = Wait.objects.filter(assignment=hold.assignment_id, hold=None).exclude(recommendation=row)
    for other in others.select_related("recommendation").order_by("pk"):
        steps = list(Step.objects.filter(recommendation=other.recommendation_id).order_by("pk"))
        if owner_of(other.recommendation, steps) == hold.agency_id and is_open(steps):
            return other
    return None


def _take_over(other: Wait, wait: Wait, *, by: User | None, at: datetime) -> None:
    made = Wait(
        recommendation=other.recommendation, assignment=wait.assignment, difficulty=other.difficulty,
        hold=wait.hold, by=by, happened_on=other.happened_on, recorded_at=at,
    )  # fmt: skip
    made.save(force_insert=True)
    log.record("recommendation.waited_for", made, by=by, at=at)


def owner_of(row: Recommendation, steps: Iterable[Step]) -> int:
    """With which agency it lies after these steps."""
    return next((step.to_id for step in reversed(list(steps)) if step.to_id), row.addressee_id)


def is_open(steps: Iterable[Step]) -> bool:
    """Whether these steps have not answered or withdrawn it."""
    return all(step.kind in ("received", "forwarded") for step in steps)
