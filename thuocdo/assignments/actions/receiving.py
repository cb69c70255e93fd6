"""Recording assignments issued elsewhere, as their text has them, in any number (1.10, 1.18)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.agencies import queries as agency_queries
from thuocdo.agencies.models import Agency
from thuocdo.assignments import offices, spans
from thuocdo.assignments.actions import common, limiting
from thuocdo.assignments.models import Assignment
from thuocdo.assignments.terms import Received
from thuocdo.audit import log
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import require

AT_A_TIME = 2_000  # rows held in memory at once, about


@transaction.atomic
def receive(*, text: Received, by: User | None, at: datetime) -> Assignment:
    """Record one assignment as its text has it; gaps in the six clears stay, and are shown."""
    return Assignment.objects.get(pk=receive_many(texts=[text], by=by, at=at)[0])


@transaction.atomic
def receive_many(*, texts: Iterable[Received], by: User | None, at: datetime) -> list[int]:
    """Record any number of assignments; their ids in the order of the texts, a fan-out before its children.

    Time grows with the number of texts, memory does not: the texts may come from a generator.
    """
    known: Offices = {}
    found: list[int] = []
    for some in _batches(texts):
        found += _store(some, known, by=by, at=at)
    return found


Offices = dict[tuple[int, date], Agency | None]


def _batches(texts: Iterable[Received]) -> Iterator[list[Received]]:
    """The texts in portions of about as many rows each, however many agencies a text goes to."""
    some: list[Received] = []
    rows = 0
    for text in texts:
        some.append(text)
        rows += 1 + len(text.agencies)
        if rows >= AT_A_TIME:
            yield some
            some, rows = [], 0
    if some:
        yield some


def _store(texts: Sequence[Received], known: Offices, *, by: User | None, at: datetime) -> list[int]:
    require(*(common.day_problem(day, at) for day in {text.given_on for text in texts}))
    tops = [_row(text, text.parties.lead, known, at) for text in texts]
    Assignment.objects.bulk_create(tops, batch_size=common.ROWS_PER_INSERT)
    below = [list(_children(top, text, known, at)) for top, text in zip(tops, texts, strict=True)]
    children = [child for some in below for child in some]
    Assignment.objects.bulk_create(children, batch_size=common.ROWS_PER_INSERT)
    log.record_many("assignment.received", [*tops, *children], by=by, at=at)
    for text, top, some in zip(texts, tops, below, strict=True):
        limiting.keep([top, *some], text.terms.reckoned, by=by, at=at)
    named = {top.pk: text.parties.coordinators for top, text in zip(tops, texts, strict=True)}
    common.name_coordinators(named, by=by, at=at)
    spans.refresh([row.pk for row in (*tops, *children)], at=at)
    pairs = zip(tops, below, strict=True)
    return [row.pk for top, some in pairs for row in (top, *some)]


def _children(top: Assignment, text: Received, known: Offices, at: datetime) -> Iterator[Assignment]:
    for ordinal, agency in enumerate(dict.fromkeys(text.agencies), 1):
        child = _row(text, agency, known, at)
        child.parent, child.ordinal = top, ordinal
        yield child


def _row(text: Received, lead: Agency | None, known: Offices, at: datetime) -> Assignment:
    parties, origin = text.parties, text.origin
    terms = limiting.counted(text.terms, lead.pk if lead else None, at)
    confirming = parties.confirming or _office(parties.assigner, lead, text.given_on, known)
    own_head = lead is parties.lead
    return Assignment(
        obligation=text.obligation,
        directive_id=text.obligation.directive_id,
        assigner=parties.assigner,
        lead=lead,
        is_fan_out=lead is None,
        monitoring=parties.monitoring,
        confirming=confirming,
        confirmed_locally=confirming is not None and not parties.assigner.inside,
        received=True,
        source=origin.source,
        observed_on=origin.observed_on,
        is_example=origin.is_example,
        given_on=text.given_on,
        given_recorded_at=at,
        recorded_at=at,
        **common.terms_fields(terms),
        **(common.head_fields(parties.head) if own_head else {}),
    )


def _office(assigner: Agency, lead: Agency | None, day: date, known: Offices) -> Agency | None:
    key = (assigner.pk, day)
    if key not in known:
        known[key] = agency_queries.office_of(assigner, AsOf(day))
    return offices.chosen(assigner, known[key], lead.pk if lead else None)
