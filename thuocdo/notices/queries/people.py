"""Who is told: the people who hold a role in an agency on a day."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.conf import settings

from thuocdo.accounts.enums import Role
from thuocdo.accounts.models import Membership

Post = tuple[int, str]  # agency, role


def holders(day: date, agencies: Collection[int] | None = None) -> dict[Post, tuple[int, ...]]:
    """The people of each post, of these agencies or of all: one statement."""
    rows = Membership.objects.valid(day).filter(user__is_active=True)
    if not settings.SIGN_IN_OF_EXAMPLES:
        rows = rows.filter(user__is_example=False)
    if agencies is not None:
        rows = rows.filter(agency__in=agencies)
    found: dict[Post, list[int]] = defaultdict(list)
    for agency, role, user in rows.order_by("user").values_list("agency", "role", "user"):
        found[agency, role].append(user)
    return {post: tuple(users) for post, users in found.items()}


def of_posts(posts: Iterable[tuple[int | None, Role]], known: dict[Post, tuple[int, ...]]) -> list[int]:
    """The people of these posts, nobody twice."""
    found = (known.get((agency or 0, role), ()) for agency, role in posts)
    return list(dict.fromkeys(user for users in found for user in users))
