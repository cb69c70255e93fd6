"""Addresses of the interface, below /api/v1/; its description in OpenAPI 3.1 is served at openapi.json."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from thuocdo.api import problems
from thuocdo.api.caller import language_of
from thuocdo.api.endpoints import (  # noqa: F401 - each declares its operations
    agencies,
    assignments,
    burdens,
    changes,
    changing,
    demands,
    directives,
    figures,
    files,
    giving,
    indicators,
    interrupting,
    log,
    notices,
    own,
    reporting,
    reviewing,
    waiting,
)
from thuocdo.api.operations import router
from thuocdo.lib.say import Refused

WORDS = """What pages do with reports, claims and reviews, for other programs; and all that can be read.

Nothing here goes round the rules of the pages: the same permissions, the same refusals, the same log. What
is outside a caller's scope answers as if it did not exist. Without a token only what is public is open.
How an office's system sends its monthly report stands in docs/api.md of the project.

Every read takes `as_of` and `known`. Lists are asked on with the `next` of a page as `cursor`. A write with
an `Idempotency-Key` may be sent again: it is done once. Problems are told in the language of
`Accept-Language`."""

TOKEN = {"type": "http", "scheme": "bearer", "description": "Made at /me/tokens/."}


class Interface(NinjaAPI):
    """Ninja's, with what the gate adds to its description: the scheme of tokens, the kind of problems."""

    def get_openapi_schema(self, **options: Any) -> Any:  # noqa: ANN401 - as ninja types it
        schema = super().get_openapi_schema(**options)
        schema["components"]["securitySchemes"] = {"token": TOKEN}
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, answer in operation["responses"].items():
                    if status >= 400:
                        answer["content"] = {problems.MEDIA: answer["content"]["application/json"]}
        return schema


app_name = "api"
api = Interface(
    title="Thước Đo",
    version="1",
    description=WORDS,
    docs_url=None,
    urls_namespace="api",
    openapi_extra={"security": [{}, {"token": []}]},
)
api.add_router("", router)
for kind in (Exception, Http404, HttpError, ValidationError, Refused, problems.Problem):
    api.add_exception_handler(kind, problems.handled)


def told(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view whose 405, too, is a problem in words."""

    @csrf_exempt  # a session is asked for its token by the gate; a token needs none
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401
        answer = view(request, *args, **kwargs)
        if answer.status_code != 405:
            return answer
        with translation.override(language_of(request)):
            return problems.answer("method", headers={"Allow": answer["Allow"]})

    return answered


@csrf_exempt
def nowhere(request: HttpRequest, rest: str) -> HttpResponseBase:
    """404 in words for every other address."""
    with translation.override(language_of(request)):
        return problems.nothing()


def _patterns() -> list[URLPattern]:
    found: list[URLPattern] = []
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            pattern.callback = told(pattern.callback)
            found.append(pattern)
    return found


urlpatterns = [*_patterns(), path("<path:rest>", nowhere), path("", nowhere, {"rest": ""}, name="api-root")]
