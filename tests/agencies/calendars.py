"""The calendar of the reference data, without a database."""

from datetime import date, datetime
from decimal import Decimal

from thuocdo.agencies import reference
from thuocdo.agencies.enums import TermUnit
from thuocdo.agencies.rules.calendar import Calendar, Mark, calendar
from thuocdo.agencies.rules.clock import Counting, Term
from thuocdo.lib.moments import ZONE


def vietnam(signed_by: date = date.max) -> Calendar:
    """The days of Vietnam 2024–2026, by the decisions signed by a day."""
    decisions, hours = reference.working_days()
    marks = [
        Mark(one.day, one.kind, one.occasion, new.symbol or new.title, new.signed_on)
        for new in decisions
        if new.signed_on <= signed_by
        for one in new.marks
    ]
    return calendar(marks, hours)


def term(quantity: object, unit: TermUnit = TermUnit.WORKING_DAY, **counting: object) -> Term:
    """So many units, counted as usual but for what is named."""
    basis = {"basis": "văn bản thử"} if counting else {}
    return Term(Decimal(str(quantity)), unit, Counting(**counting, **basis))  # type: ignore[arg-type]


def at(text: str) -> datetime:
    """A moment in Vietnam: "2025-04-24 16:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)
