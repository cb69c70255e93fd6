"""What is answered when something cannot be done: application/problem+json in the caller's language."""

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja.errors import HttpError, ValidationError

from thuocdo.faces.wording import tell
from thuocdo.lib import trouble
from thuocdo.lib.say import Refused, Say, say

MEDIA = "application/problem+json"
log = logging.getLogger("django.request")

# name -> (status, title); the name ends the `type` of a problem
KINDS: Mapping[str, tuple[int, Promise]] = {
    "unreadable": (400, _("This request cannot be read")),
    "unauthenticated": (401, _("A token, or signing in, is needed")),
    "csrf": (403, _("This session may not write without its CSRF token")),
    "not-found": (404, _("There is nothing at this address")),
    "method": (405, _("This address does not know this method")),
    "changed": (412, _("It has changed since you read it")),
    "invalid": (422, _("What was sent is not complete or not right")),
    "refused": (422, _("The rules do not allow it; nothing was changed")),
    "key-used": (422, _("This Idempotency-Key was used for something else")),
    "too-many": (429, _("Too many requests in this minute")),
    "failed": (500, _("Something failed here; nothing was changed")),
    "unavailable": (503, _("This cannot be done at present")),
    "no-room": (507, _("There is no room left here")),
}

# what pydantic finds wrong with a value -> our words
FAULTS: Mapping[str, Say] = {
    "missing": say("It is missing."),
    "extra_forbidden": say("Nothing of this name is known here."),
    "day": say("Write a day as 2025-09-30."),
    "moment": say("Write a moment as 2025-09-30T17:00."),
    "hour": say("Write an hour as 15:00."),
    "count": say("A count needs all three: how many, of what, from when."),
    "enum": say("It is none of the words that are known here."),
    "literal_error": say("It is none of the words that are known here."),
    "string_too_long": say("It is too long."),
    "string_too_short": say("It is empty."),
    "string_type": say("A text is expected."),
    "bool_type": say("Write true or false."),
    "bool_parsing": say("Write true or false."),
    "int_type": say("A whole number is expected."),
    "int_parsing": say("A whole number is expected."),
    "greater_than_equal": say("The number is too small."),
    "less_than_equal": say("The number is too large."),
    "json_invalid": say("This is not JSON."),
}
OTHER = say("This value is not allowed here.")


class Problem(Exception):  # noqa: N818 - it is an answer, not a fault
    """An answer of one of the `KINDS`, with its reasons."""

    def __init__(self, kind: str, *reasons: Say, **headers: str) -> None:
        self.kind, self.reasons = kind, reasons
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        super().__init__(kind)


def answer(
    kind: str,
    reasons: Iterable[Say] = (),
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The problem as a response, in the language that is active."""
    status, title = KINDS[kind]
    told = [tell(reason) for reason in reasons]
    content: dict[str, Any] = {
        "type": f"urn:thuocdo:problem:{kind}",
        "title": str(title),
        "status": status,
        "detail": " ".join(told),
        "reasons": told,
        "errors": list(errors),
    }
    body = json.dumps(content, ensure_ascii=False)
    return HttpResponse(body, status=status, content_type=MEDIA, headers=dict(headers or {}))


def of(exception: Exception) -> HttpResponse:
    """The response for anything that was raised on the way to an answer."""
    if isinstance(exception, Problem):
        return answer(exception.kind, exception.reasons, headers=exception.headers)
    if isinstance(exception, Refused):
        return answer("refused", exception.reasons)
    if isinstance(exception, Http404):
        return nothing()
    if isinstance(exception, ValidationError):
        return answer("invalid", errors=[_fault(error) for error in exception.errors])
    if isinstance(exception, HttpError | SuspiciousOperation) and not _is_ours(exception):
        return answer("unreadable")
    log.error("The interface failed.", exc_info=exception)
    found = trouble.of(exception)
    if found is None:
        return answer("failed")
    return answer("no-room" if found is trouble.FULL else "unavailable", found.told)


def _is_ours(exception: Exception) -> bool:
    return isinstance(exception, HttpError) and exception.status_code >= 500


def nothing() -> HttpResponse:
    """404: nothing there, or nothing for this caller."""
    return answer("not-found", [say("It may have been mistyped, or what stood here is not open to you.")])


def handled(_request: HttpRequest, exception: Exception | type[Exception]) -> HttpResponse:
    """The same, as ninja calls it."""
    return of(exception if isinstance(exception, Exception) else exception())


def _fault(error: Mapping[str, Any]) -> dict[str, str]:
    place = ".".join(str(part) for part in error.get("loc", ()))
    return {"at": place, "detail": tell(FAULTS.get(str(error.get("type")), OTHER))}
