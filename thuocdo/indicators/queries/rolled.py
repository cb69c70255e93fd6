"""The value of an indicator for an agency, from the agencies of the day below it, through mergers (3.07).

Values are taken where the definition says they are reported. What an agency took over from a predecessor
belongs to it for the periods before: its series does not begin at the merger.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Agency, Closure, Succession
from thuocdo.indicators.enums import Combine, Since, Standing
from thuocdo.indicators.models import Definition
from thuocdo.indicators.queries import values
from thuocdo.indicators.queries.values import Told
from thuocdo.indicators.rules import combining, comparable, periods, quality
from thuocdo.indicators.rules.combining import Part, Whole
from thuocdo.indicators.rules.comparable import Comparable, Point, Shape
from thuocdo.indicators.rules.periods import Period
from thuocdo.indicators.rules.quality import Share
from thuocdo.lib.moments import AsOf

STEPS_BACK = 3  # takeovers that are followed


@dataclass(frozen=True, slots=True)
class Rolled:
    """The value of one agency: what it is made of, and how many should have reported."""

    agency: int
    whole: Whole
    parts: Mapping[int, Comparable]  # by reporting agency
    latest: date | None  # the end of the last period that went in


def shape_of(definition: Definition) -> Shape:
    """How the periods of the definition make one value."""
    return Shape(
        Since(definition.decumulate),
        Since(definition.window),
        Combine(definition.periods),
        definition.start_on,
    )


@dataclass(frozen=True, slots=True)
class Books:
    """What was told of an indicator: by agency, with who reports below whom on the day."""

    definition: Definition
    as_of: AsOf
    below: Mapping[int, Sequence[int]]
    own: Mapping[int, Sequence[Told]]  # with what an agency took over

    def of(self, agency: int, day: date | None = None) -> Rolled:
        """The value of an agency: on the day of the books, or from the periods over by an earlier one."""
        return _made(self.definition, agency, self.below.get(agency, ()), self.own, day or self.as_of.day)

    def confirmed(self, agency: int) -> Rolled:
        """The same from what is confirmed or measured alone; what is only declared counts as missing."""
        solid = {
            one: [row for row in told if row.standing is not Standing.DECLARED]
            for one, told in self.own.items()
        }
        return _made(self.definition, agency, self.below.get(agency, ()), solid, self.as_of.day)

    def reporting(self, agency: int, period: Period) -> tuple[Share, Share]:
        """How many of those that had to report a period did, and how many of them in time."""
        reporting = self.below.get(agency) or (agency,)
        given = [row for one in reporting for row in self.own.get(one, ()) if row.period_to == period.last]
        due = periods.due_on(period, self.definition.delay)
        in_time = sum(row.given_on <= due for row in given)
        return quality.reporting(len(reporting), len(given), in_time)

    def course(self, agency: int) -> list[tuple[date, Rolled]]:
        """The value after each period for which anybody told something, in time."""
        reporting = self.below.get(agency) or (agency,)
        ends = {one.period_to for reporter in reporting for one in self.own.get(reporter, ())}
        return [(end, self.of(agency, end)) for end in sorted(ends)]


def books(definition: Definition, agencies: Collection[int], as_of: AsOf, *, course: bool = False) -> Books:
    """Everything these agencies' values on the day are made of; `course`: and on all days before.

    Three statements, whatever their number.
    """
    below = reporters(definition, agencies, as_of)
    since = None if course else comparable.window_start(shape_of(definition), as_of.day)
    asked, former = _asked(below, agencies, as_of)
    told = values.told([definition.indicator_id], asked, as_of, since=since)
    return _books(definition, as_of, below, former, told)


def rolled(definition: Definition, agencies: Collection[int], as_of: AsOf) -> dict[int, Rolled]:
    """The value of each of these agencies on the day. Three statements, whatever their number."""
    found = books(definition, agencies, as_of)
    return {agency: found.of(agency) for agency in agencies}


def shelf(definitions: Collection[Definition], agency: int, as_of: AsOf) -> dict[int, Books]:
    """The books of one agency for many indicators, by indicator. Three statements, whatever their number."""
    below = _reporters_of_all(definitions, agency, as_of)
    asked, former = _asked({agency: {one for group in below.values() for one in group}}, [agency], as_of)
    by_indicator: dict[int, list[Told]] = defaultdict(list)
    for one in values.told([row.indicator_id for row in definitions], asked, as_of):
        by_indicator[one.indicator].append(one)
    return {
        row.indicator_id: _books(
            row, as_of, {agency: below.get(row.pk, [])}, former, by_indicator[row.indicator_id]
        )
        for row in definitions
    }


Former = Mapping[int, Sequence[tuple[int, date]]]


def _asked(
    below: Mapping[int, Collection[int]], agencies: Collection[int], as_of: AsOf
) -> tuple[set[int], Former]:
    """Whose values are needed, and whom each of them took over."""
    everyone = {one for group in below.values() for one in group} | set(agencies)
    former = predecessors(everyone, as_of)
    return everyone | {one for group in former.values() for one, _ in group}, former


def _books(
    definition: Definition,
    as_of: AsOf,
    below: Mapping[int, Sequence[int]],
    former: Former,
    told: Iterable[Told],
) -> Books:
    series = _by_agency(told)
    everyone = {*series, *former}
    own = {one: _series(one, series, former, definition) for one in everyone}
    return Books(definition, as_of, below, own)


def reporters(definition: Definition, agencies: Collection[int], as_of: AsOf) -> dict[int, list[int]]:
    """The agencies of the day that report the indicator, by whom they stand below. One statement.

    None where the definition names neither their kind nor their level: then each has its own value.
    """
    if not definition.reported_by and not definition.reported_at:
        return {}
    rows = Closure.objects.standing(as_of).filter(
        ancestor_id__in=agencies, kind=RelationKind(definition.relation)
    )
    alive = Agency.objects.alive(as_of)
    if definition.reported_by:
        alive = alive.filter(kind=definition.reported_by)
    if definition.reported_at:
        alive = alive.filter(level=definition.reported_at)
    found: dict[int, list[int]] = defaultdict(list)
    pairs = rows.filter(descendant__in=alive).values_list("ancestor_id", "descendant_id").distinct()
    for ancestor, descendant in pairs:
        found[ancestor].append(descendant)
    return dict(found)


def _reporters_of_all(definitions: Iterable[Definition], agency: int, as_of: AsOf) -> dict[int, list[int]]:
    """Who reports each of these indicators below the agency, by definition. One statement, or none."""
    asking = [row for row in definitions if row.reported_by or row.reported_at]
    if not asking:
        return {}
    rows = Closure.objects.standing(as_of).filter(
        ancestor=agency,
        kind__in={row.relation for row in asking},
        descendant__in=Agency.objects.alive(as_of),
    )
    columns = ("kind", "descendant_id", "descendant__kind", "descendant__level")
    found: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for relation, descendant, kind, level in rows.values_list(*columns):
        for wanted in ((kind, level), (kind, ""), ("", level)):
            found[relation, *wanted].add(descendant)
    return {row.pk: sorted(found[row.relation, row.reported_by, row.reported_at]) for row in asking}


def predecessors(agencies: Collection[int], as_of: AsOf) -> dict[int, list[tuple[int, date]]]:
    """Whom each agency took over by the day, with the day of the takeover. One statement."""
    known = Succession.objects.filter(happened_on__lte=as_of.day)
    if as_of.known is not None:
        known = known.filter(recorded_at__lte=as_of.known)
    wanted, reached = Q(successor__in=agencies), known.filter(successor__in=agencies)
    for _step in range(STEPS_BACK - 1):
        wanted |= Q(successor__in=reached.values("predecessor"))
        reached = known.filter(successor__in=reached.values("predecessor"))
    steps: dict[int, list[tuple[int, date]]] = defaultdict(list)
    for successor, predecessor, day in known.filter(wanted).values_list(
        "successor_id", "predecessor_id", "happened_on"
    ):
        steps[successor].append((predecessor, day))
    return {agency: found for agency in agencies if (found := _back(agency, steps))}


def _back(agency: int, steps: Mapping[int, Sequence[tuple[int, date]]]) -> list[tuple[int, date]]:
    """Whom the agency took over, and whom those had taken over, some steps back."""
    found: dict[int, date] = {}
    here = {agency}
    for _step in range(STEPS_BACK):
        taken = {predecessor: day for one in sorted(here) for predecessor, day in steps.get(one, ())}
        found = {**taken, **found}  # whom it took over on two ways counts once
        here = set(taken)
    return list(found.items())


def _by_agency(told: Iterable[Told]) -> dict[int, list[Told]]:
    found: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        found[one.agency].append(one)
    return found


def _series(
    agency: int,
    series: Mapping[int, Sequence[Told]],
    former: Mapping[int, Sequence[tuple[int, date]]],
    definition: Definition,
) -> list[Told]:
    """The agency's own values, and for periods before a takeover those of whom it took over, combined."""
    own = list(series.get(agency, ()))
    taken: dict[tuple[date, date], list[Told]] = defaultdict(list)
    there = {(one.period_from, one.period_to) for one in own}
    for predecessor, day in former.get(agency, ()):
        for one in series.get(predecessor, ()):
            if one.period_to < day and (one.period_from, one.period_to) not in there:
                taken[one.period_from, one.period_to].append(one)
    joined = [_joined(agency, group, definition) for group in taken.values()]
    return sorted([*own, *joined], key=lambda one: one.period_to)


def _joined(agency: int, group: Sequence[Told], definition: Definition) -> Told:
    """The values of several predecessors for one period as one value of their successor."""
    whole = combining.combine(Combine(definition.children), [_part(one) for one in group])
    first = group[0]
    return Told(
        key=first.key,
        indicator=first.indicator,
        agency=agency,
        period_from=first.period_from,
        period_to=first.period_to,
        part=first.part,
        value=whole.value if len(group) > 1 else first.value,
        numerator=None if whole.numerator is None else int(whole.numerator),
        denominator=None if whole.denominator is None else int(whole.denominator),
        missing=whole.missing,
        standing=whole.standing or first.standing,
        returned=any(one.returned for one in group),
        given_on=max(one.given_on for one in group),
    )


def _part(one: Told) -> Part:
    above = None if one.numerator is None else Decimal(one.numerator)
    below = None if one.denominator is None else Decimal(one.denominator)
    return Part(one.agency, one.value, above, below, one.standing)


def _made(
    definition: Definition,
    agency: int,
    below: Sequence[int],
    series: Mapping[int, Sequence[Told]],
    day: date,
) -> Rolled:
    """An agency that reports itself, or that no reporting agency stands below, has its own value."""
    reporting = [agency] if agency in below or not below else list(below)
    shape = shape_of(definition)
    since = comparable.window_start(shape, day)
    used = {
        one: [
            row
            for row in series.get(one, ())
            if row.period_to <= day and (not since or row.period_to >= since)
        ]
        for one in reporting
    }
    made = {one: comparable.comparable(_points(series.get(one, ())), shape, day) for one in reporting}
    parts = [
        Part(one, value.value, value.numerator, value.denominator, _standing(used[one], shape))
        for one, value in made.items()
    ]
    rule = Combine(definition.children)
    whole = _alone(rule, parts[0]) if reporting == [agency] else combining.combine(rule, parts)
    latest = max((value.latest for value in made.values() if value.latest), default=None)
    return Rolled(agency, whole, made, latest)


def _alone(rule: Combine, part: Part) -> Whole:
    """The value of one agency as it is, whatever the rule for several."""
    reported = int(part.value is not None)
    return Whole(rule, part.value, part.numerator, part.denominator, reported, 1, part.standing)


def _points(series: Iterable[Told]) -> list[Point]:
    return [
        Point(
            one.period_to,
            one.value,
            None if one.numerator is None else Decimal(one.numerator),
            None if one.denominator is None else Decimal(one.denominator),
        )
        for one in series
    ]


def _standing(series: Sequence[Told], shape: Shape) -> Standing | None:
    """The weakest of the values that went in: of a last value, that one alone."""
    used = [one.standing for one in series if one.value is not None]
    return combining.weakest(used[-1:] if shape.operation is Combine.LAST else used)
