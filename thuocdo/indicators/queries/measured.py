"""An indicator for an agency on a day: definition, target, value and what the value is worth (3.05, 3.06)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import BooleanField, Case, Exists, OuterRef, Value, When

from thuocdo.accounts.permissions import Reader
from thuocdo.agencies import queries as agency_queries
from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Agency, Closure
from thuocdo.indicators import permissions
from thuocdo.indicators.enums import Missing, Periodicity, Standing
from thuocdo.indicators.models import Definition, Indicator, Target
from thuocdo.indicators.models.definitions import DefinitionQuerySet
from thuocdo.indicators.queries import aims, rolled
from thuocdo.indicators.queries.aims import Aimed
from thuocdo.indicators.queries.rolled import Books, Rolled
from thuocdo.indicators.queries.values import Told
from thuocdo.indicators.rules import aiming, measuring, periods, rollup
from thuocdo.indicators.rules.measuring import Measured, Seen
from thuocdo.indicators.rules.pace import Mark
from thuocdo.indicators.rules.periods import Period
from thuocdo.indicators.rules.quality import Share
from thuocdo.indicators.rules.rollup import Item, Rollup
from thuocdo.lib.moments import AsOf

GOVERNMENT = "CP"  # it signs with this code; the agency that pages stand at unless told otherwise


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator for one agency. `rolled` and `measured` None: the reader may not see its figures."""

    definition: Definition
    agency: Agency
    is_public: bool
    aimed: Aimed | None = None  # the target that counts on the day
    targets: tuple[Aimed, ...] = ()
    rolled: Rolled | None = None
    course: tuple[tuple[date, Rolled], ...] = ()
    measured: Measured | None = None
    confirmed: Rolled | None = None  # from what is confirmed or measured alone
    due: Period | None = None  # the last period by which values had to be there
    reporting: tuple[Share, ...] = ()  # how completely, and how punctually, that period was reported

    @property
    def fresh_until(self) -> date | None:
        """The day by which the next value has to be there."""
        return self.measured.seen.fresh_until if self.measured else None

    @property
    def code(self) -> str:
        return self.definition.indicator.code


@dataclass(frozen=True, slots=True)
class Together:
    """The progress of several indicators as one: as declared, and from what is confirmed alone."""

    declared: Rollup
    confirmed: Rollup


@dataclass(frozen=True, slots=True)
class Child:
    """An agency directly below, with its value; None: the reader may not see it."""

    agency: Agency
    rolled: Rolled | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything the page of an indicator shows. `closed`: children the reader may not see."""

    figure: Figure
    children: tuple[Child, ...]
    told: tuple[Told, ...] = ()  # the agency's own values, the newest first
    closed: int = 0


def listed(reader: Reader, as_of: AsOf) -> list[Definition]:
    """The definitions of the day that the reader may see, by code; each knows whether it is public."""
    found: dict[int, Definition] = {}
    for row in _seen(reader, as_of).newest_first():
        found.setdefault(row.indicator_id, row)
    return sorted(found.values(), key=lambda row: row.indicator.code)


def named(code: str, reader: Reader, as_of: AsOf) -> Definition | None:
    """The definition of one indicator on the day; None where there is none the reader may see."""
    return _seen(reader, as_of).filter(indicator__code=code).newest_first().first()


def is_public(definition: Definition) -> bool:
    """Whether the figures are public; of definitions that `listed` or `named` gave."""
    return bool(getattr(definition, "is_public", False))


def standpoint(reader: Reader, as_of: AsOf, *, public: bool) -> Agency | None:
    """Where the pages stand unless told otherwise: the Government, or where only that is open, one’s own."""
    alive = Agency.objects.alive(as_of)
    if not public and not reader.reads_all and reader.agencies:
        return alive.filter(pk__in=reader.agencies).order_by("code").first()
    above = Closure.objects.standing(as_of).filter(
        kind=RelationKind.ADMINISTRATIVE, descendant=OuterRef("pk"), depth__gt=0
    )
    first = Case(When(issuer_code=GOVERNMENT, then=0), default=1)
    return alive.filter(~Exists(above)).order_by(first, "code").first()


def figures(definitions: Sequence[Definition], agency: Agency, reader: Reader, as_of: AsOf) -> list[Figure]:
    """Many indicators for one agency. Four statements, whatever their number."""
    shelf = rolled.shelf(definitions, agency.pk, as_of)
    targets = aims.aims(definitions, [agency.pk], reader, as_of)
    return [
        _figure(shelf[row.indicator_id], agency, targets.get((row.indicator_id, agency.pk), []), reader)
        for row in definitions
    ]


def together(found: Sequence[Figure]) -> Together | None:
    """The rates of all these figures that have a target, each with its weight; None where there are none."""
    aimed = [one for one in found if one.aimed is not None and one.measured is not None]
    if not aimed:
        return None
    declared, confirmed = ([_item(one, alone=alone) for one in aimed] for alone in (False, True))
    return Together(rollup.rollup(declared), rollup.rollup(confirmed))


def aimed_by(directive: int, reader: Reader, as_of: AsOf) -> list[tuple[Definition, Agency]]:
    """Whose indicators this text sets a target for, as far as the reader may see them. Two statements."""
    cited = Target.objects.filter(
        provision__directive=directive, happened_on__lte=as_of.day, replaced_by=None
    ).select_related("agency")
    if as_of.known is not None:
        cited = cited.filter(recorded_at__lte=as_of.known)
    pairs = {(one.indicator_id, one.agency_id): one.agency for one in cited}
    rows = {row.indicator_id: row for row in listed(reader, as_of)} if pairs else {}
    return [(rows[pk], agency) for (pk, _), agency in pairs.items() if pk in rows]


def _item(one: Figure, *, alone: bool) -> Item:
    """`alone`: only what is confirmed or measured counts; what is declared is missing."""
    made = one.measured.progress if one.measured else None
    solid = one.rolled is not None and one.rolled.whole.standing in (Standing.CONFIRMED, Standing.MEASURED)
    rate = made.rate if made is not None and (solid or not alone) else None
    applies = made is None or made.missing is not Missing.NOT_APPLICABLE
    return Item(one.code, one.definition.weight, rate, applies)


def sheet(definition: Definition, agency: Agency, reader: Reader, as_of: AsOf) -> Sheet:
    """One indicator for one agency with those below it. Five statements."""
    below = list(
        agency_queries.children(agency.pk, RelationKind(definition.relation), as_of).order_by("code")
    )
    held = rolled.books(definition, [agency.pk, *(one.pk for one in below)], as_of, course=True)
    found = aims.aims([definition], [agency.pk], reader, as_of)
    figure = _figure(held, agency, found.get((definition.indicator_id, agency.pk), []), reader)
    children = [_child(held, one, reader, public=figure.is_public) for one in below if _concerns(held, one)]
    readable = permissions.may_read(reader, [agency.pk], public=figure.is_public)
    told = sorted(held.own.get(agency.pk, ()), key=lambda one: one.period_to, reverse=True)
    return Sheet(
        figure,
        tuple(child for child in children if child.rolled is not None),
        tuple(told) if readable else (),
        sum(child.rolled is None for child in children),
    )


def _seen(reader: Reader, as_of: AsOf) -> DefinitionQuerySet:
    rows = Definition.objects.standing(as_of).select_related("indicator")
    public = Exists(Indicator.objects.public().filter(pk=OuterRef("indicator_id")))
    if reader.user is None:
        return rows.filter(public).annotate(is_public=Value(value=True, output_field=BooleanField()))
    return rows.annotate(is_public=public)


def _concerns(held: Books, agency: Agency) -> bool:
    """Whether the agency, or any below it, reports the indicator or has ever told a value."""
    return bool(held.below.get(agency.pk)) or bool(held.own.get(agency.pk))


def _child(held: Books, agency: Agency, reader: Reader, *, public: bool) -> Child:
    made = held.of(agency.pk)
    return Child(agency, made if _readable(made, reader, public=public) else None)


def _readable(made: Rolled, reader: Reader, *, public: bool) -> bool:
    return permissions.may_read(reader, {made.agency, *made.parts}, public=public)


def _figure(held: Books, agency: Agency, targets: Collection[Aimed], reader: Reader) -> Figure:
    definition, day = held.definition, held.as_of.day
    public = is_public(definition)
    made = held.of(agency.pk)
    if not _readable(made, reader, public=public):
        return Figure(definition, agency, public)
    aimed = aiming.current(list(targets), day)
    course = tuple(held.course(agency.pk))
    way = aims.way(definition, aimed.version) if aimed else None
    seen = _seen_of(definition, made, course, day)
    due = periods.last_closed(day - timedelta(days=definition.delay), Periodicity(definition.every))
    return Figure(
        definition,
        agency,
        public,
        aimed,
        tuple(targets),
        made,
        course,
        measuring.measure(seen, way),
        held.confirmed(agency.pk),
        due,
        held.reporting(agency.pk, due),
    )


def _seen_of(definition: Definition, made: Rolled, course: Sequence[tuple[date, Rolled]], day: date) -> Seen:
    """What is known on the day, with the days by which figures had, and have, to be there."""
    every = Periodicity(definition.every)
    marks = tuple(Mark(end, at.whole.value) for end, at in course if at.whole.value is not None)
    fresh = None
    if made.latest is not None:
        following = periods.period_of(made.latest + timedelta(days=1), every)
        fresh = periods.due_on(following, definition.delay)
    closed = periods.last_closed(day - timedelta(days=definition.delay), every)
    standing: Standing | None = made.whole.standing
    return Seen(day, made.whole.value, standing, marks, fresh, periods.due_on(closed, definition.delay))
