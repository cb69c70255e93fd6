"""A merger, a split or a renaming is carried out as it was previewed."""

from datetime import datetime

from django.db import transaction

from thuocdo.agencies import queries, spans
from thuocdo.agencies.actions import tree
from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Agency, Relation, Succession
from thuocdo.agencies.rules.succession import SuccessionPlan
from thuocdo.audit import log
from thuocdo.lib.say import Refused, require, say


@transaction.atomic
def succeed(*, plan: SuccessionPlan, by: log.Actor | None, at: datetime) -> list[Succession]:
    """Close and open the agencies of the plan, move the relations; past days keep the old map (1.08).

    `Refused` when the plan has problems, or the agencies are no longer as they were when it was made. Rights
    are moved by `accounts`, open assignments by `assignments`, which call this first.
    """
    spans.hold(at)
    require(*plan.problems)
    if queries.plan_succession(plan.wish) != plan:
        raise Refused(say("The agencies have changed since this was previewed; preview it again."))
    agencies = _open_and_close(plan, by, at)
    _move(plan, agencies, by, at)
    changed = [agencies[code].pk for code in (*plan.wish.ends, *plan.wish.successors)]
    changed += [agencies[placing.child].pk for placing in plan.placed]
    for kind in RelationKind:
        spans.respan(kind, changed, at)
    return _succession_rows(plan, agencies, by, at)


def _open_and_close(plan: SuccessionPlan, by: log.Actor | None, at: datetime) -> dict[str, Agency]:
    """All agencies of the plan by code, the new ones opened, those that end closed."""
    for new in plan.wish.opens:
        agency = tree.unsaved(new, at)
        agency.save(force_insert=True)
        log.record("agency.opened", agency, by=by, at=at)
    named = {*plan.wish.ends, *plan.wish.successors}
    named |= {code for placing in plan.placed for code in (placing.child, placing.parent)}
    agencies = {agency.code: agency for agency in Agency.objects.filter(code__in=named)}
    tree.end_agencies((agencies[code] for code in plan.wish.ends), plan.wish.on, by, at)
    return agencies


def _move(plan: SuccessionPlan, agencies: dict[str, Agency], by: log.Actor | None, at: datetime) -> None:
    rows = Relation.objects.in_bulk([row.relation_id for row in plan.ended])
    for row in plan.ended:
        tree.end_relations([rows[row.relation_id]], max(plan.wish.on, row.opened_on), by, at)
    for placing in plan.placed:
        relation = Relation(
            kind=placing.kind, child=agencies[placing.child], parent=agencies[placing.parent],
            opened_on=placing.opened_on, recorded_at=at,
        )  # fmt: skip
        relation.save(force_insert=True)
        log.record("relation.opened", relation, by=by, at=at)


def _succession_rows(
    plan: SuccessionPlan, agencies: dict[str, Agency], by: log.Actor | None, at: datetime
) -> list[Succession]:
    rows = []
    for old in plan.wish.ends:
        for new in plan.wish.successors:
            row = Succession(
                kind=plan.wish.kind, predecessor=agencies[old], successor=agencies[new],
                happened_on=plan.wish.on, recorded_at=at, basis=plan.wish.basis,
            )  # fmt: skip
            row.save(force_insert=True)
            log.record("agency.succeeded", row, by=by, at=at)
            rows.append(row)
    return rows
