"""What the log tells people: entries of newly sealed batches, with who is concerned by each (2.07).

The log is what is read, because every write stands there in its own transaction, and because a batch, once
sealed, never gets another entry: read in the order of batches, nothing is missed and nothing told twice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet

from thuocdo.accounts.enums import Role
from thuocdo.agencies.models import Agency
from thuocdo.assignments.models import Assignment, ChangeDecision, ChangeRequest, Claim, Review, Span
from thuocdo.audit.models import Entry, Seal
from thuocdo.lib.moments import DAY_MAX, MOMENT_MAX
from thuocdo.notices.enums import Kind

KINDS: Mapping[str, Kind] = {
    "assignment.given": Kind.GIVEN,
    "assignment.received": Kind.GIVEN,
    "claim.sent": Kind.CLAIM_WAITS,
    "claim.returned": Kind.CLAIM_RETURNED,
    "claim.accepted": Kind.CLAIM_ACCEPTED,
    "change.asked": Kind.CHANGE_ASKED,
    "change.granted": Kind.CHANGE_GRANTED,
    "change.refused": Kind.CHANGE_REFUSED,
}
LEADS = (("lead_id", Role.FOCAL),)
POSTS: Mapping[Kind, tuple[tuple[str, Role], ...]] = {  # which party of the duty, whose people
    Kind.GIVEN: (*LEADS, ("lead_id", Role.REGISTRAR)),
    Kind.CLAIM_WAITS: (("confirming_id", Role.REVIEWER),),
    Kind.CLAIM_RETURNED: LEADS,
    Kind.CLAIM_ACCEPTED: LEADS,
    Kind.CHANGE_ASKED: (("assigner_id", Role.REGISTRAR), ("confirming_id", Role.REGISTRAR)),
    Kind.CHANGE_GRANTED: LEADS,
    Kind.CHANGE_REFUSED: LEADS,
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to tell: by whom it was done, whose people are told, what."""

    kind: Kind
    key: str
    by_id: int | None
    posts: tuple[tuple[int | None, Role], ...]
    link: str
    values: Mapping[str, object] = field(default_factory=dict)
    rather_id: int | None = None  # who alone is told, as long as they are among these people


@dataclass(frozen=True, slots=True)
class _Fact:
    """The row an entry tells of, as far as a notice needs it."""

    assignment_id: int
    link: str = ""
    reason: str = ""


def next_batch(after: int) -> int | None:
    """The number of the first batch after this one that is sealed."""
    return Seal.objects.filter(batch__gt=after).order_by("batch").values_list("batch", flat=True).first()


def entries(batch: int, after_entry: int, verbs: Iterable[str]) -> QuerySet[Entry]:
    """The entries of a sealed batch that these verbs tell of."""
    sealed = Seal.objects.filter(batch=batch, entry_id__gt=after_entry).order_by("position")
    return Entry.objects.filter(pk__in=sealed.values("entry_id"), verb__in=list(verbs)).order_by("pk")


def items(batch: int, after_entry: int) -> list[Item]:
    """What one batch tells. Nine statements, whatever it holds; one when nobody has to be told."""
    found = [(entry, KINDS[entry.verb]) for entry in entries(batch, after_entry, KINDS)]
    if not found:
        return []
    facts = _facts(found)
    duties = Assignment.objects.in_bulk({fact.assignment_id for fact in facts.values()})
    spans = standing_spans(duties)
    names = dict(
        Agency.objects.filter(pk__in={one.lead_id for one in spans.values()}).values_list("pk", "name")
    )
    return [
        _item(entry, kind, fact, duties[fact.assignment_id], spans[fact.assignment_id], names)
        for entry, kind in found
        if (fact := facts.get((kind, int(entry.row_id)))) is not None
        and fact.assignment_id in spans
        and duties[fact.assignment_id].observed_on is None  # read elsewhere: nobody here was given it
    ]


def _item(
    entry: Entry, kind: Kind, fact: _Fact, duty: Assignment, span: Span, names: Mapping[int, str]
) -> Item:
    return Item(
        kind=kind,
        key=f"{entry.verb}:{entry.row_id}",
        by_id=entry.by_id,
        posts=tuple((getattr(span, party), role) for party, role in POSTS[kind]),
        link=fact.link or f"/assignments/{duty.pk}/",
        values={"work": duty.work[:200], "agency": names.get(span.lead_id, ""), "reason": fact.reason[:300]},
    )


def standing_spans(assignment_ids: Iterable[int]) -> dict[int, Span]:
    """How each duty stands now."""
    rows = Span.objects.filter(assignment__in=list(assignment_ids), known_to=MOMENT_MAX, valid_to=DAY_MAX)
    return {row.assignment_id: row for row in rows}


def _facts(found: list[tuple[Entry, Kind]]) -> dict[tuple[Kind, int], _Fact]:
    """The rows of the entries: a statement for each of the four tables that occur."""
    ids: dict[Kind, set[int]] = {}
    for entry, kind in found:
        ids.setdefault(kind, set()).add(int(entry.row_id))
    facts = {(Kind.GIVEN, pk): _Fact(pk) for pk in ids.get(Kind.GIVEN, ())}
    for claim in Claim.objects.filter(pk__in=ids.get(Kind.CLAIM_WAITS, ()), report__observed_on=None):
        facts[Kind.CLAIM_WAITS, claim.pk] = _Fact(claim.assignment_id, f"/claims/{claim.pk}/review/")
    reviewed = ids.get(Kind.CLAIM_RETURNED, set()) | ids.get(Kind.CLAIM_ACCEPTED, set())
    for review in Review.objects.filter(pk__in=reviewed).select_related("claim"):
        kind = Kind.CLAIM_ACCEPTED if review.accepted else Kind.CLAIM_RETURNED
        facts[kind, review.pk] = _Fact(review.claim.assignment_id, reason=review.reason)
    for request in ChangeRequest.objects.filter(pk__in=ids.get(Kind.CHANGE_ASKED, ())):
        link = f"/requests/{request.pk}/"
        facts[Kind.CHANGE_ASKED, request.pk] = _Fact(request.assignment_id, link, request.reason)
    decided = ids.get(Kind.CHANGE_GRANTED, set()) | ids.get(Kind.CHANGE_REFUSED, set())
    for decision in ChangeDecision.objects.filter(pk__in=decided).select_related("request"):
        kind = Kind.CHANGE_GRANTED if decision.granted else Kind.CHANGE_REFUSED
        facts[kind, decision.pk] = _Fact(decision.request.assignment_id, reason=decision.reason)
    return facts
