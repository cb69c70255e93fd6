"""How the index of services is shown: names of the rules' data, periods, bars, words of flags (3.11-3.15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thuocdo.faces import wording
from thuocdo.indicators.rules.dossiers import Flag
from thuocdo.indicators.rules.service_counts import QUARTERS, first_day, last_day
from thuocdo.indicators.rules.service_index import Group, Index, Metric, Score
from thuocdo.lib.say import say

FLAGS: dict[Flag, Promise] = {
    Flag.LAST_TENTH: _("a supplement was asked for in the last tenth of the term"),
    Flag.NO_ITEM: _("a supplement was asked for without naming a paper"),
    Flag.ASKED_TWICE: _("a supplement was asked for twice"),
    Flag.REFILED: _("refused, then filed anew within 30 days"),
    Flag.EMPTY_RESULT: _("an electronic result without content"),
    Flag.ATTACHMENT_ONLY: _("called digitised, but only files are attached"),
    Flag.MOVED_PROMISE: _("the promised day was moved back"),
    Flag.DONE_EARLY: _("“done” in time, returned to the citizen after it"),
    Flag.TAKEN_UP_LATE: _("taken up more than a working day after it was filed"),
    Flag.UNASKED: _("late, and the citizen was not asked for a rating"),
}
PEERS: dict[str, Promise] = {
    "tỉnh": _("province"),
    "thành phố trung ương": _("centrally run city"),
    "xã": _("commune"),
    "phường": _("ward"),
    "đặc khu": _("special zone"),
}

FIVE = Decimal(5)


def named(of: Metric | Group) -> str:
    """The name of a metric or group in the reader's language."""
    names = dict(of.names)
    return names.get(wording.reader_language()) or names["vi"]


def period(number: int) -> str:
    """The month, or the quarter, in words."""
    first = first_day(number)
    if number > QUARTERS:
        return wording.month(first)
    told = say("quarter %(quarter)s of %(year)s", quarter=(first.month + 2) // 3, year=str(first.year))
    return wording.tell(told)


def at(share: Decimal) -> str:
    """A share of one as an SVG attribute."""
    return f"{max(Decimal(0), min(Decimal(1), share)) * 100:.2f}%"


@dataclass(frozen=True, slots=True)
class Part:
    """One group of the index: its points, what is known of them, and its metrics."""

    group: Group
    points: Decimal | None
    known: Decimal
    scores: tuple[Score, ...]

    @property
    def width(self) -> str:
        """The known points as a bar."""
        return at(self.known / self.group.maximum)

    @property
    def open(self) -> str:
        """What a missing metric leaves open, after the known points."""
        lacking = sum((one.metric.maximum for one in self.scores if one.points is None), Decimal(0))
        return at(lacking / self.group.maximum)


def parts(made: Index) -> list[Part]:
    """The groups of the index with their metrics."""
    found = []
    for group in made.version.groups:
        scores = tuple(one for one in made.scores if one.metric.group == group.number)
        known = sum((one.points for one in scores if one.points is not None), Decimal(0))
        found.append(Part(group, made.of_group(group.number), known, scores))
    return found


@dataclass(frozen=True, slots=True)
class Axis:
    """The points between which bars are drawn, on round numbers."""

    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, values: Sequence[Decimal]) -> "Axis":
        """From the fives below the least to the fives above the largest."""
        if not values:
            return cls(Decimal(0), Decimal(100))
        low = (min(values) / FIVE).to_integral_value(ROUND_FLOOR) * FIVE
        high = (max(values) / FIVE).to_integral_value(ROUND_CEILING) * FIVE
        return cls(low, high if high > low else low + FIVE)

    def at(self, points: Decimal) -> str:
        """Where these points are on the bar."""
        return at((points - self.low) / (self.high - self.low))

    def wide(self, low: Decimal, high: Decimal) -> str:
        """How wide a bar from one to the other is; never too thin to be seen."""
        return at(max(Decimal("0.006"), (high - low) / (self.high - self.low)))


def chosen(asked: str, there: Sequence[int], day: date) -> int | None:
    """The period that the address names, else the last that was over on the day, else the first there is."""
    if asked.isdecimal() and int(asked) in there:
        return int(asked)
    over = [one for one in there if one > QUARTERS and is_over(one, day)]
    return next(iter(over or there), None)


def is_over(number: int, day: date) -> bool:
    """Whether the last day of the period has passed, or is, the day."""
    return last_day(number) <= day
