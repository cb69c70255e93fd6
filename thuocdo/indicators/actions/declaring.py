"""Indicators are declared, their targets set and changed, their figures made public (3.01, 3.02)."""

from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.audit import log
from thuocdo.indicators.models import Definition, Indicator, Publicity, Target, TargetMark
from thuocdo.indicators.queries import definitions
from thuocdo.indicators.rules import declaring, formula, scaled, units
from thuocdo.indicators.terms import Aimed, Declared
from thuocdo.lib.moments import AsOf, day_of
from thuocdo.lib.say import Refused, Say, require, say


@transaction.atomic
def declare(
    *, terms: Declared, is_system: bool = False, is_example: bool = False, by: User | None, at: datetime
) -> Definition:
    """Declare an indicator, or a new version of it from a day on; the same again changes nothing."""
    require(*declaring.problems(_draft(terms)))
    _check_formula(terms)
    indicator = Indicator.objects.filter(code=terms.code).first()
    if indicator is None:
        indicator = Indicator(code=terms.code, is_system=is_system, is_example=is_example, recorded_at=at)
        indicator.save(force_insert=True)
        log.record("indicator.opened", indicator, by=by, at=at)
    standing = definitions.on(indicator, AsOf(terms.since))
    if standing is not None and _same(standing, terms):
        return standing
    made = Definition(indicator=indicator, by=by, recorded_at=at, **_columns(terms))
    made.save(force_insert=True)
    log.record("indicator.defined", made, by=by, at=at)
    return made


@transaction.atomic
def set_target(
    *, indicator: Indicator, aimed: Aimed, happened_on: date, by: User | None, at: datetime
) -> Target:
    """Set where the indicator has to be. A target for the same agency and day is changed, not set again."""
    standing = Target.objects.filter(
        indicator=indicator, agency=aimed.agency, due_on=aimed.due_on, replaced_by=None
    )
    there = (
        say("There is a target for this day already; change it and say why.") if standing.exists() else None
    )
    require(there, *_target_problems(aimed, happened_on, at))
    return _set(indicator, aimed, None, "", happened_on, by=by, at=at)


@transaction.atomic
def retarget(
    *, target: Target, aimed: Aimed, reason: str, happened_on: date, by: User | None, at: datetime
) -> Target:
    """Change a target; the former one stays readable, and a lowered target is shown as lowered."""
    locked = Target.objects.select_for_update().get(pk=target.pk)
    require(
        None if reason.strip() else say("Say why the target is changed."),
        say("It has already been changed.") if Target.objects.filter(replaces=locked).exists() else None,
        None if aimed.agency.pk == locked.agency_id else say("A target stays with its agency."),
        *_target_problems(aimed, happened_on, at),
    )
    return _set(locked.indicator, aimed, locked, reason, happened_on, by=by, at=at)


@transaction.atomic
def publish(
    *, indicator: Indicator, public: bool, reason: str = "", decided_on: date, by: User | None, at: datetime
) -> Publicity:
    """Decide whether the indicator's figures are public; withholding says why."""
    require(None if public or reason.strip() else say("Say what is withheld and why."))
    made = Publicity(
        indicator=indicator, public=public, reason=reason, decided_on=decided_on, by=by, recorded_at=at
    )
    made.save(force_insert=True)
    log.record("indicator.published" if public else "indicator.withheld", made, by=by, at=at)
    return made


def _draft(terms: Declared) -> declaring.Draft:
    return declaring.Draft(
        code=terms.code,
        names=(terms.name, terms.name_en, terms.name_fr, terms.name_de),
        unit=terms.unit,
        kind=terms.kind,
        direction=terms.direction,
        periods=terms.periods,
        children=terms.children,
        has_tolerance=terms.tolerance is not None,
        formula=terms.formula,
        grades=tuple(terms.grades),
    )


def _check_formula(terms: Declared) -> None:
    """Units fit, and no indicator is computed from itself on a detour. `Refused` otherwise."""
    if not terms.formula:
        return
    newest = definitions.newest()
    tree = formula.read(terms.formula)
    found = units.unit_of(tree, {row.indicator.code: row.unit for row in newest})
    if found != units.parse(terms.unit):
        raise Refused(
            say(
                "The formula gives %(found)s, the unit is %(unit)s.",
                found=units.shown(found),
                unit=terms.unit or "1",
            )
        )
    needs = {row.indicator.code: formula.names(formula.read(row.formula)) for row in newest if row.formula}
    circle = formula.cycle({**needs, terms.code: formula.names(tree)})
    if circle:
        raise Refused(say("These are computed from one another in a circle: %(codes)s.", codes=circle))


def _columns(terms: Declared) -> dict[str, object]:
    values = {one.name: getattr(terms, one.name) for one in fields(terms) if one.name != "code"}
    return {**values, "grades": list(terms.grades), "disaggregations": list(terms.disaggregations)}


def _same(standing: Definition, terms: Declared) -> bool:
    """Whether the version that holds says just this already."""
    wanted = _columns(terms)
    return all(getattr(standing, name) == value for name, value in wanted.items() if name != "since")


def _target_problems(aimed: Aimed, happened_on: date, at: datetime) -> list[Say | None]:
    days = [mark for mark, _ in aimed.marks]
    start = aimed.baseline_on
    inside = all((start is None or start < day) and day < aimed.due_on for day in days)
    return [
        None if happened_on <= day_of(at) else say("%(day)s has not come yet.", day=happened_on),
        None if (aimed.value is None) != (aimed.low is None) else say("Give a target value, or a band."),
        None
        if aimed.high is None or aimed.low is None or aimed.low <= aimed.high
        else say("The band is upside down."),
        None
        if start is None or start < aimed.due_on
        else say("The starting day is not before the target day."),
        None if inside else say("Interim targets lie between the starting day and the target day."),
        None if len(set(days)) == len(days) else say("Two interim targets have the same day."),
    ]


def _set(
    indicator: Indicator,
    aimed: Aimed,
    former: Target | None,
    reason: str,
    happened_on: date,
    *,
    by: User | None,
    at: datetime,
) -> Target:
    for value in (aimed.value, aimed.low, aimed.high, aimed.baseline, *(value for _, value in aimed.marks)):
        scaled.scaled(value if value is not None else Decimal(0))
    stated = {one.name: getattr(aimed, one.name) for one in fields(aimed) if one.name != "marks"}
    made = Target(
        indicator=indicator,
        replaces=former,
        reason=reason,
        by=by,
        happened_on=happened_on,
        recorded_at=at,
        **stated,
    )
    made.save(force_insert=True)
    log.record("target.set" if former is None else "target.changed", made, by=by, at=at)
    marks = [TargetMark(target=made, due_on=day, value=value) for day, value in aimed.marks]
    TargetMark.objects.bulk_create(marks)
    log.record_many("target.mark_set", marks, by=by, at=at)
    return made
