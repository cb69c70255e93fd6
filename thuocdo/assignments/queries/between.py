"""What agencies ask of each other and answer, as the log tells it: holds and demands (2.04, 2.06, 2.07)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from thuocdo.accounts.enums import Role
from thuocdo.agencies.models import Agency
from thuocdo.assignments.models import Answer, Demand, Hold, HoldAnswer, Span
from thuocdo.assignments.queries.news import Item, entries, standing_spans
from thuocdo.audit.models import Entry
from thuocdo.notices.enums import Kind

KINDS: Mapping[str, Kind] = {
    "hold.opened": Kind.HOLD_WAITS,
    "hold.accepted": Kind.HOLD_ACCEPTED,
    "hold.disputed": Kind.HOLD_DISPUTED,
    "hold.rejected": Kind.HOLD_REJECTED,
    "demand.urge": Kind.DEMAND_WRITTEN,
    "demand.instruct": Kind.DEMAND_WRITTEN,
    "demand.explain": Kind.DEMAND_WRITTEN,
    "demand.answered": Kind.DEMAND_ANSWERED,
}
WRITERS = (Role.LEADER, Role.INSPECTOR)  # of the side that wrote, if who wrote has left


def items(batch: int, after_entry: int) -> list[Item]:
    """What one batch tells of them. Nine statements, whatever it holds; one when nobody has to be told."""
    found = list(entries(batch, after_entry, KINDS))
    if not found:
        return []
    return [*_of_holds(found), *_of_demands(found)]


def _rows(found: Iterable[Entry], prefix: str, rows: QuerySet[Any]) -> list[tuple[Entry, Any]]:
    """The entries of these verbs, each with its row."""
    chosen = [entry for entry in found if entry.verb in KINDS and entry.verb.startswith(prefix)]
    known = rows.in_bulk({int(entry.row_id) for entry in chosen}) if chosen else {}
    return [(entry, known[int(entry.row_id)]) for entry in chosen if int(entry.row_id) in known]


def _of_holds(found: list[Entry]) -> list[Item]:
    mine = Hold.objects.filter(assignment__observed_on=None).select_related("agency", "assignment")
    answers = HoldAnswer.objects.filter(hold__assignment__observed_on=None)
    answers = answers.select_related("hold__agency", "hold__assignment")
    opened = _rows([one for one in found if one.verb == "hold.opened"], "hold.", mine)
    answered = _rows([one for one in found if one.verb != "hold.opened"], "hold.", answers)
    told = [(entry, hold, hold.reason) for entry, hold in opened]
    told += [(entry, row.hold, row.reason) for entry, row in answered]
    spans = standing_spans({hold.assignment_id for _entry, hold, _reason in told}) if told else {}
    leads = dict(
        Agency.objects.filter(pk__in=[one.lead_id for one in spans.values()]).values_list("pk", "name")
    )
    return [
        _of_hold(entry, hold, reason, span, leads.get(span.lead_id, ""))
        for entry, hold, reason in told
        if (span := spans.get(hold.assignment_id)) is not None
    ]


def _of_hold(entry: Entry, hold: Hold, reason: str, span: Span, lead: str) -> Item:
    kind = KINDS[entry.verb]
    holder, leading = (hold.agency_id, Role.FOCAL), (span.lead_id, Role.FOCAL)
    deciding = ((span.assigner_id, Role.REGISTRAR), (span.confirming_id, Role.REGISTRAR))
    posts = {Kind.HOLD_WAITS: (holder,), Kind.HOLD_DISPUTED: (leading, *deciding)}.get(
        kind, (leading, holder)
    )
    asked = kind is Kind.HOLD_WAITS
    return Item(
        kind=kind,
        key=f"{entry.verb}:{entry.row_id}",
        by_id=entry.by_id,
        posts=posts,
        link=f"/holds/{hold.pk}/answer/" if asked else f"/assignments/{hold.assignment_id}/",
        values={
            "work": hold.assignment.work[:200],
            "agency": lead,
            "holder": hold.agency.name,
            "reason": reason[:300],
        },
    )


def _of_demands(found: list[Entry]) -> list[Item]:
    demands = Demand.objects.select_related("agency", "sender")
    answers = Answer.objects.select_related("agency", "demand")
    written = _rows([one for one in found if one.verb != "demand.answered"], "demand.", demands)
    answered = _rows([one for one in found if one.verb == "demand.answered"], "demand.", answers)
    return [
        *(_of_demand(entry, demand) for entry, demand in written),
        *(_of_answer(entry, answer) for entry, answer in answered),
    ]


def _of_demand(entry: Entry, demand: Demand) -> Item:
    return Item(
        kind=Kind.DEMAND_WRITTEN,
        key=f"{entry.verb}:{entry.row_id}",
        by_id=entry.by_id,
        posts=((demand.agency_id, Role.FOCAL), (demand.agency_id, Role.LEADER)),
        link=f"/demands/{demand.pk}/",
        values={
            "work": demand.text[:200],
            "agency": demand.sender.name,
            "asked": demand.agency.name,
            "day": demand.answer_on.isoformat(),
        },
    )


def _of_answer(entry: Entry, answer: Answer) -> Item:
    demand = answer.demand
    return Item(
        kind=Kind.DEMAND_ANSWERED,
        key=f"{entry.verb}:{entry.row_id}",
        by_id=entry.by_id,
        posts=tuple((demand.sender_id, role) for role in WRITERS),
        link=f"/demands/{demand.pk}/",
        values={"work": demand.text[:200], "agency": answer.agency.name, "reason": answer.text[:300]},
        rather_id=demand.by_id,
    )
