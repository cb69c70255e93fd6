"""On which day a call looks, as known when; on which day what it writes happened."""

from datetime import date

from thuocdo.agencies.queries import installation
from thuocdo.api.caller import Call
from thuocdo.api.schemas.common import When
from thuocdo.faces.asof import known_at, opening_day, within
from thuocdo.lib.moments import AsOf, day_of


def as_of(request: Call, when: When) -> AsOf:
    """As the pages read it from an address; a moment that has not come yet is now (1.19)."""
    today = day_of(request.at)
    day = opening_day(installation().opens_on, today) if when.as_of is None else within(when.as_of, today)
    return AsOf(day, known_at(when.known, request.at))


def happened(request: Call, given: date | None) -> date:
    """The day that was sent, else the day that pages stand at."""
    return as_of(request, When()).day if given is None else given


def today(request: Call) -> date:
    """Today in Vietnam: rights are those of today."""
    return day_of(request.at)
