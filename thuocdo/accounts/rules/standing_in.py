"""Who may be let stand in for whom: the giver gives no more than they have, nothing to themselves (2.11)."""

from collections.abc import Collection, Mapping

from thuocdo.accounts.enums import Role
from thuocdo.accounts.rules.giving import Giver, giving_problem
from thuocdo.lib.say import Say, say


def standing_in_problem(
    giver: Giver, deputy_id: int, principal_id: int, roles: Mapping[Role, Collection[int]]
) -> Say | None:
    """Why the giver may not let the deputy have, or lose, these roles of the principal.

    `roles`: what the principal is in the agency, each with the subtree over which they are it.
    """
    if deputy_id == principal_id:
        return say("Nobody stands in for themselves.")
    if not roles:
        return say("The person has no role in this agency in which somebody could stand in.")
    problems = (giving_problem(giver, deputy_id, role, subtree) for role, subtree in roles.items())
    return next((problem for problem in problems if problem is not None), None)
