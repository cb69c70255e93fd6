"""The preview of an import: what a table would make, what is there already, what has to be asked (1.24).

Nothing is written here, and nothing is invented: a lead that is not known is asked for, and its duty is
registered with nobody in charge until the answer comes. `actions.run_import` carries the preview out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from thuocdo.agencies import queries as agency_queries
from thuocdo.agencies.enums import Side
from thuocdo.agencies.models import Agency
from thuocdo.assignments.models import Assignment
from thuocdo.assignments.rules import intake
from thuocdo.assignments.rules.intake import Known, Line, Match
from thuocdo.directives import queries as directive_queries
from thuocdo.directives.models import Directive, Obligation
from thuocdo.directives.rules.collectives import Collective
from thuocdo.directives.rules.headings import Field
from thuocdo.directives.rules.names import Name, NameIndex
from thuocdo.directives.rules.sheet import Heading, Problem, Reading, Row, read_tables
from thuocdo.directives.workbook import Book, read_workbook
from thuocdo.lib.fold import fold
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Say, say

Place = tuple[str, int]  # sheet, row as the officer sees it
Answers = Mapping[Place, Sequence[str]]  # codes of the agencies meant where a lead was asked for


@dataclass(frozen=True, slots=True)
class Given:
    """What a preview was made from; kept with it, to be checked again before it is carried out."""

    reading: Reading
    notes: tuple[Problem, ...]
    name: str
    directive: Directive
    as_of: AsOf
    answers: Answers
    confirming: Agency | None  # the focal office, for an assigner outside the installation (1.11)


@dataclass(frozen=True, slots=True)
class Planned:
    """One duty of the table: where it stands, and which agencies it will be given to."""

    row: Row  # the first that states it
    places: tuple[Place, ...]
    directive: Directive
    key: str
    label: str  # of the provision
    known_id: int | None  # the obligation, if it is registered already
    fans_out: bool  # one duty for many: the leads become children of one assignment
    leads: tuple[Agency, ...]  # who receives it now
    coordinators: tuple[Agency, ...]

    @property
    def is_there(self) -> bool:
        """Whether nothing is left to do about it."""
        return self.known_id is not None and not self.leads


@dataclass(frozen=True, slots=True)
class Amounts:
    """What a preview comes to."""

    rows: int  # of the table that were read
    obligations: int  # new
    assignments: int  # new, with one lead each
    fan_outs: int  # new duties for many
    children: int  # of them
    there: int  # duties that are registered and given already
    unassigned: int  # new duties that nobody leads yet


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do. `asks`: open questions on leads; `announced`: what a reader may not expect."""

    given: Given
    duties: tuple[Planned, ...] = ()
    problems: tuple[Problem, ...] = ()
    asks: tuple[Problem, ...] = ()
    announced: tuple[Problem, ...] = ()

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What was passed over in reading the file."""
        return (*self.given.notes, *self.given.reading.notes)

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The columns that were understood."""
        return self.given.reading.headings

    @property
    def to_do(self) -> tuple[Planned, ...]:
        return tuple(duty for duty in self.duties if not duty.is_there)

    @property
    def there(self) -> tuple[Planned, ...]:
        return tuple(duty for duty in self.duties if duty.is_there)

    @property
    def amounts(self) -> Amounts:
        new = [duty for duty in self.duties if duty.known_id is None]
        given = [duty for duty in self.duties if duty.leads]
        many = [duty for duty in given if duty.fans_out]
        return Amounts(
            rows=len(self.given.reading.rows),
            obligations=len(new),
            assignments=sum(len(duty.leads) for duty in given if not duty.fans_out),
            fan_outs=len(many),
            children=sum(len(duty.leads) for duty in many),
            there=len(self.there),
            unassigned=sum(not duty.leads for duty in new),
        )


NO_READING = Reading((), (), (), (), ())


def plan(
    *,
    content: bytes,
    name: str,
    directive: Directive,
    as_of: AsOf,
    answers: Answers | None = None,
    confirming: Agency | None = None,
    year: int | None = None,
) -> Plan:
    """The preview of importing a file into a directive, on the map of `as_of`.

    `year` stands in for one that a time limit does not write (None: the directive's). `confirming` confirms
    where the issuer works outside this installation.
    """
    book = read_workbook(content)
    if isinstance(book, Say):
        given = Given(NO_READING, (), name, directive, as_of, answers or {}, confirming)
        return Plan(given, problems=(Problem("", None, None, book),))
    return again(_read(book, name, directive, as_of, answers or {}, confirming, year))


def _read(
    book: Book,
    name: str,
    directive: Directive,
    as_of: AsOf,
    answers: Answers,
    confirming: Agency | None,
    year: int | None,
) -> Given:
    entries = agency_queries.name_index_entries(as_of)
    index = NameIndex(Name(entry.agency_id, entry.text) for entry in entries)
    reading = read_tables(book.grids, index, year or directive.year)
    notes = tuple(Problem("", None, None, note) for note in book.notes)
    return Given(reading, notes, name, directive, as_of, answers, confirming)


def again(given: Given) -> Plan:
    """The preview of what has been read, against the register as it is now."""
    register = _Register(given)
    duties = [duty for directive, rows in register.by_directive() for duty in register.plan(directive, rows)]
    return Plan(
        given,
        tuple(duties),
        (*given.reading.problems, *register.problems),
        register.open_asks(),
        tuple(register.announced),
    )


@dataclass(slots=True)
class _Register:
    """The register while a table is held against it: everything that is looked up, each once."""

    given: Given
    problems: list[Problem] = field(default_factory=list)
    announced: list[Problem] = field(default_factory=list)
    settled: set[Place] = field(default_factory=set)  # rows whose question has been answered before
    agencies: dict[int, Agency] = field(default_factory=dict)
    answered: dict[Place, list[Agency]] = field(default_factory=dict)
    groups: dict[tuple[Collective, str], list[Agency]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = self.given.reading.rows
        codes = {code for named in self.given.answers.values() for code in named}
        by_code = {one.code: one for one in Agency.objects.alive(self.given.as_of).filter(code__in=codes)}
        named = {key for row in rows for key in (*row.leads.agency_keys, *row.coordinators.agency_keys)}
        self.agencies = Agency.objects.in_bulk(named)
        places = {(row.sheet, row.number) for row in rows}
        for place, codes_of_row in self.given.answers.items():
            if place not in places:
                self._wrong(place, say("The answer is about a row that is not there."))
            for code in codes_of_row:
                if code not in by_code:
                    self._wrong(place, say("“%(code)s” is not the code of an agency on that day.", code=code))
            self.answered[place] = [by_code[code] for code in codes_of_row if code in by_code]

    def _wrong(self, place: Place, about: Say, name: Field | None = None) -> None:
        self.problems.append(Problem(*place, self._column(place[0], name), about))

    def _announce(self, row: Row, about: Say, name: Field | None = Field.LEAD) -> None:
        self.announced.append(Problem(row.sheet, row.number, self._column(row.sheet, name), about))

    def _column(self, sheet: str, name: Field | None) -> str | None:
        found = (
            head.column for head in self.given.reading.headings if (head.sheet, head.field) == (sheet, name)
        )
        return next(found, None)

    def by_directive(self) -> Iterable[tuple[Directive, list[Row]]]:
        """The rows of each text that may receive them; a row may name another assigning document."""
        found: dict[Directive, list[Row]] = defaultdict(list)
        meant: dict[str, Directive | Say] = {}
        for row in self.given.reading.rows:
            symbol = row.assigned_by.canonical if row.assigned_by else ""
            if symbol not in meant:
                meant[symbol] = self._directive(symbol, row)
            directive = meant[symbol]
            if isinstance(directive, Say):
                self._wrong((row.sheet, row.number), directive, Field.ASSIGNED_BY)
            else:
                found[directive].append(row)
        for directive, rows in found.items():
            if about := _cannot_give(directive):
                self.problems.append(Problem("", None, None, about))
            else:
                yield directive, rows

    def _directive(self, symbol: str, row: Row) -> Directive | Say:
        main, named = self.given.directive, row.assigned_by
        if named is None or (
            (named.number, named.type_code, named.series) == (main.number, main.type_code, main.issuer_code)
            and named.year in (None, main.year)
        ):
            return main
        found = directive_queries.find_by_symbol(symbol)
        if len(found) == 1:
            return found[0]
        if found:
            return say("%(symbol)s may be %(count)s texts of the register.", symbol=symbol, count=len(found))
        return say("%(symbol)s is not registered: register it first.", symbol=symbol)

    def plan(self, directive: Directive, rows: list[Row]) -> Iterable[Planned]:
        """The duties of one text."""
        columns = ("pk", "key", "work", "product", "limit_raw")
        known = [Known(*row) for row in Obligation.objects.filter(directive=directive).values_list(*columns)]
        lines = [Line(row.group, row.ordinal, row.work, row.product, row.limit.raw) for row in rows]
        matches, wrong = intake.matched(lines, known)
        for one in wrong:
            row = rows[one.line]
            self._wrong((row.sheet, row.number), one.say, Field.WORK)
        leads = _standing_leads([match.known.pk for match in matches if match.known])
        for match in matches:
            stated = [rows[place] for place in match.lines]
            yield self._planned(directive, match, stated, leads.get(match.known.pk) if match.known else None)

    def _planned(
        self, directive: Directive, match: Match, rows: list[Row], standing: "_Standing | None"
    ) -> Planned:
        first = rows[0]
        named = _once(agency for row in rows for agency in self._named(row, directive))
        answered = _once(agency for row in rows for agency in self.answered.get((row.sheet, row.number), ()))
        wanted = _once([*named, *answered])
        fans_out = any(row.leads.collectives for row in rows)
        if standing is not None:
            fans_out = standing.fans_out
            wanted = [agency for agency in answered if agency.pk not in standing.lead_ids]
            if standing.lead_ids - {agency.pk for agency in named}:
                self.settled.update((row.sheet, row.number) for row in rows)
        else:
            self._announce_leads(first, wanted, match, "" if not fans_out else first.leads_raw)
        if match.known and fold(match.known.limit_raw) != fold(first.limit.raw):
            about = say(
                "It is registered with the limit “%(limit)s”; an import changes nothing that is there.",
                limit=match.known.limit_raw,
            )
            self._announce(first, about, Field.LIMIT)
        helping = [self.agencies[key] for row in rows for key in row.coordinators.agency_keys]
        line = Line(first.group, first.ordinal, first.work, first.product, first.limit.raw)
        return Planned(
            row=first,
            places=tuple((row.sheet, row.number) for row in rows),
            directive=directive,
            key=match.key,
            label=intake.label(line),
            known_id=match.known.pk if match.known else None,
            fans_out=fans_out,
            leads=tuple(wanted),
            coordinators=tuple(agency for agency in _once(helping) if agency not in wanted),
        )

    def _named(self, row: Row, directive: Directive) -> Iterable[Agency]:
        yield from (self.agencies[key] for key in row.leads.agency_keys)
        for group in row.leads.collectives:
            members = self._members(group, directive.side)
            if not members:
                about = say("On that day no agency belongs to “%(leads)s”.", leads=row.leads_raw)
                self._wrong((row.sheet, row.number), about, Field.LEAD)
            yield from members

    def _members(self, group: Collective, side: str) -> list[Agency]:
        key = (group, side)
        if key not in self.groups:
            as_of, of = self.given.as_of, Side(side)
            self.groups[key] = {
                Collective.ALL_MINISTRIES: lambda: agency_queries.ministries(of, as_of),
                Collective.ALL_LOCALITIES: lambda: agency_queries.localities(of, as_of),
                Collective.CENTRALLY_RUN_CITIES: lambda: agency_queries.centrally_run_cities(as_of, of),
            }[group]()
        return self.groups[key]

    def _announce_leads(self, row: Row, leads: list[Agency], match: Match, group: str) -> None:
        """What a reader of the table may not expect; `group` is the cell that names one, else empty."""
        if group:
            about = say("“%(leads)s”: one duty for %(count)s agencies.", leads=group, count=len(leads))
            self._announce(row, about)
        elif len(leads) > 1:
            names = tuple(agency.name for agency in leads)
            about = say("Several leads, one assignment each: %(names)s.", names=names)
            self._announce(row, about)
        if len(match.lines) > 1:
            about = say(
                "The same duty stands in %(count)s rows; their leads share it.", count=len(match.lines)
            )
            self._announce(row, about, Field.WORK)
        for note in row.leads.notes:
            self._announce(row, note)

    def open_asks(self) -> tuple[Problem, ...]:
        """The questions on leads that nobody has answered, now or at an earlier import."""
        done = self.settled | set(self.answered)
        return tuple(
            ask
            for ask in self.given.reading.asks
            if ask.column != self._column(ask.sheet, Field.LEAD) or (ask.sheet, ask.row) not in done
        )


@dataclass(slots=True)
class _Standing:
    """Who has a registered duty already."""

    lead_ids: set[int] = field(default_factory=set)
    fans_out: bool = False


def _standing_leads(obligation_ids: Sequence[int]) -> dict[int, _Standing]:
    """By obligation, those that received it from the assigner; what leads handed on is their own affair."""
    found: dict[int, _Standing] = defaultdict(_Standing)
    rows = Assignment.objects.filter(obligation__in=obligation_ids, depth=0)
    for obligation_id, lead_id, is_fan_out in rows.values_list("obligation", "lead", "is_fan_out"):
        standing = found[obligation_id]
        standing.fans_out |= is_fan_out
        if lead_id is not None:
            standing.lead_ids.add(lead_id)
    return dict(found)


def _cannot_give(directive: Directive) -> Say | None:
    """Why nothing can be given in the name of a text."""
    if directive.issuer_id is None:
        return say("The issuer of %(symbol)s is open: name it first.", symbol=str(directive))
    if directive.issued_on is None:
        return say("%(symbol)s has not been issued yet.", symbol=str(directive))
    return None


def _once(agencies: Iterable[Agency]) -> list[Agency]:
    return list({agency.pk: agency for agency in agencies}.values())
