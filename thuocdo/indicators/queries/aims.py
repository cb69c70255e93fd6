"""The targets of indicators as known of a day, with former versions and interim targets (3.02)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.db.models import Exists, F, OuterRef

from thuocdo.accounts.permissions import Reader
from thuocdo.directives.models import Directive
from thuocdo.directives.permissions import visible
from thuocdo.indicators.enums import Direction, Side
from thuocdo.indicators.models import Definition, Target
from thuocdo.indicators.rules.aiming import Change, Level, changed, postponed
from thuocdo.indicators.rules.measuring import Way
from thuocdo.indicators.rules.pace import Mark
from thuocdo.indicators.rules.progress import Aim
from thuocdo.lib.moments import AsOf


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a target. `cites`: the reader may see the text that sets it."""

    target: Target
    marks: tuple[Mark, ...]
    cites: bool
    change: Change | None = None  # what it did to the version before
    was_due_on: date | None = None  # the day of the version before, where this one gives more time

    @property
    def due_on(self) -> date:
        return self.target.due_on


@dataclass(frozen=True, slots=True)
class Aimed:
    """A target that stands, with the versions it replaced, the newest first."""

    version: Version
    former: tuple[Version, ...] = ()

    @property
    def due_on(self) -> date:
        return self.version.due_on


def aims(
    definitions: Collection[Definition], agencies: Collection[int], reader: Reader, as_of: AsOf
) -> dict[tuple[int, int], list[Aimed]]:
    """The targets by indicator and agency, the first due first. One statement."""
    directions = {row.indicator_id: Direction(row.direction) for row in definitions}
    rows = Target.objects.filter(
        indicator_id__in=directions, agency_id__in=agencies, happened_on__lte=as_of.day
    )
    if as_of.known is not None:
        rows = rows.filter(recorded_at__lte=as_of.known)
    cited = Directive.objects.filter(visible(reader), pk=OuterRef("provision__directive_id"))
    rows = rows.annotate(cites=Exists(cited), mark_on=F("marks__due_on"), mark_value=F("marks__value"))
    versions = _versions(rows.select_related("provision__directive", "source").order_by("pk", "mark_on"))
    replaced = {one.target.replaces_id for one in versions.values()}
    found: dict[tuple[int, int], list[Aimed]] = defaultdict(list)
    for one in versions.values():
        if one.target.pk not in replaced:
            key = (one.target.indicator_id, one.target.agency_id)
            found[key].append(_aimed(one, versions, directions[one.target.indicator_id]))
    return {key: sorted(group, key=lambda aimed: aimed.due_on) for key, group in found.items()}


def way(definition: Definition, version: Version) -> Way:
    """The target as the rules take it."""
    target = version.target
    aim = Aim(
        Direction(definition.direction),
        _plain(target.baseline),
        _plain(target.value),
        Side(definition.side),
        _plain(target.low),
        _plain(target.high),
        _plain(definition.tolerance),
    )
    return Way(aim, target.due_on, _trajectory(version), target.is_step)


def _trajectory(version: Version) -> tuple[Mark, ...]:
    """Start, interim targets, target; nothing to draw without a dated start."""
    target = version.target
    start, end = _plain(target.baseline), _plain(target.value)
    if start is None or end is None or target.baseline_on is None:
        return ()
    return (Mark(target.baseline_on, start), *version.marks, Mark(target.due_on, end))


def _versions(rows: Iterable[Target]) -> dict[int, Version]:
    """Each target once, with its interim targets: the rows have one line for each of those."""
    targets: dict[int, Target] = {}
    marks: dict[int, list[Mark]] = defaultdict(list)
    for row in rows:
        targets.setdefault(row.pk, row)
        on, value = getattr(row, "mark_on", None), getattr(row, "mark_value", None)
        if on is not None and value is not None:
            marks[row.pk].append(Mark(on, value.normalize() + 0))
    return {
        pk: Version(row, tuple(marks[pk]), bool(getattr(row, "cites", False))) for pk, row in targets.items()
    }


def _aimed(newest: Version, versions: dict[int, Version], direction: Direction) -> Aimed:
    line = [newest]
    while (before := versions.get(line[-1].target.replaces_id or 0)) is not None:
        line.append(before)
    told = [
        Version(
            one.target,
            one.marks,
            one.cites,
            changed(_level(before), _level(one), direction),
            before.due_on if postponed(before.due_on, one.due_on) else None,
        )
        for one, before in pairwise(line)
    ]
    told.append(line[-1])
    return Aimed(told[0], tuple(told[1:]))


def _level(version: Version) -> Level:
    target = version.target
    return Level(_plain(target.value), _plain(target.low), _plain(target.high))


def _plain(value: Decimal | None) -> Decimal | None:
    """Without the zeros that the column adds."""
    return None if value is None else value.normalize() + 0
