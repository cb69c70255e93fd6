"""Counts of the whole installation on a day: a tally taken before, and what changed since (1.32).

The spans believed at moment T were counted once and kept. What is believed now differs by the spans opened
after T and those closed after T, which an index finds: tally − closed + opened, exact at every moment. What
has no tally (a past day, an earlier knowledge, an agency) is counted from its spans.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from django.db.models import Q, Sum

from thuocdo.assignments.enums import Status
from thuocdo.assignments.models import LeadTally, Span, Taken, Tally
from thuocdo.assignments.queries import counts as counting
from thuocdo.assignments.queries.counts import Part, Scope, Share
from thuocdo.assignments.queries.sight import Sight
from thuocdo.lib.moments import MOMENT_MAX, AsOf

ALIKE = ("declared", "confirmed", "is_key", "dated")
COUNTS = ("n", "due", "came_later", *(one.value for one in counting.COUNTED_APART))
NUMBERS = ("assigned", "completed", "confirmed", "overdue")


def taken(scope: Scope, as_of: AsOf) -> Taken | None:
    """The tally that answers for this scope and day, if one was taken."""
    whole = scope.agency_id is None and scope.parent_id is None and not scope.key_only
    return Taken.objects.filter(day=as_of.day).first() if whole and as_of.known is None else None


def counted(kept: Taken, scope: Scope, sight: Sight, limit: int) -> tuple[list[Part], list[Share]]:
    """(parts, the agencies that have most of them) of the scope, as if counted from its spans now."""
    seen, changed = _since(kept, scope, sight, sight.progress)
    parts = [*_kept(kept, seen), *changed]
    if not limit:
        return parts, []
    if not sight.names_all:
        seen, changed = _since(kept, scope, sight, sight.responsibility)
    return parts, _shares(kept, seen, changed, limit)


def _since(kept: Taken, scope: Scope, sight: Sight, public: Collection[int]) -> tuple[Q, list[Part]]:
    """(which tallies count, what changed since they were taken), of these texts and the reader's own."""
    seen = Q() if sight.reader.reads_all else Q(directive_id__in=public)
    if scope.directive_id is not None:
        seen &= Q(directive_id=scope.directive_id)
    changed = [*_changed(kept, seen)]
    if sight.reader.own and not sight.reader.reads_all:
        own = counting.counted(scope, sight, AsOf(kept.day)).exclude(directive_id__in=public)
        changed += counting.parts(own.filter(sight.own()), kept.day)
    return seen, changed


def alike(found: Iterable[Part]) -> list[dict[str, object]]:
    """The parts of one text without their leads, as columns of a `Tally`."""
    sums: dict[tuple[object, ...], Counter[str]] = {}
    for part in found:
        so_far = sums.setdefault(tuple(getattr(part, name) for name in ALIKE), Counter())
        so_far.update({name: getattr(part, name) for name in COUNTS})
    return [dict(zip(ALIKE, key, strict=True)) | numbers for key, numbers in sums.items()]


def _kept(kept: Taken, seen: Q) -> list[Part]:
    rows = Tally.objects.filter(seen, taken=kept).order_by()
    summed = rows.values_list(*ALIKE).annotate(*map(Sum, COUNTS))
    return [Part(0, Status(one), Status(other), *rest) for one, other, *rest in summed]


def _changed(kept: Taken, seen: Q) -> Iterator[Part]:
    """What was opened since, and with the sign turned what was closed."""
    on_day = Span.objects.filter(seen, depth=0, valid_from__lte=kept.day, valid_to__gt=kept.day)
    yield from counting.parts(on_day.filter(known_from__gt=kept.known, known_to=MOMENT_MAX), kept.day)
    closed = on_day.filter(known_from__lte=kept.known, known_to__gt=kept.known, known_to__lt=MOMENT_MAX)
    for part in counting.parts(closed, kept.day):
        yield replace(part, **{name: -getattr(part, name) for name in COUNTS})


def _shares(kept: Taken, seen: Q, changed: list[Part], limit: int) -> list[Share]:
    """Who has most cannot be but among the first by the tally and those that changed since."""
    of = counting.by_lead(changed)
    hidden = Tally.objects.filter(taken=kept).exclude(seen).exists() if seen else False
    some = seen & Q(directive_id__isnull=False) if hidden else Q(directive_id=None)
    rows = LeadTally.objects.filter(some, taken=kept).order_by().values_list("lead_id")
    summed = rows.annotate(*map(Sum, NUMBERS))
    first = set(summed.order_by("-assigned__sum", "lead_id")[: limit + len(of)])  # type: ignore[misc]
    for lead, *numbers in first | set(summed.filter(lead_id__in=of)):
        of.setdefault(lead, Counter()).update(dict(zip(NUMBERS, numbers, strict=True)))
    return counting.most(of, limit)
