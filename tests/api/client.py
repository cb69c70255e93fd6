"""A program that calls the interface with a token, and what a test asks of its answers."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http.response import HttpResponseBase
from django.test import Client

from thuocdo.accounts import actions
from thuocdo.accounts.actions import Grant
from thuocdo.accounts.enums import Permission
from thuocdo.accounts.models import Token, User
from thuocdo.accounts.permissions import reader_of
from thuocdo.agencies.models import Agency
from thuocdo.lib.moments import day_of

API = "/api/v1"


class Program:
    """Calls with the token that it was given; without one it is nobody in particular."""

    def __init__(self, secret: str = "", **headers: str) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {secret}"} if secret else None)
        self.headers = headers

    def get(self, address: str, **headers: str) -> Any:
        return self.client.get(full(address), headers={**self.headers, **headers})

    def post(self, address: str, content: object = None, **headers: str) -> Any:
        body = json.dumps({} if content is None else content)
        named = {name.replace("_", "-"): value for name, value in {**self.headers, **headers}.items()}
        return self.client.post(full(address), body, content_type="application/json", headers=named)


def full(address: str) -> str:
    return address if address.startswith(API) else API + address


def token(
    user: User, *scope: Permission, agency: Agency | None = None, days: int = 30
) -> tuple[Token, str]:  # fmt: skip
    """A token of the account: of this scope, or of all that it may."""
    at = datetime.now(UTC)
    held = scope or tuple(reader_of(user, day_of(at)).reach)
    grant = Grant("Phần mềm báo cáo", tuple(one.value for one in held), at + timedelta(days=days), agency)
    return actions.make_token(user=user, grant=grant, by=user, at=at)


def program(user: User, *scope: Permission, **more: Any) -> Program:
    """A program of the account."""
    return Program(token(user, *scope, **more)[1])


def said(answer: HttpResponseBase) -> Any:
    """What stands in an answer."""
    return json.loads(getattr(answer, "content", b"null"))
