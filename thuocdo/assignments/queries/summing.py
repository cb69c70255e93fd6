"""The counts of a set of spans and who has most of it, added up by the database in one statement (1.32).

The same as `counts.parts` and `counts.shares`, without a row for each lead on its way to Python.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Case, Count, Q, QuerySet, Value, When

from thuocdo.assignments.enums import LimitClass, Status
from thuocdo.assignments.models import LeadTally, Span, Tally
from thuocdo.assignments.queries.counts import COUNTED_APART, Part, Share, end_of
from thuocdo.assignments.queries.status import Holds, with_status
from thuocdo.assignments.rules.status import ASSIGNED, COMPLETED
from thuocdo.statements.fixed import EMPTY, Sql, sql_of

APART = tuple(one.value for one in COUNTED_APART)
NONE = ", 0" * len(APART)
SUM = "".join(f", SUM({name})" for name in APART)
NAMES = ", ".join(("n", "due", "later", *APART))
NOTHING = f"SELECT 0, '', '', FALSE, '', FALSE, 0, 0, 0{NONE} WHERE 1 = 0"  # columns, where all is empty
Counted = tuple[str, str, int, int]  # class, nature, owner (0: nobody), how many


@dataclass(frozen=True, slots=True)
class Set:
    """Spans as they count on a day; `sign` is -1 for what is to be taken off."""

    spans: QuerySet[Span]
    day: date
    sign: int = 1

    def sql(self, naming: Q | None = None) -> Sql:
        """Its statement; `naming`: the spans whose agencies may be named, if not all."""
        return sql_of(by_status(self.spans, self.day, end_of(self.day), self.sign, naming))


@dataclass(frozen=True, slots=True)
class Kept:
    """What was counted before, and is added: rows of tallies by text and by lead."""

    tallies: QuerySet[Tally, Any]
    leads: QuerySet[LeadTally, Any]


@dataclass(frozen=True, slots=True)
class Sums:
    """What a statement adds up."""

    parts: list[Part] = field(default_factory=list)  # of all leads together
    shares: list[Share] = field(default_factory=list)  # of the agencies that have most, the first first
    more: list[Counted] = field(default_factory=list)  # the other count


SUMMED = """
WITH p (lead, declared, confirmed, is_key, limit_class, named, {names}) AS ({sets}),
q AS (SELECT declared, confirmed, is_key, limit_class = '{dated}' AS dated, {names} FROM p{tallies}),
r AS (
    SELECT lead, {assigned} AS assigned, {completed} AS completed, {confirmed} AS confirmed,
        {overdue} AS overdue FROM p WHERE named{leads}
){others}
SELECT 0, declared, confirmed, is_key, dated, SUM(n), SUM(due), SUM(later){sum}, 0 FROM q
GROUP BY declared, confirmed, is_key, dated
UNION ALL SELECT * FROM (
    SELECT lead, '', '', FALSE, FALSE, SUM(assigned), SUM(completed), SUM(confirmed), SUM(overdue){none}
    FROM r GROUP BY lead HAVING SUM(assigned) > 0 ORDER BY SUM(assigned) DESC, lead LIMIT {limit}
) AS most{more}
"""


MORE = " UNION ALL SELECT -1, kind, nature, FALSE, FALSE, owner, n, 0, 0{none} FROM others"


def summed(sets: Iterable[Sql], limit: int, *, kept: Kept | None = None, more: Sql = EMPTY) -> Sums:
    """Of the statements of sets; `more`: that of another count, in four columns."""
    selected = [(NOTHING, ()), *sets]
    tallies, leads = (sql_of(kept.tallies), sql_of(kept.leads)) if kept else (EMPTY, EMPTY)
    text = SUMMED.format(
        sets=" UNION ALL ".join(sql for sql, _ in selected if sql),
        tallies=f" UNION ALL {tallies[0]}" if tallies[0] else "",
        leads=f" UNION ALL {leads[0]}" if leads[0] else "",
        dated=LimitClass.DATED,
        assigned=_n_if("declared", ASSIGNED),
        completed=_n_if("declared", COMPLETED),
        confirmed=_n_if("confirmed", COMPLETED),
        overdue=_n_if("declared", [Status.OVERDUE]),
        limit=limit,
        names=NAMES,
        sum=SUM,
        none=NONE,
        others=f", others (kind, nature, owner, n) AS ({more[0]})" if more[0] else "",
        more=MORE.format(none=NONE) if more[0] else "",
    )
    values = [value for _, params in (*selected, tallies, leads, more) for value in params]
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return _read(cursor.fetchall())


def _read(rows: Iterable[Sequence[Any]]) -> Sums:
    found = Sums()
    parts, shares, more = found.parts, found.shares, found.more
    for lead, declared, confirmed, is_key, dated, *numbers in rows:
        sums = [int(number) for number in numbers]
        if lead < 0:
            more.append((declared, confirmed, sums[0], sums[1]))
        elif lead:
            shares.append(Share(lead, *sums[:4]))
        else:
            parts.append(Part(0, Status(declared), Status(confirmed), bool(is_key), bool(dated), *sums[:-1]))
    shares.sort(key=lambda share: (-share.assigned, share.agency_id))
    return found


def by_status(
    spans: QuerySet[Span], day: date, after: datetime, sign: int, naming: Q | None
) -> QuerySet[Any, Any]:
    """The set by lead and status in both series, with its numbers; `after`: when the day has ended."""
    named: Any = Value(value=True, output_field=BooleanField())
    if naming is not None:
        named = Case(When(naming, then=named), default=Value(value=False))
    rows = with_status(spans, day).order_by().annotate(named=named)
    by = rows.values_list("lead_id", "status_declared", "status_confirmed", "is_key", "limit_class", "named")
    numbers: QuerySet[Any, Any] = by.annotate(
        n=sign * Count("*"),
        due=sign * Count("known_to", filter=Q(limit_on__lte=day)),
        later=sign * Count("known_to", filter=Q(known_from__gte=after)),
        **{name.value: sign * Count("known_to", filter=Holds(day, name)) for name in COUNTED_APART},
    )
    return numbers


def _n_if(series: str, statuses: Iterable[Status]) -> str:
    """The number where the status is one of these; the words are our own, there is nothing to escape."""
    words = ", ".join(f"'{status}'" for status in sorted(statuses))
    return f"CASE WHEN {series} IN ({words}) THEN n ELSE 0 END"
