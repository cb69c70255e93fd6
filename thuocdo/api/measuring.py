"""What operations on values share: how they are shown, read from what was sent, checked (3.09)."""

from decimal import Decimal
from typing import Any

from django.urls import reverse

from thuocdo.agencies.models import Agency
from thuocdo.api.caller import Call, person
from thuocdo.api.day import today
from thuocdo.api.schemas.common import WordOut, named, word
from thuocdo.api.schemas.measured import FigureOut, IndicatorRow, ObservationOut, TargetOut, ValueIn
from thuocdo.faces import kept, wording
from thuocdo.indicators.enums import Direction, Health, Kind, Missing, Periodicity, Standing
from thuocdo.indicators.models import Definition, Observation
from thuocdo.indicators.queries import checking, measured
from thuocdo.indicators.queries.aims import Aimed
from thuocdo.indicators.queries.measured import Figure
from thuocdo.indicators.rules import observing, periods
from thuocdo.indicators.rules.aiming import Change
from thuocdo.indicators.rules.checks import Weight
from thuocdo.indicators.rules.periods import Period
from thuocdo.indicators.terms import Value
from thuocdo.lib.say import Refused, say


def row(definition: Definition) -> IndicatorRow:
    """The indicator as it is declared."""
    return IndicatorRow(**declared(definition))


def declared(definition: Definition) -> dict[str, Any]:
    """The same as fields."""
    return {
        "code": definition.indicator.code,
        "name": definition.name,
        "shown": _name(definition),
        "unit": definition.unit,
        "kind": word(definition.kind, Kind),
        "direction": word(definition.direction, Direction),
        "every": word(definition.every, Periodicity),
        "since": definition.since,
        "public": measured.is_public(definition),
    }


def _name(definition: Definition) -> str:
    return getattr(definition, f"name_{wording.reader_language()}", "") or definition.name


def figure(of: Figure) -> FigureOut | None:
    """The value with what it is worth; None where the caller may not see it."""
    if of.rolled is None or of.measured is None:
        return None
    whole, made = of.rolled.whole, of.measured
    judged = made.judgement
    return FigureOut(
        value=whole.value,
        numerator=whole.numerator,
        denominator=whole.denominator,
        standing=word(whole.standing, Standing),
        reported=whole.reported,
        expected=whole.expected,
        missing=word(whole.missing, Missing),
        latest=of.rolled.latest,
        rate=made.progress.rate if made.progress else None,
        status=word(judged.health if judged else None, Health),
        target=_target(of.aimed) if of.aimed else None,
    )


def _target(of: Aimed) -> TargetOut:
    target = of.version.target
    return TargetOut(
        value=target.value,
        low=target.low,
        high=target.high,
        baseline=target.baseline,
        due_on=target.due_on,
        set_on=target.happened_on,
        lowered=of.version.change is Change.LOWERED,
    )


def observation(of: Observation, *, accepted: bool | None) -> ObservationOut:
    """One value; `accepted`: its last verdict."""
    standing = observing.standing(of.origin, accepted=accepted)
    return ObservationOut(
        id=of.pk,
        address=reverse("api:observation", args=[of.pk]),
        indicator=of.indicator.code,
        agency=named(of.agency),
        period=_key(of),
        first=of.period_from,
        last=of.period_to,
        part=of.part,
        value=of.value,
        numerator=of.numerator,
        denominator=of.denominator,
        missing=word(of.missing, Missing),
        standing=WordOut(code=standing.value, shown=str(standing.label)),
        returned=accepted is False,
        note=of.note,
        reason=of.reason,
        corrects=of.corrects_id,
        happened_on=of.happened_on,
        recorded_at=of.recorded_at,
    )


def _key(of: Observation) -> str | None:
    found = (periods.period_of(of.period_from, every) for every in Periodicity)
    return next((one.key for one in found if (one.first, one.last) == (of.period_from, of.period_to)), None)


def value(request: Call, definition: Definition, agency: Agency, period: Period, sent: ValueIn) -> Value:
    """The value that was sent, of a ratio computed from its parts."""
    file = None if sent.file is None else kept.found(sent.file, person(request))
    if sent.file is not None and file is None:
        raise Refused(say("This file was not sent by you; send it first and use its ticket."))
    number = sent.value
    if definition.kind == Kind.RATIO and sent.numerator is not None and sent.denominator:
        number = round(Decimal(sent.numerator) / sent.denominator, 6)
    return Value(
        agency,
        period,
        number,
        sent.numerator,
        sent.denominator,
        sent.missing,
        file=file,
        note=sent.note,
    )


def require_checked(definition: Definition, given: Value, request: Call) -> None:
    """`Refused` for what a check refuses, and for what it warns of without a note."""
    beside = checking.beside(definition, [given.agency.pk], [given.period], today(request))
    wrong = [
        one.text for one in beside.findings(given) if one.weight is Weight.REFUSES or not given.note.strip()
    ]
    if wrong:
        raise Refused(*wrong)
