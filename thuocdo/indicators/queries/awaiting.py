"""What of measuring waits for a reader: values to give, returned, to confirm (3.09)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Window

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.agencies.models import Agency
from thuocdo.indicators.enums import Origin, Periodicity
from thuocdo.indicators.models import Definition, Observation, Verdict
from thuocdo.indicators.queries import definitions
from thuocdo.indicators.queries.values import judged
from thuocdo.indicators.rules import periods
from thuocdo.indicators.rules.periods import Period
from thuocdo.lib.moments import AsOf

SHOWN = 10  # rows of a pile on the page


@dataclass(frozen=True, slots=True)
class Awaited:
    """A value that its agency has to give: for the last period that is over, by `due_on`."""

    definition: Definition
    agency: Agency
    period: Period
    due_on: date


@dataclass(frozen=True, slots=True)
class Shown:
    """A value that waits: returned with a reason, or to be confirmed."""

    observation: Observation
    reason: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Pile:
    """How many in all, and the first of them."""

    count: int = 0
    to_give: tuple[Awaited, ...] = ()
    values: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """All that waits for one reader."""

    to_give: Pile
    returned: Pile
    to_confirm: Pile

    @property
    def count(self) -> int:
        return self.to_give.count + self.returned.count + self.to_confirm.count


def waiting(reader: Reader, as_of: AsOf) -> Waiting:
    """Everything of the page, in at most five statements."""
    own = reader.agencies & reader.reach.get(Permission.REPORT, frozenset())
    reviewed = reader.reach.get(Permission.REVIEW, frozenset()) - reader.agencies
    awaited = to_give(own, as_of)
    return Waiting(
        Pile(len(awaited), to_give=tuple(awaited[:SHOWN])),
        _pile(_returned(own, as_of), _with_verdict) if own else Pile(),
        _pile(_to_confirm(reviewed, reader, as_of), _plain) if reviewed else Pile(),
    )


def asked_of(agencies: Iterable[Agency], as_of: AsOf) -> list[tuple[Definition, Agency]]:
    """Which indicators these agencies report on the day: those of their kind and level. One statement."""
    rows = definitions.all_on(as_of).values()
    entered = [row for row in rows if not row.formula and not row.indicator.is_system]
    named = [row for row in entered if row.reported_by or row.reported_at]
    return [
        (row, agency)
        for agency in agencies
        for row in sorted(named, key=lambda row: row.indicator.code)
        if row.reported_by in ("", agency.kind) and row.reported_at in ("", agency.level)
    ]


def to_give(agencies: frozenset[int], as_of: AsOf) -> list[Awaited]:
    """Values these agencies owe for the last period that is over, the first due first. Three statements."""
    if not agencies:
        return []
    alive = Agency.objects.alive(as_of).filter(pk__in=agencies).order_by("code")
    asked = [(row, agency, _period(row, as_of)) for row, agency in asked_of(alive, as_of)]
    if not asked:
        return []
    given = Observation.objects.filter(
        agency__in=agencies, part="", period_to__in={period.last for _, _, period in asked}
    )
    there = set(given.values_list("indicator_id", "agency_id", "period_to"))
    found = [
        Awaited(row, agency, period, periods.due_on(period, row.delay))
        for row, agency, period in asked
        if (row.indicator_id, agency.pk, period.last) not in there
    ]
    return sorted(found, key=lambda one: (one.due_on, one.definition.indicator.code, one.agency.code))


def _period(row: Definition, as_of: AsOf) -> Period:
    return periods.last_closed(as_of.day, Periodicity(row.every))


def _pile(rows: QuerySet[Observation], shown: Callable[[Any], Shown]) -> Pile:
    """The first rows and the number of all, in one statement."""
    rows = rows.select_related("indicator", "agency").order_by("happened_on", "pk")
    found: list[Any] = list(rows.annotate(in_all=Window(Count("pk")))[:SHOWN])
    return Pile(found[0].in_all if found else 0, values=tuple(shown(row) for row in found))


def _returned(own: Iterable[int], as_of: AsOf) -> QuerySet[Observation]:
    """Values of these agencies that were returned and not corrected since."""
    rows = Observation.objects.known(as_of).filter(agency__in=own)
    last = Verdict.objects.filter(observation=OuterRef("pk")).order_by("-recorded_at", "-pk")
    told = cast("QuerySet[Any]", judged(rows, as_of)).filter(judged=False)
    return cast(
        "QuerySet[Observation]",
        told.annotate(said=last.values("reason")[:1], said_on=last.values("happened_on")[:1]),
    )


def _with_verdict(row: Any) -> Shown:  # noqa: ANN401 - an observation with what `_returned` adds
    return Shown(row, row.said, row.said_on)


def _to_confirm(reviewed: Iterable[int], reader: Reader, as_of: AsOf) -> QuerySet[Observation]:
    """Values entered below the reader that nobody has judged, the longest waiting first."""
    rows = Observation.objects.known(as_of).filter(
        ~Exists(Verdict.objects.filter(observation=OuterRef("pk"))),
        agency__in=reviewed,
        origin=Origin.ENTERED,
    )
    own = Q(by=reader.user) if reader.user else Q(pk=None)
    return rows.exclude(own)


def _plain(row: Observation) -> Shown:
    return Shown(row, on=row.happened_on)
