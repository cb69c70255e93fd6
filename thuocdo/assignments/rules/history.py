"""From the dated facts of one assignment to stretches of days on which nothing changes (issue line 1.20).

Each fact carries the interval of knowledge over which it was believed: a correction ends the belief in the
fact it corrects. The same rule therefore gives today's picture and the picture of any past moment.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from thuocdo.assignments.enums import Capacity, InterruptionKind, LimitClass, Parameter
from thuocdo.assignments.rules import pace
from thuocdo.assignments.rules.pace import Planned
from thuocdo.assignments.rules.parameters import Setting, value_on
from thuocdo.assignments.rules.weighing import Blocked, Held, HoldAnswered, OutOfReach, blocked_by, waits
from thuocdo.lib.bitemporal import Known
from thuocdo.lib.moments import DAY_MAX, MOMENT_MAX


@dataclass(frozen=True, slots=True)
class HandedTo:
    """From `on`, another agency leads, or assigns, confirms, monitors."""

    on: date
    agency: int
    known: Known
    capacity: Capacity = Capacity.LEAD


@dataclass(frozen=True, slots=True)
class Extended:
    """On `on`, a new limit was granted."""

    on: date
    limit_on: date
    known: Known


@dataclass(frozen=True, slots=True)
class Interrupted:
    """On `on`, paused, resumed or withdrawn."""

    on: date
    kind: InterruptionKind
    known: Known


@dataclass(frozen=True, slots=True)
class Reported:
    """On `on`, a report; `observed_on` when it was read outside."""

    on: date
    observed_on: date | None
    known: Known
    progress: Decimal | None = None  # as declared, in per cent; None: not stated


@dataclass(frozen=True, slots=True)
class Claimed:
    """On `on`, a claim of completion: on `shown_on`, or no later than `no_later_than`."""

    key: int
    on: date
    shown_on: date | None
    no_later_than: date | None
    outside: bool
    known: Known


@dataclass(frozen=True, slots=True)
class Reviewed:
    """On `on`, the claim `key` was accepted or returned."""

    key: int
    on: date
    accepted: bool
    shown_on: date | None
    no_later_than: date | None
    known: Known


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is recorded of one assignment, believed or not; each list in the order of happening."""

    given_on: date
    lead: int
    assigner: int
    confirming: int | None
    monitoring: int | None
    limit_class: LimitClass
    limit_on: date | None
    observed_on: date | None
    known: Known
    handed: tuple[HandedTo, ...] = ()
    limits: tuple[Extended, ...] = ()
    interruptions: tuple[Interrupted, ...] = ()
    reports: tuple[Reported, ...] = ()
    claims: tuple[Claimed, ...] = ()
    reviews: tuple[Reviewed, ...] = ()
    holds: tuple[Held, ...] = ()
    hold_answers: tuple[HoldAnswered, ...] = ()
    difficulties: tuple[Blocked, ...] = ()
    silences: tuple[OutOfReach, ...] = ()
    targets: tuple[Planned, ...] = ()
    settings: tuple[Setting, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days [valid_from, valid_to) on which an assignment's facts are constant: columns of `models.Span`."""

    valid_from: date
    valid_to: date
    lead_id: int
    assigner_id: int
    confirming_id: int | None
    monitoring_id: int | None
    limit_class: str
    limit_on: date | None
    judged_by: date | None
    first_limit_on: date | None
    started: bool
    paused: bool
    withdrawn: bool
    known_until: date | None
    declared_from: date | None
    declared_by: date | None
    confirmed_from: date | None
    confirmed_by: date | None
    awaits_review: bool
    waits_for_id: int | None
    hold_state: str
    blocked_by_id: int | None
    unreachable: bool
    progress: Decimal | None
    slow_from: date | None
    stalled_from: date | None


Fact = (
    HandedTo | Extended | Interrupted | Reported | Claimed | Reviewed | Held | HoldAnswered | Blocked
    | OutOfReach | Planned | Setting
)  # fmt: skip
Dated = TypeVar("Dated", bound=Fact)


def moments(facts: Facts) -> list[datetime]:
    """Every moment at which what was believed of the assignment changed, in order."""
    knowns = [facts.known, *(fact.known for fact in _all(facts))]
    found = {known.since for known in knowns} | {known.until for known in knowns}
    return sorted(moment for moment in found if facts.known.since <= moment < MOMENT_MAX)


def believed(facts: Facts, moment: datetime) -> Facts | None:
    """The facts that were believed at the moment; None before the assignment was recorded as given."""
    if not facts.known.at(moment):
        return None
    rows: dict[str, Any] = {name: tuple(_at(getattr(facts, name), moment)) for name in LISTS}
    return replace(facts, **rows)


def stretches(facts: Facts) -> list[Stretch]:
    """The believed facts as stretches from the day of assigning on, without gaps, equal neighbours joined."""
    lasting: list[Held | Blocked | OutOfReach] = [*facts.holds, *facts.difficulties, *facts.silences]
    days = {facts.given_on} | {fact.on for fact in _all(facts)} | {fact.until for fact in lasting}
    starts = sorted(day for day in days if facts.given_on <= day < DAY_MAX)
    found: list[Stretch] = []
    for start, end in zip(starts, [*starts[1:], DAY_MAX], strict=True):
        stretch = _on(facts, start, end)
        if found and replace(found[-1], valid_to=end) == replace(stretch, valid_from=found[-1].valid_from):
            found[-1] = replace(found[-1], valid_to=end)
        else:
            found.append(stretch)
    return found


LISTS = (
    "handed", "limits", "interruptions", "reports", "claims", "reviews", "holds", "hold_answers",
    "difficulties", "silences", "targets", "settings",
)  # fmt: skip


def _all(facts: Facts) -> Iterator[Fact]:
    for name in LISTS:
        yield from getattr(facts, name)


def _at(rows: Iterable[Dated], moment: datetime) -> Iterator[Dated]:
    return (row for row in rows if row.known.at(moment))


def _by(rows: Iterable[Dated], day: date) -> list[Dated]:
    return [row for row in rows if row.on <= day]


def _on(facts: Facts, day: date, end: date) -> Stretch:
    """The stretch that begins on this day."""
    limit_on, judged_by = _limits(facts, day)
    claim, review = _standing_claim(facts, day)
    accepted = review if review is not None and review.accepted else None
    hands = {row.capacity: row.agency for row in _by(facts.handed, day)}
    kinds = [row.kind for row in _by(facts.interruptions, day)]
    pauses = [kind for kind in kinds if kind != InterruptionKind.WITHDRAW]
    lead = hands.get(Capacity.LEAD, facts.lead)
    waits_for, hold_state = waits(facts.holds, facts.hold_answers, day)
    unreachable = any(one.agency == lead and day < one.until for one in _by(facts.silences, day))
    stated = [report.progress for report in _by(facts.reports, day) if report.progress is not None]
    progress = stated[-1] if stated else None
    return Stretch(
        valid_from=day,
        valid_to=end,
        lead_id=lead,
        assigner_id=hands.get(Capacity.ASSIGNER, facts.assigner),
        confirming_id=hands.get(Capacity.CONFIRMING, facts.confirming),
        monitoring_id=hands.get(Capacity.MONITORING, facts.monitoring),
        limit_class=facts.limit_class.value,
        limit_on=limit_on,
        judged_by=judged_by,
        first_limit_on=facts.limit_on,
        started=bool(_by(facts.reports, day)),
        paused=bool(pauses) and pauses[-1] == InterruptionKind.PAUSE,
        withdrawn=bool(kinds) and kinds[-1] == InterruptionKind.WITHDRAW,
        known_until=_known_until(facts, day, limit_on, claim),
        declared_from=claim.shown_on if claim else None,
        declared_by=(claim.shown_on or claim.no_later_than) if claim else None,
        confirmed_from=accepted.shown_on if accepted else None,
        confirmed_by=(accepted.shown_on or accepted.no_later_than) if accepted else None,
        awaits_review=claim is not None and review is None and not claim.outside,
        waits_for_id=waits_for,
        hold_state=hold_state,
        blocked_by_id=blocked_by(facts.difficulties, day),
        unreachable=unreachable,
        progress=progress,
        slow_from=None if claim else _slow_from(facts, day, limit_on, progress),
        stalled_from=None if claim or unreachable else _stalled_from(facts, day, lead),
    )


def _slow_from(facts: Facts, day: date, limit_on: date | None, progress: Decimal | None) -> date | None:
    """From which day the declared progress is behind what the trajectory of these days expects."""
    if limit_on is None or limit_on <= facts.given_on:
        return None
    plans = _by(facts.targets, day)
    line = pace.trajectory(facts.given_on, limit_on, plans[-1].points if plans else ())
    return pace.slow_from(progress, line, value_on(facts.settings, Parameter.PACE, day))


def _stalled_from(facts: Facts, day: date, lead: int) -> date | None:
    """From which day the silence is too long. A standing duty reports by its own periods, and is no part.

    The count begins anew with a report, in new hands, after a pause, and when a signal is back.
    """
    if facts.limit_class is LimitClass.STANDING:
        return None
    heard = [facts.given_on, *(report.on for report in _by(facts.reports, day))]
    heard += [row.on for row in _by(facts.handed, day) if row.capacity is Capacity.LEAD]
    heard += [row.on for row in _by(facts.interruptions, day) if row.kind is InterruptionKind.RESUME]
    heard += [one.until for one in facts.silences if one.agency == lead and one.until <= day]
    silence = int(value_on(facts.settings, Parameter.SILENCE, day))
    return max(heard) + timedelta(days=silence + 1)


def _limits(facts: Facts, day: date) -> tuple[date | None, date | None]:
    """(limit in force, limit to judge by). An extension granted after the limit moves only the first."""
    limit_on = judged_by = facts.limit_on
    for extension in _by(facts.limits, day):
        if judged_by is not None and judged_by == limit_on and extension.on <= judged_by:
            judged_by = extension.limit_on
        limit_on = extension.limit_on
    return limit_on, judged_by


def _standing_claim(facts: Facts, day: date) -> tuple[Claimed | None, Reviewed | None]:
    """The last claim made by the day with its review by then; none when it was returned."""
    claims = _by(facts.claims, day)
    if not claims:
        return None, None
    claim = claims[-1]
    reviews = [review for review in _by(facts.reviews, day) if review.key == claim.key]
    if not reviews:
        return claim, None
    return (claim, reviews[-1]) if reviews[-1].accepted else (None, reviews[-1])


def _known_until(facts: Facts, day: date, limit_on: date | None, claim: Claimed | None) -> date | None:
    """The last day on which the open state is known; None when reports come in here.

    Of an assignment seen outside nothing is known after the day it was last observed (1.18). A completion
    read outside cannot be confirmed here, so in the confirmed series it leaves the state unknown rather than
    open; and where only "no later than" is known, nothing is known between the limit and that day.
    """
    if any(report.observed_on is None for report in _by(facts.reports, day)):
        return None
    seen = [facts.observed_on, *(report.observed_on for report in facts.reports)]
    days = [observed for observed in seen if observed is not None]
    if not days:
        return None
    if claim is not None and claim.outside:
        return claim.on - timedelta(days=1)
    later = [row for row in facts.claims if row.outside and row.on > day and row.shown_on is None]
    if later and limit_on is not None:
        return min(max(days), limit_on)
    return max(days)
