"""Demands and promises as they stand on a day, for pages, piles and notices (2.05, 2.06)."""

from typing import Any

from django.db.models import BooleanField, DateField, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from thuocdo.accounts.permissions import Reader
from thuocdo.assignments.models import Commitment, Demand, LimitMove
from thuocdo.assignments.queries.status import standing
from thuocdo.lib.moments import AsOf


def demands(as_of: AsOf) -> QuerySet[Any]:
    """Demands made by the day, with `answered_on`, their first answer by then, and `due_on`, their limit.

    The limit follows decisions on working days; `answer_on` is the first one.
    """
    answers = Q(answers__happened_on__lte=as_of.day)
    rows = Demand.objects.filter(happened_on__lte=as_of.day)
    if as_of.known is not None:
        rows = rows.filter(recorded_at__lte=as_of.known)
        answers &= Q(answers__recorded_at__lte=as_of.known)
    moves = LimitMove.objects.filter(term=OuterRef("term"), happened_on__lte=as_of.day)
    if as_of.known is not None:
        moves = moves.filter(recorded_at__lte=as_of.known)
    moved = Subquery(moves.order_by("-recorded_at").values("to_on")[:1])
    found: QuerySet[Any] = rows.annotate(
        answered_on=Min("answers__happened_on", filter=answers), due_on=Coalesce(moved, F("answer_on"))
    )
    return found


def to_answer(as_of: AsOf) -> QuerySet[Any]:
    """Demands that nobody has answered: `agency` has to, by `answer_on`."""
    return demands(as_of).filter(answered_on=None)


def unanswered(as_of: AsOf) -> QuerySet[Any]:
    """Demands past their limit without an answer: both sides are told."""
    return to_answer(as_of).filter(due_on__lt=as_of.day)


def of_agency(agency_id: int, reader: Reader, as_of: AsOf) -> list[Any]:
    """What the agency has to answer, the first limit first; seen by both sides, and by who reads all."""
    rows = to_answer(as_of).filter(agency=agency_id)
    if not reader.reads_all and agency_id not in reader.own:
        rows = rows.filter(sender__in=reader.own)
    return list(rows.select_related("sender", "assignment").order_by("due_on", "pk")[:25])


def commitments(as_of: AsOf) -> QuerySet[Any]:
    """Promises made by the day, with `done_by` and `stands`: how their duty stands on the day."""
    spans = standing(as_of).filter(assignment=OuterRef("assignment"))
    rows = Commitment.objects.filter(happened_on__lte=as_of.day)
    if as_of.known is not None:
        rows = rows.filter(recorded_at__lte=as_of.known)
    found: QuerySet[Any] = rows.annotate(
        done_by=Subquery(spans.values("declared_by")[:1], output_field=DateField()),
        withdrawn=Subquery(spans.values("withdrawn")[:1], output_field=BooleanField()),
        known_until=Subquery(spans.values("known_until")[:1], output_field=DateField()),
    )
    return found


def broken(as_of: AsOf) -> QuerySet[Any]:
    """Promises whose day has passed without the duty being completed by it, of duties that still stand."""
    heard = Q(known_until=None) | Q(known_until__gte=as_of.day)
    missed = Q(done_by__gt=F("promised_on")) | (Q(done_by=None) & heard)
    return commitments(as_of).filter(missed, promised_on__lt=as_of.day, withdrawn=False)
