"""Loads the dated facts of assignments for `rules/history.py`, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from thuocdo.assignments.enums import Capacity, ChangeKind, InterruptionKind, LimitClass
from thuocdo.assignments.models import (
    Assignment,
    CapacityChange,
    ChangeDecision,
    Claim,
    Hold,
    Interruption,
    LimitMove,
    Report,
    Review,
)
from thuocdo.assignments.rules.history import (
    Claimed,
    Extended,
    Facts,
    HandedTo,
    Held,
    Interrupted,
    Known,
    Reported,
    Reviewed,
)
from thuocdo.lib.moments import DAY_MAX, MOMENT_MAX

Rows = dict[int, list[Any]]


def load(assignments: Iterable[Assignment]) -> dict[int, Facts]:
    """The facts of each given assignment that has a lead, by its id: eight statements for any number."""
    led = [one for one in assignments if one.lead_id is not None and one.given_on is not None]
    ids = [one.pk for one in led]
    parts = {
        "handed": _handed(ids),
        "limits": _limits(ids),
        "interruptions": _interruptions(ids),
        "reports": _reports(ids),
        "claims": _claims(ids),
        "reviews": _reviews(ids),
        "holds": _holds(ids),
    }
    return {one.pk: _facts(one, {name: tuple(rows[one.pk]) for name, rows in parts.items()}) for one in led}


def _facts(one: Assignment, parts: dict[str, tuple[Any, ...]]) -> Facts:
    if one.given_on is None or one.lead_id is None or one.given_recorded_at is None:
        raise ValueError(one.pk)
    return Facts(
        given_on=one.given_on,
        lead=one.lead_id,
        assigner=one.assigner_id,
        confirming=one.confirming_id,
        monitoring=one.monitoring_id,
        limit_class=LimitClass(one.limit_class),
        limit_on=one.limit_on,
        observed_on=one.observed_on,
        known=Known(one.given_recorded_at),
        **parts,
    )


def _known(recorded_at: datetime, ended_at: datetime | None) -> Known:
    return Known(recorded_at, ended_at or MOMENT_MAX)


def _rows(queryset: QuerySet[Any, Any], *columns: str) -> Iterable[tuple[Any, ...]]:
    return queryset.order_by("happened_on", "recorded_at", "pk").values_list(*columns)


def _handed(ids: Collection[int]) -> Rows:
    found: Rows = defaultdict(list)
    changes = CapacityChange.objects.filter(assignment__in=ids).exclude(capacity=Capacity.COORDINATOR)
    columns = ("assignment", "happened_on", "agency", "recorded_at", "capacity")
    for assignment, on, agency, recorded_at, capacity in _rows(changes, *columns):
        found[assignment].append(HandedTo(on, agency, Known(recorded_at), Capacity(capacity)))
    return found


def _limits(ids: Collection[int]) -> Rows:
    found: Rows = defaultdict(list)
    granted = ChangeDecision.objects.filter(
        request__assignment__in=ids, request__kind=ChangeKind.LIMIT, granted=True, limit_on__isnull=False
    )
    moved = LimitMove.objects.filter(term__assignment__in=ids)
    by_the_assigner = granted.values_list("request__assignment", "happened_on", "limit_on", "recorded_at")
    by_the_calendar = moved.values_list("term__assignment", "happened_on", "to_on", "recorded_at")
    rows: QuerySet[Any, Any] = by_the_assigner.union(by_the_calendar, all=True).order_by(
        "happened_on", "recorded_at"
    )
    for assignment, on, limit_on, recorded_at in rows:
        found[assignment].append(Extended(on, limit_on, Known(recorded_at)))
    return found


def _interruptions(ids: Collection[int]) -> Rows:
    found: Rows = defaultdict(list)
    rows = _rows(
        Interruption.objects.filter(assignment__in=ids), "assignment", "happened_on", "kind", "recorded_at"
    )
    for assignment, on, kind, recorded_at in rows:
        found[assignment].append(Interrupted(on, InterruptionKind(kind), Known(recorded_at)))
    return found


def _reports(ids: Collection[int]) -> Rows:
    found: Rows = defaultdict(list)
    columns = ("assignment", "happened_on", "observed_on", "recorded_at", "corrected_by__recorded_at")
    for assignment, on, observed_on, at, ended_at in _rows(
        Report.objects.filter(assignment__in=ids), *columns
    ):
        found[assignment].append(Reported(on, observed_on, _known(at, ended_at)))
    return found


def _claims(ids: Collection[int]) -> Rows:
    found: Rows = defaultdict(list)
    columns = (
        "assignment", "pk", "happened_on", "shown_on", "no_later_than", "report__observed_on", "recorded_at",
        "corrected_by__recorded_at",
    )  # fmt: skip
    for row in _rows(Claim.objects.filter(assignment__in=ids), *columns):
        assignment, key, on, shown_on, no_later_than, observed_on, at, ended_at = row
        found[assignment].append(
            Claimed(key, on, shown_on, no_later_than, observed_on is not None, _known(at, ended_at))
        )
    return found


def _reviews(ids: Collection[int]) -> Rows:
    found: Rows = defaultdict(list)
    columns = (
        "claim__assignment", "claim", "happened_on", "accepted", "shown_on", "no_later_than", "recorded_at",
        "corrected_by__recorded_at",
    )  # fmt: skip
    for row in _rows(Review.objects.filter(claim__assignment__in=ids), *columns):
        assignment, key, on, accepted, shown_on, no_later_than, at, ended_at = row
        found[assignment].append(Reviewed(key, on, accepted, shown_on, no_later_than, _known(at, ended_at)))
    return found


def _holds(ids: Collection[int]) -> Rows:
    """A hold that was closed was first believed open-ended, then ended: two facts."""
    found: Rows = defaultdict(list)
    rows = Hold.objects.filter(assignment__in=ids).order_by("opened_on", "recorded_at", "pk")
    columns = ("assignment", "agency", "opened_on", "closed_on", "recorded_at", "closed_recorded_at")
    for assignment, agency, opened_on, closed_on, at, closed_at in rows.values_list(*columns):
        found[assignment].append(Held(opened_on, DAY_MAX, agency, _known(at, closed_at)))
        if closed_at is not None and closed_on > opened_on:
            found[assignment].append(Held(opened_on, closed_on, agency, Known(closed_at)))
    return found
