"""The six clears: what an assignment has to say before it may be given (issue line 1.10, "6 rõ")."""

from dataclasses import dataclass
from datetime import date

from thuocdo.assignments.enums import Clear, LimitClass
from thuocdo.lib.say import Say, say

OF_A_COLLECTIVE = frozenset({Clear.WORK, Clear.TIME, Clear.PRODUCT})  # the rest stands on each child


@dataclass(frozen=True, slots=True)
class Duty:
    """What the rule looks at. Texts that are not stated are empty, days that are not stated None."""

    work: str
    product: str
    limit_class: str
    limit_on: date | None
    reporting_period: str  # of a standing duty
    has_lead: bool
    head_post: str
    head_name: str
    head_since: date | None  # since when this person holds the post
    signer: str
    is_fan_out: bool = False


def missing(duty: Duty) -> tuple[Clear, ...]:
    """The clears that are not clear, in the official order; a fan-out answers only for what it shares."""
    stated = {
        Clear.PERSON: bool(duty.head_post and duty.head_name and duty.head_since),
        Clear.WORK: bool(duty.work.strip()),
        Clear.TIME: _has_time(duty),
        Clear.RESPONSIBILITY: duty.has_lead,
        Clear.PRODUCT: bool(duty.product.strip()),
        Clear.AUTHORITY: bool(duty.signer.strip()),
    }
    asked = OF_A_COLLECTIVE if duty.is_fan_out else frozenset(Clear)
    return tuple(clear for clear in Clear if clear in asked and not stated[clear])


def issue_problem(gaps: tuple[Clear, ...]) -> Say | None:
    """Why it stays a draft, or None when it may be given."""
    if not gaps:
        return None
    return say("It stays a draft until it is clear; missing: %(missing)s.", missing=gaps)


def gaps_shown(gaps: tuple[Clear, ...]) -> Say:
    """What a page shows beside an assignment received from elsewhere."""
    if not gaps:
        return say("6 of 6 clear")
    return say("%(count)s of 6 clear; missing: %(missing)s", count=len(Clear) - len(gaps), missing=gaps)


def _has_time(duty: Duty) -> bool:
    if duty.limit_class == LimitClass.STANDING:
        return bool(duty.reporting_period)
    return duty.limit_class == LimitClass.DATED and duty.limit_on is not None
