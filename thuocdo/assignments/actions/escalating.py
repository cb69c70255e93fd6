"""Taking the steps that were reached: people are told, or an office is asked, each step once (2.07)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from thuocdo.accounts.enums import Role
from thuocdo.accounts.models import User
from thuocdo.agencies.models import Agency
from thuocdo.assignments.models import StepChoice, StepTaken, Watch
from thuocdo.assignments.queries import escalation as reads
from thuocdo.assignments.queries.escalation import Above, Reached
from thuocdo.assignments.rules import escalation
from thuocdo.assignments.rules.escalation import Chosen, Mode, Side
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
    chosen: dict[int, dict[str, Chosen]]


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
    looked = reads.Looked(day, began, at)
    return sum(_take(batch, scene) for batch in reads.due(reads.steps(), scene.chosen, looked))


@transaction.atomic
def _take(batch: Collection[Reached], scene: Scene) -> int:
    """Take the steps of a batch; what has nobody to tell is noted as untold and tried again later."""
    rows = [_adapted(row, scene) for row in batch]
    told = [row for row in rows if not row.passed and row.step.mode is not Mode.OFF]
    names = reads.named(told)
    proposals = {_key(row): list(_proposals(row, names, scene)) for row in told if _drafts(row)}
    news = {_key(row): list(_news(row, names, scene)) for row in told if not _drafts(row)}
    untold = {key for key, found in (proposals | news).items() if not found}
    _note(rows, untold, scene.at)
    laid = [one for found in proposals.values() for one in found]
    said = [one for found in news.values() for one in found]
    if laid:
        notices.propose(proposals=laid, at=scene.at)
    if laid or said:
        notices.tell(news=[*said, *_that_drafts_wait(laid, scene)], at=scene.at)
    return len(rows) - len(untold)


def _adapted(row: Reached, scene: Scene) -> Reached:
    """The step as the office wants it that the duty is in the care of."""
    wanted = scene.chosen.get(row.office_id, {}).get(row.step.key)
    return replace(row, step=escalation.adapted(row.step, wanted))


def _drafts(row: Reached) -> bool:
    return row.step.mode is Mode.DRAFT


def _note(rows: Collection[Reached], untold: Collection[str], at: datetime) -> None:
    """Note the steps as taken, or as tried in vain; a later try takes the place of an earlier one."""
    taken = [
        StepTaken(
            assignment_id=row.assignment_id, limit_on=row.limit_on, step=row.step.key, passed=row.passed,
            untold=_key(row) in untold, taken_at=at,
        )
        for row in rows
    ]  # fmt: skip
    StepTaken.objects.bulk_create(
        taken,
        batch_size=2_000,
        update_conflicts=True,
        unique_fields=["assignment", "limit_on", "step"],
        update_fields=["passed", "untold", "taken_at"],
    )


def _news(row: Reached, names: dict[int, str], scene: Scene) -> Iterator[News]:
    posts = [(_agency(side, row, scene.above), Role(role)) for side, role in row.step.told]
    kind, values = _said(row, names, scene.day)
    for user in people.of_posts(posts, scene.holders):
        yield News(user, kind, _key(row), _link(row), values, row.step.way)


def _proposals(row: Reached, names: dict[int, str], scene: Scene) -> Iterator[Proposal]:
    """What the office decides on: for those roles that somebody holds."""
    kind, values = _said(row, names, scene.day)
    for side, role in row.step.told:
        agency = _agency(side, row, scene.above)
        if agency is not None and scene.holders.get((agency, role)):
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
def choose_step(*, office: Agency, step: str, chosen: Chosen, by: User | None, at: datetime) -> StepChoice:
    """An office says what happens at a step of the duties it monitors, or else confirms."""
    table = reads.steps()
    known = {one.key: one for one in table}
    require(None if step in known else say("There is no such step."))
    require(escalation.choice_problem(table, {**reads.chosen_by(office), step: chosen}))
    row = StepChoice.objects.select_for_update().filter(office=office, step=step).first()
    before = log.snapshot(row) if row else None
    row = row or StepChoice(office=office, step=step)
    row.mode = chosen.mode or known[step].mode
    row.days = chosen.days
    row.told = escalation.told_text(chosen.told or ())
    row.way = chosen.way or ""
    row.save()
    log.record("step.chosen", row, by=by, at=at, before=before)
    return row
