"""Writes the closure of the relations, which `rebuild` makes anew from the facts with the same digest."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Max

from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Agency, Closure, Relation
from thuocdo.lib import closures
from thuocdo.lib.bitemporal import difference
from thuocdo.lib.closure_history import Believed, Step, Told, canonical, history
from thuocdo.lib.closures import Edge, LoopError, Row
from thuocdo.lib.moments import DAY_MAX, MOMENT_MAX
from thuocdo.lib.say import Refused, say

ROWS_PER_STATEMENT = 2000
WHOLE_FROM = 2000  # from so many agencies on, reading the whole kind is cheaper than naming them
ROW = ("ancestor_id", "descendant_id", "depth", "opened_on", "closed_on")
TOLD = ("opened_on", "closed_on", "recorded_at", "closed_recorded_at")


def hold(at: datetime) -> None:
    """Let one change of the tree happen at a time, none recorded before what is already recorded.

    Every action that changes agencies or relations calls it first. On PostgreSQL the first agency's row is
    the lock; SQLite has one writer anyway.
    """
    list(Agency.objects.select_for_update().order_by("pk").values_list("pk")[:1])
    for model in (Agency, Relation):
        latest = model.objects.aggregate(opened=Max("recorded_at"), closed=Max("closed_recorded_at"))
        if any(moment is not None and moment > at for moment in latest.values()):
            raise Refused(
                say("A change of the agencies cannot be recorded before one that is already recorded.")
            )


def respan(kind: RelationKind, agency_ids: Iterable[int] | None, at: datetime) -> None:
    """Bring the closure of this kind up to date after a change at or above these agencies (None: anywhere).

    Only rows of these agencies and of those ever below them are looked at; only the difference is written.
    Raises `Refused` with the names when somebody would stand above themselves.
    """
    standing = Closure.objects.filter(kind=kind, known_to=MOMENT_MAX)
    lives = Agency.objects.all()
    relations = Relation.objects.filter(kind=kind)
    nodes = None if agency_ids is None else _below(kind, agency_ids)
    if nodes is not None and len(nodes) < WHOLE_FROM:
        standing = standing.filter(descendant__in=nodes)
        lives = lives.filter(pk__in=nodes)
        relations = relations.filter(child__in=_and_above(kind, nodes))
    edges = (Edge(*row) for row in relations.values_list("child_id", "parent_id", "opened_on", "closed_on"))
    wanted = _rows(
        {pk: (first, end) for pk, first, end in lives.values_list("pk", "opened_on", "closed_on")}, edges
    )
    keys = {Row(*row): pk for pk, *row in standing.values_list("pk", *ROW)}
    gone, new = difference(keys, wanted)
    for pks in _some(keys[row] for row in gone):
        Closure.objects.filter(pk__in=pks).update(known_to=at)
    _insert(Closure(kind=kind, known_from=at, **dict(zip(ROW, row, strict=True))) for row in sorted(new))


def _below(kind: RelationKind, agency_ids: Iterable[int]) -> set[int]:
    """These agencies and all that any standing row, of any day, has below them."""
    ids = set(agency_ids)
    rows = Closure.objects.filter(kind=kind, known_to=MOMENT_MAX, ancestor__in=ids)
    return ids | set(rows.values_list("descendant_id", flat=True))


def _and_above(kind: RelationKind, nodes: set[int]) -> set[int]:
    """The nodes, their parents by the relations, and all that any standing row has above either."""
    parents = Relation.objects.filter(kind=kind, child__in=nodes).values_list("parent_id", flat=True)
    near = nodes | set(parents)
    rows = Closure.objects.filter(kind=kind, known_to=MOMENT_MAX, descendant__in=near)
    return near | set(rows.values_list("ancestor_id", flat=True).distinct())


def _rows(lives: dict[int, closures.Days], edges: Iterable[Edge]) -> set[Row]:
    try:
        return closures.rows(lives, edges)
    except LoopError as loop:
        names = dict(Agency.objects.filter(pk__in=loop.path).values_list("pk", "name"))
        raise Refused(loop.say(names)) from loop


def _some(items: Iterable[int]) -> Iterator[list[int]]:
    source = iter(items)
    while some := list(islice(source, ROWS_PER_STATEMENT)):
        yield some


def _insert(rows: Iterable[Closure]) -> None:
    source = iter(rows)
    while some := list(islice(source, ROWS_PER_STATEMENT)):
        Closure.objects.bulk_create(some)


def _believed(kind: RelationKind) -> Iterator[Believed]:
    """Every row of this kind ever believed, from the facts alone."""
    lives = {pk: Told(*told) for pk, *told in Agency.objects.values_list("pk", *TOLD)}
    steps: list[tuple[Step, Told]] = [
        ((child, parent), Told(*told))
        for child, parent, *told in Relation.objects.filter(kind=kind).values_list(
            "child_id", "parent_id", *TOLD
        )
    ]
    return history(lives, steps, DAY_MAX, MOMENT_MAX)


@transaction.atomic
def rebuild() -> int:
    """Throw the closure away and make it anew from agencies and relations; returns the number of rows."""
    Closure.objects.all().delete()
    for kind in RelationKind:
        _insert(
            Closure(kind=kind, known_from=since, known_to=until, **dict(zip(ROW, row, strict=True)))
            for row, since, until in canonical(_believed(kind))
        )
    return Closure.objects.count()


def digest() -> str:
    """SHA-256 over what the closure says, whatever the order and cut of its rows."""
    state = hashlib.sha256()
    for kind in RelationKind:
        rows = Closure.objects.filter(kind=kind).values_list(*ROW, "known_from", "known_to")
        for row, since, until in canonical(
            Believed(Row(*row[:5]), row[5], row[6]) for row in rows.iterator()
        ):
            state.update(f"{kind} {tuple(map(str, row))} {since.isoformat()} {until.isoformat()}\n".encode())
    return state.hexdigest()
