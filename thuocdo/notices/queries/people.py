"""Who is told: the people who hold a role in an agency on a day."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.conf import settings

from thuocdo.accounts.enums import Role
from thuocdo.accounts.models import Membership, Substitution

Post = tuple[int, str]  # agency, role


def holders(day: date, agencies: Collection[int] | None = None) -> dict[Post, tuple[int, ...]]:
    """The people of each post, of these agencies or of all, and who stands in for them: two statements."""
    rows = Membership.objects.valid(day).filter(user__is_active=True)
    if not settings.SIGN_IN_OF_EXAMPLES:
        rows = rows.filter(user__is_example=False)
    if agencies is not None:
        rows = rows.filter(agency__in=agencies)
    found: dict[Post, list[int]] = defaultdict(list)
    for agency, role, user in rows.order_by("user").values_list("agency", "role", "user"):
        found[agency, role].append(user)
    deputies = _deputies(day, agencies)
    for (agency, _role), users in found.items():
        users += [other for user in list(users) for other in deputies.get((agency, user), ())]
    return {post: tuple(dict.fromkeys(users)) for post, users in found.items()}


def _deputies(day: date, agencies: Collection[int] | None) -> dict[tuple[int, int], list[int]]:
    """Who stands in on the day, by agency and the person they stand in for (2.11)."""
    rows = Substitution.objects.valid(day).filter(deputy__is_active=True)
    if not settings.SIGN_IN_OF_EXAMPLES:
        rows = rows.filter(deputy__is_example=False)
    if agencies is not None:
        rows = rows.filter(agency__in=agencies)
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for agency, principal, deputy in rows.order_by("deputy").values_list("agency", "principal", "deputy"):
        found[agency, principal].append(deputy)
    return found


def of_posts(posts: Iterable[tuple[int | None, Role]], known: dict[Post, tuple[int, ...]]) -> list[int]:
    """The people of these posts, nobody twice."""
    found = (known.get((agency or 0, role), ()) for agency, role in posts)
    return list(dict.fromkeys(user for users in found for user in users))


def rather(one: int | None, found: list[int]) -> list[int]:
    """This person alone, as long as they are among those found."""
    return [one] if one in found else found
