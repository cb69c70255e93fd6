"""Decisions on working days are entered with the days they make; usual hours are set (2.01)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from thuocdo.agencies.models import Agency, DayDecision, DayMark, WorkingHours
from thuocdo.agencies.rules.calendar import Hours, NewDecision, decision_problems
from thuocdo.audit import log
from thuocdo.lib.moments import day_of
from thuocdo.lib.say import require, say


@transaction.atomic
def decide_days(*, new: NewDecision, by: log.Actor | None, at: datetime) -> DayDecision:
    """Enter a decision on the day it is signed, or later; running limits move by an act of their own."""
    standing = DayDecision.objects.filter(symbol=new.symbol, title=new.title, signed_on=new.signed_on)
    require(
        *decision_problems(new, day_of(at)),
        say("This decision has already been entered.") if standing.exists() else None,
    )
    return _enter(new, by, at)


@transaction.atomic
def set_hours(*, agency: Agency | None, hours: Hours, by: log.Actor | None, at: datetime) -> WorkingHours:
    """From a day on, these are the hours of an ordinary working day: of an agency, or (None) of everybody."""
    edges = [edge for shift in hours.shifts for edge in shift]
    require(
        None if len(edges) == 4 and edges == sorted(set(edges)) else say("Give a morning and an afternoon."),
        None if hours.basis.strip() else say("Say which text sets the hours."),
    )
    row = WorkingHours(
        agency=agency, opened_on=hours.opened_on, morning_from=edges[0], morning_to=edges[1],
        afternoon_from=edges[2], afternoon_to=edges[3], basis=hours.basis, recorded_at=at,
    )  # fmt: skip
    row.save(force_insert=True)
    log.record("working_hours.set", row, by=by, at=at)
    return row


def load(
    decisions: Iterable[NewDecision], hours: Iterable[Hours], *, by: log.Actor | None, at: datetime
) -> int:
    """Enter the decisions of the reference data that are not there yet; how many. Inside a transaction."""
    keys: set[tuple[str, str, date]] = set(DayDecision.objects.values_list("symbol", "title", "signed_on"))
    fresh = [new for new in decisions if (new.symbol, new.title, new.signed_on) not in keys]
    for new in fresh:
        _enter(new, by, at)
    if not WorkingHours.objects.filter(agency=None).exists():
        for one in hours:
            set_hours(agency=None, hours=one, by=by, at=at)
    return len(fresh)


def _enter(new: NewDecision, by: log.Actor | None, at: datetime) -> DayDecision:
    row = DayDecision(
        symbol=new.symbol, issuer=new.issuer, title=new.title, signed_on=new.signed_on, source=new.source,
        recorded_at=at,
    )  # fmt: skip
    row.save(force_insert=True)
    log.record("days.decided", row, by=by, at=at)
    marks = [
        DayMark(
            decision=row, day=mark.day, kind=mark.kind, occasion=mark.occasion, note=mark.note,
            agency_id=mark.agency_id, works_from=mark.works[0] if mark.works else None,
            works_to=mark.works[1] if mark.works else None,
        )
        for mark in new.marks
    ]  # fmt: skip
    DayMark.objects.bulk_create(marks)
    log.record_many("day.marked", marks, by=by, at=at)
    return row
