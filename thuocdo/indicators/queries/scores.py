"""How well an agency reports: “đúng, đủ, sạch, sống” over the last twelve months, from its values (3.06).

Expected is what agencies of its kind and level have to report. A value that was corrected was in conflict
with what had been given before; one that a check would still question, or that was returned, has not passed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from thuocdo.agencies.models import Agency
from thuocdo.indicators.enums import Periodicity
from thuocdo.indicators.models import Definition
from thuocdo.indicators.queries import awaiting, values
from thuocdo.indicators.queries.checking import Beside
from thuocdo.indicators.queries.values import Told
from thuocdo.indicators.rules import periods, quality
from thuocdo.indicators.rules.periods import Period
from thuocdo.indicators.rules.quality import Quality, Seen
from thuocdo.indicators.terms import Value
from thuocdo.lib.moments import AsOf

DAYS = 365  # so far back periods are looked at
Place = tuple[int, date, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """One indicator of the agency: which periods were due, which values were given."""

    definition: Definition
    due: tuple[Period, ...]  # the newest first
    told: Mapping[Place, Told]
    latest: date | None


def scores(agency: Agency, as_of: AsOf) -> Quality:
    """The measured scores of the agency on the day. Two statements."""
    asked = [definition for definition, _ in awaiting.asked_of([agency], as_of)]
    told = values.told([row.indicator_id for row in asked], [agency.pk], as_of)
    kept = [_kept(row, agency, told, as_of.day) for row in asked]
    return quality.quality(_seen(kept, agency, as_of.day))


def _kept(definition: Definition, agency: Agency, told: list[Told], day: date) -> Kept:
    mine = [one for one in told if one.indicator == definition.indicator_id]
    latest = max((one.period_to for one in mine if one.value is not None), default=None)
    by_place = {(agency.pk, one.period_to, one.part): one for one in mine}
    return Kept(definition, tuple(_due(definition, day)), by_place, latest)


def _due(definition: Definition, day: date) -> Iterator[Period]:
    """The periods of the last twelve months whose values had to be there, since the definition holds."""
    first = day - timedelta(days=DAYS)
    period = periods.last_closed(day - timedelta(days=definition.delay), Periodicity(definition.every))
    while period.last > first and period.first >= definition.since:
        yield period
        period = periods.before(period)


def _seen(kept: list[Kept], agency: Agency, day: date) -> Seen:
    given = [(one, period, told) for one in kept for period in one.due if (told := _at(one, agency, period))]
    checked = [(one, period, told) for one, period, told in given if told.value is not None]
    return Seen(
        expected=sum(len(one.due) for one in kept),
        received=len(given),
        in_time=sum(
            told.given_on <= periods.due_on(period, one.definition.delay) for one, period, told in given
        ),
        checked=len(checked),
        passed=sum(_passes(one, agency, period, told) for one, period, told in checked),
        doubled=sum(told.corrects is not None for _, _, told in given),
        fresh=sum(_is_fresh(one, day) for one in kept),
        kept=len(kept),
    )


def _at(one: Kept, agency: Agency, period: Period) -> Told | None:
    return one.told.get((agency.pk, period.last, ""))


def _passes(one: Kept, agency: Agency, period: Period, told: Told) -> bool:
    value = Value(agency, period, told.value, told.numerator, told.denominator)
    return not told.returned and not Beside(one.definition, one.told).findings(value)


def _is_fresh(one: Kept, day: date) -> bool:
    if one.latest is None:
        return False
    following = periods.period_of(one.latest + timedelta(days=1), Periodicity(one.definition.every))
    return day <= periods.due_on(following, one.definition.delay)
