"""The preview of a succession: which open assignments move, are joined, or have to be chosen for (1.08)."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q

from thuocdo.agencies.models import Agency
from thuocdo.agencies.rules.succession import Wish
from thuocdo.assignments import standing
from thuocdo.assignments.enums import DutyState
from thuocdo.assignments.models import Assignment, LeadChange
from thuocdo.assignments.rules.succession import Handover, OpenDuty, handover
from thuocdo.assignments.wording import wordings
from thuocdo.lib.moments import AsOf

OPEN = frozenset({DutyState.GIVEN, DutyState.PAUSED})


def preview(wish: Wish, chosen: Mapping[int, str], *, lock: bool = False) -> Handover:
    """What `actions.succeed_assignments` will do; `chosen` says, by assignment, which of several successors
    takes it. `lock` holds the assignments until the transaction ends. Six statements for any number.
    """
    codes = {one.pk: one.code for one in Agency.objects.filter(code__in={*wish.ends, *wish.successors})}
    duties = _open(codes, wish.on, lock=lock)
    return handover(duties, wish.ends, wish.successors, chosen)


def _open(codes: Mapping[int, str], on: date, *, lock: bool) -> list[OpenDuty]:
    """The assignments these agencies lead on the day that are open then."""
    rows = list(_ever_led(codes, lock=lock))
    leads = wordings(rows, AsOf(on))
    moves = standing.moves_of(rows)
    found = []
    for row in rows:
        lead_id = leads[row.pk].lead_id
        day = max(on, row.given_on or on)
        if lead_id is not None and lead_id in codes and standing.state_on(moves[row.pk], day) in OPEN:
            joinable = standing.move_problem(moves[row.pk], day, DutyState.JOINED) is None
            found.append(OpenDuty(row.pk, codes[lead_id], _same(row), row.limit_on, joinable))
    return found


def _ever_led(codes: Mapping[int, str], *, lock: bool) -> Iterable[Assignment]:
    handed = LeadChange.objects.filter(lead__in=codes).values("assignment")
    rows = Assignment.objects.given().filter(Q(lead__in=codes) | Q(pk__in=handed)).order_by("pk")
    return rows.select_for_update() if lock else rows


def _same(row: Assignment) -> tuple[object, ...]:
    """Equal for what one obligation asks of several agencies; parts of a split ask different things."""
    return row.obligation_id, row.parent_id, row.assigner_id, row.work, row.product
