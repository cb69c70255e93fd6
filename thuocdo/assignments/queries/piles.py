"""What the piles of waiting things share: lines, whose they are, how their duties stand and read now."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.agencies.enums import AgencyKind
from thuocdo.agencies.models import Relation, Succession
from thuocdo.assignments.enums import ChangeKind, Clear
from thuocdo.assignments.models import ChangeDecision, Span
from thuocdo.lib.moments import DAY_MAX, MOMENT_MAX, AsOf

SHOWN = 10  # rows of a pile on the page


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that waits. `key` is what its page is opened by: the duty, claim, request or difficulty."""

    key: int
    work: str
    symbol: str
    agency: str = ""
    on: date | None = None  # the limit, or the day since when it waits
    text: str = ""  # reason, or what is said
    kind: str = ""  # of a request or difficulty
    missing: tuple[Clear, ...] = ()  # of a draft


@dataclass(frozen=True, slots=True)
class Pile:
    """Things of one sort: how many in all, and the first of them."""

    count: int = 0
    lines: tuple[Line, ...] = ()


def mine(reader: Reader, permission: Permission) -> frozenset[int]:
    """The agencies where the reader works, as far as the permission reaches them."""
    return reader.agencies & reader.reach.get(permission, frozenset())


def carried_on(field: str, mine: frozenset[int], day: date) -> Q:
    """The field names one of these agencies, or one that they carry on: its duties still name it.

    Takeovers are followed three steps back, inside the statement that asks.
    """
    found = Q(**{f"{field}__in": mine})
    taken = Succession.objects.filter(happened_on__lte=day)
    former = taken.filter(successor__in=mine).values("predecessor")
    for _step in range(3):
        found |= Q(**{f"{field}__in": former})
        former = taken.filter(successor__in=former).values("predecessor")
    return found


def now(assignment: str, **facts: Any) -> Exists:  # noqa: ANN401 - lookups of a span
    """Whether the assignment, as it stands now, is like this."""
    spans = Span.objects.filter(assignment=OuterRef(assignment), known_to=MOMENT_MAX, valid_to=DAY_MAX)
    return Exists(spans.filter(withdrawn=False, **facts))


def present(prefix: str = "") -> Coalesce:
    """The wording in force: the one granted last, else the first. `prefix` leads to the assignment."""
    granted = ChangeDecision.objects.filter(
        request__assignment=OuterRef(f"{prefix}pk"), request__kind=ChangeKind.CONTENT, granted=True
    )
    last = granted.order_by("-happened_on", "-recorded_at", "-pk").values("request__text")[:1]
    return Coalesce(Subquery(last), F(f"{prefix}work"))


def by_side(mine: frozenset[int], as_of: AsOf, prefix: str = "") -> Q:
    """Duties whose assigner is one of these, has its office among them, or is represented by them."""
    offices = Relation.objects.standing(as_of).filter(child__in=mine, child__kind=AgencyKind.OFFICE)
    own = carried_on(f"{prefix}assigner", mine, as_of.day)
    of_office = Q(**{f"{prefix}assigner__in": offices.values("parent"), f"{prefix}assigner__inside": True})
    outside = Q(**{f"{prefix}assigner__inside": False})
    for_outside = outside & carried_on(f"{prefix}confirming", mine, as_of.day)
    return own | of_office | for_outside
