"""What each page requires: one decorator per view, one table of all of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, get_resolver

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.faces.asof import snapshot
from thuocdo.faces.reader import reader_of
from thuocdo.web import codes

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


class PageRequest(HttpRequest):
    """A request whose reader is known and may open the page."""

    reader: Reader


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: address below the language, name, permission (None: the view states none)."""

    address: str
    name: str
    permission: Permission | None


def requires(
    permission: Permission,
) -> Callable[[Callable[Concatenate[PageRequest, P], HttpResponseBase]], View[P]]:
    """Only readers with this permission open the view; a GET runs inside one snapshot of the database.

    Who has not signed in is asked to; who has, but may not, gets the answer of a page that is not there; who
    owes codes sets them up first. The scope of an object (whose agency) is the view's own question.
    """

    def guard(view: Callable[Concatenate[PageRequest, P], HttpResponseBase]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            reader = reader_of(request)
            if not reader.may(permission):
                if reader.user is None:
                    return redirect_to_login(request.get_full_path())
                raise Http404
            if codes.owed(reader):
                return redirect("account_codes_owed")
            if request.method in ("GET", "HEAD"):
                with snapshot():
                    return view(request, *args, **kwargs)  # type: ignore[arg-type]
            return view(request, *args, **kwargs)  # type: ignore[arg-type]

        guarded.requires = permission  # type: ignore[attr-defined]
        return guarded

    return guard


def rows() -> list[Row]:
    """Every address of the pages with what it requires, in the order of `thuocdo.web.urls`."""
    return list(_walk(get_resolver("thuocdo.web.urls").url_patterns, "/"))


def _walk(patterns: Sequence[URLPattern | URLResolver], before: str) -> Iterator[Row]:
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, address)
        else:
            yield Row(address, pattern.name or "", getattr(pattern.callback, "requires", None))
