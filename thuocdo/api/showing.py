"""From what the queries give to what the interface says."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.urls import reverse

from thuocdo.api.schemas import duties as out
from thuocdo.api.schemas.common import WordOut, agency, named, until, word
from thuocdo.api.schemas.figures import CountsOut, TallyOut, counts
from thuocdo.assignments.enums import (
    ChangeKind,
    EvidenceKind,
    HoldState,
    LimitClass,
    ProductKind,
    Status,
)
from thuocdo.assignments.models import (
    Assignment,
    ChangeDecision,
    ChangeRequest,
    Claim,
    Evidence,
    Report,
    Review,
)
from thuocdo.assignments.queries.clock import hold_states, promises
from thuocdo.assignments.queries.listing import Row
from thuocdo.assignments.queries.one import Beside, Details, One, Reported
from thuocdo.assignments.rules.conditions import conditions_of
from thuocdo.assignments.wording import Wording
from thuocdo.directives.queries import Printed
from thuocdo.directives.rules.publicity import Shown
from thuocdo.faces.wording import tell
from thuocdo.lib.moments import AsOf


def address(name: str, *args: object) -> str:
    """The address of an operation."""
    return reverse(f"api:{name}", args=args)


def status(of: Status) -> WordOut:
    """A status with its word."""
    return WordOut(code=of.value, shown=str(of.label))


def row(of: Row) -> out.DutyRow:
    """A row of a list."""
    return out.DutyRow(
        id=of.pk,
        address=address("assignment", of.pk),
        directive_id=of.directive_id,
        symbol=of.symbol,
        work=of.work,
        product=of.product,
        lead=agency(of.lead),
        declared=status(of.declared),
        confirmed=status(of.confirmed),
        limit_on=of.limit_on,
        first_limit_on=of.first_limit_on,
        days_left=of.days_left,
        known_until=of.known_until,
        progress=of.progress,
        is_key=of.is_key,
        is_example=of.is_example,
        awaits_review=of.awaits_review,
        waits_for=agency(of.waits_for),
        source=None if of.source is None else tell(of.source),
        results_are_public=of.has_results,
    )


def duty(shown: One, behind: Details, sees: Shown, day: AsOf) -> out.DutyOut:
    """One assignment; what is not public of it is left out and named in `withheld`."""
    of, text = shown.assignment, shown.wording
    who = sees.responsibility
    return out.DutyOut(
        id=of.pk,
        address=address("assignment", of.pk),
        as_of=day.day,
        directive_id=of.directive_id,
        symbol=of.directive.symbol,
        provision=of.obligation.provision.label,
        parent_id=of.parent_id,
        work=text.work,
        product=text.product,
        product_kind=word(of.product_kind, ProductKind),
        limit=_limit(of, text),
        lead=agency(shown.lead) if who else None,
        head=out.AnswerableOut(post=text.head_post, name=text.head_name, since=text.head_since)
        if who
        else None,
        assigner=agency(shown.assigner) if who else None,
        confirming=agency(shown.confirming) if who else None,
        monitoring=agency(shown.monitoring) if who else None,
        coordinators=[named(one) for one in shown.coordinators if who],
        signer=of.signer if who else None,
        given_on=of.given_on,
        is_key=of.is_key,
        is_example=of.is_example,
        is_fan_out=of.is_fan_out,
        declared=status(shown.declared) if shown.declared else None,
        confirmed=status(shown.confirmed) if shown.confirmed else None,
        missing_clears=[WordOut(code=one.value, shown=str(one.label)) for one in shown.missing],
        withheld=[name for name in ("responsibility", "results") if not getattr(sees, name)],
        reports=[reported(one, behind) for one in shown.reports],
        requests=[request(one.request, one.decision) for one in shown.changes],
        interruptions=facts(shown.of("interruption")),
        hands=facts(shown.of("hands")),
        holds=[_hold(one, shown) for one in shown.of("hold")],
        demands=facts(replace(one, until=one.since) for one in shown.of("demand")),
        promises=_promises(shown, day.day),
        conditions=_conditions(shown, day.day),
        difficulties=facts(shown.of("difficulty")),
        resources=facts(shown.of("resource")),
        numbers=facts(shown.of("number")),
        branch=_branch(shown),
    )


def _branch(shown: One) -> CountsOut | None:
    return counts(shown.children.declared) if shown.children else None


def _limit(of: Assignment, text: Wording) -> out.LimitOut:
    return out.LimitOut(
        kind=word(of.limit_class, LimitClass),
        on=text.limit_on,
        first_on=of.limit_on,
        as_stated=of.obligation.limit_raw,
        reporting_period=of.reporting_period,
    )


def facts(rows: Iterable[Beside]) -> list[out.FactOut]:
    """Small facts in the order of their days."""
    return [
        out.FactOut(
            id=one.pk, kind=one.kind, text=one.text, note=one.note, agency=agency(one.agency), on=one.on,
            until=until(one.until),
        )
        for one in rows
    ]  # fmt: skip


def _hold(of: Beside, shown: One) -> out.HoldOut:
    state = hold_states(shown).get(of.pk, HoldState.CLAIMED)
    answers = [one for one in shown.of("hold_answer") if one.of == of.pk]
    return out.HoldOut(
        id=of.pk, kind="", text=of.text, note="", agency=agency(of.agency), on=of.on, until=until(of.until),
        state=hold_state(state),
        answers=[
            out.HoldAnswerOut(
                id=one.pk, hold_id=of.pk, state=hold_state(HoldState(one.kind)), agency=agency(one.agency),
                reason=one.text, happened_on=one.on,
            )
            for one in answers
        ],
    )  # fmt: skip


def hold_state(of: HoldState) -> WordOut:
    """What became of a hold, with its word."""
    return WordOut(code=of.value, shown=str(of.label))


def _promises(shown: One, day: date) -> list[out.PromiseOut]:
    return [
        out.PromiseOut(
            id=row.pk, agency=agency(row.agency), promised_on=row.since or day, text=row.text,
            happened_on=row.on, state=WordOut(code=state.value, shown=str(state.label)),
        )
        for row, state in promises(shown, day)
    ]  # fmt: skip


def _conditions(shown: One, day: date) -> list[WordOut]:
    found = conditions_of(shown.span, day) if shown.span else ()
    return [WordOut(code=one.value, shown=str(one.label)) for one in found]


def reported(said: Reported, behind: Details) -> out.ReportOut:
    """A report with its evidence and reviews."""
    of = said.report
    claim: Claim | None = getattr(of, "claim", None)
    reviews = [review(one) for one in behind.reviews.get(of.pk, ())]
    told = None if claim is None else claimed(claim, reviews)
    return report(of, behind.evidence.get(of.pk, ()), told)


def report(of: Report, evidence: Iterable[Evidence], claim: out.ClaimOut | None) -> out.ReportOut:
    """A report."""
    return out.ReportOut(
        id=of.pk,
        text=of.text,
        progress=of.progress,
        agency=agency(of.agency),
        happened_on=of.happened_on,
        recorded_at=of.recorded_at,
        corrects=of.corrects_id,
        period=of.period,
        evidence=[piece(one) for one in evidence],
        claim=claim,
    )


def claimed(of: Claim, reviews: list[out.ReviewOut]) -> out.ClaimOut:
    """A claim with what was decided on it."""
    return out.ClaimOut(id=of.pk, shown_on=of.shown_on, no_later_than=of.no_later_than, reviews=reviews)


def review(of: Review) -> out.ReviewOut:
    """A decision on a claim."""
    return out.ReviewOut(
        id=of.pk,
        claim_id=of.claim_id,
        accepted=of.accepted,
        shown_on=of.shown_on,
        no_later_than=of.no_later_than,
        reason=of.reason,
        agency=agency(of.agency),
        happened_on=of.happened_on,
        recorded_at=of.recorded_at,
        corrects=of.corrects_id,
    )


def piece(of: Evidence) -> out.EvidenceOut:
    """A piece of evidence."""
    return out.EvidenceOut(
        kind=WordOut(code=of.kind, shown=str(EvidenceKind(of.kind).label)),
        file_id=of.file_id,
        file_name=of.file.name if of.file else None,
        directive_id=of.directive_id,
        symbol=of.directive.symbol if of.directive else of.symbol,
        address=of.address,
    )


def request(of: ChangeRequest, decided: ChangeDecision | None = None) -> out.RequestOut:
    """A request with its decision."""
    decision = None
    if decided is not None:
        names = ("granted", "limit_on", "reason", "happened_on", "recorded_at")
        decision = out.DecisionOut(**{name: getattr(decided, name) for name in names})
    return out.RequestOut(
        id=of.pk,
        kind=WordOut(code=of.kind, shown=str(ChangeKind(of.kind).label)),
        text=of.text,
        lead=agency(of.lead),
        limit_on=of.limit_on,
        reason=of.reason,
        happened_on=of.happened_on,
        recorded_at=of.recorded_at,
        decision=decision,
    )


def printed(of: Printed) -> TallyOut:
    """A count that an agency printed."""
    return TallyOut(
        id=of.tally.pk,
        standing=of.standing,
        agency=agency(of.tally.agency),
        directive_id=of.tally.directive_id,
        source=of.tally.source.title,
        day=of.tally.happened_on,
        total=of.tally.total,
        parts={part.label: part.count for part in of.parts},
        problems=[tell(problem) for problem in of.problems],
    )
