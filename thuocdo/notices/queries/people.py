"""Who is told: the people who hold a role in an agency on a day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
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


def _deputies(
    day: date, agencies: Collection[int] | None, principals: Collection[int] | None = None
) -> dict[tuple[int, int], list[int]]:
    """Who stands in on the day, by agency and the person they stand in for (2.11)."""
    rows = Substitution.objects.valid(day).filter(deputy__is_active=True)
    if principals is not None:
        rows = rows.filter(principal__in=principals)
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


def standing_in(day: date, people: Collection[int]) -> dict[int, list[int]]:
    """Who stands in on the day for each of these people, in whatever agency; none or one statement."""
    found: dict[int, list[int]] = defaultdict(list)
    if people:
        for (_agency, principal), deputies in _deputies(day, None, people).items():
            found[principal] += [one for one in deputies if one not in found[principal]]
    return found


def rather(one: int | None, found: list[int], deputies: Mapping[int, list[int]]) -> list[int]:
    """This person and who stands in for them, as long as the person is among those found; else all."""
    if one is None or one not in found:
        return found
    return [one, *(other for other in deputies.get(one, ()) if other != one and other in found)]
