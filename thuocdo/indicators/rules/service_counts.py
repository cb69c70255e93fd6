"""From sums of facts to the counts of each metric of the index, and to the two clocks (3.11, 3.12, 3.13).

What a sum needs and nobody handed over is missing: the metric is then None, and the index a range.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from thuocdo.indicators.rules.dossiers import Flag
from thuocdo.indicators.rules.service_index import Count, satisfied, sync_denominator
from thuocdo.lib.card import Card, Input
from thuocdo.lib.say import say

Sums = dict[str, int]
Given = Mapping[str, tuple[int, int]]
CLOCKS_SINCE = "2025-07-01"  # the day since which both clocks compute like this
QUARTERS = 99_999  # a period above is a month (202609), else a quarter (20263)
REPORTED, ON_PORTAL, LAST_YEAR = "DOSSIERS_REPORTED", "DOSSIERS_ON_PORTAL", "DOSSIERS_LAST_YEAR"
EXPECTED = "dossiers_expected"  # in sums: how many dossiers the national systems know of


@dataclass(slots=True)
class Counted:
    """What was counted of one agency: sums by name, counts given as such, official points, by metric code."""

    sums: Sums = field(default_factory=dict)
    given: dict[str, tuple[int, int]] = field(default_factory=dict)
    official: dict[str, str] = field(default_factory=dict)


Periods = Mapping[int, Mapping[int, Counted]]  # by period, by agency


def quarter_of(month: int) -> int:
    """The quarter of a month: 20263 of 202609."""
    return month // 100 * 10 + (month % 100 + 2) // 3


def months_of(period: int) -> tuple[int, ...]:
    """The months of a quarter, or the month itself."""
    if period > QUARTERS:
        return (period,)
    year, quarter = divmod(period, 10)
    return tuple(year * 100 + quarter * 3 - back for back in (2, 1, 0))


def first_day(period: int) -> date:
    """The first day of a month or quarter."""
    year, month = divmod(months_of(period)[0], 100)
    return date(year, month, 1)


def last_day(period: int) -> date:
    """The last day of a month or quarter."""
    year, month = divmod(months_of(period)[-1], 100)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def before(period: int) -> int:
    """The month before a month, the quarter before a quarter."""
    day = first_day(period) - timedelta(days=1)
    month = day.year * 100 + day.month
    return month if period > QUARTERS else quarter_of(month)


@dataclass(frozen=True, slots=True)
class Parts:
    """A metric as so many of so many: names of sums, and the sum that tells whether its kind is there."""

    above: str
    below: str
    rows: str

    def of(self, sums: Mapping[str, int]) -> Count | None:
        """The count; None where a part is not known in every row."""
        whole, above, below = (sums.get(name) for name in (self.rows, self.above, self.below))
        if whole is None or above is None or below is None:
            return None
        if any(sums.get(f"{name}_known", whole) < whole for name in (self.above, self.below)):
            return None
        return Count(above, below)


class Satisfied(Parts):
    """Metric 5.4: all less the late ones less those with a petition or dislike."""

    def of(self, sums: Mapping[str, int]) -> Count | None:
        """The count; None while it is not known of every dossier whether somebody complained."""
        if Parts.of(self, sums) is None:
            return None
        return satisfied(sums["taken_up"], sums["taken_up"] - sums["on_time"], sums["complained"])


METRICS: dict[str, Parts] = {
    "PUBLISH_ON_TIME": Parts("announced_on_time", "announced", "procedures"),
    "PUBLIC_UPDATE_ON_TIME": Parts("public_on_time", "announced", "procedures"),
    "PUBLIC_CONTENT_FULL": Parts("full_content", "public", "procedures"),
    "HANDLED_ON_TIME": Parts("on_time", "taken_up", "filed"),
    "OFFERED_ONLINE": Parts("offered", "procedures", "procedures"),
    "ONLINE_WITH_DOSSIERS": Parts("used_online", "offered", "procedures"),
    "FILED_ONLINE": Parts("online", "taken_up", "filed"),
    "FEE_OFFERED_ONLINE": Parts("fee_offered", "fee", "procedures"),
    "FEE_PAID_ONLINE_PROCEDURES": Parts("fee_paid_online", "fee", "procedures"),
    "PAID_ONLINE": Parts("fee_paid", "has_fee", "filed"),
    "ORIGINAL_RESULT_AVAILABLE": Parts("result_electronic", "result_due", "filed"),
    "SO_HOA_GIAY_TO_GIAI_QUYET": Parts("digitised", "taken_up", "filed"),
    "REUSED_DIGITIZED_DATA": Parts("reused", "taken_up", "filed"),
    "SYNCED_WITH_DVCQG_PERSONAL_STORAGE": Parts("stored_digitised", "digitised", "filed"),
    "CITIZEN_DATA_CONNECTED_FORMALITY": Parts("connected", "for_citizens", "procedures"),
    "CITIZEN_DATA_CONNECTED_DOSSIER": Parts("citizen_data", "taken_up", "filed"),
    "PETITION_PROCESSING_ON_TIME": Parts("petitions_on_time", "petitions", "petitions"),
    "PETITION_HANDLING_SATISFACTION": Parts("petitions_happy", "petitions", "petitions"),
    "DOSSIER_RECEIVING_SATISFACTION": Satisfied("complained", "taken_up", "filed"),
}
SYNC = "DOSSIER_SYNC"
# of these the count of a sum is the sum of the counts, where each part has all its names: what is known of
# every row of all is known of every row of each
LINEAR = frozenset(code for code, parts in METRICS.items() if not isinstance(parts, Satisfied))
NAMES = {
    kind: frozenset(
        name for parts in METRICS.values() if parts.rows == kind for name in (parts.above, parts.below)
    )
    for kind in {parts.rows for parts in METRICS.values()}
}
CATALOGUE = frozenset(code for code, parts in METRICS.items() if parts.rows == "procedures")
PETITIONS = frozenset(code for code, parts in METRICS.items() if parts.rows == "petitions")


def counts(parts: Sequence[tuple[Mapping[str, int], Given]], months: int) -> dict[str, Count | None]:
    """The counts of every metric over one agency or several, and so many months.

    A count given as such stands before what was summed. A metric is known when each agency that handed over
    facts of its kind knows it; who handed over none of that kind has no part in it.
    """
    sums = added(sums for sums, _ in parts)
    told = {code for _, given in parts for code in given}
    linear = set() if any(not _is_whole(sums) for sums, _ in parts) else LINEAR - told
    made = {
        code: METRICS[code].of(sums)
        if code in linear
        else _together([_count(code, *part) for part in parts if _has_part(code, *part)])
        for code in {*METRICS, *told}
    }
    if all(SYNC not in given for _, given in parts):
        made[SYNC] = _synced(sums, [given for _, given in parts], months)
    return made


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was counted of one agency or several together, from which everything shown is computed."""

    counts: Mapping[str, Count | None]
    sums: Mapping[str, int]
    told: frozenset[str] = frozenset()  # metrics of which a part was handed over as a count

    @property
    def dossiers(self) -> tuple[int, int] | None:
        """The dossiers that arrived, of those known to the national systems; None: these told nothing."""
        known = self.sums.get(EXPECTED)
        return (min(known, self.sums.get("taken_up", 0)), known) if known else None


def gather(parts: Sequence[tuple[Mapping[str, int], Given]], months: int) -> Gathered:
    """Several agencies together."""
    sums = added(sums for sums, _ in parts)
    known = [value for code in (REPORTED, ON_PORTAL) if (value := _reference(code, parts)) is not None]
    if known:
        sums[EXPECTED] = max(known)
    told = frozenset(code for _, given in parts for code in given if code in METRICS)
    return Gathered(counts(parts, months), sums, told)


def _reference(code: str, parts: Sequence[tuple[Mapping[str, int], Given]]) -> int | None:
    found = [given[code][0] for _, given in parts if code in given]
    return sum(found) if found else None


def added(parts: Iterable[Mapping[str, int]]) -> Sums:
    """The sums of several agencies together."""
    sums: Sums = {}
    for one in parts:
        for name, value in one.items():
            sums[name] = sums.get(name, 0) + value
    return sums


def _is_whole(sums: Mapping[str, int]) -> bool:
    return all(kind not in sums or names <= sums.keys() for kind, names in NAMES.items())


def _has_part(code: str, sums: Mapping[str, int], given: Given) -> bool:
    return code in given or (code in METRICS and METRICS[code].rows in sums)


def _count(code: str, sums: Mapping[str, int], given: Given) -> Count | None:
    return Count(*given[code]) if code in given else METRICS[code].of(sums)


def _together(found: list[Count | None]) -> Count | None:
    known = [one for one in found if one is not None]
    if not found or len(known) < len(found):
        return None
    return Count(sum(one.numerator for one in known), sum(one.denominator for one in known))


def _synced(sums: Mapping[str, int], given: Sequence[Given], months: int) -> Count | None:
    """Metric 1.4: what the portal has, of the larger of two counts handed over for the whole."""
    if "filed" not in sums or sums.get("synced_known", 0) < sums["filed"]:
        return None
    reported, portal, year = (
        sum(one[code][0] for one in given if code in one) if any(code in one for one in given) else None
        for code in (REPORTED, ON_PORTAL, LAST_YEAR)
    )
    below = sync_denominator(reported, portal, year, 12 // months)
    return None if below is None else Count(sums["synced"], below)


@dataclass(frozen=True, slots=True)
class Clocks:
    """The two clocks of an agency and a period beside each other; a mean of nothing is None."""

    official: Count
    lived: Count
    official_days: Decimal | None
    lived_days: Decimal | None
    without_result: int
    flags: tuple[tuple[Flag, int], ...]

    @property
    def card(self) -> Card:
        """How the two rates were computed."""
        inputs = (
            Input(say("taken up in the period"), self.official.denominator),
            Input(say("of them in time by the official clock"), self.official.numerator),
            Input(say("filed in the period"), self.lived.denominator),
            Input(say("of them in the citizen’s hands in time"), self.lived.numerator),
            Input(say("ended without a result"), self.without_result),
        )
        rule = say(
            "Official: from taking up to the first end, the wait for supplement left out. Lived: from filing "
            "to the result in the citizen’s hands, everything in, against the earliest limit. In time / all."
        )
        missing = () if self.gap is not None else (say("There was nothing to divide by."),)
        return Card(rule, CLOCKS_SINCE, inputs, (), self.gap, missing)

    @property
    def gap(self) -> Decimal | None:
        """By how much the official rate lies above the lived one, in shares of one."""
        if not self.official.denominator or not self.lived.denominator:
            return None
        rate = Decimal(self.official.numerator) / self.official.denominator
        return rate - Decimal(self.lived.numerator) / self.lived.denominator


def clocks(sums: Mapping[str, int]) -> Clocks | None:
    """Both clocks; None without dossiers."""
    if "filed" not in sums:
        return None
    raised = ((flag, sums.get(f"flag_{flag}", 0)) for flag in Flag)
    return Clocks(
        official=Count(sums["on_time"], sums["taken_up"]),
        lived=Count(sums["lived_on_time"], sums["filed"]),
        official_days=_mean(sums["official_days"], sums["ended"]),
        lived_days=_mean(sums["lived_days"], sums["in_hand"]),
        without_result=sums["without_result"],
        flags=tuple((flag, number) for flag, number in raised if number),
    )


def _mean(total: int, number: int) -> Decimal | None:
    return Decimal(total) / number if number else None
