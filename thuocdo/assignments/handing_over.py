"""The preview of a succession among assignments: which move, are joined, or have to be chosen for (1.08)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from thuocdo.agencies.models import Agency
from thuocdo.agencies.rules.succession import Wish
from thuocdo.assignments import standing
from thuocdo.assignments.enums import Capacity, DutyState
from thuocdo.assignments.models import Assignment, CapacityChange, Coordinator
from thuocdo.assignments.models.assignment import AssignmentQuerySet
from thuocdo.assignments.rules.succession import (
    NOTHING_CHOSEN,
    Choice,
    Handover,
    Holding,
    OpenDuty,
    Passing,
    handover,
    passings,
)
from thuocdo.assignments.wording import Wording, coordinators, wordings
from thuocdo.lib.moments import AsOf

OPEN = frozenset({DutyState.GIVEN, DutyState.PAUSED})
OF_COLUMNS = (Capacity.ASSIGNER, Capacity.CONFIRMING, Capacity.MONITORING)


@dataclass(frozen=True, slots=True)
class Hands:
    """What passes: leads, the other parts, and the number of drafts that are made out anew."""

    leads: Handover
    parts: tuple[Passing, ...]
    drafts: int


NO_HANDS = Hands(Handover((), (), ()), (), 0)


def preview(wish: Wish, choice: Choice = NOTHING_CHOSEN, *, lock: bool = False) -> Hands:
    """What `actions.succeed_assignments` will do. Past days are not touched by it.

    `lock` holds the assignments until the transaction ends. At most eleven statements for any number.
    """
    codes = {one.pk: one.code for one in Agency.objects.filter(code__in={*wish.ends, *wish.successors})}
    ending = {pk: code for pk, code in codes.items() if code in wish.ends}
    rows = list(_concerned(codes, ending, lock=lock))
    hands = wordings(rows, AsOf(wish.on))
    duties = _duties(rows, hands, codes, wish)
    held = [*_held(rows, hands, ending), *_coordinating(ending, wish)]
    leads = handover(duties, wish.ends, wish.successors, choice)
    return Hands(leads, passings(held, wish.successors, choice), drafts(ending).count())


def drafts(ending: Iterable[int]) -> AssignmentQuerySet:
    """Drafts in which an agency that ends has a part, the part of a coordinator aside."""
    among = Q(lead__in=ending) | Q(assigner__in=ending) | Q(confirming__in=ending) | Q(monitoring__in=ending)
    return Assignment.objects.drafts().filter(among).order_by("pk")


def _concerned(codes: Mapping[int, str], ending: Mapping[int, str], *, lock: bool) -> Iterable[Assignment]:
    """Given assignments that these lead, or in which those that end have a part, now or once."""
    changed = CapacityChange.objects.filter(agency__in=codes).values("assignment")
    held = Q(assigner__in=ending) | Q(confirming__in=ending) | Q(monitoring__in=ending)
    among = Q(lead__in=codes) | held | Q(pk__in=changed)
    rows = Assignment.objects.given().filter(among).order_by("pk")
    return rows.select_for_update() if lock else rows


def _duties(
    rows: Iterable[Assignment], hands: Mapping[int, Wording], codes: Mapping[int, str], wish: Wish
) -> list[OpenDuty]:
    """The assignments these agencies lead on the day; of the successors', those that are open."""
    led = [row for row in rows if hands[row.pk].lead_id in codes]
    moves = standing.moves_of(led)
    found = []
    for row in led:
        lead = codes[hands[row.pk].lead_id or 0]
        day = max(wish.on, row.given_on or wish.on)
        settled = standing.state_on(moves[row.pk], day) not in OPEN
        if lead in wish.ends or not settled:
            joinable = standing.move_problem(moves[row.pk], day, DutyState.JOINED) is None
            same = _same(row, hands[row.pk], codes, wish)
            found.append(OpenDuty(row.pk, lead, same, row.limit_on, joinable, settled))
    return found


def _same(row: Assignment, hands: Wording, codes: Mapping[int, str], wish: Wish) -> tuple[object, ...]:
    """Equal for what one obligation asks of several agencies; parts of a split ask different things."""
    assigner = codes.get(hands.assigner_id)
    by = wish.kind if assigner in wish.ends else hands.assigner_id  # those that end become one assigner
    return row.obligation_id, row.parent_id, by, row.work, row.product


def _held(
    rows: Iterable[Assignment], hands: Mapping[int, Wording], ending: Mapping[int, str]
) -> Iterable[Holding]:
    for row in rows:
        for capacity in OF_COLUMNS:
            agency_id = getattr(hands[row.pk], f"{capacity}_id")
            if agency_id in ending:
                yield Holding(row.pk, capacity.value, ending[agency_id])


def _coordinating(ending: Mapping[int, str], wish: Wish) -> Iterable[Holding]:
    named = Coordinator.objects.filter(agency__in=ending).values_list("assignment", flat=True)
    changed = CapacityChange.objects.filter(agency__in=ending, capacity=Capacity.COORDINATOR)
    ids = {*named, *changed.values_list("assignment", flat=True)}
    for pk, agencies in coordinators(ids, AsOf(wish.on)).items():
        for agency_id in agencies:
            if agency_id in ending:
                yield Holding(pk, Capacity.COORDINATOR.value, ending[agency_id])
