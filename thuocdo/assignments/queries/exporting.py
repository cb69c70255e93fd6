"""Rows of a list as a table to take away, a thousand at a time in a fixed number of statements (1.15, 1.34).

A column is what stands in a cell and the heading it has by default. The default headings are ones that the
import knows, so that an exported table can be read back.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from thuocdo.agencies.models import Agency
from thuocdo.assignments.enums import Capacity
from thuocdo.assignments.models import (
    Assignment,
    CapacityChange,
    Difficulty,
    ForeignNumber,
    Report,
    Span,
)
from thuocdo.assignments.queries import listing
from thuocdo.assignments.queries.overview import standing_difficulties
from thuocdo.assignments.queries.sight import Sight
from thuocdo.assignments.rules import intake
from thuocdo.assignments.wording import coordinators
from thuocdo.lib.moments import MOMENT_MAX, AsOf

AT_A_TIME = 1_000
Cell = str | date | Decimal | int | None


@dataclass(frozen=True, slots=True)
class Line:
    """What tables print of one assignment on a day, beside what lists show."""

    row: listing.Row
    group: str
    key: str
    limit_raw: str
    signer: str
    given_on: date | None
    assigner: str
    head: str
    coordinators: str
    foreign_number: str
    entered_on: date | None
    result: str
    difficulties: str


@dataclass(frozen=True, slots=True)
class Column:
    """`needs` names the look-up its cell rests on, empty where the basic ones hold it."""

    heading: Promise
    cell: Callable[[Line], Cell]
    needs: str = ""


COLUMNS: Mapping[str, Column] = {
    "group": Column(pgettext_lazy("column of a table", "Group"), lambda line: line.group),
    "ordinal": Column(pgettext_lazy("column of a table", "No."), lambda line: intake.ordinal_of(line.key)),
    "work": Column(pgettext_lazy("column of a table", "Work"), lambda line: line.row.work),
    "directive": Column(
        pgettext_lazy("column of a table", "Assigning document"), lambda line: line.row.symbol
    ),
    "lead": Column(
        pgettext_lazy("column of a table", "Lead agency"),
        lambda line: line.row.lead.name if line.row.lead else "",
    ),
    "coordinators": Column(
        pgettext_lazy("column of a table", "Coordinating agencies"),
        lambda line: line.coordinators,
        "coordinators",
    ),
    "product": Column(pgettext_lazy("column of a table", "Product"), lambda line: line.row.product),
    "limit": Column(pgettext_lazy("column of a table", "Time limit"), lambda line: line.limit_raw),
    "key": Column(
        pgettext_lazy("column of a table", "Key duty"), lambda line: "x" if line.row.is_key else ""
    ),
    "person": Column(pgettext_lazy("column of a table", "Answerable head"), lambda line: line.head, "head"),
    "authority": Column(pgettext_lazy("column of a table", "Authority"), lambda line: line.signer),
    "due": Column(
        pgettext_lazy("column of a table", "Limit in force"),
        lambda line: line.row.limit_on or line.limit_raw,
    ),
    "first_limit": Column(
        pgettext_lazy("column of a table", "First limit"), lambda line: line.row.first_limit_on
    ),
    "state": Column(
        pgettext_lazy("column of a table", "State (declared)"), lambda line: str(line.row.declared.label)
    ),
    "confirmed": Column(
        pgettext_lazy("column of a table", "State (confirmed)"), lambda line: str(line.row.confirmed.label)
    ),
    "progress": Column(
        pgettext_lazy("column of a table", "Progress as declared (%)"), lambda line: line.row.progress
    ),
    "assigner": Column(pgettext_lazy("column of a table", "Assigning agency"), lambda line: line.assigner),
    "given_on": Column(pgettext_lazy("column of a table", "Given on"), lambda line: line.given_on),
    "result": Column(pgettext_lazy("column of a table", "Result so far"), lambda line: line.result, "result"),
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


def records(
    spans: QuerySet[Any], sight: Sight, as_of: AsOf, columns: Sequence[str], *, system: str = ""
) -> Iterator[list[Cell]]:
    """The cells of every span of the set, in its order; `system` is the one foreign numbers are of."""
    chosen = [COLUMNS[name] for name in columns]
    needs = {column.needs for column in chosen}
    places = list(spans.values_list("pk", "assignment_id"))
    for start in range(0, len(places), AT_A_TIME):
        some = places[start : start + AT_A_TIME]
        rows = listing.rows(Span.objects.filter(pk__in=[span for span, _ in some]), sight, as_of)
        found = _lines({row.pk: row for row in rows}, as_of, needs, system)
        for _, pk in some:
            line = _public(found[pk])
            yield [column.cell(line) for column in chosen]


def _public(line: Line) -> Line:
    """The line without who answers, or what came out, where that is not public (1.27)."""
    if line.row.lead is None:
        line = replace(line, assigner="", head="", coordinators="", signer="")
    return line if line.row.has_results else replace(line, result="", difficulties="")


def _lines(rows: Mapping[int, listing.Row], as_of: AsOf, needs: set[str], system: str) -> dict[int, Line]:
    ids = list(rows)
    basic = (
        "pk", "obligation__group", "obligation__key", "obligation__limit_raw", "obligation__coordinators_raw",
        "signer", "given_on", "assigner__name", "head_post", "head_name",
    )  # fmt: skip
    heads = _heads(ids, as_of) if "head" in needs else {}
    helping = _coordinators(ids, as_of) if "coordinators" in needs else {}
    results = _results(ids, as_of) if "result" in needs else {}
    held = _difficulties(ids, as_of) if "difficulties" in needs else {}
    numbers = _numbers(ids, as_of, system) if "numbers" in needs else {}
    found = {}
    for pk, group, key, raw, helpers, signer, given_on, assigner, post, name in Assignment.objects.filter(
        pk__in=ids
    ).values_list(*basic):
        number = numbers.get(pk, ("", None))
        found[pk] = Line(
            row=rows[pk],
            group=group,
            key=key,
            limit_raw=raw,
            signer=signer,
            given_on=given_on,
            assigner=assigner,
            head=heads.get(pk) or _joined(post, name),
            coordinators=helping.get(pk) or helpers,
            foreign_number=number[0],
            entered_on=number[1],
            result=results.get(pk, ""),
            difficulties=held.get(pk, ""),
        )
    return found


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
    found = coordinators(ids, as_of)
    names = Agency.objects.in_bulk({one for named in found.values() for one in named})
    return {pk: "; ".join(names[one].name for one in named) for pk, named in found.items() if named}


def _results(ids: list[int], as_of: AsOf) -> dict[int, str]:
    """The text of the last report by the day."""
    rows = Report.objects.filter(_known(as_of), assignment__in=ids, happened_on__lte=as_of.day)
    standing = Q(corrected_by=None)
    if as_of.known is not None:
        standing |= Q(corrected_by__recorded_at__gt=as_of.known)
    ordered = rows.filter(standing).order_by("happened_on", "recorded_at", "pk")
    return dict(ordered.values_list("assignment", "text"))


def _difficulties(ids: list[int], as_of: AsOf) -> dict[int, str]:
    rows = Difficulty.objects.filter(standing_difficulties(as_of), assignment__in=ids).order_by("pk")
    found: dict[int, list[str]] = defaultdict(list)
    for pk, text in rows.values_list("assignment", "text"):
        found[pk or 0].append(text)
    return {pk: "\n".join(texts) for pk, texts in found.items()}


def _numbers(ids: list[int], as_of: AsOf, system: str) -> dict[int, tuple[str, date | None]]:
    rows = ForeignNumber.objects.filter(_known(as_of), assignment__in=ids, system=system).order_by("pk")
    return {pk: (number, on) for pk, number, on in rows.values_list("assignment", "number", "entered_on")}
