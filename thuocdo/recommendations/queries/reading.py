"""What pages show of recommendations: lists, ageing by owner, one with its path, what waits for it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from thuocdo.agencies.models import Agency
from thuocdo.assignments.enums import Series, Status
from thuocdo.assignments.queries import listing
from thuocdo.assignments.queries.sight import Sight
from thuocdo.assignments.queries.status import standing as duties_on
from thuocdo.lib.moments import AsOf
from thuocdo.recommendations.enums import Group, State
from thuocdo.recommendations.models import Recommendation, Step
from thuocdo.recommendations.permissions import concerning
from thuocdo.recommendations.queries.standing import in_group, standing, steps, waits
from thuocdo.recommendations.rules.ageing import Age, Lying, ageing
from thuocdo.recommendations.rules.standing import state

RELATED = ("agency", "addressee", "directive", "awaits", "source")


@dataclass(frozen=True, slots=True)
class Line:
    """A recommendation in a list: `owner` has it, `explains` late duties wait for it."""

    row: Any  # a Recommendation with the columns of `standing`
    owner: Agency
    state: State
    explains: int


@dataclass(frozen=True, slots=True)
class Aged:
    """What lies with one agency."""

    owner: Agency
    age: Age


@dataclass(frozen=True, slots=True)
class One:
    """A recommendation on a day: its path, and the duties that wait for it with those that are late."""

    row: Any
    owner: Agency
    state: State
    path: tuple[Step, ...]  # first step first
    duties: tuple[listing.Row, ...]
    difficulties: tuple[Any, ...]
    results: bool  # whether the reader may read what was answered

    @property
    def late(self) -> tuple[listing.Row, ...]:
        """The late duties that the missing answer explains."""
        if self.state not in UNANSWERED:
            return ()
        return tuple(row for row in self.duties if row.declared is Status.OVERDUE)


UNANSWERED = frozenset({State.SENT, State.IN_HAND, State.LATE})


def visible(sight: Sight) -> Q:
    """Those of the reader's scope, and those of texts of which is public who answers (1.27)."""
    return concerning(sight.reader) | Q(directive__in=sight.responsibility)


def chosen(sight: Sight, as_of: AsOf, group: Group | None, agency: Agency | None) -> QuerySet[Any]:
    """What the reader may see, the longest waiting first; of an agency, what it asks or has in hand."""
    rows = standing(as_of).filter(visible(sight))
    if group is not None:
        rows = rows.filter(in_group(group, as_of.day))
    if agency is not None:
        rows = rows.filter(Q(agency=agency) | Q(owner_id=agency.pk))
    return rows.select_related("agency").order_by("happened_on", "pk")


def lines(rows: Iterable[Any], as_of: AsOf) -> list[Line]:
    """Rows of `chosen` as lines. Two statements."""
    found = list(rows)
    owners = Agency.objects.in_bulk({row.owner_id for row in found})
    late = explained([row.pk for row in found], as_of)
    return [
        Line(row, owners[row.owner_id], stands, late.get(row.pk, 0) if stands in UNANSWERED else 0)
        for row in found
        for stands in [state(row, as_of.day)]
    ]


def explained(pks: Collection[int], as_of: AsOf) -> dict[int, int]:
    """How many late duties wait for each. One statement."""
    late = listing.having(
        duties_on(as_of).filter(assignment=OuterRef("assignment")),
        as_of.day, Series.DECLARED, {Status.OVERDUE},
    )  # fmt: skip
    pairs = waits(as_of).filter(Exists(late), recommendation__in=pks)
    found: dict[int, set[int | None]] = {}
    for pk, assignment_id in pairs.values_list("recommendation_id", "assignment_id"):
        found.setdefault(pk, set()).add(assignment_id)
    return {pk: len(ids) for pk, ids in found.items()}


def aged(sight: Sight, as_of: AsOf) -> list[Aged]:
    """Unanswered ones that the reader may see, by the agency with which they lie. Two statements."""
    rows = standing(as_of).filter(visible(sight), in_group(Group.UNANSWERED, as_of.day))
    lying = [Lying(*columns) for columns in rows.values_list("owner_id", "since", "due_on")]
    ages = ageing(lying, as_of.day)
    owners = Agency.objects.in_bulk([age.owner_id for age in ages])
    return [Aged(owners[age.owner_id], age) for age in ages]


def one(pk: int, sight: Sight, as_of: AsOf) -> One | None:
    """One recommendation on the day; None where there is none for this reader. Seven statements at most."""
    row = standing(as_of).filter(visible(sight), pk=pk).select_related(*RELATED).first()
    if row is None:
        return None
    known = waits(as_of).filter(recommendation=pk)
    path = steps(as_of).filter(recommendation=pk).select_related("agency", "to", "directive")
    waiting = duties_on(as_of).filter(sight.spans(), assignment__in=known.values("assignment"))
    difficulties = known.filter(difficulty__isnull=False).select_related("difficulty")
    owner = row.addressee if row.owner_id == row.addressee_id else Agency.objects.get(pk=row.owner_id)
    inside = sight.reader.reads_all or Recommendation.objects.filter(concerning(sight.reader), pk=pk).exists()
    return One(
        row,
        owner,
        state(row, as_of.day),
        tuple(path.order_by("happened_on", "recorded_at", "pk")),
        tuple(listing.rows(listing.worst_first(waiting), sight, as_of)),
        tuple(wait.difficulty for wait in difficulties.order_by("pk")),
        inside or row.directive_id in sight.results,
    )
