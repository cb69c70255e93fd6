"""What entered values are checked against: the period before, the other parts, another indicator (3.09)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from thuocdo.agencies.models import Agency
from thuocdo.indicators.enums import Kind
from thuocdo.indicators.models import Definition
from thuocdo.indicators.queries import definitions, values
from thuocdo.indicators.queries.values import Told
from thuocdo.indicators.rules import checks, observing, parts, periods
from thuocdo.indicators.rules.checks import Entry, Finding
from thuocdo.indicators.rules.parts import Split
from thuocdo.indicators.rules.periods import Period
from thuocdo.indicators.terms import Value
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Say

Place = tuple[int, date, str]  # agency, end of the period, part


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of an indicator where values are entered."""

    definition: Definition
    told: Mapping[Place, Told]
    other: Definition | None = None  # the indicator that it may not exceed
    most: Mapping[Place, Told] = field(default_factory=dict)

    @property
    def split(self) -> Split:
        """How the definition takes values apart."""
        return parts.read(self.definition.disaggregations)

    def standing(self, agency: Agency, period: Period, part: str = "") -> Told | None:
        """The value that stands there."""
        return self.told.get((agency.pk, period.last, part))

    def former(self, agency: Agency, period: Period, part: str = "") -> Decimal | None:
        """The value of the period before."""
        before = self.told.get((agency.pk, periods.before(period).last, part))
        return before.value if before else None

    def findings(self, given: Value, together: Iterable[Value] = ()) -> list[Finding]:
        """What the checks say of a value. `together`: values that are entered with it."""
        with_it = {(one.agency.pk, one.period.last, one.part): one.value for one in together}
        limits = checks.read(self.definition.checks)
        entry = self._entry(given)
        found = checks.findings(entry, limits)
        if self.definition.kind != Kind.RATIO:
            dimensions = [parts.dimension(given.part)] if given.part else list(self.split)
            for one in dimensions:
                found += checks.CHECKS["parts"](self._with_parts(entry, given, one, with_it), limits)
        return found

    def _entry(self, given: Value) -> Entry:
        return Entry(
            given.value,
            given.numerator,
            given.denominator,
            self.former(given.agency, given.period, given.part),
            not_above=self._most(given),
        )

    def _with_parts(
        self, entry: Entry, given: Value, dimension: str, with_it: Mapping[Place, Decimal | None]
    ) -> Entry:
        """The same with the parts of one dimension, and of a part with the total, if that is known."""

        def value(part: str) -> Decimal | None:
            place = (given.agency.pk, given.period.last, part)
            found = self.told.get(place)
            return with_it.get(place, found.value if found else None)

        known = {part: value(part) for part in parts.of(self.split, dimension)}
        whole = None
        if given.part:
            known[given.part], whole = given.value, value("")
            if whole is None:
                return entry  # the total comes later, and is checked against the parts then
        told = tuple(one for one in known.values() if one is not None)
        return replace(entry, parts=told, parts_complete=len(told) == len(known), whole=whole)

    def _most(self, given: Value) -> tuple[str, Decimal] | None:
        found = self.most.get((given.agency.pk, given.period.last, given.part))
        if self.other is None or found is None or found.value is None:
            return None
        return self.other.name, found.value


def problems(definition: Definition, value: Value, happened_on: date) -> list[Say]:
    """Why a value cannot be given at all, whatever it is checked against."""
    given = observing.Given(
        value=value.value,
        numerator=value.numerator,
        denominator=value.denominator,
        missing=value.missing,
        text=value.text,
        origin=value.origin,
        has_source=value.source is not None,
        has_query=bool(value.query),
        every=value.period.every,
        ended_on=value.period.last,
    )
    shape = observing.Shape(definition.kind, definition.every, bool(definition.formula), definition.grades)
    split = parts.problem(value.part, parts.read(definition.disaggregations))
    return [*([split] if split else []), *observing.problems(given, shape, happened_on)]


def beside(definition: Definition, agencies: Collection[int], spans: Collection[Period], day: date) -> Beside:
    """Everything values of these agencies and periods are checked against. Three statements, or one."""
    as_of, since = AsOf(day), min(periods.before(one).first for one in spans)
    told = values.told([definition.indicator_id], agencies, as_of, since=since, part=None)
    code = definition.checks.get("not_above")
    other = definitions.all_on(as_of, [code]) if code else {}
    if not other:
        return Beside(definition, _by_place(told))
    most = values.told(list(other), agencies, as_of, since=since, part=None)
    return Beside(definition, _by_place(told), next(iter(other.values())), _by_place(most))


def _by_place(told: Iterable[Told]) -> dict[Place, Told]:
    return {(one.agency, one.period_to, one.part): one for one in told}
