"""The rates of duties as observations of system indicators, one per agency and month, at its closing (3.08).

What is published is frozen: it says what was known at the closing. The live rate is counted anew by the same
rule, and of the same day as known at the same moment it is the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from thuocdo.agencies.models import Agency
from thuocdo.assignments.queries import rates as counted
from thuocdo.assignments.rules import rates
from thuocdo.indicators import actions, catalogue
from thuocdo.indicators.enums import Missing, Origin, Periodicity
from thuocdo.indicators.models import Indicator, Observation
from thuocdo.indicators.rules import periods
from thuocdo.indicators.rules.periods import Period
from thuocdo.indicators.rules.quality import Share
from thuocdo.indicators.terms import Value
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Refused, say

EVERY = Periodicity.MONTH
DECLARED = Path(__file__).resolve().parent / "data" / "rates.yaml"


@dataclass(frozen=True, slots=True)
class Published:
    """What a closing published: of which month, how many values."""

    period: Period
    values: int


def live(agency_id: int, as_of: AsOf) -> dict[str, Share]:
    """The rates of one agency on the day; of the month the day is in, as far as it has come."""
    since = periods.period_of(as_of.day, EVERY).first
    return rates.shares(counted.of_agency(agency_id, since, as_of))


def publish_due(day: date, *, at: datetime) -> Iterator[Published]:
    """Publish each month that is over by the day and follows the last one published; at first one month."""
    last = periods.last_closed(day, EVERY)
    rows = Observation.objects.filter(indicator__code__in=rates.RATES, indicator__is_system=True)
    newest = rows.order_by("-period_to").values_list("period_to", flat=True).first()
    missing = [last]
    while newest is not None and missing[-1].last > newest:
        missing.append(periods.before(missing[-1]))
    for period in reversed(missing[:-1] if newest is not None else missing):
        yield publish(period, day, at=at)


@transaction.atomic
def publish(period: Period, day: date, *, at: datetime) -> Published:
    """Publish the rates of all agencies with duties for a month that is over; the same again adds nothing."""
    if period.every is not EVERY or period.last >= day:
        raise Refused(say("%(period)s is no month that is over.", period=period.key))
    indicators = _declared(at)
    found = counted.of_all(period.first, AsOf(period.last, at))
    agencies = Agency.objects.in_bulk(found)
    written = 0
    for code, indicator in indicators.items():
        there = Observation.objects.filter(indicator=indicator, period_to=period.last)
        published = set(there.values_list("agency_id", flat=True))
        values = [
            _value(agencies[pk], period, code, rates.shares(numbers)[code])
            for pk, numbers in sorted(found.items())
            if pk not in published
        ]
        actions.observe_many(indicator=indicator, values=values, happened_on=period.last, by=None, at=at)
        written += len(values)
    return Published(period, written)


def _declared(at: datetime) -> dict[str, Indicator]:
    """The system indicators, declared when they are not yet or have a new version."""
    page, mistakes = catalogue.read(DECLARED)
    if page is None or mistakes:
        raise ValueError(str(mistakes))
    entered = actions.enter_catalogue(pages=[page], is_system=True, by=None, at=at)
    if entered.mistakes:
        raise ValueError(str(entered.mistakes))
    return {row.code: row for row in Indicator.objects.filter(code__in=rates.RATES)}


def _value(agency: Agency, period: Period, code: str, share: Share) -> Value:
    """Counted from records: the two numbers and the rule that gave them."""
    return Value(
        agency,
        period,
        None if share.value is None else round(share.value, 6),
        numerator=share.numerator,
        denominator=share.denominator,
        missing=None if share.denominator else Missing.ZERO_DENOMINATOR,
        origin=Origin.RECORDS,
        query=f"assignments.measures {code}, {rates.VERSION}: {share.rule}",
    )
