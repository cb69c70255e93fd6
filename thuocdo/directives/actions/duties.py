"""Duties are read out of a text: provisions, obligations, their time limits as the text states them."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.agencies import working_days
from thuocdo.agencies.enums import TermUnit
from thuocdo.agencies.rules.clock import Term, due, term_problem
from thuocdo.audit import log
from thuocdo.directives.actions.checks import lock, too_long
from thuocdo.directives.actions.given import Added, Duty
from thuocdo.directives.enums import LimitKind
from thuocdo.directives.models import Directive, DutyLink, Obligation, Provision
from thuocdo.directives.rules import finding
from thuocdo.directives.rules.limit_terms import Counted
from thuocdo.directives.rules.limits import Cell, Limit, parse_limit
from thuocdo.lib.fold import nfc
from thuocdo.lib.moments import AsOf, day_of
from thuocdo.lib.say import Refused, Say, require, say


@transaction.atomic
def add_provision(
    *, directive: Directive, label: str, ordinal: int, text: str = "", by: User | None, at: datetime
) -> Provision:
    """Keep the article, clause or line that obliges. `ordinal`: its place in the text."""
    name = nfc(label)
    taken = Provision.objects.filter(directive=directive, label=name).exists()
    require(
        None if name else say("A provision needs a label, such as “Phụ lục II, số 12”."),
        say("%(symbol)s already has “%(label)s”.", symbol=str(directive), label=name) if taken else None,
    )
    provision = Provision(directive=directive, label=name, ordinal=ordinal, text=text.strip(), recorded_at=at)
    require(too_long(provision))
    provision.save()
    log.record("provision.added", provision, by=by, at=at)
    return provision


@transaction.atomic
def add_obligation(*, provision: Provision, duty: Duty, by: User | None, at: datetime) -> Added:
    """Keep one duty of a provision, its limit raw and as it was read; the notes say how it was read."""
    directive = provision.directive
    limit = _limit(duty.limit, directive.issued_on)
    require(
        None if nfc(duty.work) else say("The duty says nothing that is to be done."),
        _key(duty.key, directive),
    )
    obligation = unsaved(duty, limit, provision, at)
    require(too_long(obligation))
    obligation.save()
    log.record("obligation.added", obligation, by=by, at=at)
    return Added(obligation, limit.notes)


@transaction.atomic
def link_same_duty(*, obligations: Sequence[Obligation], by: User | None, at: datetime) -> int:
    """These obligations are one duty stated several times; each keeps its limit. Returns the duty's number.

    Obligations that were already one duty with one of these come along.
    """
    ids = {obligation.pk for obligation in obligations}
    require(say("Two obligations at least are needed for a link.") if len(ids) < 2 else None)
    rows = list(Obligation.objects.select_for_update().filter(pk__in=ids))
    numbers = {row.same_duty for row in rows if row.same_duty is not None}
    others = Obligation.objects.select_for_update().filter(same_duty__in=numbers).exclude(pk__in=ids)
    number = min(numbers or ids)
    for row in [*rows, *others]:
        _set_duty(row, number, by, at)
    return number


@transaction.atomic
def unlink_same_duty(*, obligation: Obligation, by: User | None, at: datetime) -> None:
    """The obligation is a duty of its own after all; a single one left over is no link either."""
    lock(obligation)
    require(say("The obligation is not linked to another.") if obligation.same_duty is None else None)
    group = Obligation.objects.select_for_update().filter(same_duty=obligation.same_duty)
    left = list(group.exclude(pk=obligation.pk))
    for row in [obligation, *(left if len(left) == 1 else [])]:
        _set_duty(row, None, by, at)


@transaction.atomic
def mark_key(*, obligation: Obligation, is_key: bool, by: User | None, at: datetime) -> None:
    """Flag, or no longer flag, a duty as one of the key ones (trọng tâm), which are counted apart."""
    lock(obligation)
    before = log.snapshot(obligation)
    obligation.is_key = is_key
    obligation.save(update_fields=["is_key"])
    log.record("obligation.marked", obligation, by=by, at=at, before=before)


def _set_duty(row: Obligation, number: int | None, by: User | None, at: datetime) -> None:
    before = log.snapshot(row)
    if row.same_duty != number:
        row.same_duty = number
        row.save(update_fields=["same_duty"])
        log.record("obligation.linked", row, by=by, at=at, before=before)
        link = DutyLink(obligation=row, same_duty=number, recorded_at=at)
        link.save()
        log.record("duty.linked", link, by=by, at=at)


def _limit(cell: Cell, issued_on: date | None) -> Limit:
    limit = parse_limit(cell, directive_year=issued_on.year if issued_on else None)
    if isinstance(limit, Say):
        raise Refused(limit)
    return limit


def unsaved(duty: Duty, limit: Limit, provision: Provision, at: datetime) -> Obligation:
    """The row of a duty whose limit has been read."""
    return Obligation(
        provision=provision,
        directive_id=provision.directive_id,
        key=duty.key,
        group=nfc(duty.group),
        work=duty.work.strip(),
        product=duty.product.strip(),
        leads_raw=duty.leads_raw.strip(),
        coordinators_raw=duty.coordinators_raw.strip(),
        is_key=duty.is_key,
        folded=finding.of_obligation(duty.work, duty.product, duty.leads_raw),
        recorded_at=at,
        **_limit_columns(limit, provision.directive, at),
    )


def _limit_columns(limit: Limit, directive: Directive, at: datetime) -> dict[str, object]:
    if limit.counted is not None:
        return _counted_columns(limit, limit.counted, directive, at)
    return {
        "limit_raw": limit.raw,
        "limit_kind": LimitKind(limit.kind),
        "limit_from": limit.from_on,
        "limit_on": limit.on,
        "limit_every": limit.every or "",
    }


def _counted_columns(limit: Limit, counted: Counted, directive: Directive, at: datetime) -> dict[str, object]:
    """Of "trong 15 ngày làm việc kể từ ngày ký": the term, and its end by what is known at the moment."""
    start = limit.from_on or directive.issued_on
    if start is None:
        raise Refused(say("“%(raw)s” counts from a day that is not known yet.", raw=limit.raw))
    term = Term(counted.quantity, TermUnit(counted.unit))
    require(term_problem(term))
    calendar = working_days.of_agency(None, AsOf(day_of(at), at))
    return {
        "limit_raw": limit.raw,
        "limit_kind": LimitKind.TERM,
        "limit_from": start,
        "limit_on": due(calendar, start, term).on,
        "limit_quantity": term.quantity,
        "limit_unit": term.unit,
    }


def _key(key: str, directive: Directive) -> Say | None:
    if not key:
        return say("The duty has no key by which a second import would find it.")
    if Obligation.objects.filter(directive=directive, key=key).exists():
        return say("%(symbol)s already has a duty with the key %(key)s.", symbol=str(directive), key=key)
    return None
