"""What a pace is measured against is set: interim targets, the parameters of the discipline."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.assignments import spans
from thuocdo.assignments.actions import common
from thuocdo.assignments.enums import Parameter
from thuocdo.assignments.models import Assignment, InterimTarget, ParameterValue
from thuocdo.assignments.rules import pace, parameters
from thuocdo.assignments.wording import wording
from thuocdo.audit import log
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import require, say


@transaction.atomic
def set_targets(
    *,
    assignment: Assignment,
    points: Sequence[pace.Point],
    happened_on: date,
    by: User | None,
    at: datetime,
) -> list[InterimTarget]:
    """Say how far the work has to be on which day; these targets take the place of all before."""
    row = common.locked(assignment)
    require(common.state_problem(row, happened_on), common.day_problem(happened_on, at))
    limit_on = wording(row, AsOf(happened_on)).limit_on
    require(pace.targets_problem(points, row.given_on or happened_on, limit_on))
    made = InterimTarget.objects.bulk_create(
        InterimTarget(
            assignment=row, target_on=day, share=share, by=by, happened_on=happened_on, recorded_at=at
        )
        for day, share in points
    )
    log.record_many("target.set", made, by=by, at=at)
    spans.refresh([row.pk], at=at)
    return made


@transaction.atomic
def set_parameter(
    *, name: Parameter, value: Decimal, source_text: str, happened_on: date, by: User | None, at: datetime
) -> ParameterValue:
    """From this day the parameter has this value, by this decision; every assignment is looked at anew."""
    require(
        parameters.value_problem(name, value),
        None if source_text.strip() else say("Name the decision that says so."),
    )
    made = ParameterValue(
        name=name, value=value, source_text=source_text, by=by, happened_on=happened_on, recorded_at=at
    )
    made.save(force_insert=True)
    log.record("parameter.set", made, by=by, at=at)
    if name in parameters.OF_SPANS:
        spans.refresh(list(Assignment.objects.given().values_list("pk", flat=True)), at=at)
    return made
