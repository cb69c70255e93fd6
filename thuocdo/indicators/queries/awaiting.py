"""What of measuring waits for a reader: values to give, returned, to confirm (3.09)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from django.db.models import Count, F, FilteredRelation, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

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
    """Everything that waits, in at most three statements."""
    awaited = to_give(_own(reader), as_of)
    return replace(judged_or_not(reader, as_of), to_give=Pile(len(awaited), tuple(awaited[:SHOWN])))


def judged_or_not(reader: Reader, as_of: AsOf) -> Waiting:
    """Only what was returned and what is to be confirmed, in one statement."""
    own, reviewed = _own(reader), reader.reach.get(Permission.REVIEW, frozenset()) - reader.agencies
    found = list(_judged(own, reviewed, reader, as_of)) if own or reviewed else []
    returned, to_confirm = ([row for row in found if row.judged is sort] for sort in (False, None))
    return Waiting(
        Pile(),
        _pile(returned, lambda row: Shown(row, row.said, row.said_on)),
        _pile(to_confirm, lambda row: Shown(row, on=row.happened_on)),
    )


def _own(reader: Reader) -> frozenset[int]:
    """Where the reader works and reports for."""
    return reader.agencies & reader.reach.get(Permission.REPORT, frozenset())


def asked_of(agencies: Iterable[Agency], as_of: AsOf) -> list[tuple[Definition, Agency]]:
    """Which indicators these agencies report on the day: those of their kind and level. One statement."""
    return _asked(_reported(as_of), agencies)


def to_give(agencies: frozenset[int], as_of: AsOf) -> list[Awaited]:
    """Values these agencies owe for the last period that is over, the first due first. Two statements."""
    reported = _reported(as_of) if agencies else []
    if not reported:
        return []
    ends = {periods.last_closed(as_of.day, Periodicity(row.every)).last for row in reported}
    value = FilteredRelation(
        "observations", condition=Q(observations__part="", observations__period_to__in=ends)
    )
    rows = Agency.objects.alive(as_of).filter(pk__in=agencies).order_by("code").annotate(value=value)
    given = rows.annotate(about=F("value__indicator"), until=F("value__period_to"))
    there = {(one.about, one.pk, one.until) for one in cast("Iterable[Any]", given)}
    alive = {one.pk: one for one in given}.values()
    found = []
    for row, agency in _asked(reported, alive):
        period = periods.last_closed(as_of.day, Periodicity(row.every))
        if (row.indicator_id, agency.pk, period.last) not in there:
            found.append(Awaited(row, agency, period, periods.due_on(period, row.delay)))
    return sorted(found, key=lambda one: (one.due_on, one.definition.indicator.code, one.agency.code))


def _reported(as_of: AsOf) -> list[Definition]:
    """What agencies of a kind or level report, by code."""
    rows = definitions.all_on(as_of).values()
    named = [row for row in rows if row.reported_by or row.reported_at]
    entered = [row for row in named if not row.formula and not row.indicator.is_system]
    return sorted(entered, key=lambda row: row.indicator.code)


def _asked(reported: Iterable[Definition], agencies: Iterable[Agency]) -> list[tuple[Definition, Agency]]:
    rows = list(reported)
    return [
        (row, agency)
        for agency in agencies
        for row in rows
        if row.reported_by in ("", agency.kind) and row.reported_at in ("", agency.level)
    ]


def _judged(own: Iterable[int], reviewed: Iterable[int], reader: Reader, as_of: AsOf) -> QuerySet[Any]:
    """Values of one's own that were returned, and those below that nobody has judged: the first of each.

    Each with the number of its sort; one statement.
    """
    last = Verdict.objects.filter(observation=OuterRef("pk")).order_by("-recorded_at", "-pk")
    rows = cast(
        "QuerySet[Any]", judged(Observation.objects.known(as_of).filter(origin=Origin.ENTERED), as_of)
    )
    below = Q(agency__in=reviewed, judged=None)
    if reader.user is not None:
        below &= ~Q(by=reader.user) | Q(by=None)
    rows = rows.filter(Q(agency__in=own, judged=False) | below)
    sort: dict[str, Any] = {"partition_by": [F("judged")]}
    told = (
        rows.annotate(
            said=last.values("reason")[:1],
            said_on=last.values("happened_on")[:1],
            in_all=Window(Count("pk"), **sort),
            place=Window(RowNumber(), order_by=["happened_on", "pk"], **sort),
        )
        .filter(place__lte=SHOWN)
        .select_related("indicator", "agency")
        .order_by("place")
    )
    return cast("QuerySet[Any]", told)


def _pile(rows: list[Any], shown: Callable[[Any], Shown]) -> Pile:
    """The first rows and the number of all."""
    return Pile(rows[0].in_all if rows else 0, values=tuple(shown(row) for row in rows))
