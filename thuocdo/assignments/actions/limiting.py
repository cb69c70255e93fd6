"""Limits counted from terms are kept beside them; a decision on working days moves the running ones."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.agencies.models import DayDecision
from thuocdo.assignments import limits, spans
from thuocdo.assignments.enums import LimitClass
from thuocdo.assignments.models import Assignment, LimitMove, LimitTerm, WaitingMove
from thuocdo.assignments.rules import reckoning
from thuocdo.assignments.rules.reckoning import Reckoned
from thuocdo.assignments.terms import Terms
from thuocdo.audit import log
from thuocdo.lib.say import require


@transaction.atomic
def move_limits(
    *, decision: DayDecision, seen: str, earlier: bool = False, by: User | None, at: datetime
) -> list[LimitMove]:
    """Move the running limits as the preview with the mark `seen` showed; earlier ones only if said so."""
    list(DayDecision.objects.select_for_update().order_by("pk"))  # one mover at a time
    shown = limits.preview(decision, at=at)
    require(reckoning.changed_problem(seen, shown.mark))
    moves = [
        LimitMove(
            term_id=shift.key, decision=decision, from_on=shift.from_on, to_on=shift.to_on,
            to_at=shift.to_at, by=by, happened_on=decision.signed_on, recorded_at=at,
        )
        for shift in reckoning.moving([row.shift for row in shown.rows], earlier=earlier)
    ]  # fmt: skip
    LimitMove.objects.bulk_create(moves, batch_size=500)
    log.record_many("limit.moved", moves, by=by, at=at)
    moved = {move.term_id for move in moves}
    spans.refresh(
        [row.owned.assignment_id for row in shown.rows if row.shift.key in moved and row.owned.assignment_id],
        at=at,
    )
    _show(decision, at=at, kept=not earlier)
    return moves


@transaction.atomic
def show_waiting(*, at: datetime) -> int:
    """Count anew what each decision on working days would move, and move nothing; how many wait."""
    return sum(_show(decision, at=at) for decision in DayDecision.objects.order_by("pk"))


def _show(decision: DayDecision, *, at: datetime, kept: bool = False) -> bool:
    """Note what the decision would move now, if anything: whether somebody has to look at it."""
    shown = limits.preview(decision, at=at)
    former = WaitingMove.objects.filter(decision=decision).first()
    if not shown.rows:
        if former is not None:
            former.delete()
        return False
    row = former or WaitingMove(decision=decision)
    row.kept = kept or (row.kept and row.mark == shown.mark)
    row.later, row.earlier, row.mark, row.counted_at = shown.later, shown.earlier, shown.mark, at
    row.save()
    return not row.kept


def counted(terms: Terms, agency_id: int | None, at: datetime) -> Terms:
    """The terms with the day that their term ends on, if they have one. Nothing is written."""
    if terms.reckoned is None:
        return terms
    require(reckoning.reckoned_problem(terms.reckoned))
    ends = limits.ends(terms.reckoned, agency_id, at)
    return replace(terms, limit_class=LimitClass.DATED, limit_on=ends.on)


def count_for(rows: Iterable[Assignment], reckoned: Reckoned | None, at: datetime) -> None:
    """Set the limit of each unsaved row by the working days of its own lead."""
    for row in rows:
        if reckoned is not None:
            row.limit_on = limits.ends(reckoned, row.lead_id, at).on


def keep(rows: Iterable[Assignment], reckoned: Reckoned | None, *, by: User | None, at: datetime) -> None:
    """Keep what the limit of each, just saved, was counted from. Inside a transaction."""
    if reckoned is None:
        return
    made = [unsaved(reckoned, row.lead_id, at, assignment=row) for row in rows]
    LimitTerm.objects.bulk_create(made, batch_size=500)
    log.record_many("limit.counted", made, by=by, at=at)


def keep_anew(row: Assignment, reckoned: Reckoned | None, *, by: User | None, at: datetime) -> None:
    """Of a draft written anew: the term takes the place of the one before."""
    old = LimitTerm.objects.filter(assignment=row).first()
    if old is not None:
        log.record_gone("limit.uncounted", old, by=by, at=at)
        old.delete()
    keep([row], reckoned, by=by, at=at)


def settle(row: Assignment, *, by: User | None, at: datetime) -> None:
    """A draft is about to be given: count its limit with what is known now; that day is the promised one."""
    reckoned = limits.of(row)
    if reckoned is not None:
        count_for([row], reckoned, at)
        keep_anew(row, reckoned, by=by, at=at)


def unsaved(
    reckoned: Reckoned, agency_id: int | None, at: datetime, *, assignment: Assignment | None = None
) -> LimitTerm:
    """The row of a term with the end that is counted now; for an assignment or another owner."""
    ends = limits.ends(reckoned, agency_id, at)
    term, how = reckoned.term, reckoned.term.counting
    return LimitTerm(
        assignment=assignment, text=reckoned.text[:200], start_on=reckoned.start_on,
        start_at=reckoned.start_at, quantity=term.quantity, unit=term.unit, day_zero=how.day_zero,
        off_day_waits=how.off_day_waits, ends_working=how.ends_working, cut_off=how.cut_off, basis=how.basis,
        agency_id=agency_id, due_on=ends.on, due_at=ends.at, recorded_at=at,
    )  # fmt: skip
