"""A table of duties is entered as it was previewed: obligations, assignments, fan-outs, at once (1.24)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.assignments.actions.branching import fan_out
from thuocdo.assignments.actions.receiving import receive_many
from thuocdo.assignments.models import Assignment
from thuocdo.assignments.queries import importing
from thuocdo.assignments.queries.importing import Plan, Planned
from thuocdo.assignments.terms import Head, Parties, Received, terms_of
from thuocdo.directives import actions as directive_actions
from thuocdo.directives.actions import Duty, Line
from thuocdo.directives.models import Directive, Obligation
from thuocdo.lib.say import Refused, require, say


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import made."""

    obligations: int
    assignments: int  # with one lead each, children of fan-outs among them
    there: int  # duties that were there already


@transaction.atomic
def run_import(*, plan: Plan, strict: bool = False, by: User | None, at: datetime) -> Outcome:
    """Enter what the preview says. `strict`: `Refused` while a row has a problem or a lead is asked for.

    `Refused` too if the register has changed so that the preview no longer holds.
    """
    ids = {duty.directive.pk for duty in plan.duties} | {plan.given.directive.pk}
    list(Directive.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    if importing.again(plan.given).duties != plan.duties:
        raise Refused(say("The register has changed since this was previewed; preview it again."))
    in_the_way = len(plan.problems) + len(plan.asks)
    if strict and in_the_way:
        require(
            say("%(count)s problems and questions stand in the way; nothing was entered.", count=in_the_way)
        )
    obligations = _obligations(plan, by=by, at=at)
    new = [duty for duty in plan.to_do if duty.leads]
    tops = _tops(new)
    given = receive_many(texts=_texts(new, tops, obligations, plan), by=by, at=at)
    added = 0
    for duty in new:
        if duty.known_id in tops:
            added += len(fan_out(assignment=tops[duty.known_id], agencies=duty.leads, by=by, at=at))
    parents = sum(duty.fans_out and duty.known_id not in tops for duty in new)
    return Outcome(
        obligations=sum(duty.known_id is None for duty in plan.duties),
        assignments=len(given) - parents + added,
        there=len(plan.there),
    )


def _obligations(plan: Plan, *, by: User | None, at: datetime) -> dict[tuple[int, str], Obligation]:
    """The duties to be given, by directive and key; new ones are registered."""
    known = Obligation.objects.in_bulk([duty.known_id for duty in plan.to_do if duty.known_id is not None])
    found = {(row.directive_id, row.key): row for row in known.values()}
    by_directive: dict[int, list[Planned]] = {}
    for duty in plan.to_do:
        if duty.known_id is None:
            by_directive.setdefault(duty.directive.pk, []).append(duty)
    for some in by_directive.values():
        lines = [_line(duty) for duty in some]
        rows = directive_actions.add_duties(directive=some[0].directive, lines=lines, by=by, at=at)
        found |= {(row.directive_id, row.key): row for row in rows}
    return found


def _line(duty: Planned) -> Line:
    row = duty.row
    return Line(
        label=duty.label,
        duty=Duty(
            key=duty.key,
            work=row.work,
            product=row.product,
            group=row.group,
            leads_raw=row.leads_raw,
            coordinators_raw=row.coordinators_raw,
            is_key=row.is_key,
        ),
        limit=row.limit,
    )


def _tops(duties: Iterable[Planned]) -> dict[int | None, Assignment]:
    """The duties for many that stand already and get further children, by obligation."""
    known = [duty.known_id for duty in duties if duty.known_id is not None and duty.fans_out]
    rows = Assignment.objects.filter(obligation__in=known, is_fan_out=True, depth=0, parent=None)
    return {row.obligation_id: row for row in rows.order_by("-pk")}


def _texts(
    duties: Iterable[Planned],
    tops: dict[int | None, Assignment],
    obligations: dict[tuple[int, str], Obligation],
    plan: Plan,
) -> Iterator[Received]:
    for duty in duties:
        if duty.known_id in tops:
            continue
        obligation = obligations[duty.directive.pk, duty.key]
        yield from _received(duty, obligation, plan)


def _received(duty: Planned, obligation: Obligation, plan: Plan) -> Iterator[Received]:
    """One text for each lead, or one for all of a fan-out."""
    issuer, given_on = duty.directive.issuer, duty.directive.issued_on
    if issuer is None or given_on is None:  # the preview has refused these rows
        return
    terms = replace(terms_of(obligation), signer=duty.row.authority[:200])
    parties = Parties(
        issuer,
        None,
        head=Head(name=duty.row.person[:200]),
        coordinators=duty.coordinators,
        confirming=plan.given.confirming if not issuer.inside else None,
    )
    text = Received(obligation, terms, parties, given_on)
    if duty.fans_out:
        yield replace(text, agencies=duty.leads)
        return
    for lead in duty.leads:
        yield replace(text, parties=replace(parties, lead=lead))
