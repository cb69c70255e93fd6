"""What happens to a recommendation on its way: received, forwarded, answered, withdrawn, in effect."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.agencies.models import Agency
from thuocdo.assignments.actions import common
from thuocdo.audit import log
from thuocdo.directives.models import Directive
from thuocdo.lib.say import Say, require, say
from thuocdo.recommendations.actions import waiting
from thuocdo.recommendations.enums import Stage, StepKind
from thuocdo.recommendations.models import Recommendation, Step
from thuocdo.recommendations.rules.standing import stage_after, step_problem
from thuocdo.recommendations.terms import Reply


@dataclass(frozen=True, slots=True)
class Known:
    """All that has happened to it until now."""

    steps: list[Step]
    owner: Agency
    stage: Stage
    last_on: date


def locked(recommendation: Recommendation) -> tuple[Recommendation, Known]:
    """The row held until the transaction ends, so that two steps cannot cross, with what is known of it."""
    row = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    steps = list(Step.objects.filter(recommendation=row).order_by("happened_on", "recorded_at", "pk"))
    owner = Agency.objects.get(pk=waiting.owner_of(row, steps))
    stage = stage_after(StepKind(steps[-1].kind), steps[-1].outcome) if steps else Stage.SENT
    return row, Known(steps, owner, stage, steps[-1].happened_on if steps else row.happened_on)


@transaction.atomic
def receive(
    *, recommendation: Recommendation, due_on: date | None, happened_on: date, by: User | None, at: datetime
) -> Step:
    """The agency with which it lies has it, and says by when it will answer.

    The first day named stands: forwarding does not begin the time anew.
    """
    row, known = locked(recommendation)
    named = any(step.due_on for step in known.steps)
    require(
        step_problem(known.stage, StepKind.RECEIVED),
        say("By when it is answered was said already.") if named and due_on else None,
        None if named or due_on else say("Say by when it will be answered."),
        common.order_problem(due_on, happened_on) if due_on else None,
        *_day_problems(known, happened_on, at),
    )
    step = Step(recommendation=row, kind=StepKind.RECEIVED, agency=known.owner, due_on=due_on)
    return _taken(step, happened_on, by=by, at=at)


@transaction.atomic
def forward(
    *, recommendation: Recommendation, to: Agency, reason: str, happened_on: date, by: User | None,
    at: datetime,
) -> Step:  # fmt: skip
    """It goes to the agency that can decide; what waited, waits for that one from now on."""
    row, known = locked(recommendation)
    require(
        step_problem(known.stage, StepKind.FORWARDED),
        common.text_problem(reason),
        common.alive_problem(to, happened_on),
        _circle_problem(row, known, to),
        *_day_problems(known, happened_on, at),
    )
    step = Step(recommendation=row, kind=StepKind.FORWARDED, agency=known.owner, to=to, text=reason)
    _taken(step, happened_on, by=by, at=at)
    waiting.pass_on(row, to, happened_on, by=by, at=at)
    return step


@transaction.atomic
def answer(
    *, recommendation: Recommendation, reply: Reply, happened_on: date, by: User | None, at: datetime
) -> Step:
    """Accepted with what follows, accepted in part, or refused with the reason: nothing waits any more."""
    row, known = locked(recommendation)
    require(
        step_problem(known.stage, StepKind.ANSWERED, reply.outcome),
        None if reply.text.strip() else say("Say what follows from the answer, or why it is refused."),
        *_day_problems(known, happened_on, at),
    )
    step = Step(
        recommendation=row, kind=StepKind.ANSWERED, agency=known.owner, outcome=reply.outcome,
        text=reply.text, directive=reply.directive,
    )  # fmt: skip
    _taken(step, happened_on, by=by, at=at)
    waiting.end(row, happened_on, by=by, at=at)
    return step


@transaction.atomic
def take_effect(
    *,
    recommendation: Recommendation,
    text: str,
    directive: Directive | None = None,
    happened_on: date,
    by: User | None,
    at: datetime,
) -> Step:
    """What really came of the answer: a text issued, money received, work that goes on."""
    row, known = locked(recommendation)
    require(
        step_problem(known.stage, StepKind.EFFECT),
        None if text.strip() else say("Say what came of it."),
        *_day_problems(known, happened_on, at),
    )
    step = Step(recommendation=row, kind=StepKind.EFFECT, agency=known.owner, text=text, directive=directive)
    return _taken(step, happened_on, by=by, at=at)


@transaction.atomic
def withdraw(
    *, recommendation: Recommendation, reason: str, happened_on: date, by: User | None, at: datetime
) -> Step:
    """Who asked no longer asks."""
    row, known = locked(recommendation)
    require(
        step_problem(known.stage, StepKind.WITHDRAWN),
        common.text_problem(reason),
        *_day_problems(known, happened_on, at),
    )
    step = Step(recommendation=row, kind=StepKind.WITHDRAWN, agency=row.agency, text=reason)
    _taken(step, happened_on, by=by, at=at)
    waiting.end(row, happened_on, by=by, at=at)
    return step


def _taken(step: Step, happened_on: date, *, by: User | None, at: datetime) -> Step:
    step.happened_on, step.by, step.recorded_at = happened_on, by, at
    step.save(force_insert=True)
    log.record(f"recommendation.{step.kind}", step, by=by, at=at)
    return step


def _day_problems(known: Known, happened_on: date, at: datetime) -> list[Say | None]:
    return [common.day_problem(happened_on, at), common.order_problem(happened_on, known.last_on)]


def _circle_problem(row: Recommendation, known: Known, to: Agency) -> Say | None:
    if to.pk == row.agency_id:
        return say("It comes from there. Answer it instead.")
    return say("It lies there already.") if to.pk == known.owner.pk else None
