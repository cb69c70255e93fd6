"""The rates of an agency's duties that are published as observations (3.08): each is two counts.

What is done and what is overdue counts as the confirming agencies see it: an unconfirmed claim stays in term
or overdue, so that nothing declared is published as measured. The two conventions of "overdue" in official
reports are two rates with their own codes (formulas, c7); a figure never changes its convention.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from thuocdo.assignments.enums import Status
from thuocdo.assignments.rules.status import ASSIGNED, COMPLETED
from thuocdo.indicators.rules.quality import Share
from thuocdo.lib.say import Say, say

VERSION = "2025-01-01"
DECLARED, CONFIRMED, RETURNED, JUDGED = "declared", "confirmed", "returned", "judged"
DONE = (Status.ON_TIME, Status.LATE, Status.TIMELINESS_UNKNOWN)


@dataclass(frozen=True, slots=True)
class Rate:
    """What is counted above and below the line, by the names that `numbers` gives."""

    rule: Say
    above: tuple[str, ...]
    below: tuple[str, ...]


RATES: Mapping[str, Rate] = {
    "DUTIES.ON_TIME": Rate(
        say("Duties completed on time, of those completed whose day is known; as confirmed."),
        (Status.ON_TIME,),
        (Status.ON_TIME, Status.LATE),
    ),
    "DUTIES.OVERDUE": Rate(
        say("Duties overdue, of those completed or overdue; as confirmed."),
        (Status.OVERDUE,),
        (*DONE, Status.OVERDUE),
    ),
    "DUTIES.OVERDUE_OF_ASSIGNED": Rate(
        say("Duties overdue, of all that are assigned with a time limit; as confirmed."),
        (Status.OVERDUE,),
        tuple(sorted(ASSIGNED)),
    ),
    "DUTIES.RETURNED": Rate(
        say("Claims of completion that were returned, of those decided in the period."),
        (RETURNED,),
        (JUDGED,),
    ),
    "DUTIES.CONFIRMED": Rate(
        say("Duties confirmed as completed, of those declared completed."), (CONFIRMED,), (DECLARED,)
    ),
}


def of_duties(declared: Status, confirmed: Status, number: int) -> Counter[str]:
    """What so many duties of these two statuses add to the numbers."""
    found = Counter({str(confirmed): number})
    if declared in COMPLETED:
        found[DECLARED] += number
        found[CONFIRMED] += number * (confirmed in COMPLETED)
    return found


def of_reviews(number: int, *, accepted: bool) -> Counter[str]:
    """What so many decisions on claims add to the numbers."""
    return Counter({JUDGED: number, RETURNED: 0 if accepted else number})


def shares(numbers: Mapping[str, int]) -> dict[str, Share]:
    """Every rate of these numbers by its code."""
    return {
        code: Share(
            rate.rule,
            sum(numbers.get(name, 0) for name in rate.above),
            sum(numbers.get(name, 0) for name in rate.below),
        )
        for code, rate in RATES.items()
    }
