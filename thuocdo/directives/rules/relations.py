"""Which relation one text may have to another."""

from datetime import date

from thuocdo.lib.say import Say, say

LATER = ("amends", "replaces")  # what a text can do only to one that is already there
ONE_WAY = ("implements", "amends", "replaces", "based_on")  # if A does it to B, B does not do it to A


def problem(kind: str, issued: date | None, to_issued: date | None, kinds_back: frozenset[str]) -> Say | None:
    """Why a text issued on one day may not have this relation to one issued on the other.

    `kinds_back` are the relations the other text already has to this one.
    """
    if kind in ONE_WAY and kind in kinds_back:
        return say("The other text already has this relation to this one: it cannot go both ways.")
    if kind in LATER and issued and to_issued and issued < to_issued:
        return say(
            "A text of %(day)s cannot amend or replace one issued later, on %(later)s.",
            day=issued,
            later=to_issued,
        )
    return None
