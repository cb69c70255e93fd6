"""Cursors: where in an order a page ended, so that what is entered meanwhile moves nothing."""

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from thuocdo.api.problems import Problem
from thuocdo.lib.say import say

MOST = 100

Place = Sequence[str | int | None]


class Paging(BaseModel):
    """Which part of a list is asked for."""

    limit: int = Field(default=25, ge=1, le=MOST, description="How many at most.")
    cursor: str | None = Field(default=None, max_length=400, description="The `next` of the page before.")

    def place(self, *kinds: type[Any]) -> list[Any] | None:
        """Where the page before ended; `Problem` for what is no cursor of ours."""
        if self.cursor is None:
            return None
        try:
            found = json.loads(base64.urlsafe_b64decode(self.cursor.encode()))
            return [_read(kind, part) for kind, part in zip(kinds, found, strict=True)]
        except (ValueError, TypeError, binascii.Error, RecursionError):
            raise Problem(
                "unreadable", say("This cursor was not given here: take the “next” of a page.")
            ) from None


def _read(kind: type[Any], part: object) -> Any:  # noqa: ANN401 - as the kind says
    if part is None:
        return None
    if kind is date:
        return date.fromisoformat(str(part))
    if type(part) is not kind or (kind is int and not -(2**63) < part < 2**63):  # type: ignore[operator]
        raise ValueError(part)
    return part


def cursor(*place: object) -> str:
    """The cursor that ends here."""
    parts = [part.isoformat() if isinstance(part, date) else part for part in place]
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()
