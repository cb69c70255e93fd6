"""Demands and promises as they stand on a day, for pages, piles and notices (2.05, 2.06)."""

from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from thuocdo.accounts.permissions import Reader
from thuocdo.assignments.enums import DemandState
from thuocdo.assignments.models import Answer, Commitment, Demand, DemandWithdrawal, LimitMove
from thuocdo.assignments.queries.status import standing
from thuocdo.assignments.rules.discipline import Demanded, demand_state
from thuocdo.lib.moments import MOMENT_MAX, AsOf

MOST = 100  # rows of a list of one agency


def demands(as_of: AsOf) -> QuerySet[Any]:
    """Demands made by the day, with what became of them by then.

    `answered_on`: their first answer; `taken_back_on`; `lapsed`: their duty is withdrawn; `due_on`: their
    limit, which follows decisions on working days, while `answer_on` is the first one.
    """
    answers = _seen_by(Answer, as_of).filter(demand=OuterRef("pk"))
    taken_back = _seen_by(DemandWithdrawal, as_of).filter(demand=OuterRef("pk"))
    moves = _seen_by(LimitMove, as_of).filter(term=OuterRef("term"))
    withdrawn = standing(as_of).filter(assignment=OuterRef("assignment"), withdrawn=True)
    moved = Subquery(moves.order_by("-recorded_at").values("to_on")[:1])
    found: QuerySet[Any] = _seen_by(Demand, as_of).annotate(
        answered_on=Subquery(answers.order_by("happened_on").values("happened_on")[:1]),
        taken_back_on=Subquery(taken_back.values("happened_on")[:1]),
        lapsed=Exists(withdrawn),
        due_on=Coalesce(moved, F("answer_on")),
    )
    return found


def _seen_by(model: type[Any], as_of: AsOf) -> QuerySet[Any]:
    """The facts that had happened by the day, as known at the moment."""
    rows: QuerySet[Any] = model.objects.filter(happened_on__lte=as_of.day)
    return rows if as_of.known is None else rows.filter(recorded_at__lte=as_of.known)


def state(of: Any, day: date) -> DemandState:  # noqa: ANN401 - a row of `demands`
    """Where a demand stands on the day it was read for."""
    return demand_state(Demanded(of.due_on, of.answered_on, of.taken_back_on, of.lapsed), day)


def to_answer(as_of: AsOf) -> QuerySet[Any]:
    """Demands that stand and that nobody has answered: `agency` has to, by `due_on`."""
    return demands(as_of).filter(answered_on=None, taken_back_on=None, lapsed=False)


def unanswered(as_of: AsOf) -> QuerySet[Any]:
    """Demands past their limit without an answer: both sides are told."""
    return to_answer(as_of).filter(due_on__lt=as_of.day)


def of_agency(agency_id: int, reader: Reader, as_of: AsOf) -> list[Any]:
    """What the agency has to answer, the first limit first; seen by both sides, and by who reads all."""
    rows = _seen(to_answer(as_of), reader).filter(agency=agency_id)
    return list(rows.select_related("sender", "assignment").order_by("due_on", "pk")[:MOST])


def asked_of(agency_id: int, reader: Reader, as_of: AsOf, after: int) -> QuerySet[Any]:
    """All that the agency was asked, as far as the reader is a side, in the order of entry."""
    rows = _seen(demands(as_of), reader).filter(agency=agency_id, pk__gt=after)
    rows = rows.select_related("agency", "sender", "term", "withdrawal")
    return rows.prefetch_related("answers__agency").order_by("pk")


def answers(of: Demand, as_of: AsOf) -> list[Answer]:
    """The answers to a demand by the day, the first one first."""
    known = as_of.known or MOMENT_MAX
    found = [one for one in of.answers.all() if one.happened_on <= as_of.day and one.recorded_at <= known]
    return sorted(found, key=lambda one: (one.happened_on, one.pk))


def counted(reader: Reader, as_of: AsOf) -> dict[str, Coalesce]:
    """Columns of an agency: how many demands it has to answer, and how many of these are late."""
    mine = {"agency": OuterRef("pk")}
    return {
        "to_answer": _number(_seen(to_answer(as_of), reader).filter(**mine)),
        "unanswered": _number(_seen(unanswered(as_of), reader).filter(**mine)),
    }


def _seen(rows: QuerySet[Any], reader: Reader) -> QuerySet[Any]:
    return rows if reader.reads_all else rows.filter(Q(agency__in=reader.own) | Q(sender__in=reader.own))


def _number(rows: QuerySet[Any]) -> Coalesce:
    all_of_them = rows.order_by().annotate(one_=Value(1)).values("one_").annotate(n_=Count("pk")).values("n_")
    return Coalesce(Subquery(all_of_them, output_field=IntegerField()), 0)


def commitments(as_of: AsOf) -> QuerySet[Any]:
    """Promises made by the day, with how their duty stands then, and `followed_on`: the day promised last."""
    spans = standing(as_of).filter(assignment=OuterRef("assignment"))
    rows = Commitment.objects.filter(happened_on__lte=as_of.day)
    if as_of.known is not None:
        rows = rows.filter(recorded_at__lte=as_of.known)
    later = _seen_by(Commitment, as_of).filter(assignment=OuterRef("assignment"), pk__gt=OuterRef("pk"))
    found: QuerySet[Any] = rows.annotate(
        followed_on=Subquery(later.order_by("-pk").values("promised_on")[:1]),
        done_by=Subquery(spans.values("declared_by")[:1], output_field=DateField()),
        withdrawn=Subquery(spans.values("withdrawn")[:1], output_field=BooleanField()),
        known_until=Subquery(spans.values("known_until")[:1], output_field=DateField()),
    )
    return found


def to_mend(as_of: AsOf) -> QuerySet[Any]:
    """Broken promises after which the lead has not promised a day that is still to come."""
    return broken(as_of).filter(Q(followed_on=None) | Q(followed_on__lt=as_of.day))


def broken(as_of: AsOf) -> QuerySet[Any]:
    """Promises whose day has passed without the duty being completed by it, of duties that still stand."""
    heard = Q(known_until=None) | Q(known_until__gte=as_of.day)
    missed = Q(done_by__gt=F("promised_on")) | (Q(done_by=None) & heard)
    return commitments(as_of).filter(missed, promised_on__lt=as_of.day, withdrawn=False)
