"""The values of an indicator as known of a day, with who stands behind each (3.03, 3.07)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery

from thuocdo.indicators.enums import Missing, Standing
from thuocdo.indicators.models import Observation, Verdict
from thuocdo.indicators.rules import observing
from thuocdo.indicators.rules.scaled import unscaled
from thuocdo.lib.moments import AsOf

COLUMNS = (
    "pk", "indicator_id", "agency_id", "period_from", "period_to", "part", "number", "scale", "numerator",
    "denominator", "missing", "origin", "judged", "happened_on", "corrects_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One value as known of the day."""

    key: int  # of the observation: its passport
    indicator: int
    agency: int
    period_from: date
    period_to: date
    part: str
    value: Decimal | None
    numerator: int | None
    denominator: int | None
    missing: Missing | None
    standing: Standing
    returned: bool
    given_on: date  # the day on which the first value was given; a correction keeps it
    corrects: int | None = None


def judged(rows: QuerySet[Observation], as_of: AsOf) -> QuerySet[Observation]:
    """Each with `judged`: whether its last verdict, as known then, accepted it; None without one."""
    verdicts = Verdict.objects.filter(observation=OuterRef("pk"), happened_on__lte=as_of.day)
    if as_of.known is not None:
        verdicts = verdicts.filter(recorded_at__lte=as_of.known)
    return rows.annotate(judged=Subquery(verdicts.order_by("-recorded_at", "-pk").values("accepted")[:1]))


def told(
    indicators: Collection[int],
    agencies: Collection[int],
    as_of: AsOf,
    *,
    since: date | None = None,
    part: str | None = "",
) -> list[Told]:
    """The values of these indicators and agencies for periods over on the day, in time. One statement.

    `part` None: of the whole and of all parts.
    """
    rows = Observation.objects.known(as_of).filter(
        indicator_id__in=indicators, agency_id__in=agencies, period_to__lte=as_of.day
    )
    if part is not None:
        rows = rows.filter(part=part)
    if since is not None:
        rows = rows.filter(period_to__gte=since)
    return list(_read(judged(rows, as_of).order_by("period_to", "agency_id")))


def _read(rows: QuerySet[Observation]) -> Iterable[Told]:
    for row in rows.values_list(*COLUMNS):
        key, indicator, agency, first, last, part, number, scale, above, below, missing, origin = row[:12]
        accepted, given_on, corrects = row[12:]
        yield Told(
            key=key,
            indicator=indicator,
            agency=agency,
            period_from=first,
            period_to=last,
            part=part,
            value=None if number is None else unscaled(number, scale),
            numerator=above,
            denominator=below,
            missing=Missing(missing) if missing else None,
            standing=observing.standing(origin, accepted=accepted),
            returned=accepted is False,
            given_on=given_on,
            corrects=corrects,
        )
