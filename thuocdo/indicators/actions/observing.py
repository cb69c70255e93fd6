"""Values are given, corrected, accepted or returned (3.03, 3.09)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.agencies.models import Agency
from thuocdo.audit import log
from thuocdo.indicators.models import Definition, Indicator, Observation, Verdict
from thuocdo.indicators.queries import checking, definitions
from thuocdo.indicators.rules import observing, scaled
from thuocdo.indicators.rules.scaled import SCALE
from thuocdo.indicators.terms import Value
from thuocdo.lib.moments import AsOf, day_of
from thuocdo.lib.say import Say, require, say

ROWS_PER_INSERT = 500


@transaction.atomic
def observe(
    *, indicator: Indicator, value: Value, happened_on: date, by: User | None, at: datetime
) -> Observation:
    """Give the first value for an agency, a period and a part. A second one is a correction: `correct`."""
    return observe_many(indicator=indicator, values=[value], happened_on=happened_on, by=by, at=at)[0]


@transaction.atomic
def observe_many(
    *, indicator: Indicator, values: Sequence[Value], happened_on: date, by: User | None, at: datetime
) -> list[Observation]:
    """Give the first values of many agencies or periods at once: all or none."""
    held = Observation.objects.filter(
        indicator=indicator,
        corrects=None,
        agency__in={value.agency.pk for value in values},
        period_to__in={value.period.last for value in values},
    )
    there = set(held.values_list("agency_id", "period_from", "period_to", "part"))
    holding = {day: definitions.on(indicator, AsOf(day)) for day in {value.period.last for value in values}}
    problems = [
        problem
        for value in values
        for problem in _problems(indicator, holding[value.period.last], value, happened_on, at)
    ]
    for value in values:
        if (value.agency.pk, value.period.first, value.period.last, value.part) in there:
            problems.append(_given(value))
    require(*problems)
    made = [_row(indicator, value, happened_on, by, at) for value in values]
    Observation.objects.bulk_create(made, batch_size=ROWS_PER_INSERT)
    log.record_many("observation.given", made, by=by, at=at)
    return made


@transaction.atomic
def correct(
    *, observation: Observation, value: Value, reason: str, by: User | None, at: datetime
) -> Observation:
    """Put a value right; the former one stays readable. The new one is declared until it is confirmed.

    It keeps the day on which the first was given: it is what is now known of that day (1.19).
    """
    locked = Observation.objects.select_for_update().get(pk=observation.pk)
    same = (locked.agency_id, locked.period_from, locked.period_to, locked.part)
    require(
        None if reason.strip() else say("Say why the value is corrected."),
        None
        if not Observation.objects.filter(corrects=locked).exists()
        else say("It has already been corrected; correct the later value."),
        None
        if same == (value.agency.pk, value.period.first, value.period.last, value.part)
        else say("A correction is of the same agency, period and part."),
        *_problems(
            locked.indicator,
            definitions.on(locked.indicator, AsOf(value.period.last)),
            value,
            locked.happened_on,
            at,
        ),
    )
    made = _row(locked.indicator, value, locked.happened_on, by, at)
    made.corrects, made.reason = locked, reason
    made.save(force_insert=True)
    log.record("observation.corrected", made, by=by, at=at)
    return made


@transaction.atomic
def accept(
    *, observation: Observation, agency: Agency, happened_on: date, by: User | None, at: datetime
) -> Verdict:
    """Confirm a declared value: from then on its standing is confirmed."""
    made = Verdict(observation=observation, accepted=True, agency=agency, happened_on=happened_on)
    return _judged(made, by=by, at=at)


@transaction.atomic
def give_back(
    *, observation: Observation, reason: str, agency: Agency, happened_on: date, by: User | None, at: datetime
) -> Verdict:
    """Return a value with the reason; it stays as declared until its agency corrects it."""
    require(None if reason.strip() else say("Say why."))
    made = Verdict(
        observation=observation, accepted=False, reason=reason, agency=agency, happened_on=happened_on
    )
    return _judged(made, by=by, at=at)


def _judged(made: Verdict, *, by: User | None, at: datetime) -> Verdict:
    """Write the verdict, if the value can still be judged and the judge is another than its giver."""
    row = Observation.objects.select_for_update().get(pk=made.observation_id)
    last = row.verdicts.order_by("-recorded_at", "-pk").first()
    corrected = Observation.objects.filter(corrects=row).exists()
    own = by is not None and row.by_id == by.pk
    require(
        say("It has been corrected since; look at the later value.") if corrected else None,
        observing.judging_problem(
            row.origin, already=last is not None and last.accepted, accepted=made.accepted
        ),
        say("Nobody confirms a value they entered.") if own else None,
        say("Nobody confirms the figures of the agency they work in.")
        if made.agency_id == row.agency_id
        else None,
        _day_problem(made.happened_on, at),
    )
    made.by, made.recorded_at = by, at
    made.save(force_insert=True)
    log.record("observation.accepted" if made.accepted else "observation.returned", made, by=by, at=at)
    return made


def _problems(
    indicator: Indicator, definition: Definition | None, value: Value, happened_on: date, at: datetime
) -> list[Say | None]:
    if definition is None:
        return [say("%(code)s is not defined on %(day)s.", code=indicator.code, day=value.period.last)]
    return [_day_problem(happened_on, at), *checking.problems(definition, value, happened_on)]


def _day_problem(happened_on: date, at: datetime) -> Say | None:
    return None if happened_on <= day_of(at) else say("%(day)s has not come yet.", day=happened_on)


def _given(value: Value) -> Say:
    return say(
        "A value of %(agency)s for %(period)s is there already: correct it.",
        agency=value.agency.name,
        period=value.period.key,
    )


def _row(indicator: Indicator, value: Value, happened_on: date, by: User | None, at: datetime) -> Observation:
    return Observation(
        indicator=indicator,
        agency=value.agency,
        period_from=value.period.first,
        period_to=value.period.last,
        number=None if value.value is None else scaled.scaled(value.value),
        scale=SCALE,
        missing=value.missing or "",
        by=by,
        happened_on=happened_on,
        recorded_at=at,
        **_as_given(value),
    )


def _as_given(value: Value) -> Mapping[str, object]:
    names = (
        "part", "numerator", "denominator", "text", "origin", "source", "page", "query", "file", "note",
        "is_example",
    )  # fmt: skip
    return {name: getattr(value, name) for name in names}
