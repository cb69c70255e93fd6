"""The other side of waiting: who is waited for answers, the assigner decides; places without a signal."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from thuocdo.accounts.models import User
from thuocdo.agencies.models import Agency
from thuocdo.assignments import spans, standing
from thuocdo.assignments.actions import common
from thuocdo.assignments.enums import HoldState
from thuocdo.assignments.models import Assignment, CapacityChange, Hold, HoldAnswer, Outage
from thuocdo.assignments.rules.lifecycle import HOLD
from thuocdo.assignments.terms import Reach
from thuocdo.audit import log
from thuocdo.lib.moments import DAY_MAX
from thuocdo.lib.say import Say, require, say


@transaction.atomic
def answer_hold(
    *,
    hold: Hold,
    state: HoldState,
    agency: Agency,
    happened_on: date,
    reason: str = "",
    by: User | None,
    at: datetime,
) -> HoldAnswer:
    """Accept the hold, dispute it with a reason, or, as the assigner, decide a dispute.

    Accepted, the whole time of the hold is charged to who is waited for. The limit does not move.
    """
    row = common.locked(hold.assignment)
    last = standing.last_hold_answer(hold)
    require(
        HOLD.problem(HoldState(last.state) if last else HoldState.CLAIMED, state),
        common.day_problem(happened_on, at),
        common.order_problem(happened_on, last.happened_on if last else hold.opened_on),
        None if state is HoldState.ACCEPTED else common.text_problem(reason),
        _decides_problem(hold, agency, last),
    )
    made = HoldAnswer(
        hold=hold,
        state=state,
        agency=agency,
        reason=reason,
        by=by,
        happened_on=happened_on,
        recorded_at=at,
    )
    common.written(f"hold.{state}", made, row.pk, by=by, at=at)
    return made


@transaction.atomic
def open_outage(
    *,
    reach: Reach,
    reason: str,
    opened_on: date,
    closed_on: date | None = None,
    by: User | None,
    at: datetime,
) -> Outage:
    """There is no signal: silence from there is not called stalled. Without `closed_on` it lasts."""
    require(
        common.day_problem(closed_on or opened_on, at),
        common.order_problem(closed_on or opened_on, opened_on),
        common.text_problem(reason),
        _again_problem(reach),
    )
    made = Outage(
        agency=reach.agency,
        territory=reach.territory,
        reason=reason,
        opened_on=opened_on,
        closed_on=closed_on or DAY_MAX,
        by=by,
        recorded_at=at,
        closed_recorded_at=at if closed_on else None,
    )
    made.save(force_insert=True)
    log.record("outage.opened", made, by=by, at=at)
    spans.refresh(_led_from(made), at=at)
    return made


@transaction.atomic
def close_outage(*, outage: Outage, closed_on: date, by: User | None, at: datetime) -> Outage:
    """The signal is back: from this day silence counts again, beginning anew."""
    row = Outage.objects.select_for_update().get(pk=outage.pk)
    require(
        say("It has already ended.") if row.closed_on != DAY_MAX else None,
        common.day_problem(closed_on, at),
        common.order_problem(closed_on, row.opened_on),
    )
    before = log.snapshot(row)
    row.closed_on, row.closed_recorded_at = closed_on, at
    row.save(update_fields=["closed_on", "closed_recorded_at"])
    log.record("outage.closed", row, by=by, at=at, before=before)
    spans.refresh(_led_from(row), at=at)
    return row


def _decides_problem(hold: Hold, agency: Agency, last: HoldAnswer | None) -> Say | None:
    """The assigner decides what is disputed; it does not answer for who is waited for."""
    disputed = last is not None and last.state == HoldState.DISPUTED
    return None if disputed or agency.pk == hold.agency_id else say("Only a dispute is decided.")


def _again_problem(reach: Reach) -> Say | None:
    standing_ones = Outage.objects.filter(agency=reach.agency, territory=reach.territory, closed_on=DAY_MAX)
    return say("It is already recorded as unreachable.") if standing_ones.exists() else None


def _led_from(outage: Outage) -> list[int]:
    """The assignments that an agency in the place led, now or once."""
    agencies = Agency.objects.filter(pk=outage.agency_id or 0)
    if outage.territory_id is not None:
        of = outage.territory_id
        around = Q(territory=of) | Q(territory__parent=of) | Q(territory__parent__parent=of)
        agencies = Agency.objects.filter(around)
    handed = CapacityChange.objects.filter(agency__in=agencies).values("assignment")
    led = Assignment.objects.given().filter(Q(lead__in=agencies) | Q(pk__in=handed))
    return list(led.values_list("pk", flat=True))
