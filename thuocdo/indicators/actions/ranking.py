"""A ranking is published, frozen with its inputs; a published one is withdrawn (3.15)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.agencies.models import Agency
from thuocdo.agencies.queries import installation
from thuocdo.audit import log
from thuocdo.indicators import packing
from thuocdo.indicators.enums import Units
from thuocdo.indicators.models import Ranking, RankingLine, RankingPackage, RankingWithdrawal
from thuocdo.indicators.packing import Head, Unit
from thuocdo.indicators.queries import placing, rankings, service
from thuocdo.indicators.queries.placing import Draft
from thuocdo.indicators.rules import placing as rules
from thuocdo.indicators.rules.ranking import Entrant, Place
from thuocdo.indicators.rules.service_counts import last_day
from thuocdo.indicators.rules.service_index import Version
from thuocdo.lib.moments import AsOf, day_of
from thuocdo.lib.say import Refused, Say, require, say

ROWS_PER_INSERT = 500


@dataclass(frozen=True, slots=True)
class Ranked:
    """Which units are ranked for which period, and from which coverage on."""

    parent: Agency
    units: Units
    period: int
    floor: Decimal


@transaction.atomic
def publish_ranking(*, ranked: Ranked, published_on: date, by: User | None, at: datetime) -> Ranking:
    """Rank the units by the map of the period's last day, and keep all that it was computed from."""
    parent = Agency.objects.select_for_update().get(pk=ranked.parent.pk)  # one at a time
    version = service.version_of(ranked.period, placing.KINDS[ranked.units][0])
    require(_day_problem(published_on, at), _period_problem(ranked, published_on), _twice_problem(ranked))
    if version is None:
        raise Refused(say("No rules of the index held in this period."))
    last = AsOf(last_day(ranked.period))
    earlier = rankings.last_before(parent.pk, ranked.units, ranked.period, AsOf(published_on))
    made = placing.draft(
        parent.pk, ranked.units, ranked.period, last, floor=ranked.floor, former=rankings.former(earlier)
    )
    require(None if made.made.places else say("Nobody can be ranked: every unit lacks something."))
    is_synthetic = installation().is_synthetic
    units = _units(made)
    content = packing.pack(
        Head(ranked.units, parent.name, ranked.period, published_on, ranked.floor, version, is_synthetic),
        units,
    )
    row = Ranking.objects.create(
        parent=parent, units=ranked.units, period=ranked.period, floor=ranked.floor,
        rules_since=version.since, ranked=len(made.made.places), unranked=len(made.made.unranked),
        is_synthetic=is_synthetic, package_sha256=hashlib.sha256(content).hexdigest(),
        published_on=published_on, by=by, recorded_at=at,
    )  # fmt: skip
    _freeze(row, made, units, version, content)
    log.record("ranking.published", row, by=by, at=at)
    return row


@transaction.atomic
def withdraw_ranking(
    *, ranking: Ranking, reason: str, happened_on: date, by: User | None, at: datetime
) -> RankingWithdrawal:
    """Say that a published ranking does not hold; it stays to be seen, with the reason."""
    row = Ranking.objects.select_for_update().get(pk=ranking.pk)
    require(
        _day_problem(happened_on, at),
        None if reason.strip() else say("Say why it is withdrawn."),
        say("It was not published before %(day)s.", day=row.published_on)
        if happened_on < row.published_on
        else None,
        say("It has been withdrawn already.")
        if RankingWithdrawal.objects.filter(ranking=row).exists()
        else None,
    )
    made = RankingWithdrawal.objects.create(
        ranking=row, reason=reason.strip(), happened_on=happened_on, by=by, recorded_at=at
    )
    log.record("ranking.withdrawn", made, by=by, at=at)
    return made


def _day_problem(day: date, at: datetime) -> Say | None:
    return say("%(day)s has not come yet.", day=day) if day > day_of(at) else None


def _period_problem(ranked: Ranked, published_on: date) -> Say | None:
    if last_day(ranked.period) < published_on:
        return None
    return say("The period is over on %(day)s; until then nothing is ranked.", day=last_day(ranked.period))


def _twice_problem(ranked: Ranked) -> Say | None:
    rows = Ranking.objects.filter(parent=ranked.parent, units=ranked.units, period=ranked.period)
    if not rows.filter(withdrawal=None).exists():
        return None
    return say("These units are ranked for this period already. Withdraw that ranking first.")


def _units(made: Draft) -> list[Unit]:
    """Everything of every unit, in the order of the table."""
    placed = [_unit(made, place.entrant, place, None) for place in made.made.places]
    return placed + [_unit(made, one, None, why) for one, why in made.made.unranked]


def _unit(made: Draft, one: Entrant, place: Place | None, why: Say | None) -> Unit:
    seen = made.seen[one.key]
    change, is_real = placing.changed(one, seen.before) if place else (None, False)
    arrived = rules.arrived(seen.held.gathered, seen.held.committees)
    return Unit(
        seen.agency.code, seen.agency.name, one, seen.held.gathered, arrived, seen.index is not None, place,
        "" if why is None else str(why), change, is_real,
    )  # fmt: skip


def _freeze(row: Ranking, made: Draft, units: Sequence[Unit], version: Version, content: bytes) -> None:
    reasons = {one.key: why for one, why in made.made.unranked}
    lines = [
        _line(row, number, unit, reasons.get(unit.entrant.key), version) for number, unit in enumerate(units)
    ]
    RankingLine.objects.bulk_create(lines, batch_size=ROWS_PER_INSERT)
    RankingPackage.objects.create(ranking=row, content=content)


def _line(row: Ranking, number: int, unit: Unit, why: Say | None, version: Version) -> RankingLine:
    one, place = unit.entrant, unit.place
    found = {metric.code: unit.gathered.counts.get(metric.code) for metric in version.metrics}
    counts = {code: [count.numerator, count.denominator] if count else None for code, count in found.items()}
    return RankingLine(
        ranking=row, agency_id=one.key, position=number,
        rank=place.rank if place else None, worst=place.worst if place else None,
        like=place.like if place else None, peer_gap=place.peer_gap if place else None,
        score=one.score, low=one.low, high=one.high, coverage=round(one.coverage, 6),
        standing=one.standing or "", peers=one.peers, former_rank=one.former_rank,
        former_score=one.former_score, change=unit.change, is_real=unit.is_real,
        reason=None if why is None else _kept(why),
        counts=counts if unit.is_counted else {},
    )  # fmt: skip


def _kept(why: Say) -> dict[str, object]:
    """The sentence with its values, to be told in any language later."""
    values = {
        name: [str(part) for part in value] if isinstance(value, tuple) else str(value)
        for name, value in why.values
    }
    return {"text": why.text, "values": values}
