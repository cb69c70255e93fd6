"""Fanning one duty out to many agencies; splitting an assignment downward to any depth (1.12)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.agencies import queries as agency_queries
from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Agency
from thuocdo.assignments import limits, offices, spans
from thuocdo.assignments.actions import common, limiting
from thuocdo.assignments.actions.giving import give, issue_problems
from thuocdo.assignments.enums import Capacity, DutyState
from thuocdo.assignments.models import Assignment, CapacityChange
from thuocdo.assignments.terms import NOBODY, Head, Part, Terms
from thuocdo.assignments.wording import hands, wording, wordings
from thuocdo.audit import log
from thuocdo.lib.moments import AsOf, day_of
from thuocdo.lib.say import Say, require, say

COPIED = (
    "obligation_id", "directive_id", "depth", "assigner_id", "monitoring_id", "confirmed_locally", "work",
    "product", "product_kind", "limit_class", "limit_on", "reporting_period",
    "reporting_regime", "sends", "signer", "is_key", "received",
    "is_example", "source_id", "observed_on", "folded",
)  # fmt: skip
PASSED = (Capacity.ASSIGNER, Capacity.CONFIRMING, Capacity.MONITORING)


@transaction.atomic
def fan_out(
    *,
    assignment: Assignment,
    agencies: Iterable[Agency],
    heads: Mapping[int, Head] | None = None,
    by: User | None,
    at: datetime,
) -> list[Assignment]:
    """One child for each agency that has none yet; `heads` names, by agency, the person who answers.

    The map is that of the day the duty was given, or of today for a draft. Children of a received duty are
    given with it; others stay drafts until each is clear and issued.
    """
    parent = common.locked(assignment)
    day = parent.given_on or day_of(at)
    children = list(Assignment.objects.filter(parent=parent))
    leads = {one.lead_id for one in children} | {one.lead_id for one in wordings(children).values()}
    wanted = [agency for agency in dict.fromkeys(agencies) if agency.pk not in leads]
    if not parent.is_fan_out:
        require(say("This duty is in the hands of one agency; it can be split, not fanned out."))
    require(common.above_problem(parent) if parent.given_on else None)
    require(*(common.alive_problem(agency, day) for agency in wanted))
    rows = [
        _child(parent, agency, (heads or {}).get(agency.pk, NOBODY), at, ordinal=len(children) + number)
        for number, agency in enumerate(wanted, 1)
    ]
    _confirmed_by(rows, parent, day)
    reckoned = limits.of(parent)
    limiting.count_for(rows, reckoned, at)
    _entered(rows, by=by, at=at)
    limiting.keep(rows, reckoned, by=by, at=at)
    _follow(parent, [row for row in rows if row.given_on], by=by, at=at)
    return rows


@transaction.atomic
def split(
    *,
    assignment: Assignment,
    parts: Sequence[Part],
    kind: RelationKind,
    given_on: date,
    received: bool = False,
    by: User | None,
    at: datetime,
) -> list[Assignment]:
    """Hand parts to agencies below the lead, in the sense of `kind`; the assignment keeps its own product.

    A part that is clear in all six respects is given at once, another stays a draft. `received`: the lead
    split it elsewhere, so parts are recorded as they stand, gaps shown.
    """
    parent = common.locked(assignment)
    lead_id = wording(parent, AsOf(given_on)).lead_id or 0
    require(
        common.state_problem(parent, given_on, {DutyState.GIVEN}),
        common.day_problem(given_on, at),
        *_below_problems(lead_id, parts, kind, given_on),
        *(part.terms.limit_problem() for part in parts),
    )
    lead = Agency.objects.get(pk=lead_id)
    start = Assignment.objects.filter(parent=parent).count()
    counted = [limiting.counted(part.terms, part.lead.pk, at) for part in parts]
    parts = [replace(part, terms=terms) for part, terms in zip(parts, counted, strict=True)]
    rows = [_part(parent, lead, part, given_on, at) for part in parts]
    for ordinal, row in enumerate(rows, start + 1):
        row.ordinal, row.received = ordinal, received
        if received:
            row.given_on, row.given_recorded_at = given_on, at
    _entered(rows, by=by, at=at)
    named = {row.pk: part.coordinators for row, part in zip(rows, parts, strict=True)}
    common.name_coordinators(named, by=by, at=at)
    for row, terms in zip(rows, counted, strict=True):
        limiting.keep([row], terms.reckoned, by=by, at=at)
        if row.given_on is None and not any(issue_problems(row)):
            give(row, given_on, by=by, at=at)
    return rows


def _entered(rows: list[Assignment], *, by: User | None, at: datetime) -> list[Assignment]:
    Assignment.objects.bulk_create(rows, batch_size=common.ROWS_PER_INSERT)
    for verb, received in (("assignment.received", True), ("assignment.drafted", False)):
        log.record_many(verb, [row for row in rows if row.received is received], by=by, at=at)
    spans.refresh([row.pk for row in rows if row.given_on], at=at)
    return rows


def _child(parent: Assignment, agency: Agency, head: Head, at: datetime, *, ordinal: int) -> Assignment:
    row = Assignment(
        parent=parent, lead=agency, ordinal=ordinal, recorded_at=at, **common.head_fields(head),
        **{name: getattr(parent, name) for name in COPIED},
    )  # fmt: skip
    if parent.received and parent.given_on is not None:
        row.given_on, row.given_recorded_at = parent.given_on, at
    else:  # a draft is given to whoever has the parts of the parent now
        now = hands(parent)
        row.assigner_id, row.monitoring_id = now.assigner_id, now.monitoring_id
    return row


def _confirmed_by(rows: Iterable[Assignment], parent: Assignment, day: date) -> None:
    """Children are confirmed where their parent is, but nowhere by their own lead."""
    now = hands(parent)
    assigner = Agency.objects.get(pk=now.assigner_id)
    office = agency_queries.office_of(assigner, AsOf(day))
    for row in rows:
        row.confirming_id = parent.confirming_id if row.given_on else now.confirming_id
        if row.confirming_id == row.lead_id:
            other = offices.chosen(assigner, office, row.lead_id)
            row.confirming_id = other.pk if other else None


def _follow(parent: Assignment, rows: list[Assignment], *, by: User | None, at: datetime) -> None:
    """What passed from the parent's assigner, confirming or monitoring agency to another, passes here too.

    The children are given on the parent's day, so they have its first agencies until the day of each change.
    """
    passed = CapacityChange.objects.filter(assignment=parent, capacity__in=PASSED).order_by("pk")
    made = [
        CapacityChange(
            assignment=row, capacity=one.capacity, agency_id=one.agency_id, by=by,
            basis=one.basis, happened_on=one.happened_on, recorded_at=at,
        )
        for one in passed
        for row in rows
        if not (one.capacity == Capacity.CONFIRMING and one.agency_id == row.lead_id)
    ]  # fmt: skip
    CapacityChange.objects.bulk_create(made, batch_size=common.ROWS_PER_INSERT)
    log.record_many("assignment.handed_over", made, by=by, at=at)
    if made:
        spans.refresh([row.pk for row in rows], at=at)


def _part(parent: Assignment, lead: Agency, part: Part, day: date, at: datetime) -> Assignment:
    terms: Terms = part.terms
    return Assignment(
        obligation_id=parent.obligation_id,
        directive_id=parent.directive_id,
        parent=parent,
        depth=parent.depth + 1,
        assigner=lead,
        lead=part.lead,
        confirming=offices.confirming_for(lead, part.lead.pk, day) or lead,
        is_example=parent.is_example,
        recorded_at=at,
        **common.terms_fields(terms),
        **common.head_fields(part.head),
    )


def _below_problems(lead_id: int, parts: Sequence[Part], kind: RelationKind, day: date) -> list[Say | None]:
    below = Agency.objects.below([lead_id], kind, AsOf(day)).exclude(pk=lead_id)
    allowed = set(below.filter(pk__in=[part.lead.pk for part in parts]).values_list("pk", flat=True))
    return [
        say("Name at least one part.") if not parts else None,
        *(
            say("%(agency)s does not stand below the lead (%(kind)s).", agency=part.lead.name, kind=kind)
            for part in parts
            if part.lead.pk not in allowed
        ),
    ]
