"""Who is reading this request: what they may do, today."""

from typing import cast

from django.http import HttpRequest
from django.utils import timezone

from thuocdo.accounts import permissions
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
        else:
            known = PUBLIC
        request.reader = known  # type: ignore[attr-defined]
    return known
