"""Loads the dated facts of assignments for `rules/history.py`, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from thuocdo.agencies.models import Agency
from thuocdo.assignments.enums import (
    Capacity,
    ChangeKind,
    HoldState,
    InterruptionKind,
    LimitClass,
    Parameter,
)
from thuocdo.assignments.models import (
    Assignment,
    CapacityChange,
    ChangeDecision,
    Claim,
    Difficulty,
    Hold,
    HoldAnswer,
    InterimTarget,
    Interruption,
    LimitMove,
    Outage,
    ParameterValue,
    Report,
    Review,
)
from thuocdo.assignments.rules.history import (
    Claimed,
    Extended,
    Facts,
    HandedTo,
    Interrupted,
    Reported,
    Reviewed,
)
from thuocdo.assignments.rules.pace import Planned
from thuocdo.assignments.rules.parameters import OF_SPANS, Setting
from thuocdo.assignments.rules.weighing import Blocked, Held, HoldAnswered, OutOfReach
from thuocdo.lib.bitemporal import Known
from thuocdo.lib.moments import DAY_MAX, MOMENT_MAX

Rows = dict[int, list[Any]]


def load(assignments: Iterable[Assignment]) -> dict[int, Facts]:
    """The facts of each given assignment that has a lead, by its id: fifteen statements at most."""
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
        "hold_answers": _hold_answers(ids),
        "difficulties": _difficulties(ids),
        "targets": _targets(ids),
    }
    leads = {
        one.pk: {
            one.lead_id,
            *(row.agency for row in parts["handed"][one.pk] if row.capacity is Capacity.LEAD),
        }
        for one in led
    }
    parts["silences"] = _silences(leads)
    settings = tuple(_settings())
    return {
        one.pk: _facts(one, {name: tuple(rows[one.pk]) for name, rows in parts.items()}, settings)
        for one in led
    }


def _facts(one: Assignment, parts: dict[str, tuple[Any, ...]], settings: tuple[Setting, ...]) -> Facts:
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
        settings=settings,
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
    columns = (
        "assignment", "happened_on", "observed_on", "progress", "recorded_at", "corrected_by__recorded_at",
    )  # fmt: skip
    for assignment, on, observed_on, progress, at, ended_at in _rows(
        Report.objects.filter(assignment__in=ids), *columns
    ):
        found[assignment].append(Reported(on, observed_on, _known(at, ended_at), progress))
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
    found: Rows = defaultdict(list)
    rows = Hold.objects.filter(assignment__in=ids).order_by("opened_on", "recorded_at", "pk")
    columns = ("assignment", "pk", "agency", *LASTING)
    for assignment, key, agency, *lasting in rows.values_list(*columns):
        found[assignment] += [Held(on, until, agency, known, key) for on, until, known in _lasting(*lasting)]
    return found


def _hold_answers(ids: Collection[int]) -> Rows:
    found: Rows = defaultdict(list)
    answers = HoldAnswer.objects.filter(hold__assignment__in=ids)
    for assignment, on, key, state, at in _rows(
        answers, "hold__assignment", "happened_on", "hold", "state", "recorded_at"
    ):
        found[assignment].append(HoldAnswered(on, key, HoldState(state), Known(at)))
    return found


def _difficulties(ids: Collection[int]) -> Rows:
    """Those with an owner; one read outside stands until the day it was seen."""
    found: Rows = defaultdict(list)
    rows = Difficulty.objects.filter(assignment__in=ids, owner__isnull=False)
    columns = ("assignment", "owner", "observed_on", *LASTING)
    for assignment, owner, seen, *lasting in rows.order_by(*ENTERED).values_list(*columns):
        for on, until, known in _lasting(*lasting):
            last = until if seen is None else min(until, seen + timedelta(days=1))
            found[assignment] += [Blocked(on, last, owner, known)] if last > on else []
    return found


def _silences(leads: Mapping[int, Collection[int | None]]) -> Rows:
    """Where there was no signal, for every agency that ever led: its own place, or one around it."""
    found: Rows = defaultdict(list)
    outages = list(Outage.objects.order_by(*ENTERED).values_list("agency", "territory", *LASTING))
    if not outages:
        return found
    ids = {pk for agencies in leads.values() for pk in agencies if pk is not None}
    around = ("territory", "territory__parent", "territory__parent__parent")
    places = {pk: set(of) for pk, *of in Agency.objects.filter(pk__in=ids).values_list("pk", *around)}
    for key, agencies in leads.items():
        for agency, territory, *lasting in outages:
            silent = [
                pk for pk in agencies if pk is not None and (pk == agency or territory in places[pk] - {None})
            ]
            found[key] += [
                OutOfReach(on, until, pk, known) for pk in silent for on, until, known in _lasting(*lasting)
            ]
    return found


def _targets(ids: Collection[int]) -> Rows:
    """Those set together, at one moment, are one fact."""
    found: Rows = defaultdict(list)
    rows = InterimTarget.objects.filter(assignment__in=ids).order_by(
        "happened_on", "recorded_at", "target_on"
    )
    columns = ("assignment", "happened_on", "recorded_at", "target_on", "share")
    for (assignment, on, at), points in groupby(rows.values_list(*columns), key=lambda row: row[:3]):
        found[assignment].append(Planned(on, tuple((day, share) for *_, day, share in points), Known(at)))
    return found


def _settings() -> Iterator[Setting]:
    rows = _rows(ParameterValue.objects.all(), "happened_on", "name", "value", "recorded_at")
    for on, name, value, at in rows:
        if name in OF_SPANS:
            yield Setting(on, Parameter(name), value, Known(at))


LASTING = ("opened_on", "closed_on", "recorded_at", "closed_recorded_at")
ENTERED = ("opened_on", "recorded_at", "pk")


def _lasting(
    opened_on: date, closed_on: date, at: datetime, closed_at: datetime | None
) -> Iterator[tuple[date, date, Known]]:
    """What was closed was first believed open-ended, then ended: two beliefs."""
    yield opened_on, DAY_MAX, _known(at, closed_at)
    if closed_at is not None and closed_on > opened_on:
        yield opened_on, closed_on, Known(closed_at)
