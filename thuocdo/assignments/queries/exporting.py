"""Rows of a list as a table to take away, a thousand at a time in a fixed number of statements (1.15, 1.34).

A column is what stands in a cell and the heading it has by default. The default headings are ones that the
import knows, so that an exported table can be read back.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from thuocdo.agencies.models import Agency
from thuocdo.assignments import wording
from thuocdo.assignments.enums import Capacity, Status
from thuocdo.assignments.models import (
    Assignment,
    CapacityChange,
    ChangeDecision,
    Difficulty,
    ForeignNumber,
    Report,
    Span,
)
from thuocdo.assignments.queries.overview import standing_difficulties
from thuocdo.assignments.queries.sight import PARTS, Sight
from thuocdo.assignments.queries.status import with_status
from thuocdo.assignments.rules import intake
from thuocdo.assignments.wording import Wording
from thuocdo.lib.moments import MOMENT_MAX, AsOf

AT_A_TIME = 1_000
Cell = str | date | Decimal | int | None


class Line(NamedTuple):
    """What tables print of one assignment on a day."""

    work: str
    product: str
    symbol: str
    group: str
    key: str
    limit_raw: str
    limit_on: date | None
    first_limit_on: date | None
    is_key: bool
    signer: str
    given_on: date | None
    assigner: str
    lead: str
    declared: str
    confirmed: str
    head: str
    coordinators: str
    progress: Decimal | None
    result: str
    difficulties: str
    foreign_number: str
    entered_on: date | None


@dataclass(frozen=True, slots=True)
class Column:
    """`needs` names the look-up its cell rests on, empty where the basic ones hold it."""

    heading: Promise
    cell: Callable[[Line], Cell]
    needs: str = ""


COLUMNS: Mapping[str, Column] = {
    "group": Column(pgettext_lazy("column of a table", "Group"), lambda line: line.group),
    "ordinal": Column(pgettext_lazy("column of a table", "No."), lambda line: intake.ordinal_of(line.key)),
    "work": Column(pgettext_lazy("column of a table", "Work"), lambda line: line.work),
    "directive": Column(pgettext_lazy("column of a table", "Assigning document"), lambda line: line.symbol),
    "lead": Column(pgettext_lazy("column of a table", "Lead agency"), lambda line: line.lead),
    "coordinators": Column(
        pgettext_lazy("column of a table", "Coordinating agencies"),
        lambda line: line.coordinators,
        "coordinators",
    ),
    "product": Column(pgettext_lazy("column of a table", "Product"), lambda line: line.product),
    "limit": Column(pgettext_lazy("column of a table", "Time limit"), lambda line: line.limit_raw),
    "key": Column(pgettext_lazy("column of a table", "Key duty"), lambda line: "x" if line.is_key else ""),
    "person": Column(pgettext_lazy("column of a table", "Answerable head"), lambda line: line.head, "head"),
    "authority": Column(pgettext_lazy("column of a table", "Authority"), lambda line: line.signer),
    "due": Column(
        pgettext_lazy("column of a table", "Limit in force"),
        lambda line: line.limit_on or line.limit_raw,
    ),
    "first_limit": Column(
        pgettext_lazy("column of a table", "First limit"), lambda line: line.first_limit_on
    ),
    "state": Column(pgettext_lazy("column of a table", "State (declared)"), lambda line: line.declared),
    "confirmed": Column(pgettext_lazy("column of a table", "State (confirmed)"), lambda line: line.confirmed),
    "progress": Column(
        pgettext_lazy("column of a table", "Progress as declared (%)"), lambda line: line.progress, "reports"
    ),
    "assigner": Column(pgettext_lazy("column of a table", "Assigning agency"), lambda line: line.assigner),
    "given_on": Column(pgettext_lazy("column of a table", "Given on"), lambda line: line.given_on),
    "result": Column(pgettext_lazy("column of a table", "Result so far"), lambda one: one.result, "reports"),
    "difficulties": Column(
        pgettext_lazy("column of a table", "Difficulties"), lambda line: line.difficulties, "difficulties"
    ),
    "foreign_number": Column(
        pgettext_lazy("column of a table", "Number in the other system"),
        lambda line: line.foreign_number,
        "numbers",
    ),
    "entered_on": Column(
        pgettext_lazy("column of a table", "Entered there on"), lambda line: line.entered_on, "numbers"
    ),
}
LIST = (
    "group", "ordinal", "work", "directive", "lead", "coordinators", "product", "limit", "key", "authority",
    "due", "first_limit", "state", "confirmed", "progress", "assigner", "given_on",
)  # fmt: skip


BASIC = (
    "directive_id", *PARTS, "assignment_id", "status_declared", "status_confirmed", "assignment__head_post",
    "assignment__head_name", "assignment__obligation__coordinators_raw", "assignment__work",
    "assignment__product", "assignment__directive__symbol", "assignment__obligation__group",
    "assignment__obligation__key", "assignment__obligation__limit_raw", "limit_on", "first_limit_on",
    "assignment__is_key", "assignment__signer", "assignment__given_on",
)  # fmt: skip


def records(
    spans: QuerySet[Any], sight: Sight, as_of: AsOf, columns: Sequence[str], *, system: str = ""
) -> Iterator[list[Cell]]:
    """The cells of every span of the set, in its order; `system` is the one foreign numbers are of.

    Who answers, and what came out, stays empty where the reader may not see it (1.27).
    """
    cells = [COLUMNS[name].cell for name in columns]
    needs = frozenset(COLUMNS[name].needs for name in columns)
    places = list(spans.values_list("pk", "assignment_id"))
    words = _Words({}, {status.value: str(status.label) for status in Status})
    for start in range(0, len(places), AT_A_TIME):
        some = places[start : start + AT_A_TIME]
        beside = _Beside.of([pk for _, pk in some], as_of, needs, system)
        seen = sight.among(pk for _, pk in some)
        lines = _lines([span for span, _ in some], seen, as_of, beside, words)
        for _, pk in some:
            line = lines[pk]
            yield [cell(line) for cell in cells]


class _Words(NamedTuple):
    """Names that stand in many rows: of agencies, looked up when they first come; of states."""

    agencies: dict[int, str]
    states: Mapping[str, str]

    def learn(self, ids: set[int]) -> None:
        missing = ids - self.agencies.keys()
        if missing:
            self.agencies.update(Agency.objects.filter(pk__in=missing).values_list("pk", "name"))


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands in other tables, by assignment; empty where no column needs it."""

    texts: Mapping[int, Wording]
    heads: Mapping[int, str]
    coordinators: Mapping[int, str]
    progress: Mapping[int, Decimal]
    results: Mapping[int, str]
    difficulties: Mapping[int, str]
    numbers: Mapping[int, tuple[str, date | None]]

    @classmethod
    def of(cls, ids: list[int], as_of: AsOf, needs: frozenset[str], system: str) -> "_Beside":
        progress, results = _reports(ids, as_of) if "reports" in needs else ({}, {})
        granted = ChangeDecision.objects.filter(request__assignment__in=ids, granted=True)
        changed = Assignment.objects.filter(pk__in=granted.values("request__assignment"))
        return cls(
            texts=wording.texts(changed, as_of),
            heads=_heads(ids, as_of) if "head" in needs else {},
            coordinators=_coordinators(ids, as_of) if "coordinators" in needs else {},
            progress=progress,
            results=results,
            difficulties=_difficulties(ids, as_of) if "difficulties" in needs else {},
            numbers=_numbers(ids, as_of, system) if "numbers" in needs else {},
        )


class _Whose(NamedTuple):
    """What of a span tells who may see it."""

    directive_id: int
    lead_id: int
    assigner_id: int
    confirming_id: int | None
    monitoring_id: int | None
    assignment_id: int


def _lines(spans: list[int], sight: Sight, as_of: AsOf, beside: _Beside, words: _Words) -> dict[int, Line]:
    rows = list(with_status(Span.objects.filter(pk__in=spans), as_of.day).values_list(*BASIC))
    words.learn({agency for row in rows for agency in row[1:3]})
    found = {}
    for row in rows:
        whose, (_, declared, confirmed, post, name, helpers, work, product, *rest) = (
            _Whose._make(row[:6]),
            row[5:],
        )
        pk = whose.assignment_id
        text = beside.texts.get(pk)
        line = Line._make(
            (
                text.work if text else work,
                text.product if text else product,
                *rest,
                words.agencies[whose.assigner_id],
                words.agencies[whose.lead_id],
                words.states[declared],
                words.states[confirmed],
                beside.heads.get(pk) or _joined(post, name),
                beside.coordinators.get(pk) or helpers,
                beside.progress.get(pk),
                beside.results.get(pk, ""),
                beside.difficulties.get(pk, ""),
                *beside.numbers.get(pk, ("", None)),
            )
        )
        found[pk] = _public(line, whose, sight)
    return found


def _public(line: Line, whose: _Whose, sight: Sight) -> Line:
    """The line without who answers, or what came out, where that is not to be seen."""
    if not sight.names_lead(whose):
        line = line._replace(assigner="", lead="", head="", coordinators="", signer="")
    return line if sight.shows_results(whose) else line._replace(progress=None, result="", difficulties="")


def _joined(post: str, name: str) -> str:
    return " ".join(part for part in (post, name) if part)


def _known(as_of: AsOf) -> Q:
    return Q(recorded_at__lte=as_of.known or MOMENT_MAX)


def _heads(ids: list[int], as_of: AsOf) -> dict[int, str]:
    rows = CapacityChange.objects.filter(
        _known(as_of), assignment__in=ids, happened_on__lte=as_of.day, capacity=Capacity.LEAD
    )
    ordered = rows.order_by("happened_on", "recorded_at", "pk")
    return {
        pk: _joined(post, name)
        for pk, post, name in ordered.values_list("assignment", "head_post", "head_name")
    }


def _coordinators(ids: list[int], as_of: AsOf) -> dict[int, str]:
    """Those that are agencies here; where there are none the words of the text stand."""
    found = wording.coordinators(ids, as_of)
    names = Agency.objects.in_bulk({one for named in found.values() for one in named})
    return {pk: "; ".join(names[one].name for one in named) for pk, named in found.items() if named}


def _reports(ids: list[int], as_of: AsOf) -> tuple[dict[int, Decimal], dict[int, str]]:
    """The progress last stated by the day, and the text of the last report."""
    rows = Report.objects.filter(_known(as_of), assignment__in=ids, happened_on__lte=as_of.day)
    standing = Q(corrected_by=None)
    if as_of.known is not None:
        standing |= Q(corrected_by__recorded_at__gt=as_of.known)
    ordered = rows.filter(standing).order_by("happened_on", "recorded_at", "pk")
    said = list(ordered.values_list("assignment", "progress", "text"))
    stated = {pk: progress for pk, progress, _ in said if progress is not None}
    return stated, {pk: text for pk, _, text in said}


def _difficulties(ids: list[int], as_of: AsOf) -> dict[int, str]:
    rows = Difficulty.objects.filter(standing_difficulties(as_of), assignment__in=ids).order_by("pk")
    found: dict[int, list[str]] = defaultdict(list)
    for pk, text in rows.values_list("assignment", "text"):
        found[pk or 0].append(text)
    return {pk: "\n".join(texts) for pk, texts in found.items()}


def _numbers(ids: list[int], as_of: AsOf, system: str) -> dict[int, tuple[str, date | None]]:
    rows = ForeignNumber.objects.filter(_known(as_of), assignment__in=ids, system=system).order_by("pk")
    return {pk: (number, on) for pk, number, on in rows.values_list("assignment", "number", "entered_on")}
