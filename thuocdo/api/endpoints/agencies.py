"""Agencies of the day, by their codes."""

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query
from pydantic import Field

from thuocdo.accounts.enums import Permission
from thuocdo.agencies.enums import AgencyKind, Level, Side
from thuocdo.agencies.models import Agency
from thuocdo.api.caller import Call
from thuocdo.api.day import as_of
from thuocdo.api.operations import reads
from thuocdo.api.paging import Paging, cursor
from thuocdo.api.schemas.common import Page, When, until, word
from thuocdo.api.schemas.texts import AgencyRow
from thuocdo.api.showing import address
from thuocdo.faces.wording import name_of
from thuocdo.lib.fold import fold


class Named(When, Paging):
    """Which agencies."""

    q: str = Field(default="", max_length=80, description="A part of the name.")


@reads("/agencies", Permission.READ_PUBLIC, Page[AgencyRow])
def agencies(request: Call, wanted: Query[Named]) -> Page[AgencyRow]:
    """The agencies of the day, by code."""
    found = Agency.objects.alive(as_of(request, wanted)).order_by("code")
    if wanted.q.strip():
        found = found.filter(names_folded__contains=fold(wanted.q.strip()))
    place = wanted.place(str)
    if place is not None:
        found = found.filter(code__gt=place[0])
    rows = list(found[: wanted.limit + 1])
    page = rows[: wanted.limit]
    ends = cursor(page[-1].code) if len(rows) > wanted.limit else None
    return Page(items=[_row(one) for one in page], next=ends)


@reads("/agencies/{str:code}", Permission.READ_PUBLIC, AgencyRow)
def agency(request: Call, code: str, when: Query[When]) -> AgencyRow:
    """One agency."""
    return _row(get_object_or_404(Agency.objects.known(as_of(request, when)), code=code))


def _row(of: Agency) -> AgencyRow:
    words: dict[str, Any] = {
        "kind": word(of.kind, AgencyKind),
        "side": word(of.side, Side),
        "level": word(of.level, Level),
    }
    return AgencyRow(
        code=of.code,
        address=address("agency", of.code),
        name=of.name,
        shown=name_of(of),
        issuer_code=of.issuer_code,
        opened_on=of.opened_on,
        closed_on=until(of.closed_on),
        **words,
    )
