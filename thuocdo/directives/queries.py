"""Reads over the register, each in a fixed number of statements."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Count, F, JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from thuocdo.directives.enums import DirectiveRelationKind
from thuocdo.directives.models import (
    Directive,
    DirectiveQuerySet,
    DutyLink,
    Obligation,
    Provision,
    Publication,
    Tally,
)
from thuocdo.directives.rules import tally as tally_rule
from thuocdo.directives.rules.publicity import Shown
from thuocdo.directives.rules.symbol import parse_symbol
from thuocdo.lib.moments import MOMENT_MAX, AsOf
from thuocdo.lib.say import Say
from thuocdo.statements.fixed import Fixed

TALLIES = 8  # the latest printed counts that a page shows
DEPTH = 8  # how far the cascade is followed: centre, ministry, province, commune, each with an amendment
MOST = 500  # links of one cascade, the nearest; a Party resolution may have thousands of plans below it


@dataclass(frozen=True, slots=True)
class Publicity:
    """What of a directive is public today, by the last decision; `since` is None when nobody has decided."""

    shown: Shown
    withheld: str = ""
    since: date | None = None
    by_id: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One step of the cascade: above, `near` does `kind` to `far`; below, `far` does it to `near`."""

    kind: DirectiveRelationKind
    near_id: int
    far: Directive
    depth: int  # 1: a direct relation of the directive asked for


@dataclass(frozen=True, slots=True)
class Cascade:
    """What a directive rests on and what rests on it, nearest first."""

    above: tuple[Link, ...]
    below: tuple[Link, ...]
    is_cut: bool = False  # there are more than MOST


@dataclass(frozen=True, slots=True)
class Part:
    """One printed part of a tally."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Printed:
    """A tally with what does not add up in it. Its standing is always "declared" (1.21)."""

    tally: Tally  # with source and directive
    parts: tuple[Part, ...]
    problems: tuple[Say, ...]
    standing: str = "declared"


@dataclass(frozen=True, slots=True)
class Duties:
    """How many provisions and obligations a directive has in the register, key ones among them."""

    provisions: int = 0
    without_obligation: int = 0  # provisions that nothing has been read out of
    obligations: int = 0
    key: int = 0


def public_aspects() -> dict[int, Shown]:
    """What is public today of each directive that is public at all. One statement."""
    last = {pk: Shown(*aspects) for pk, *aspects in _decided.rows()}
    return {pk: shown for pk, shown in last.items() if shown.progress}


@Fixed
def _decided() -> QuerySet[Publication, Any]:
    """Every decision of what is public, in their order."""
    rows = Publication.objects.order_by("recorded_at", "pk")
    return rows.values_list("directive_id", "progress", "responsibility", "results")


def publicity(directive_ids: Iterable[int]) -> dict[int, Publicity]:
    """What of each directive is public today. One statement."""
    ids = list(directive_ids)
    decisions = Publication.objects.filter(directive_id__in=ids).order_by("recorded_at", "pk")
    found = {id_: Publicity(Shown()) for id_ in ids}
    for row in decisions:
        shown = Shown(row.progress, row.responsibility, row.results)
        found[row.directive_id] = Publicity(shown, row.withheld, row.decided_on, row.decided_by_id)
    return found


Rows = TypeVar("Rows", bound=QuerySet[Any])


def with_publicity(rows: Rows, directive: str) -> Rows:
    """Rows that carry what `publicity_of` says of them; `directive` names the column of the directive."""
    columns = ("progress", "responsibility", "results", "withheld", "decided_on", "decided_by_id")
    decided = Publication.objects.filter(directive=OuterRef(directive)).order_by("-recorded_at", "-pk")
    last = decided.values(said=JSONObject(**{name: name for name in columns}))[:1]
    return rows.annotate(publicity=Subquery(last, output_field=JSONField()))


def publicity_of(row: Any) -> Publicity:  # noqa: ANN401 - a row of `with_publicity`
    """What is public today of the directive of the row; no statement."""
    said = row.publicity
    if said is None:
        return Publicity(Shown())
    shown = Shown(bool(said["progress"]), bool(said["responsibility"]), bool(said["results"]))
    return Publicity(shown, said["withheld"], date.fromisoformat(said["decided_on"]), said["decided_by_id"])


def duties(directive_ids: Iterable[int], as_of: AsOf) -> dict[int, Duties]:
    """Counts for each directive, as known at the moment asked for. Two statements."""
    ids = list(directive_ids)
    known = Q(recorded_at__lte=as_of.known or MOMENT_MAX)
    obligations = (
        Obligation.objects.filter(known, directive_id__in=ids)
        .values("directive_id")
        .annotate(total=Count("pk"), key=Count("pk", filter=Q(is_key=True)))
    )
    provisions = (
        Provision.objects.filter(known, directive_id__in=ids)
        .values("directive_id")
        .annotate(
            total=Count("pk", distinct=True),
            used=Count(
                "pk", distinct=True, filter=Q(obligations__recorded_at__lte=as_of.known or MOMENT_MAX)
            ),
        )
    )
    lines = {row["directive_id"]: (row["total"], row["used"]) for row in provisions}
    works = {row["directive_id"]: (row["total"], row["key"]) for row in obligations}
    return {id_: _duties(lines.get(id_, (0, 0)), works.get(id_, (0, 0))) for id_ in ids}


def _duties(lines: tuple[int, int], works: tuple[int, int]) -> Duties:
    return Duties(lines[0], lines[0] - lines[1], works[0], works[1])


WALK = """
    WITH RECURSIVE walk (far, near, kind, up, depth) AS (
        SELECT to_id, directive_id, kind, 1, 1 FROM directives_directiverelation
        WHERE directive_id = %s AND recorded_at <= %s
      UNION
        SELECT directive_id, to_id, kind, 0, 1 FROM directives_directiverelation
        WHERE to_id = %s AND recorded_at <= %s
      UNION
        SELECT CASE walk.up WHEN 1 THEN r.to_id ELSE r.directive_id END, walk.far, r.kind, walk.up, depth + 1
        FROM walk JOIN directives_directiverelation r
          ON (walk.up = 1 AND r.directive_id = walk.far) OR (walk.up = 0 AND r.to_id = walk.far)
        WHERE depth < %s AND r.recorded_at <= %s
    )
    SELECT up, kind, near, far, MIN(depth) AS nearest FROM walk
    GROUP BY up, kind, near, far ORDER BY nearest, far, kind LIMIT %s
"""


def cascade(directive: Directive, among: DirectiveQuerySet, as_of: AsOf) -> Cascade:
    """The relations of a directive up and down, to any depth, loops walked once. Two statements.

    Only texts in `among` (what the reader may see) are shown, and nothing is reached through one that is not.
    """
    moment = connection.ops.adapt_datetimefield_value(as_of.known or MOMENT_MAX)
    with connection.cursor() as cursor:
        cursor.execute(WALK, [directive.pk, moment, directive.pk, moment, DEPTH, moment, MOST + 1])
        found = cursor.fetchall()
    steps = found[:MOST]
    seen = {row.pk: row for row in among.standing(as_of).filter(pk__in={step[3] for step in steps})}
    reached: dict[int, set[int]] = {0: {directive.pk}, 1: {directive.pk}}
    links: dict[int, list[Link]] = {0: [], 1: []}
    for up, kind, near, far, depth in steps:
        if far in seen and far != directive.pk and near in reached[up]:
            reached[up].add(far)
            links[up].append(Link(DirectiveRelationKind(kind), near, seen[far], depth))
    return Cascade(above=tuple(links[1]), below=tuple(links[0]), is_cut=len(found) > MOST)


def tallies(agency_ids: Iterable[int] | None, as_of: AsOf) -> tuple[Printed, ...]:
    """The counts printed for these agencies (None: for any) up to the day, latest first. One statement."""
    of = {} if agency_ids is None else {"agencies": frozenset(agency_ids)}
    in_order = _latest.rows(day=as_of.day, known=as_of.known or MOMENT_MAX, **of)
    return tuple(_printed(list(group)) for _, group in groupby(in_order, key=attrgetter("pk")))


@Fixed
def _latest(*, day: date, known: datetime, agencies: Collection[int] | None = None) -> QuerySet[Any]:
    """The latest printed counts, each once for each of its parts."""
    rows = Tally.objects.filter(happened_on__lte=day, recorded_at__lte=known).order_by("-happened_on", "pk")
    if agencies is not None:
        rows = rows.filter(agency_id__in=agencies)
    latest = Tally.objects.filter(pk__in=rows.values("pk")[:TALLIES])
    by_part = latest.annotate(part=F("parts__label"), count=F("parts__count"))
    related = by_part.select_related("source", "directive", "agency")
    return related.order_by("-happened_on", "pk", "parts__ordinal")


def _printed(rows: list[Any]) -> Printed:
    """A tally, from its row once for each of its parts."""
    parts = tuple(Part(row.part, row.count) for row in rows if row.part is not None)
    problems = tally_rule.problems(rows[0].total, [(part.label, part.count) for part in parts])
    return Printed(rows[0], parts, tuple(problems))


def same_duty(obligation: Obligation, as_of: AsOf) -> list[Obligation]:
    """The same duty as other texts state it, each with its own limit (1.09), as known at the moment.

    One statement; none for a duty that is linked to no other today, unless an earlier moment is asked for.
    """
    if obligation.same_duty is None and as_of.known is None:
        return []
    linked = Obligation.objects.annotate(number=F("same_duty"))
    if as_of.known is not None:
        known = DutyLink.objects.filter(obligation=OuterRef("pk"), recorded_at__lte=as_of.known)
        linked = Obligation.objects.annotate(number=Subquery(known.order_by("-pk").values("same_duty")[:1]))
    number = linked.filter(pk=obligation.pk).values("number")
    others = linked.filter(number__in=number).exclude(pk=obligation.pk)
    return list(others.select_related("directive").order_by("limit_on", "pk"))


def find_by_symbol(text: str, *, year: int | None = None) -> list[Directive]:
    """The registered texts that a written symbol may mean, latest first; none if it is no symbol.

    Several: other years, or other agencies that sign alike; the caller asks, it does not choose.
    """
    symbol = parse_symbol(text)
    if isinstance(symbol, Say):
        return []
    rows = Directive.objects.filter(
        number=symbol.number, type_code=symbol.type_code, issuer_code=symbol.series
    )
    wanted = symbol.year or year
    if wanted is not None:
        rows = rows.filter(year=wanted)
    return list(rows.order_by("-issued_on", "pk"))
