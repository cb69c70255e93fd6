"""Who is reading this request: what they may do, today."""

from typing import cast

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone

from thuocdo.accounts import backends, permissions
from thuocdo.accounts.models import User
from thuocdo.accounts.permissions import PUBLIC, Reader

ACTS_FOR = "acts_for"  # in the session: the substitution in which the person acts now, by its key


def reader_of(request: HttpRequest) -> Reader:
    """The reader, computed once per request; rights are always today's, whatever day is looked at."""
    known = cast("Reader | None", getattr(request, "reader", None))
    if known is None:
        user = getattr(request, "user", None)
        if isinstance(user, User):
            known = permissions.reader_of(user, timezone.localdate(), request.session.get(ACTS_FOR))
            user.for_id = known.acts_for.principal_id if known.acts_for else None
        else:
            known = PUBLIC
        request.reader = known  # type: ignore[attr-defined]
    return known


class Backend(backends.Backend):
    """Who signs in, read for a page together with how many notices they have not read: one statement."""

    def get_user(self, user_id: int) -> User | None:
        """The signed-in person of a session, with `unread`."""
        unread = Count("notices", filter=Q(notices__read_at=None))
        user = User.objects.filter(pk=user_id).annotate(unread=unread).first()
        return user if user is not None and self.user_can_authenticate(user) else None
