"""What is concluded becomes the draft of a notice, and, signed and numbered, a directive (4.04)."""

import hashlib
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from thuocdo.accounts.models import User
from thuocdo.assignments import actions as assignment_actions
from thuocdo.assignments.actions import common
from thuocdo.assignments.terms import Head, Parties, Terms
from thuocdo.audit import log
from thuocdo.audit.canon import dumps
from thuocdo.directives import actions as directive_actions
from thuocdo.directives.actions import Duty, Text
from thuocdo.directives.models import Directive
from thuocdo.lib.moments import day_of
from thuocdo.lib.say import Say, require, say
from thuocdo.meetings.actions.holding import locked
from thuocdo.meetings.enums import SessionState
from thuocdo.meetings.models import Closing, Conclusion, Issue, Session
from thuocdo.meetings.queries.conclusions import draft_of, standing_conclusions
from thuocdo.meetings.rules import sessions
from thuocdo.meetings.terms import Concluded, Signed, duty_of


@transaction.atomic
def conclude(
    *,
    session: Session,
    concluded: Concluded,
    replaces: Conclusion | None = None,
    by: User | None,
    at: datetime,
) -> Conclusion:
    """Write down a conclusion, or write one anew: it keeps its number, and the wording before stays."""
    row, now = locked(session)
    require(
        sessions.writing_problem(now),
        None if concluded.work.strip() else say("The duty says nothing that is to be done."),
        common.alive_problem(concluded.lead, day_of(at)) if concluded.lead else None,
        _replaced_problem(row, replaces),
    )
    last = Conclusion.objects.filter(session=row).aggregate(last=Max("ordinal"))["last"] or 0
    made = Conclusion(
        session=row, ordinal=replaces.ordinal if replaces else last + 1, work=concluded.work,
        product=concluded.product, product_kind=concluded.product_kind, lead=concluded.lead,
        limit_on=concluded.limit_on, signer=concluded.signer, replaces=replaces, by=by, recorded_at=at,
        **common.head_fields(concluded.head),
    )  # fmt: skip
    made.save(force_insert=True)
    log.record("session.concluded", made, by=by, at=at)
    return made


@transaction.atomic
def close(*, session: Session, happened_on: date, by: User | None, at: datetime) -> Closing:
    """The session is over: each conclusion is clear in all six respects, and the draft notice is frozen."""
    row, now = locked(session)
    rows = standing_conclusions(row)
    require(
        sessions.move_problem(now, SessionState.CLOSED),
        common.day_problem(happened_on, at),
        common.order_problem(happened_on, day_of(row.starts_at)),
        *sessions.closing_problems([duty_of(one) for one in rows]),
    )
    body = dumps(draft_of(row, rows))
    made = Closing(
        session=row, body=body, sha256=hashlib.sha256(body.encode()).hexdigest(), by=by,
        happened_on=happened_on, recorded_at=at,
    )  # fmt: skip
    made.save(force_insert=True)
    log.record("session.closed", made, by=by, at=at)
    return made


@transaction.atomic
def issue(*, session: Session, signed: Signed, by: User | None, at: datetime) -> Issue:
    """Number, day, signer and signed file have come: the notice is a directive, its duties are given."""
    row, now = locked(session)
    require(
        sessions.move_problem(now, SessionState.ISSUED),
        None if signed.signer.strip() else say("Say who signed the notice."),
        _early_problem(row, signed, now),
    )
    directive = _registered(row, signed, by=by, at=at)
    for conclusion in standing_conclusions(row):
        _given(row, conclusion, directive, signed.issued_on, by=by, at=at)
    made = Issue(
        session=row, directive=directive, file=signed.file, signer=signed.signer, by=by,
        happened_on=signed.issued_on, recorded_at=at,
    )  # fmt: skip
    made.save(force_insert=True)
    log.record("session.notice_issued", made, by=by, at=at)
    return made


def _early_problem(row: Session, signed: Signed, now: SessionState) -> Say | None:
    if now is not SessionState.CLOSED:
        return None
    return common.order_problem(signed.issued_on, row.closing.happened_on)


def _registered(row: Session, signed: Signed, *, by: User | None, at: datetime) -> Directive:
    """The notice in the register, issued by the committee; its title is in the language of the texts."""
    committee = row.committee.agency
    title = f"Thông báo kết luận Phiên họp thứ {row.number} của {committee.name}"
    text = Text(symbol=signed.symbol, title=title, issued_on=signed.issued_on, issuer=committee)
    return directive_actions.register(text=text, by=by, at=at).directive


def _given(
    row: Session,
    conclusion: Conclusion,
    directive: Directive,
    given_on: date,
    *,
    by: User | None,
    at: datetime,
) -> None:
    """One conclusion as a provision, its duty, and the assignment of its lead from the day of issue."""
    number = conclusion.ordinal
    provision = directive_actions.add_provision(
        directive=directive, label=f"Kết luận {number}", ordinal=number, text=conclusion.work, by=by, at=at
    )
    lead = conclusion.lead
    duty = Duty(
        key=f"KL-{number}", work=conclusion.work, limit=conclusion.limit_on, product=conclusion.product,
        leads_raw=lead.name if lead else "",
    )  # fmt: skip
    added = directive_actions.add_obligation(provision=provision, duty=duty, by=by, at=at)
    terms = Terms(
        work=conclusion.work, product=conclusion.product, product_kind=conclusion.product_kind,
        limit_class=conclusion.limit_class, limit_on=conclusion.limit_on, signer=conclusion.signer,
    )  # fmt: skip
    committee, body = row.committee.agency, row.committee.standing_body
    head = Head(conclusion.head_post, conclusion.head_name, conclusion.head_since)
    parties = Parties(committee, lead, head, monitoring=body, confirming=committee if lead == body else body)
    made = assignment_actions.draft(obligation=added.obligation, terms=terms, parties=parties, by=by, at=at)
    assignment_actions.issue(assignment=made, given_on=given_on, by=by, at=at)


def _replaced_problem(row: Session, replaces: Conclusion | None) -> Say | None:
    if replaces is None or replaces in standing_conclusions(row):
        return None
    return say("This wording has been replaced already.")
