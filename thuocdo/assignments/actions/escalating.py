"""Taking the steps that were reached: people are told, or an office is asked, each step once (2.07)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from thuocdo.accounts.enums import Role
from thuocdo.accounts.models import User
from thuocdo.agencies.models import Agency
from thuocdo.assignments.models import StepChoice, StepTaken, Watch
from thuocdo.assignments.queries import escalation as reads
from thuocdo.assignments.queries.escalation import Above, Reached
from thuocdo.assignments.rules import escalation
from thuocdo.assignments.rules.escalation import Mode, Side
from thuocdo.audit import log
from thuocdo.audit import queries as log_queries
from thuocdo.lib.say import require, say
from thuocdo.notices import actions as notices
from thuocdo.notices.enums import Kind
from thuocdo.notices.queries import people
from thuocdo.notices.queries.people import Post
from thuocdo.notices.terms import News, Proposal


@dataclass(frozen=True, slots=True)
class Scene:
    """What one run knows beside the duties: who holds which post, who is above whom, what offices chose."""

    day: date
    at: datetime
    holders: dict[Post, tuple[int, ...]]
    above: Above
    chosen: dict[int, dict[str, str]]


@transaction.atomic
def begin(*, day: date) -> Watch:
    """From when on people are told; said once, so that what was past by then is never told."""
    row = Watch.objects.select_for_update().first()
    if row is None:
        row = Watch.objects.create(
            began_on=day, after_entry=log_queries.last_entry_id(), batch=log_queries.last_batch_number()
        )
    return row


def escalate(*, day: date, at: datetime) -> int:
    """Take every step that was reached by the day; how many. What was begun and not ended is begun again."""
    began = begin(day=day).began_on
    scene = Scene(day, at, people.holders(day), reads.above(day), reads.chosen())
    return sum(_take(batch, scene) for batch in reads.due(reads.steps(), day, began))


@transaction.atomic
def _take(batch: Collection[Reached], scene: Scene) -> int:
    rows = list(batch)
    taken = [
        StepTaken(
            assignment_id=row.assignment_id, limit_on=row.limit_on, step=row.step.key, passed=row.passed,
            taken_at=scene.at,
        )
        for row in rows
    ]  # fmt: skip
    StepTaken.objects.bulk_create(taken, batch_size=2_000, ignore_conflicts=True)
    told = [row for row in rows if not row.passed]
    names = reads.named(told)
    proposals = [
        one for row in told if _mode(row, scene) is Mode.DRAFT for one in _proposals(row, names, scene)
    ]
    news = [one for row in told if _mode(row, scene) is Mode.AUTOMATIC for one in _news(row, names, scene)]
    if proposals:
        notices.propose(proposals=proposals, at=scene.at)
    if proposals or news:
        notices.tell(news=[*news, *_that_drafts_wait(proposals, scene)], at=scene.at)
    return len(rows)


def _mode(row: Reached, scene: Scene) -> Mode:
    return escalation.mode_of(row.step, scene.chosen.get(row.office_id, {}))


def _news(row: Reached, names: dict[int, str], scene: Scene) -> Iterator[News]:
    posts = [(_agency(side, row, scene.above), Role(role)) for side, role in row.step.told]
    kind, values = _said(row, names, scene.day)
    for user in people.of_posts(posts, scene.holders):
        yield News(user, kind, _key(row), _link(row), values)


def _proposals(row: Reached, names: dict[int, str], scene: Scene) -> Iterator[Proposal]:
    kind, values = _said(row, names, scene.day)
    for side, role in row.step.told:
        agency = _agency(side, row, scene.above)
        if agency is not None:
            yield Proposal(row.office_id, agency, Role(role), kind, _key(row), _link(row), values)


def _that_drafts_wait(proposals: Collection[Proposal], scene: Scene) -> Iterator[News]:
    """Whoever decides in an office hears once a day that something waits."""
    for office in sorted({one.office_id for one in proposals}):
        number = sum(one.office_id == office for one in proposals)
        key = f"drafts:{office}:{scene.day}"
        for user in people.of_posts([(office, Role.REVIEWER)], scene.holders):
            yield News(user, Kind.DRAFTS_WAIT, key, "/messages/", {"n": number})


def _agency(side: Side, row: Reached, above: Above) -> int | None:
    if side is Side.ABOVE:
        return above.right.get(row.lead_id)
    if side is Side.FURTHER:
        return above.further.get(row.lead_id)
    return {Side.LEAD: row.lead_id, Side.OFFICE: row.office_id, Side.ASSIGNER: row.assigner_id}[side]


def _said(row: Reached, names: dict[int, str], day: date) -> tuple[Kind, dict[str, object]]:
    values: dict[str, object] = {
        "work": row.work[:200],
        "agency": names.get(row.lead_id, ""),
        "day": row.limit_on.isoformat(),
    }
    if row.step.share:
        return Kind.SHARE_USED, {**values, "n": row.step.share}
    late = (day - row.limit_on).days
    kind = Kind.LIMIT_PASSED if late > 0 else Kind.LIMIT_NEAR if late < 0 else Kind.LIMIT_TODAY
    return kind, {**values, "n": abs(late)}


def _key(row: Reached) -> str:
    return f"{row.step.key}:{row.assignment_id}:{row.limit_on}"


def _link(row: Reached) -> str:
    return f"/assignments/{row.assignment_id}/"


@transaction.atomic
def choose_step(*, office: Agency, step: str, mode: Mode, by: User | None, at: datetime) -> StepChoice:
    """An office says what happens at a step of the duties it monitors, or else confirms."""
    known = {one.key for one in reads.steps()}
    require(None if step in known else say("There is no such step."))
    row = StepChoice.objects.select_for_update().filter(office=office, step=step).first()
    before = log.snapshot(row) if row else None
    row = row or StepChoice(office=office, step=step)
    row.mode = mode
    row.save()
    log.record("step.chosen", row, by=by, at=at, before=before)
    return row
