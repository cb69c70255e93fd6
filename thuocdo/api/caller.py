"""Who calls: by a token, by the session of a page, or nobody in particular; in which language."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from thuocdo.accounts import actions, permissions, queries
from thuocdo.accounts.backends import Backend
from thuocdo.accounts.models import Token, User
from thuocdo.accounts.permissions import PUBLIC, Reader
from thuocdo.api.problems import Problem
from thuocdo.faces import clock
from thuocdo.faces.reader import reader_of
from thuocdo.lib.moments import day_of
from thuocdo.lib.say import say

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Call(HttpRequest):
    """A request whose caller is known."""

    reader: Reader
    token: Token | None
    at: datetime  # the moment of the call: what it writes is recorded then


def _nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


class _Csrf(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


def person(request: Call) -> User:
    """The account that acts."""
    if request.reader.user is None:
        raise Problem("unauthenticated")
    return request.reader.user


def identify(request: Call) -> None:
    """Note who calls and when. A token that opens nothing is refused, never taken for nobody."""
    writes = request.method not in ("GET", "HEAD", "OPTIONS")
    request.at, request.token = clock.now() if writes else timezone.now(), None
    header = request.headers.get("Authorization", "")
    if header:
        request.token = _token(header, request.at)
        request.reader = permissions.reader_with(request.token, day_of(request.at))
    elif isinstance(request.user, User):
        request.reader = reader_of(request)
        _require_csrf(request)
    else:
        request.reader = PUBLIC


def _token(header: str, at: datetime) -> Token:
    word, _space, secret = header.partition(" ")
    token = queries.token_of(secret.strip(), at) if word.lower() == "bearer" else None
    if token is None or not Backend().user_can_authenticate(token.user):
        raise Problem(
            "unauthenticated",
            say("This token is not known here, has ended or was revoked."),
            WWW_Authenticate='Bearer error="invalid_token"',
        )
    _require_measure(token, at)
    return token


def _require_measure(token: Token, at: datetime) -> None:
    if actions.count_use(token=token, at=at) <= settings.API_CALLS_A_MINUTE:
        return
    raise Problem(
        "too-many",
        say("%(most)s a minute are answered. Wait a little.", most=settings.API_CALLS_A_MINUTE),
        Retry_After=str(60 - at.second),
    )


def _require_csrf(request: Call) -> None:
    """A page of another site can make a browser send its cookies, but not the token of our forms."""
    if request.method in SAFE:
        return
    check = _Csrf(_nothing)
    check.process_request(request)
    if check.process_view(request, _nothing, (), {}) is not None:
        raise Problem("csrf", say("Send the cookie's value as X-CSRFToken, or use a token."))


def language_of(request: HttpRequest) -> str:
    """The first of the caller's languages that is spoken here; else Vietnamese."""
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
