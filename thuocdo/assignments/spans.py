"""Writes the read model: spans of assignments as the difference that new facts make, or anew from all facts.

An action calls `refresh` in its own transaction after it has written a fact. `rebuild` computes the same rows
by replaying every recorded moment; both give the same `digest` (issue line 1.20).
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import astuple
from datetime import datetime
from itertools import islice

from django.db import transaction

from thuocdo.assignments import facts as facts_of
from thuocdo.assignments.models import Assignment, Span, Taken
from thuocdo.assignments.rules import history
from thuocdo.assignments.rules.history import Facts, Stretch
from thuocdo.lib.bitemporal import difference
from thuocdo.lib.moments import MOMENT_MAX

BATCH = 2_000  # assignments at a time; SQLite takes at most 32,766 parameters in one statement
COLUMNS = tuple(Stretch.__dataclass_fields__)


def refresh(assignment_ids: Collection[int], *, at: datetime) -> None:
    """Bring the spans of these assignments up to the facts, as believed from `at` on."""
    ids = sorted(set(assignment_ids))
    for start in range(0, len(ids), BATCH):
        _refresh(ids[start : start + BATCH], at)
    Taken.objects.filter(known__gte=at).update(wrong=True)  # it counts what was believed after this


def rebuild() -> int:
    """Make every span anew from the facts; the number of assignments done."""
    Taken.objects.update(wrong=True)
    ids = Assignment.objects.given().order_by("pk").values_list("pk", flat=True).iterator()
    done = 0
    while batch := list(islice(ids, BATCH)):
        assignments = list(Assignment.objects.filter(pk__in=batch))
        loaded = facts_of.load(assignments)
        with transaction.atomic():
            _replay([(one, loaded[one.pk]) for one in assignments if one.pk in loaded])
        done += len(batch)
    return done


def digest() -> str:
    """SHA-256 over all spans in the order of their contents; equal read models have equal digests."""
    columns = ("assignment_id", "known_from", "known_to", *COLUMNS)
    rows = Span.objects.order_by("assignment_id", "known_from", "valid_from").values_list(*columns)
    found = hashlib.sha256()
    for row in rows.iterator():
        found.update(repr([str(value) for value in row]).encode())
    return found.hexdigest()


def _refresh(ids: list[int], at: datetime) -> None:
    assignments = {one.pk: one for one in Assignment.objects.filter(pk__in=ids)}
    standing: dict[int, dict[Stretch, Span]] = defaultdict(dict)
    ended: dict[tuple[int, Stretch], int] = {}  # at this very moment, by an action before in the same request
    for span in Span.objects.filter(assignment__in=ids, known_to__in=[MOMENT_MAX, at]):
        if span.known_to == MOMENT_MAX:
            standing[span.assignment_id][_stretch(span)] = span
        else:
            ended[span.assignment_id, _stretch(span)] = span.pk
    again: list[int] = []
    closed: list[Span] = []
    opened: list[Span] = []
    late: list[tuple[Assignment, Facts]] = []
    for pk, facts in facts_of.load(assignments.values()).items():
        if history.moments(facts)[-1] > at:  # recorded before, written after a fact that was recorded later
            late.append((assignments[pk], facts))
            continue
        believed = history.believed(facts, at)
        gone, new = difference(standing[pk], history.stretches(believed) if believed else ())
        closed += [standing[pk][one] for one in gone]
        again += [ended[pk, one] for one in new if (pk, one) in ended]
        opened += [_span(assignments[pk], one, at, MOMENT_MAX) for one in new if (pk, one) not in ended]
    _close(closed, at)
    Span.objects.filter(pk__in=again).update(known_to=MOMENT_MAX)
    Span.objects.bulk_create(opened, batch_size=1_000)
    _replay(late)


def _close(spans: Iterable[Span], at: datetime) -> None:
    """End the belief in these spans; one that began at this very moment was never believed."""
    before = [span.pk for span in spans if span.known_from < at]
    never = [span.pk for span in spans if span.known_from >= at]
    if before:
        Span.objects.filter(pk__in=before).update(known_to=at)
    if never:
        Span.objects.filter(pk__in=never).delete()


def _replay(pairs: Iterable[tuple[Assignment, Facts]]) -> None:
    """Make the spans of these assignments anew, moment by moment."""
    pairs = list(pairs)
    Span.objects.filter(assignment__in=[one.pk for one, _ in pairs]).delete()
    spans = (
        _span(one, stretch, since, until) for one, facts in pairs for stretch, since, until in beliefs(facts)
    )
    Span.objects.bulk_create(spans, batch_size=1_000)


def beliefs(facts: Facts) -> Iterator[tuple[Stretch, datetime, datetime]]:
    """Every stretch that was ever believed, with the interval of that belief."""
    standing: dict[Stretch, datetime] = {}
    for moment in history.moments(facts):
        believed = history.believed(facts, moment)
        gone, new = difference(standing, history.stretches(believed) if believed else ())
        for stretch in gone:
            yield stretch, standing.pop(stretch), moment
        standing |= dict.fromkeys(new, moment)
    for stretch, since in standing.items():
        yield stretch, since, MOMENT_MAX


def _stretch(span: Span) -> Stretch:
    return Stretch(**{column: getattr(span, column) for column in COLUMNS})


def _span(one: Assignment, stretch: Stretch, known_from: datetime, known_to: datetime) -> Span:
    return Span(
        assignment_id=one.pk,
        directive_id=one.directive_id,
        depth=one.depth,
        is_key=one.is_key,
        known_from=known_from,
        known_to=known_to,
        **dict(zip(COLUMNS, astuple(stretch), strict=True)),
    )
