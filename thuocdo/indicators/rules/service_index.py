"""The service-quality index of Decision 766/QĐ-TTg: points from counts, by dated rules (3.11).

Every metric scores `maximum * min(1, ratio / threshold)`, never below 0 nor above its maximum. A metric whose
counts are missing is None, and then the index is a range, never a score. Rounding is for display alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from thuocdo.lib.card import Card, Input
from thuocdo.lib.say import Say, say

ZERO, ONE = Decimal(0), Decimal(1)


class IfNone(StrEnum):
    """What a denominator of 0 gives."""

    MISSING = "missing"
    FULL = "full"
    ZERO = "zero"


@dataclass(frozen=True, slots=True)
class Metric:
    """One scored metric. `threshold`: the ratio that earns all points; `times`: whose ratio multiplies it."""

    number: str
    code: str
    group: str
    maximum: Decimal
    threshold: Decimal = ONE
    if_none: IfNone = IfNone.MISSING
    times: str = ""
    names: tuple[tuple[str, str], ...] = ()  # (language, name)
    note: str = ""
    levels: tuple[str, ...] = ()  # of the agencies to which it applies; none named: all


@dataclass(frozen=True, slots=True)
class Group:
    """A group of metrics, with the sum of their maxima."""

    number: str
    maximum: Decimal
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """The rules from a day on."""

    since: date
    basis: str
    source: str
    groups: tuple[Group, ...]
    metrics: tuple[Metric, ...]

    def at_level(self, level: str) -> "Version":
        """The rules for agencies of this level: what does not apply to them takes its points away."""
        metrics = tuple(one for one in self.metrics if not one.levels or level in one.levels)
        groups = (
            replace(one, maximum=sum((m.maximum for m in metrics if m.group == one.number), ZERO))
            for one in self.groups
        )
        return replace(self, groups=tuple(group for group in groups if group.maximum), metrics=metrics)


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted for a metric."""

    numerator: int
    denominator: int

    @property
    def ratio(self) -> Decimal | None:
        """So many of so many; None of nothing."""
        return Decimal(self.numerator) / self.denominator if self.denominator else None


@dataclass(frozen=True, slots=True)
class Score:
    """The points of one metric; None with `why` when they cannot be known."""

    metric: Metric
    version: Version
    count: Count | None
    ratio: Decimal | None
    points: Decimal | None
    why: Say | None = None
    factor: Decimal | None = None  # the ratio of the metric named by `times`

    @property
    def card(self) -> Card:
        """How the points were computed."""
        count, rule = self.count, self.metric
        inputs = [
            Input(say("numerator"), count.numerator if count else None),
            Input(say("denominator"), count.denominator if count else None),
            Input(say("ratio that earns all points"), rule.threshold),
            Input(say("most points"), rule.maximum),
        ]
        if rule.times:
            inputs.append(Input(say("multiplied by the ratio of %(metric)s", metric=rule.times), self.factor))
        text = say("Most points × ratio / ratio that earns all points, at most all points.")
        steps = () if self.why is None or self.points is None else (self.why,)
        missing = (self.why,) if self.points is None and self.why is not None else ()
        return Card(text, self.version.since.isoformat(), tuple(inputs), steps, self.points, missing)


@dataclass(frozen=True, slots=True)
class Index:
    """The index of one unit and period. `total` None: metrics are missing; it is between `low` and `high`."""

    version: Version
    scores: tuple[Score, ...]
    total: Decimal | None
    low: Decimal
    high: Decimal

    @property
    def most(self) -> Decimal:
        """All points that there are."""
        return sum((group.maximum for group in self.version.groups), ZERO)

    @property
    def missing(self) -> tuple[Score, ...]:
        """The metrics whose points are not known."""
        return tuple(one for one in self.scores if one.points is None)

    @property
    def card(self) -> Card:
        """How the index was computed from its groups."""
        inputs = [
            Input(say("points of group %(group)s", group=one.number), self.of_group(one.number))
            for one in self.version.groups
        ]
        gaps = self.missing
        step = () if self.total is not None else (
            say("What is known makes %(low)s points; what is missing could bring up to %(more)s more.",
                low=round(self.low, 2), more=self.high - self.low),
        )  # fmt: skip
        why = tuple(
            say("%(metric)s is missing: %(why)s", metric=one.metric.number, why=one.why)
            for one in gaps
            if one.why is not None
        )
        rule = say(
            "The sum of the points of all metrics. Where one is missing there is a range, and no score."
        )
        return Card(rule, self.version.since.isoformat(), tuple(inputs), step, self.total, why)

    def of_group(self, number: str) -> Decimal | None:
        """The points of a group; None when a metric of it is missing."""
        points = [score.points for score in self.scores if score.metric.group == number]
        return None if None in points else sum((one for one in points if one is not None), ZERO)


@dataclass(frozen=True, slots=True)
class Lift:
    """What could raise the index: points for one more case, cases until all points, points then gained."""

    metric: Metric
    since: date
    each: Decimal
    cases: int
    gain: Decimal

    @property
    def card(self) -> Card:
        """How the gain was computed."""
        inputs = (
            Input(say("points for one more case"), self.each),
            Input(say("cases until all points are had, or none is left"), self.cases),
        )
        rule = say("Most points / (ratio that earns all points × all cases), for each case more.")
        return Card(rule, self.since.isoformat(), inputs, (), self.gain)


def version_on(versions: Sequence[Version], day: date) -> Version | None:
    """The version that holds on a day; None before the first."""
    held = [version for version in versions if version.since <= day]
    return max(held, key=lambda version: version.since) if held else None


def index(version: Version, counts: Mapping[str, Count | None]) -> Index:
    """The index from the counts of its metrics, by metric code. A code that is not there is missing."""
    found = {metric.number: counts.get(metric.code) for metric in version.metrics}
    ratios = {number: count.ratio if count else None for number, count in found.items()}
    scores = tuple(
        score(version, metric, counts.get(metric.code), ratios.get(metric.times))
        for metric in version.metrics
    )
    known = sum((one.points for one in scores if one.points is not None), ZERO)
    unknown = sum((one.metric.maximum for one in scores if one.points is None), ZERO)
    return Index(version, scores, None if unknown else known, known, known + unknown)


def score(version: Version, metric: Metric, count: Count | None, factor: Decimal | None = None) -> Score:
    """The points of one metric; `factor` is the ratio of the metric that it is multiplied by."""
    if count is None:
        return Score(metric, version, None, None, None, say("It was not counted."))
    ratio = count.ratio
    if ratio is None:
        return _of_none(version, metric, count)
    if metric.times and factor is None:
        why = say("The ratio of %(metric)s is missing.", metric=metric.times)
        return Score(metric, version, count, ratio, None, why)
    used = ratio * factor if metric.times and factor is not None else ratio
    points = metric.maximum * min(ONE, max(ZERO, used / metric.threshold))
    return Score(metric, version, count, used, points, factor=factor if metric.times else None)


def lifts(made: Index) -> list[Lift]:
    """Where one more case brings most, best first (3.14); not where all points are had or counts lack."""
    found = []
    for one in made.scores:
        count, metric = one.count, one.metric
        if count is None or not count.denominator or one.points is None or one.points >= metric.maximum:
            continue
        share = (one.factor if metric.times else ONE) or ZERO
        if not share:
            continue
        each = metric.maximum * share / (metric.threshold * count.denominator)
        gain = min(metric.maximum - one.points, each * (count.denominator - count.numerator))
        if gain > 0:
            cases = int((gain / each).to_integral_value(rounding=ROUND_CEILING))
            found.append(Lift(metric, made.version.since, each, cases, gain))
    return sorted(found, key=lambda lift: (-lift.each, lift.metric.number))


def sync_denominator(
    reported: int | None, on_portal: int | None, last_year: int | None, periods: int
) -> int | None:
    """Metric 1.4: the larger of two counts; both empty: last year's total over 12, 4 or 1 periods.

    None: nothing was counted anywhere. 0: there was no dossier.
    """
    counted = [number for number in (reported, on_portal) if number]
    if counted:
        return max(counted)
    if last_year is not None:
        return last_year // periods
    return None if reported is None and on_portal is None else 0


def satisfied(received: int, late: int, complained: int) -> Count:
    """Metric 5.4: 100 % less the share of late dossiers and the share with a petition or dislike."""
    return Count(max(0, received - late - complained), received)


def _of_none(version: Version, metric: Metric, count: Count) -> Score:
    if metric.if_none is IfNone.FULL:
        why = say("There was no case: all points are given.")
        return Score(metric, version, count, None, metric.maximum, why)
    if metric.if_none is IfNone.ZERO:
        return Score(metric, version, count, None, ZERO, say("There was no case: no points are given."))
    return Score(metric, version, count, None, None, say("There was nothing to divide by."))
