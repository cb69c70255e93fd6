"""Directives: the register, one text with its counts, the duties that stand in it."""

from datetime import date
from typing import Any

from django.http import Http404
from ninja import Query

from thuocdo.accounts.enums import Permission
from thuocdo.api.caller import Call
from thuocdo.api.day import as_of
from thuocdo.api.operations import reads
from thuocdo.api.paging import Paging, cursor
from thuocdo.api.schemas.common import Page, When, agency
from thuocdo.api.schemas.figures import counts
from thuocdo.api.schemas.texts import DirectiveOut, DirectiveRow, GivenOut, ObligationOut, ProvisionOut
from thuocdo.api.showing import address
from thuocdo.assignments.models import Assignment
from thuocdo.assignments.queries import counts as counting
from thuocdo.assignments.queries import coverage as covering
from thuocdo.assignments.queries.counts import Counted, Scope
from thuocdo.assignments.queries.coverage import Coverage
from thuocdo.assignments.queries.sight import sight_of
from thuocdo.directives.enums import DirectiveState
from thuocdo.directives.models import Directive, Obligation, Provision
from thuocdo.directives.queries import publicity
from thuocdo.lib.moments import AsOf

ASPECTS = ("progress", "responsibility", "results")


class WhenPaged(When, Paging):
    """A part of a list on a day."""


@reads("/directives", Permission.READ_PUBLIC, Page[DirectiveRow])
def directives(request: Call, wanted: Query[WhenPaged]) -> Page[DirectiveRow]:
    """The register, newest first; texts that are awaited come before all others."""
    day = as_of(request, wanted)
    place = wanted.place(date, int)
    texts = covering.readable_directives(request.reader).standing(day).worded(day).newest_first(day)
    if place is not None:
        texts = texts.following(*place)
    rows = list(texts.select_related("issuer")[: wanted.limit + 1])
    page = rows[: wanted.limit]
    found = covering.coverage([row.pk for row in page], day)
    ends = cursor(_listed_on(page[-1]), page[-1].pk) if len(rows) > wanted.limit else None
    return Page(items=[DirectiveRow(**_row(row, found[row.pk], day)) for row in page], next=ends)


def _listed_on(of: Any) -> date | None:  # noqa: ANN401 - a Directive that is `newest_first`
    found: date | None = of.listed_on
    return found


def _one(request: Call, pk: int, day: AsOf) -> Directive:
    texts = covering.readable_directives(request.reader).known(day).worded(day)
    found = texts.select_related("issuer").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@reads("/directives/{int:pk}", Permission.READ_PUBLIC, DirectiveOut)
def directive(request: Call, pk: int, when: Query[When]) -> DirectiveOut:
    """One text on the day, with the counts of its duties in both series."""
    day = as_of(request, when)
    found = _one(request, pk, day)
    scope = Scope(counted=Counted.TOP, directive_id=pk)
    table = counting.counts(counting.counted(scope, sight_of(request.reader), day), day.day)
    shown = publicity([pk])[pk].shown
    return DirectiveOut(
        **_row(found, covering.coverage([pk], day)[pk], day),
        public=[aspect for aspect in ASPECTS if getattr(shown, aspect)],
        declared=counts(table.declared),
        confirmed=counts(table.confirmed),
    )


@reads("/directives/{int:pk}/provisions", Permission.READ_PUBLIC, Page[ProvisionOut])
def provisions(request: Call, pk: int, wanted: Query[WhenPaged]) -> Page[ProvisionOut]:
    """The lines of a text with the duties read out of them, and to whom each was given."""
    day = as_of(request, wanted)
    found = _one(request, pk, day)
    place = wanted.place(int, int)
    lines = covering.lines(found, request.reader, day)
    if place is not None:
        lines = covering.following(lines, *place)
    rows = list(lines[: wanted.limit + 1])
    page = rows[: wanted.limit]
    reader = request.reader
    names = reader.reads_all or found.issuer_id in reader.own or publicity([pk])[pk].shown.responsibility
    ends = cursor(page[-1].ordinal, page[-1].pk) if len(rows) > wanted.limit else None
    return Page(items=[_line(one, names) for one in page], next=ends)


def _row(of: Any, coverage: Coverage, day: AsOf) -> dict[str, Any]:  # noqa: ANN401 - with `wording`
    """The text as it stood on the day: what was awaited then has neither number nor day of issue."""
    issued = of.state_at(day) == DirectiveState.ISSUED
    return {
        "id": of.pk,
        "address": address("directive", of.pk),
        "symbol": of.symbol if issued else "",
        "title": of.wording,
        "issuer": agency(of.issuer),
        "issued_on": of.issued_on if issued else None,
        "is_example": of.is_example,
        "provisions": coverage.provisions,
        "given": coverage.given,
        "nobodys": coverage.nobodys,
    }


def _line(of: Provision, names: object) -> ProvisionOut:
    return ProvisionOut(
        id=of.pk, label=of.label, obligations=[_duty(one, names) for one in of.obligations.all()]
    )


def _duty(of: Obligation, names: object) -> ObligationOut:
    given: list[Assignment] = of.given  # type: ignore[attr-defined]  # put there by `lines`
    return ObligationOut(
        id=of.pk,
        work=of.work,
        product=of.product,
        leads_as_stated=of.leads_raw,
        limit_as_stated=of.limit_raw,
        limit_on=of.limit_on,
        is_key=of.is_key,
        given=[
            GivenOut(
                id=one.pk, address=address("assignment", one.pk), lead=agency(one.lead) if names else None
            )
            for one in given
        ],
    )


def _given(of: Assignment, names: object) -> GivenOut:
    return GivenOut(id=of.pk, address=address("assignment", of.pk), lead=agency(of.lead) if names else None)
