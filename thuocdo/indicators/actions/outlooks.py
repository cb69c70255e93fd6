"""People judge where an indicator is heading; it stands beside the computed status (3.06)."""

from datetime import date, datetime

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.agencies.models import Agency
from thuocdo.audit import log
from thuocdo.indicators.enums import Health, Outlook
from thuocdo.indicators.models import Indicator, Judgement
from thuocdo.indicators.rules import outlooks
from thuocdo.lib.moments import day_of
from thuocdo.lib.say import require, say


@transaction.atomic
def judge(
    *,
    indicator: Indicator,
    agency: Agency,
    outlook: Outlook,
    computed: Health | None,
    reason: str = "",
    happened_on: date,
    by: User | None,
    at: datetime,
) -> Judgement:
    """Judge an indicator of an agency; who differs far from what was computed says why."""
    future = happened_on > day_of(at)
    require(
        say("%(day)s has not come yet.", day=happened_on) if future else None,
        outlooks.problem(outlook, computed, reason),
    )
    made = Judgement(
        indicator=indicator,
        agency=agency,
        outlook=outlook,
        computed=computed or "",
        reason=reason.strip(),
        by=by,
        happened_on=happened_on,
        recorded_at=at,
    )
    made.save(force_insert=True)
    log.record("indicator.judged", made, by=by, at=at)
    return made
