"""What a table of values would do: give, correct, leave as it stands; and what is wrong with it (3.09)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.agencies.models import Agency
from thuocdo.indicators.enums import Kind, Periodicity
from thuocdo.indicators.models import Definition, Indicator
from thuocdo.indicators.queries import awaiting, checking, definitions
from thuocdo.indicators.queries.checking import Beside
from thuocdo.indicators.queries.values import Told
from thuocdo.indicators.rules import parts, periods, sheet
from thuocdo.indicators.rules.checks import Weight
from thuocdo.indicators.rules.periods import Period
from thuocdo.indicators.rules.sheet import Problem, Reading, Row
from thuocdo.indicators.terms import Value
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Say, say


@dataclass(frozen=True, slots=True)
class Entry:
    """One value that the table gives; `corrects`: the observation whose place it takes."""

    row: Row
    indicator: Indicator
    value: Value
    corrects: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done. `same`: rows whose value stands already; `left_open`: rows without a value."""

    entries: tuple[Entry, ...] = ()
    same: int = 0
    left_open: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def new(self) -> int:
        return sum(entry.corrects is None for entry in self.entries)

    @property
    def corrected(self) -> int:
        return len(self.entries) - self.new


@dataclass(frozen=True, slots=True)
class Offered:
    """A line of the table that an agency is asked to fill in, with what stands there."""

    definition: Definition
    agency: Agency
    period: Period
    part: str
    told: Told | None


def plan(reading: Reading, reader: Reader, day: date) -> Plan:
    """What the table would do for this reader on the day. As many statements as it has indicators, about."""
    problems = [*reading.problems, *sheet.differing(reading.rows)]
    twice = {problem.number for problem in problems}
    filled = [row for row in reading.rows if not row.is_open and row.number not in twice]
    placed = _placed(filled, reader, problems)
    entries: list[Entry] = []
    same = 0
    for pairs in placed.values():
        spans = [row.period for row, _, _ in pairs]
        beside = checking.beside(pairs[0][1], {agency.pk for _, _, agency in pairs}, spans, day)
        given = [(row, definition, _value(row, definition, agency)) for row, definition, agency in pairs]
        together = [value for _, _, value in given]
        for row, definition, value in given:
            standing = beside.standing(value.agency, value.period, value.part)
            if standing is not None and _same(standing, value):
                same += 1
                continue
            wrong = _wrong(row, definition, value, beside, together, day)
            problems += [Problem(row.number, text) for text in wrong]
            if not wrong:
                key = standing.key if standing else None
                entries.append(Entry(row, definition.indicator, value, key))
    left = sum(row.is_open for row in reading.rows)
    told = sorted(problems, key=lambda one: one.number or 0)
    return Plan(tuple(sorted(entries, key=lambda one: one.row.number)), same, left, tuple(told))


def offered(reader: Reader, day: date) -> list[Offered]:
    """The table that the reader is asked to fill in: the last period over, what stands there filled in."""
    reach = reader.reach.get(Permission.REPORT, frozenset()) & reader.agencies
    agencies = list(Agency.objects.alive(AsOf(day)).filter(pk__in=reach).order_by("code"))
    found: list[Offered] = []
    by_definition: dict[int, list[tuple[Definition, Agency]]] = defaultdict(list)
    for definition, agency in awaiting.asked_of(agencies, AsOf(day)):
        by_definition[definition.pk].append((definition, agency))
    for pairs in by_definition.values():
        definition = pairs[0][0]
        period = periods.last_closed(day, Periodicity(definition.every))
        beside = checking.beside(definition, {agency.pk for _, agency in pairs}, [period], day)
        found += [
            Offered(definition, agency, period, part, beside.standing(agency, period, part))
            for _, agency in pairs
            for part in ("", *parts.every(beside.split))
        ]
    return found


Placed = dict[str, list[tuple[Row, Definition, Agency]]]


def _placed(rows: Sequence[Row], reader: Reader, problems: list[Problem]) -> Placed:
    """The rows by indicator, with the definition of their period and the agency that they are about."""
    codes = {row.indicator for row in rows}
    ends = {row.period.last for row in rows}
    holding = {
        end: {one.indicator.code: one for one in definitions.all_on(AsOf(end), codes).values()}
        for end in ends
    }
    agencies = {one.code: one for one in Agency.objects.filter(code__in={row.agency for row in rows})}
    placed: Placed = defaultdict(list)
    for row in rows:
        definition, agency = holding[row.period.last].get(row.indicator), agencies.get(row.agency)
        why = _unplaced(row, definition, agency, reader)
        if why is not None:
            problems.append(Problem(row.number, why))
        elif definition is not None and agency is not None:
            placed[row.indicator].append((row, definition, agency))
    return placed


def _unplaced(row: Row, definition: Definition | None, agency: Agency | None, reader: Reader) -> Say | None:
    if definition is None:
        return say("%(code)s is not defined for %(period)s.", code=row.indicator, period=row.period.key)
    if definition.indicator.is_system:
        return say("%(code)s is counted by this system; no value of it is entered.", code=row.indicator)
    if agency is None or not reader.may_for(Permission.REPORT, agency.pk):
        return say("There is no agency %(code)s for which you report.", code=row.agency)
    return None


def _value(row: Row, definition: Definition, agency: Agency) -> Value:
    """As the actions take it; of a ratio the value is computed from its parts."""
    value, above, below = row.value, row.numerator, row.denominator
    if definition.kind == Kind.RATIO and row.missing is None and above is not None and below:
        value = round(Decimal(above) / below, 6)
    return Value(
        agency,
        row.period,
        value,
        above,
        below,
        row.missing,
        part=row.part,
        note=row.note,
    )


def _wrong(
    row: Row,
    definition: Definition,
    value: Value,
    beside: Beside,
    together: Iterable[Value],
    day: date,
) -> list[Say]:
    """Everything that keeps the row from being entered."""
    wrong = checking.problems(definition, value, day)
    if wrong:
        return wrong
    found = beside.findings(value, together)
    wrong = [one.text for one in found if one.weight is Weight.REFUSES or not row.note]
    if beside.standing(value.agency, value.period, value.part) is not None and not row.reason:
        wrong.append(say("Another value stands there: say in the last column why it is corrected."))
    return wrong


def _same(standing: Told, value: Value) -> bool:
    mine: Mapping[str, object] = {
        name: getattr(value, name) for name in ("value", "numerator", "denominator", "missing")
    }
    return all(getattr(standing, name) == found for name, found in mine.items())
