"""Recommendations as they stand on a day, as known at a moment: with whom they lie, what was answered."""

from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce

from thuocdo.lib.moments import AsOf
from thuocdo.recommendations.enums import Group, StepKind
from thuocdo.recommendations.models import Recommendation, Step, Wait

FIRST, LAST = ("happened_on", "recorded_at", "pk"), ("-happened_on", "-recorded_at", "-pk")
HANDS = (StepKind.RECEIVED, StepKind.FORWARDED)


def standing(as_of: AsOf) -> QuerySet[Any]:
    """Recommendations sent by the day, each with the columns of `rules.standing.Facts`.

    `owner_id`: the agency with which it lies, `since`: since when.
    """
    rows = Recommendation.objects.filter(happened_on__lte=as_of.day)
    if as_of.known is not None:
        rows = rows.filter(recorded_at__lte=as_of.known)
    forwarded = _steps(as_of, StepKind.FORWARDED).order_by(*LAST)
    handled = Step.objects.filter(Q(kind__in=HANDS), **_by(as_of)).order_by(*LAST)
    answered = _steps(as_of, StepKind.ANSWERED).order_by(*FIRST)
    due = _steps(as_of, StepKind.RECEIVED).filter(due_on__isnull=False).order_by(*FIRST)
    any_step = Step.objects.filter(**_by(as_of)).order_by(*FIRST)
    return rows.annotate(
        owner_id=Coalesce(
            _one(forwarded, "to_id", BigIntegerField()), F("addressee_id"), output_field=BigIntegerField()
        ),
        since=Coalesce(_one(forwarded, "happened_on"), F("happened_on")),
        received_on=_one(
            handled.annotate(on=Case(When(kind=StepKind.RECEIVED, then=F("happened_on")))), "on"
        ),
        due_on=Coalesce(_one(due, "due_on"), F("wanted_on")),
        answered_on=_one(answered, "happened_on"),
        outcome=_one(answered, "outcome", CharField()),
        effect_on=_one(_steps(as_of, StepKind.EFFECT).order_by(*FIRST), "happened_on"),
        withdrawn_on=_one(_steps(as_of, StepKind.WITHDRAWN).order_by(*FIRST), "happened_on"),
        first_step_on=_one(any_step, "happened_on"),
        known_until=Case(When(first_step_on=None, then=F("observed_on")), output_field=DateField()),
    )


def in_group(group: Group, day: date) -> Q:
    """The same as `rules.standing.state`, as conditions on the rows of `standing`."""
    if group is Group.ANSWERED:
        return Q(answered_on__isnull=False)
    heard = Q(known_until=None) | Q(known_until__gte=day)
    unanswered = Q(answered_on=None, withdrawn_on=None) & heard
    return unanswered & Q(due_on__lt=day) if group is Group.LATE else unanswered


def waits(as_of: AsOf) -> QuerySet[Wait]:
    """What waited for an answer by the day, as known at the moment."""
    rows = Wait.objects.filter(happened_on__lte=as_of.day)
    return rows if as_of.known is None else rows.filter(recorded_at__lte=as_of.known)


def steps(as_of: AsOf) -> QuerySet[Step]:
    """What had happened by the day, as known at the moment."""
    rows = Step.objects.filter(happened_on__lte=as_of.day)
    return rows if as_of.known is None else rows.filter(recorded_at__lte=as_of.known)


def _by(as_of: AsOf) -> dict[str, Any]:
    known = {} if as_of.known is None else {"recorded_at__lte": as_of.known}
    return {"recommendation": OuterRef("pk"), "happened_on__lte": as_of.day, **known}


def _steps(as_of: AsOf, kind: StepKind) -> QuerySet[Step]:
    return Step.objects.filter(kind=kind, **_by(as_of))


def _one(rows: QuerySet[Any], column: str, field: Any = None) -> Subquery:  # noqa: ANN401
    return Subquery(rows.values(column)[:1], output_field=field or DateField())
