"""How far the children of an assignment are, and whose own claim they now wait for (1.12)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from thuocdo.assignments.models import Assignment
from thuocdo.assignments.queries.status import standing
from thuocdo.lib.moments import AsOf


@dataclass(frozen=True, slots=True)
class Branch:
    """Counts of the direct children on a day; those withdrawn are left out."""

    children: int = 0
    declared: int = 0  # completed as their leads say
    confirmed: int = 0

    @property
    def is_confirmed(self) -> bool:
        """A fan-out closes with this; the lead of a split assignment is then asked for its own claim."""
        return 0 < self.children == self.confirmed


def branches(parent_ids: Iterable[int], as_of: AsOf) -> dict[int, Branch]:
    """The branch below each assignment, by id. One statement."""
    ids = list(parent_ids)
    spans = standing(as_of).filter(assignment__parent__in=ids, withdrawn=False)
    rows = spans.values_list("assignment__parent").annotate(
        children=Count("pk"),
        declared=Count("pk", filter=Q(declared_by__isnull=False)),
        confirmed=Count("pk", filter=Q(confirmed_by__isnull=False)),
    )
    found = dict.fromkeys(ids, Branch())
    for parent_id, children, declared, confirmed in rows:
        found[parent_id] = Branch(children, declared, confirmed)
    return found


def asked_for_claim(lead_ids: Collection[int], as_of: AsOf) -> list[Assignment]:
    """Split assignments of these leads whose children are all confirmed, not claimed themselves yet."""
    open_ = standing(as_of).filter(lead_id__in=lead_ids, withdrawn=False, declared_by=None)
    split = Assignment.objects.filter(pk__in=open_.values("assignment"), children__isnull=False)
    parents = {one.pk: one for one in split.distinct().order_by("pk")}
    return [parents[pk] for pk, branch in branches(parents, as_of).items() if branch.is_confirmed]
