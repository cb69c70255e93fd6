"""What an extension of a time limit may be; the first limit always stays visible (issue line 1.13)."""

from datetime import date

from thuocdo.assignments.enums import LimitClass
from thuocdo.lib.say import Say, say


def problem(limit_class: str, present: date | None, wanted: date) -> Say | None:
    """Why the limit cannot move there: only a dated duty has a limit, and it only moves to a later day."""
    if limit_class != LimitClass.DATED or present is None:
        return say("Only an assignment with a dated time limit can be extended.")
    if wanted <= present:
        return say(
            "The new limit %(wanted)s is not later than the present one, %(present)s.",
            wanted=wanted, present=present,
        )  # fmt: skip
    return None


def late_flag(present: date | None, asked_on: date) -> Say | None:
    """What the assigner is told when the limit had passed before somebody asked to move it.

    Granted after the limit, an extension never turns late into on time (1.16): `rules/status.py`.
    """
    if present is None or asked_on <= present:
        return None
    return say("Asked %(count)s days after the limit.", count=(asked_on - present).days)
