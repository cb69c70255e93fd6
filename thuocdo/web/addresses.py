"""Addresses that keep what the reader looks at: the day, the moment of knowledge, the language."""

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from thuocdo.faces.asof import asked, opening_day
from thuocdo.faces.installation import installation_of
from thuocdo.lib.say import Refused

KEPT = ("as_of", "known")


def to(request: HttpRequest | None, name: str, *args: object, **kwargs: object) -> str:
    """The address of a page, with the day and moment of the present address."""
    address = _address(get_language(), name, args, tuple(kwargs.items()))
    kept = {key: request.GET[key] for key in KEPT if request.GET.get(key)} if request else {}
    return f"{address}?{urlencode(kept)}" if kept else address


@lru_cache(maxsize=4096)
def _address(
    language: str | None, name: str, args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...]
) -> str:
    """The language is part of the address; it is looked up once for each."""
    return reverse(name, args=args, kwargs=dict(kwargs))


def changed(request: HttpRequest, parameter: str, value: object) -> str:
    """The present query with one parameter set."""
    query = request.GET.copy()
    query[parameter] = str(value)
    return f"?{query.urlencode()}"


def without(request: HttpRequest, *parameters: str) -> str:
    """The present address without these parameters."""
    query = request.GET.copy()
    for parameter in parameters:
        query.pop(parameter, None)
    return f"?{query.urlencode()}" if query else request.path


def in_language(full_path: str, language: str) -> str:
    """The same address in another language: the language is its first part, the default has none."""
    for code, _name in settings.LANGUAGES:
        if code != settings.LANGUAGE_CODE and (full_path + "/").startswith((f"/{code}/", f"/{code}?")):
            full_path = full_path[len(code) + 1 :]
            break
    full_path = full_path if full_path.startswith("/") else f"/{full_path}"
    return full_path if language == settings.LANGUAGE_CODE else f"/{language}{full_path}"


def day_form(request: HttpRequest) -> dict[str, Any]:
    """What the form of the day needs: the day shown, what else the address says, the way back to now."""
    others = [
        (key, value)
        for key, values in request.GET.lists()
        for value in values
        if key not in ("as_of", "compare", "known", "page")
    ]
    try:
        found = asked(request)
    except Refused:  # the page that says so shows the form, empty
        return {"asked": None, "others": others, "opens_at": None, "now": without(request, *KEPT, "compare")}
    opens_at = opening_day(installation_of(request).opens_on, found.today)
    return {
        "asked": found,
        "others": others,
        "opens_at": opens_at if opens_at != found.today else None,
        "now": without(request, "known"),
    }
