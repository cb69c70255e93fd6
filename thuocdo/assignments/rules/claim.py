"""Days a claim of completion may show, flags on them, who may not confirm it (issue lines 1.11, 1.14)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from thuocdo.lib.say import Say, say

EARLY_DAYS = 15  # a day shown more than this before the claim is flagged, never refused (1.14)


def day_problem(shown_on: date | None, no_later_than: date | None, claimed_on: date) -> Say | None:
    """Why these days do not say when the work was completed; exactly one of the two is stated."""
    if (shown_on is None) == (no_later_than is None):
        return say("State the day the evidence shows, or the day by which the work was completed.")
    stated = shown_on or no_later_than
    if stated is not None and stated > claimed_on:
        return say(
            "The evidence shows %(shown)s, after the day of the claim, %(claimed)s.",
            shown=stated, claimed=claimed_on,
        )  # fmt: skip
    return None


def early_flag(shown_on: date | None, claimed_on: date, *, days: int = EARLY_DAYS) -> Say | None:
    """What a reviewer is told when the evidence shows a day long before the claim."""
    if shown_on is None or (claimed_on - shown_on).days <= days:
        return None
    return say(
        "The evidence shows a day %(count)s days before the claim.",
        count=(claimed_on - shown_on).days,
    )


@dataclass(frozen=True, slots=True)
class Hands:
    """Through whose hands a claim went before it came to a reviewer."""

    people: frozenset[int]  # made it, corrected it, or forwarded it; or somebody did so in their place
    lead_branch: frozenset[int]  # the agency that claims and those below it


def bar(reviewers: Collection[int], works_in: Collection[int], hands: Hands) -> Say | None:
    """Why this person may not confirm the claim: nobody confirms what they made or forwarded (1.11).

    `reviewers`: the person and, if they stand in, for whom (2.11): neither confirms what either made.
    `works_in`: the agencies in which either has a role or stands in. Who works in the claiming agency, or in
    one below it, is barred too: otherwise a colleague would confirm what the agency says of itself.
    """
    if hands.people.intersection(reviewers):
        return say("Nobody confirms a claim they made or forwarded.")
    if hands.lead_branch.intersection(works_in):
        return say("Nobody confirms a claim of the agency they work in.")
    return None
