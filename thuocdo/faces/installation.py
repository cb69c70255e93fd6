"""What this installation is: the day its pages open at, whether its figures are made up."""

from typing import cast

from django.http import HttpRequest

from thuocdo.agencies import queries
from thuocdo.agencies.models import Installation


def installation_of(request: HttpRequest) -> Installation:
    """Read once per request: one statement."""
    known = cast("Installation | None", getattr(request, "installation", None))
    if known is None:
        known = queries.installation()
        request.installation = known  # type: ignore[attr-defined]
    return known
