"""What every call passes: who calls, may they, one snapshot for a read, one transaction for a write."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from thuocdo.accounts import actions
from thuocdo.accounts.enums import Permission
from thuocdo.accounts.models import Answer
from thuocdo.api import problems
from thuocdo.api.caller import SAFE, Call, identify, language_of
from thuocdo.api.problems import Problem
from thuocdo.faces.asof import snapshot
from thuocdo.lib.say import say

Run = Callable[..., HttpResponseBase]
KEY = "Idempotency-Key"
LONGEST_KEY = 200
KEPT_HEADERS = ("Content-Type", "Location")


def gated(permission: Permission, *, whole: bool = True) -> Callable[[Run], Run]:
    """The view behind the gate. Not `whole`: it takes care of its own snapshot, or of being sent twice."""

    def behind(run: Run) -> Run:
        @wraps(run)
        def passed(request: Call, **more: Any) -> HttpResponseBase:  # noqa: ANN401 - the path's values
            with translation.override(language_of(request)):
                try:
                    identify(request)
                    _require(request, permission)
                    answer = _answered(request, run, more, whole=whole)
                except Exception as exception:
                    answer = problems.of(exception)
                return _finished(answer)

        return passed

    return behind


def _require(request: Call, permission: Permission) -> None:
    """As with pages: who has not said who they are is asked to; for others there is nothing (1.29, 2.13)."""
    if request.reader.may(permission):
        return
    if request.reader.user is None:
        raise Problem("unauthenticated", WWW_Authenticate="Bearer")
    raise Problem("not-found", say("It may have been mistyped, or what stood here is not open to you."))


def _answered(request: Call, run: Run, more: dict[str, Any], *, whole: bool) -> HttpResponseBase:
    if not whole:
        return run(request, **more)
    if request.method not in SAFE:
        return _written(request, run, more)
    with snapshot():
        answer = run(request, **more)
    return _if_changed(request, answer)


def _if_changed(request: Call, answer: HttpResponseBase) -> HttpResponseBase:
    """The answer with its ETag, or 304 when the caller has just this already."""
    if answer.status_code != 200 or not isinstance(answer, HttpResponse):
        return answer
    answer["ETag"] = etag(answer.content)
    if not matches(request.headers.get("If-None-Match", ""), answer["ETag"]):
        return answer
    same = HttpResponse(status=304, headers={"ETag": answer["ETag"]})
    del same["Content-Type"]
    return same


def etag(content: bytes) -> str:
    """What stands for exactly these bytes."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def matches(header: str, tag: str) -> bool:
    """Whether the header names the tag; compression on the way may have marked it as weak."""
    named = {one.strip().removeprefix("W/") for one in header.split(",")}
    return "*" in named or tag in named


def _written(request: Call, run: Run, more: dict[str, Any]) -> HttpResponseBase:
    """Do the act in one transaction; with a key, do it once and give the first answer again."""
    key = request.headers.get(KEY)
    with transaction.atomic():
        if key is None or request.reader.user is None:
            return _done(request, run, more)
        noted = actions.answer_once(
            user=request.reader.user, key=_read(key), asked=_asked(request), at=request.at
        )
        if noted.digest != _asked(request):
            raise Problem("key-used", say("Every act has a key of its own."))
        if noted.status:
            return _again(noted)
        answer = cast(HttpResponse, _done(request, run, more))
        if answer.status_code >= 500:
            transaction.set_rollback(True)
            return answer
        kept = {name: answer[name] for name in KEPT_HEADERS if name in answer}
        actions.keep_answer(
            answer=noted, status=answer.status_code, headers=kept, body=answer.content.decode()
        )
        return answer


def _done(request: Call, run: Run, more: dict[str, Any]) -> HttpResponseBase:
    """The act; of one that is answered with a problem nothing stays."""
    with transaction.atomic():
        answer = run(request, **more)
        if answer.status_code >= 400:
            transaction.set_rollback(True)
    return answer


def _read(key: str) -> str:
    if key.strip() and len(key) <= LONGEST_KEY and key.isascii() and key.isprintable():
        return key
    raise Problem("unreadable", say("An Idempotency-Key has 1 to %(most)s plain letters.", most=LONGEST_KEY))


def _asked(request: Call) -> str:
    """What is asked, so that the same key with another act is noticed."""
    content = f"{request.method}\n{request.get_full_path()}\n{request.content_type}\n".encode() + request.body
    return hashlib.sha256(content).hexdigest()


def _again(noted: Answer) -> HttpResponse:
    return HttpResponse(
        noted.body, status=noted.status, headers={**noted.headers, "Idempotency-Replayed": "true"}
    )


def _finished(answer: HttpResponseBase) -> HttpResponseBase:
    answer["Content-Language"] = translation.get_language() or ""
    answer.setdefault("Cache-Control", "private, no-cache")
    patch_vary_headers(answer, ("Accept-Language", "Authorization", "Cookie"))
    return answer
