"""Who may give which role: nobody gives more than they have, and nobody gives themselves anything (1.29)."""

from collections.abc import Collection
from dataclasses import dataclass

from thuocdo.accounts.enums import Permission, Role
from thuocdo.accounts.rules.roles import PERMISSIONS
from thuocdo.lib.say import Say, say

WHOLE_INSTALLATION = frozenset({Permission.READ_ALL})  # what no agency's subtree bounds


@dataclass(frozen=True, slots=True)
class Giver:
    """A steward as the rule looks at them: what their stewardship reaches, what they hold anywhere."""

    people: frozenset[int]  # who acts, and for whom they stand in while they act
    reach: frozenset[int]
    holds: frozenset[Permission]


def giving_problem(giver: Giver, user_id: int, role: Role, subtree: Collection[int]) -> Say | None:
    """Why the giver may not give, or end, this role over this subtree for this person."""
    if user_id in giver.people:
        return say("Nobody changes their own roles; another steward does it.")
    if not set(subtree) <= giver.reach:
        return say("This agency, or one below it, is outside your own agencies.")
    if (PERMISSIONS[role] & WHOLE_INSTALLATION) - giver.holds:
        return say("Only somebody who reads all that is kept here gives the role “%(role)s”.", role=role)
    return None
