"""Who is reading this request: what they may do, today."""

from typing import cast

from django.http import HttpRequest
from django.utils import timezone

from thuocdo.accounts import permissions
from thuocdo.accounts.models import User
from thuocdo.accounts.permissions import PUBLIC, Reader


def reader_of(request: HttpRequest) -> Reader:
    """The reader, computed once per request; rights are always today's, whatever day is looked at."""
    known = cast("Reader | None", getattr(request, "reader", None))
    if known is None:
        user = getattr(request, "user", None)
        known = permissions.reader_of(user, timezone.localdate()) if isinstance(user, User) else PUBLIC
        request.reader = known  # type: ignore[attr-defined]
    return known
