"""The numbers that the rates of `rules/rates.py` are made of: of one agency, or of all at a closing (3.08).

Both count what an overview of the agency counts: duties given to its subtree from outside it. Of one agency
the database picks them; of all they are read once and go to every agency above the lead that does not also
stand above the assigner.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet

from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Closure
from thuocdo.assignments.enums import Status
from thuocdo.assignments.models import Review, Span
from thuocdo.assignments.queries import counts
from thuocdo.assignments.queries.counts import Counted, Scope
from thuocdo.assignments.queries.status import standing, with_status
from thuocdo.assignments.rules import rates
from thuocdo.lib.moments import AsOf

KIND = RelationKind.ADMINISTRATIVE
ACCEPTED = "assignment__claims__reviews__accepted"
Given = tuple[int, int, Counter[str]]  # lead, assigner, what their duties add


def of_agency(agency_id: int, since: date, as_of: AsOf) -> Counter[str]:
    """The numbers of one agency on the day; reviews since the first day of the period. Three statements."""
    spans = counts.spans_in(Scope(agency_id, KIND, Counted.ENTRY), as_of)
    found: Counter[str] = Counter()
    for _, _, numbers in _given(spans, since, as_of):
        found.update(numbers)
    return found


def of_all(since: date, as_of: AsOf) -> dict[int, Counter[str]]:
    """The numbers of every agency that has any. Three statements, whatever their number."""
    above = _above(as_of)
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for lead, assigner, numbers in _given(standing(as_of), since, as_of):
        for agency in above.get(lead, frozenset()) - above.get(assigner, frozenset()):
            found[agency].update(numbers)
    return dict(found)


def _given(spans: QuerySet[Span], since: date, as_of: AsOf) -> Iterator[Given]:
    """What is done and what was decided, by who leads and who gave it."""
    rows = with_status(spans, as_of.day).order_by()
    by = ("lead_id", "assigner_id", "status_declared", "status_confirmed")
    for lead, assigner, declared, confirmed, number in rows.values_list(*by).annotate(n=Count("*")):
        yield lead, assigner, rates.of_duties(Status(declared), Status(confirmed), number)
    judged = spans.filter(assignment__claims__reviews__in=_reviews(since, as_of)).order_by()
    for lead, assigner, accepted, number in judged.values_list("lead_id", "assigner_id", ACCEPTED).annotate(
        n=Count("*")
    ):
        yield lead, assigner, rates.of_reviews(number, accepted=accepted)


def _reviews(since: date, as_of: AsOf) -> QuerySet[Review]:
    """The decisions of these days as known then; one that was put right counts as it is now."""
    later = Review.objects.filter(corrects=OuterRef("pk"))
    rows = Review.objects.filter(happened_on__range=(since, as_of.day))
    if as_of.known is not None:
        later = later.filter(recorded_at__lte=as_of.known)
        rows = rows.filter(recorded_at__lte=as_of.known)
    return rows.filter(~Exists(later))


def _above(as_of: AsOf) -> Mapping[int, frozenset[int]]:
    """Each agency with itself and all above it."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Closure.objects.standing(as_of).filter(kind=KIND)
    for ancestor, descendant in rows.values_list("ancestor_id", "descendant_id"):
        found[descendant].add(ancestor)
    return {agency: frozenset(group) for agency, group in found.items()}
