"""What a token may be: never more than its account, never for ever (2.14)."""

from collections.abc import Collection
from datetime import datetime, timedelta

from thuocdo.accounts.enums import Permission
from thuocdo.lib.say import Say, say

LONGEST = timedelta(days=366)


def scope_problem(scope: Collection[str], held: Collection[Permission]) -> Say | None:
    """Why a token of this scope cannot be made for an account that holds these permissions today."""
    if not scope:
        return say("Choose what the token may do.")
    more = sorted(set(scope) - set(held))
    if more:
        return say("The account itself may not do this: %(more)s.", more=tuple(more))
    return None


def end_problem(expires_at: datetime, at: datetime) -> Say | None:
    """Why a token cannot end then."""
    if expires_at <= at:
        return say("The token would have ended already.")
    if expires_at - at > LONGEST:
        return say("A token lasts at most %(days)s days; then make another.", days=LONGEST.days)
    return None
