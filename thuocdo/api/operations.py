"""How an operation is declared: address, permission, what it answers; one table of all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from ninja import Router
from ninja.decorators import decorate_view
from pydantic import BaseModel

from thuocdo.accounts.enums import Permission
from thuocdo.api.gate import KEY, LONGEST_KEY, gated
from thuocdo.api.problems import KINDS
from thuocdo.api.schemas.common import ProblemOut

View = Callable[..., BaseModel | HttpResponseBase]
BYTES = {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what `docs/access.md` and the test of access list."""

    method: str
    address: str
    name: str
    permission: Permission


TABLE: list[Row] = []
router = Router()

MOMENT = "2025-09-30T17:00:00+07:00"
NONE_MATCH = {
    "in": "header", "name": "If-None-Match", "required": False, "schema": {"type": "string"},
    "description": "The ETag of an answer you have; if it still stands, the answer is 304 without a body.",
}  # fmt: skip
MATCH = {
    "in": "header", "name": "If-Match", "required": False, "schema": {"type": "string"},
    "description": "The ETag of the assignment as you read it; if it has changed, nothing is written (412).",
}  # fmt: skip
ONCE = {
    "in": "header", "name": KEY, "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]+$"},
    "description": "A key of your own for this act: sent again, it does nothing and gives the first answer.",
}  # fmt: skip


def reads(
    address: str, permission: Permission, answers: type[BaseModel] | None, *, whole: bool = True
) -> Callable[[View], View]:
    """A GET. `answers` None: bytes."""
    extra: dict[str, Any] = {"parameters": [NONE_MATCH]} if whole else {}
    responses = {200: answers, 304: None} if whole else {200: answers}
    if answers is None:
        extra["responses"] = {200: {"description": "The bytes.", **BYTES}}
    kinds = ("unreadable", "unauthenticated", "not-found", "invalid", "too-many")
    return _declared("GET", address, permission, responses, kinds, extra, whole=whole)


def writes(
    address: str, permission: Permission, answers: type[BaseModel], *, whole: bool = True
) -> Callable[[View], View]:
    """A POST that makes something: answered 201, with its address in `Location`."""
    extra = {"parameters": [ONCE, MATCH] if whole else []}
    kinds = ("unreadable", "unauthenticated", "csrf", "not-found", "changed", "invalid", "too-many")
    return _declared("POST", address, permission, {201: answers}, kinds, extra, whole=whole)


def _declared(
    method: str,
    address: str,
    permission: Permission,
    responses: Mapping[int, type[BaseModel] | None],
    kinds: tuple[str, ...],
    extra: dict[str, Any],
    *,
    whole: bool,
) -> Callable[[View], View]:
    def declare(view: View) -> View:
        status = next(iter(responses))

        @wraps(view)
        def answered(*args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 - the view's own
            made = view(*args, **kwargs)
            return made if isinstance(made, HttpResponseBase) else said(made, status)

        problems = dict.fromkeys((KINDS[kind][0] for kind in kinds), ProblemOut)
        described = {**extra, "x-permission": permission.value}
        route = router.get if method == "GET" else router.post
        operation = route(
            address,
            response={**responses, **problems},
            operation_id=view.__name__,
            url_name=view.__name__,
            summary=(view.__doc__ or "").partition("\n")[0].rstrip("."),
            tags=[view.__module__.rpartition(".")[2]],
            openapi_extra=described,
        )(answered)
        decorate_view(gated(permission, whole=whole))(operation)
        TABLE.append(Row(method, address, view.__name__, permission))
        return view

    return declare


def said(made: BaseModel, status: int = 200) -> HttpResponse:
    """The value as JSON; one that has an address of its own says it."""
    answer = HttpResponse(made.model_dump_json(), status=status, content_type="application/json")
    address = getattr(made, "address", "")
    if status == 201 and address:
        answer["Location"] = address
    return answer
