"""The pages shown when something does not work: what happened, what to do, never a trace."""

import sys
from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thuocdo.faces import wording
from thuocdo.faces.asof import BadDay
from thuocdo.lib import trouble
from thuocdo.lib.say import Refused, Say, say

OURS = (
    say("The fault is on our side and has been written to the server's log. What you sent was not saved."),
    say(
        "Try again in a few minutes. If it happens again, tell the people who run this installation at what "
        "time it happened."
    ),
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request cannot be read."""
    return page(
        request,
        400,
        _("This request cannot be understood"),
        _("The address or what was sent is not complete."),
        _("Go back, reload the page, and try again."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not for this reader, and no secret that it exists."""
    return page(
        request,
        403,
        _("This is not open to you"),
        _("Your roles do not include this action."),
        _("If your work needs it, ask the person who manages accounts in your agency."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page, or not for this reader."""
    return page(
        request,
        404,
        _("There is nothing at this address"),
        _("It may have been mistyped, or what stood here is not open to you."),
        _("Check the address, sign in if you have an account, or start from the overview."),
    )


def failed(request: HttpRequest) -> HttpResponse:
    """500, or what the machine's trouble means: made without the database, the session or anything else
    that may be what failed. Django calls it while the fault is being handled."""
    found = trouble.of(sys.exc_info()[1])
    told: tuple[Say, ...] = OURS
    if found is not None:
        told = found.told if request.method == "POST" else (found.what, found.reading)
    page = render_to_string("web/failed.html", {"told": [wording.tell(one) for one in told]})
    return HttpResponse(page, status=found.status if found else 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form whose token is missing or old."""
    return page(
        request,
        403,
        _("This form was open for too long"),
        _("To protect you, a form is accepted only from the page that showed it, while you are signed in."),
        _("Go back, reload the page, and send the form again. Cookies must be allowed."),
    )


def page(
    request: HttpRequest, status: int, title: str | Promise, what: str | Promise, now: str | Promise
) -> HttpResponse:
    """A page that says what happened and what to do now."""
    context = {"title": title, "what": what, "now": now, "status": status}
    return render(request, "web/error.html", context, status=status)


def refused(request: HttpRequest, reasons: Iterable[Say], with_day: str = "") -> HttpResponse:
    """400 with the rules' own words; `with_day="day"` adds the form of the day, to correct it."""
    context = {"reasons": list(reasons), "with_day": with_day}
    return render(request, "web/refused.html", context, status=400)


class Bounds:
    """Middleware: what is larger than any form may be is answered in words before a byte of it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _length(request) > settings.LARGEST_REQUEST:
            return page(
                request,
                413,
                _("This is more than can be sent at once"),
                _("The files of one form may have 50 MB each. Nothing was taken in."),
                _("Go back, send fewer or smaller files; a scan of 150 dots per inch is readable and small."),
            )
        return self.get_response(request)


def _length(request: HttpRequest) -> int:
    told = request.META.get("CONTENT_LENGTH") or "0"
    return int(told) if told.isdecimal() else 0


class Refusals:
    """Middleware: a `Refused` that no page caught is shown in words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a refusal, None for anything else."""
        if not isinstance(exception, Refused):
            return None
        return refused(request, exception.reasons, "day" if isinstance(exception, BadDay) else "")
