"""From the dated facts of one assignment to stretches of days on which nothing changes (issue line 1.20).

Each fact carries the interval of knowledge over which it was believed: a correction ends the belief in the
fact it corrects. The same rule therefore gives today's picture and the picture of any past moment.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from thuocdo.assignments.enums import Capacity, InterruptionKind, LimitClass
from thuocdo.lib.moments import DAY_MAX, MOMENT_MAX


@dataclass(frozen=True, slots=True)
class Known:
    """Over which moments a fact was believed: [since, until)."""

    since: datetime
    until: datetime = MOMENT_MAX

    def at(self, moment: datetime) -> bool:
        return self.since <= moment < self.until


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
class Held:
    """From `on` to before `until` the lead waits for `agency`."""

    on: date
    until: date
    agency: int
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


Dated = TypeVar("Dated", HandedTo, Extended, Interrupted, Reported, Claimed, Reviewed, Held)


def moments(facts: Facts) -> list[datetime]:
    """Every moment at which what was believed of the assignment changed, in order."""
    knowns = [facts.known, *(fact.known for fact in _all(facts))]
    found = {known.since for known in knowns} | {known.until for known in knowns}
    return sorted(moment for moment in found if facts.known.since <= moment < MOMENT_MAX)


def believed(facts: Facts, moment: datetime) -> Facts | None:
    """The facts that were believed at the moment; None before the assignment was recorded as given."""
    if not facts.known.at(moment):
        return None
    return replace(
        facts,
        handed=tuple(_at(facts.handed, moment)),
        limits=tuple(_at(facts.limits, moment)),
        interruptions=tuple(_at(facts.interruptions, moment)),
        reports=tuple(_at(facts.reports, moment)),
        claims=tuple(_at(facts.claims, moment)),
        reviews=tuple(_at(facts.reviews, moment)),
        holds=tuple(_at(facts.holds, moment)),
    )


def stretches(facts: Facts) -> list[Stretch]:
    """The believed facts as stretches from the day of assigning on, without gaps, equal neighbours joined."""
    days = {facts.given_on} | {fact.on for fact in _all(facts)} | {hold.until for hold in facts.holds}
    starts = sorted(day for day in days if facts.given_on <= day < DAY_MAX)
    found: list[Stretch] = []
    for start, end in zip(starts, [*starts[1:], DAY_MAX], strict=True):
        stretch = _on(facts, start, end)
        if found and replace(found[-1], valid_to=end) == replace(stretch, valid_from=found[-1].valid_from):
            found[-1] = replace(found[-1], valid_to=end)
        else:
            found.append(stretch)
    return found


def _all(facts: Facts) -> Iterator[HandedTo | Extended | Interrupted | Reported | Claimed | Reviewed | Held]:
    yield from facts.handed
    yield from facts.limits
    yield from facts.interruptions
    yield from facts.reports
    yield from facts.claims
    yield from facts.reviews
    yield from facts.holds


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
    waits = [hold.agency for hold in _by(facts.holds, day) if day < hold.until]
    return Stretch(
        valid_from=day,
        valid_to=end,
        lead_id=hands.get(Capacity.LEAD, facts.lead),
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
        waits_for_id=waits[-1] if waits else None,
    )


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
