"""Which open duties have reached a step that was not taken: by ranges of an index, some at a time (2.07)."""

import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Agency, Closure
from thuocdo.assignments.models import Span, StepChoice, StepTaken
from thuocdo.assignments.rules import escalation
from thuocdo.assignments.rules.escalation import Chosen, Mode, Step, Way, Window
from thuocdo.lib.moments import DAY_MAX, MOMENT_MAX, AsOf, day_of

AT_ONCE = 2_000  # duties of one transaction
AGAIN = timedelta(hours=1)  # how long a step is left alone for which nobody was found to tell
SHOWN = 100  # of these on the page of an office
COLUMNS = (
    "assignment_id", "limit_on", "lead_id", "assigner_id", "confirming_id", "monitoring_id",
    "assignment__work", "assignment__given_on", "assignment__given_recorded_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reached:
    """A duty with the step it has reached."""

    step: Step
    assignment_id: int
    limit_on: date
    lead_id: int
    assigner_id: int
    office_id: int
    work: str
    passed: bool


@dataclass(frozen=True, slots=True)
class Above:
    """Who stands right above each agency, and above that, in the administrative tree of a day."""

    right: dict[int, int]
    further: dict[int, int]


def steps() -> tuple[Step, ...]:
    """The table of this installation: the operator's file, or the one of the rules."""
    return _read(settings.STEPS_FILE) if settings.STEPS_FILE else escalation.STEPS


@lru_cache(maxsize=1)
def _read(place: str) -> tuple[Step, ...]:
    with Path(place).open("rb") as handle:
        return escalation.read(tomllib.load(handle).get("step"))


def chosen() -> dict[int, dict[str, Chosen]]:
    """What each office chose, by step."""
    found: dict[int, dict[str, Chosen]] = {}
    for row in StepChoice.objects.order_by("office", "pk"):
        found.setdefault(row.office_id, {})[row.step] = _chosen(row)
    return found


def chosen_by(office: Agency) -> dict[str, Chosen]:
    """What one office chose, by step."""
    return {row.step: _chosen(row) for row in StepChoice.objects.filter(office=office)}


def _chosen(row: StepChoice) -> Chosen:
    return Chosen(
        Mode(row.mode), row.days, escalation.told_of(row.told) or None, Way(row.way) if row.way else None
    )


def above(day: date) -> Above:
    """The tree as far as it is needed: one statement."""
    rows = Closure.objects.standing(AsOf(day)).filter(kind=RelationKind.ADMINISTRATIVE, depth__in=(1, 2))
    near: dict[int, dict[int, int]] = {1: {}, 2: {}}
    for depth, lower, upper in rows.values_list("depth", "descendant", "ancestor"):
        near[depth][lower] = upper
    return Above(near[1], near[2])


@dataclass(frozen=True, slots=True)
class Looked:
    """Which day is looked at, since when people are told, and when: what was tried just now is left alone."""

    day: date
    began: date
    at: datetime


def due(
    table: Sequence[Step], chosen: Mapping[int, Mapping[str, Chosen]], looked: Looked
) -> Iterator[list[Reached]]:
    """Every duty that has reached a step not taken yet, in batches; each batch one read of an index.

    Offices that want other days for a step are looked at by themselves, with their own table.
    """
    own = {office: its for office, its in chosen.items() if any(one.days is not None for one in its.values())}
    rows: QuerySet[Any] = _open(looked.day)
    if own:
        rows = rows.annotate(cares=Coalesce("monitoring_id", "confirming_id", "assigner_id"))
    yield from _due(table, _without(rows, own), looked)
    for office, its in own.items():
        yield from _due(escalation.table_of(table, its), rows.filter(cares=office), looked)


def _without(rows: QuerySet[Any], own: Mapping[int, object]) -> QuerySet[Any]:
    return rows.exclude(cares__in=list(own)) if own else rows


def _due(table: Sequence[Step], rows: QuerySet[Any], looked: Looked) -> Iterator[list[Reached]]:
    for window in escalation.windows(table, looked.day, looked.began):
        for batch in _batches(rows.filter(_within(window), _not_taken(window.step, looked.at))):
            yield [_reached(window.step, row, looked.began) for row in batch]
    yield from _by_share(table, rows, looked)


def _by_share(table: Sequence[Step], rows: QuerySet[Any], looked: Looked) -> Iterator[list[Reached]]:
    """Those whose time is used to a share, while no dated step has been reached: all with a later limit."""
    if not escalation.shares(table):
        return
    day = looked.day
    first = min((step.days for step in table if not step.share), default=0)
    later = Q(limit_on__gt=day) & Q(limit_on__gt=date.fromordinal(day.toordinal() - first))
    for batch in _batches(rows.filter(later)):
        found = [(escalation.reached(table, row[7], row[1], day), row) for row in batch]
        taken = set(
            _settled(looked.at)
            .filter(assignment__in=[row[0] for _, row in found])
            .values_list("assignment", "limit_on", "step")
        )
        yield [
            _reached(step, row, looked.began)
            for step, row in found
            if step is not None and (row[0], row[1], step.key) not in taken
        ]


def _open(day: date) -> QuerySet[Span]:
    """The spans of duties that somebody has to be reminded of: known, not declared done, not paused."""
    standing = Span.objects.filter(
        known_to=MOMENT_MAX, declared_by=None, withdrawn=False
    )  # as the index has them
    known = Q(known_until=None) | Q(known_until__gte=day)
    return standing.filter(known, valid_from__lte=day, valid_to__gt=day, paused=False)


def _within(window: Window) -> Q:
    return Q(limit_on__gt=window.above, limit_on__lte=window.upto)


def _settled(at: datetime) -> QuerySet[StepTaken]:
    """The steps that are not taken now: taken, or tried within the hour while there was nobody to tell."""
    return StepTaken.objects.filter(Q(untold=False) | Q(taken_at__gt=at - AGAIN))


def _not_taken(step: Step, at: datetime) -> Q:
    taken = _settled(at).filter(
        assignment=OuterRef("assignment_id"), limit_on=OuterRef("limit_on"), step=step.key
    )
    return Q(~Exists(taken))


def _batches(rows: QuerySet[Span]) -> Iterator[list[tuple]]:  # type: ignore[type-arg]
    """The rows in the order of the index, each batch beginning after the last row of the one before."""
    ordered = rows.order_by("limit_on", "assignment_id").values_list(*COLUMNS)
    after = Q()
    while batch := list(ordered.filter(after)[:AT_ONCE]):
        yield batch
        pk, limit_on = batch[-1][:2]
        after = Q(limit_on__gt=limit_on) | Q(limit_on=limit_on, assignment_id__gt=pk)


def _reached(step: Step, row: tuple, began: date) -> Reached:  # type: ignore[type-arg]
    pk, limit_on, lead, assigner, confirming, monitoring, work, given_on, recorded_at = row
    on = escalation.step_day(step, given_on, limit_on)
    return Reached(
        step=step,
        assignment_id=pk,
        limit_on=limit_on,
        lead_id=lead,
        assigner_id=assigner,
        office_id=monitoring or confirming or assigner,
        work=work,
        passed=escalation.has_passed(step, on, began, day_of(recorded_at)),
    )


def named(rows: Sequence[Reached]) -> dict[int, str]:
    """The names of the leads."""
    return dict(Agency.objects.filter(pk__in={row.lead_id for row in rows}).values_list("pk", "name"))


def untold(offices: Collection[int]) -> list[tuple[StepTaken, Step | None]]:
    """The steps of duties in the care of these offices that reached nobody, each duty's last one."""
    open_now: QuerySet[Any] = Span.objects.filter(
        known_to=MOMENT_MAX, declared_by=None, withdrawn=False, paused=False
    )
    open_now = open_now.annotate(cares=Coalesce("monitoring_id", "confirming_id", "assigner_id")).filter(
        assignment=OuterRef("assignment"), limit_on=OuterRef("limit_on"), cares__in=offices,
        valid_to=DAY_MAX,
    )  # fmt: skip
    same = StepTaken.objects.filter(assignment=OuterRef("assignment"), limit_on=OuterRef("limit_on"))
    rows = StepTaken.objects.filter(
        Exists(open_now), ~Exists(same.filter(pk__gt=OuterRef("pk"))), untold=True
    )
    known = {step.key: step for step in steps()}
    found = rows.select_related("assignment__lead").order_by("limit_on", "pk")[:SHOWN]
    return [(row, known.get(row.step)) for row in found]
