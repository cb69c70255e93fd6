"""Facts of services without files: what the cube holds of invented agencies, put there as counting does."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from thuocdo.indicators import actions
from thuocdo.indicators.actions import Ranked
from thuocdo.indicators.enums import Units
from thuocdo.indicators.models import Ranking
from thuocdo.indicators.rules.service_counts import METRICS, Counted

COUNTED_AT = datetime(2025, 10, 3, 2, tzinfo=UTC)
SEPTEMBER, AUGUST = 202509, 202508
PUBLISHED_ON, PUBLISHED_AT = date(2025, 10, 6), datetime(2025, 10, 6, 3, tzinfo=UTC)
DAYS = {"ended": 100, "official_days": 500, "in_hand": 100, "lived_days": 900, "without_result": 0}


def sums(good: int = 90, of: int = 100, **more: int) -> dict[str, int]:
    """So many good ones of all, in every sum of a dossier, a procedure, a petition."""
    made = {parts.above: good for parts in METRICS.values()} | {parts.below: of for parts in METRICS.values()}
    made |= {parts.rows: of for parts in METRICS.values()} | DAYS
    made |= {"synced": good, "lived_on_time": good, "complained": of - good, "on_time": good, "filed": of}
    made |= {"taken_up": of, "digitised": good, "offered": good}
    return made | {f"{name}_known": of for name in tuple(made)} | more


def counted(good: int = 90, of: int = 100, official=None, given=None, **more: int) -> Counted:
    """An agency of which everything is known, the two counts that are only told too."""
    told = {"DOSSIER_SYNC": (good, of), "ELECTRONIC_CERTIFIED_COPY": (good, of)} | (given or {})
    return Counted(sums(good, of, **more), told, official or {})


def put(agencies, period: int = SEPTEMBER, at: datetime = COUNTED_AT) -> None:
    """What was counted of these agencies in the period: a dict of agencies and Counted."""
    actions.put_counted(periods={period: {one.pk: of for one, of in agencies.items()}}, at=at)


def published(parent, units: Units = Units.COMMUNES, period: int = SEPTEMBER, **more: Any) -> Ranking:
    """A ranking of the units below, published on 6 October 2025."""
    ranked = Ranked(parent, units, period, Decimal(more.pop("floor", 80)))
    facts = {"published_on": PUBLISHED_ON, "by": None, "at": PUBLISHED_AT} | more
    return actions.publish_ranking(ranked=ranked, **facts)
