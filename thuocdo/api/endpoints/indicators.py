"""Indicators and their values: read on any day, given, corrected, confirmed or returned (3.09)."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Query
from pydantic import Field

from thuocdo.accounts.enums import Permission
from thuocdo.agencies.models import Agency
from thuocdo.api import measuring
from thuocdo.api.caller import Call, person
from thuocdo.api.day import as_of, happened
from thuocdo.api.operations import reads, writes
from thuocdo.api.paging import Paging, cursor
from thuocdo.api.schemas.common import Page, When, named
from thuocdo.api.schemas.measured import (
    IndicatorOut,
    IndicatorRow,
    ObservationIn,
    ObservationOut,
    ValueCorrectionIn,
    VerdictIn,
)
from thuocdo.indicators import actions, permissions
from thuocdo.indicators.enums import Periodicity
from thuocdo.indicators.models import Definition, Indicator, Observation
from thuocdo.indicators.queries import definitions, measured
from thuocdo.indicators.queries.values import judged
from thuocdo.indicators.rules import periods
from thuocdo.indicators.rules.periods import Period
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Refused, say


class WhenPaged(When, Paging):
    """A part of a list on a day."""


class OfAgency(When):
    """Of which agency; without one, where the pages stand."""

    agency: str | None = Field(default=None, max_length=40, description="Its code.")


class ValuesOf(WhenPaged):
    """Of which agency; without one, of all that may be seen."""

    agency: str | None = Field(default=None, max_length=40, description="Its code.")


@reads("/indicators", Permission.READ_PUBLIC, Page[IndicatorRow])
def indicators(request: Call, wanted: Query[WhenPaged]) -> Page[IndicatorRow]:
    """The indicators declared on the day that the caller may see, by code."""
    day, place = as_of(request, wanted), wanted.place(str)
    rows = [
        row for row in measured.listed(request.reader, day) if place is None or row.indicator.code > place[0]
    ]
    page = rows[: wanted.limit]
    ends = cursor(page[-1].indicator.code) if len(rows) > wanted.limit else None
    return Page(items=[measuring.row(row) for row in page], next=ends)


@reads("/indicators/{str:code}", Permission.READ_PUBLIC, IndicatorOut)
def indicator(request: Call, code: str, wanted: Query[OfAgency]) -> IndicatorOut:
    """One indicator for one agency on the day: value, coverage, target, status."""
    day = as_of(request, wanted)
    definition = _named(request, code, day)
    public = measured.is_public(definition)
    if wanted.agency is not None:
        agency: Agency | None = get_object_or_404(Agency.objects.alive(day), code=wanted.agency)
    else:
        agency = measured.standpoint(request.reader, day, public=public)
    if agency is None:
        raise Http404
    figure = measured.sheet(definition, agency, request.reader, day).figure
    fields = measuring.declared(definition)
    return IndicatorOut.model_validate(
        {**fields, "agency": named(agency), "figure": measuring.figure(figure)}
    )


@reads("/indicators/{str:code}/observations", Permission.READ_PUBLIC, Page[ObservationOut])
def observations(request: Call, code: str, wanted: Query[ValuesOf]) -> Page[ObservationOut]:
    """The values that stand on the day, as far as the caller may see them, the latest period first."""
    day, place = as_of(request, wanted), wanted.place(date, int)
    definition = _named(request, code, day)
    rows = judged(Observation.objects.known(day), day).filter(
        permissions.visible_values(request.reader), indicator=definition.indicator_id
    )
    if wanted.agency is not None:
        rows = rows.filter(agency__code=wanted.agency)
    if place is not None:
        rows = rows.filter(period_to__lte=place[0]).exclude(period_to=place[0], pk__gte=place[1])
    found = list(rows.select_related("indicator", "agency").order_by("-period_to", "-pk")[: wanted.limit + 1])
    page = found[: wanted.limit]
    ends = cursor(page[-1].period_to, page[-1].pk) if len(found) > wanted.limit else None
    return Page(items=[_told(row) for row in page], next=ends)


@reads("/observations/{int:pk}", Permission.READ_PUBLIC, ObservationOut)
def observation(request: Call, pk: int, when: Query[When]) -> ObservationOut:
    """One value with who stands behind it."""
    day = as_of(request, when)
    rows = Observation.objects.filter(permissions.visible_values(request.reader), happened_on__lte=day.day)
    if day.known is not None:
        rows = rows.filter(recorded_at__lte=day.known)
    found = judged(rows, day).select_related("indicator", "agency").filter(pk=pk).first()
    if found is None:
        raise Http404
    return _told(found)


@writes("/indicators/{str:code}/observations", Permission.REPORT, ObservationOut)
def give_value(request: Call, code: str, given: ObservationIn) -> ObservationOut:
    """Give the value of an agency for a period. It is declared until an agency above confirms it."""
    row = get_object_or_404(Indicator, code=code)
    agency = Agency.objects.filter(code=given.agency).first()
    if agency is None or permissions.may_observe(request.reader, agency.pk) is not None:
        raise Http404
    period = periods.read(given.period)
    definition = _holding(row, period)
    value = replace(measuring.value(request, definition, agency, period, given), part=given.part)
    measuring.require_checked(definition, value, request)
    made = actions.observe(
        indicator=row, value=value, happened_on=happened(request, None), by=person(request), at=request.at
    )
    return measuring.observation(made, accepted=None)


@writes("/observations/{int:pk}/corrections", Permission.REPORT, ObservationOut)
def correct_value(request: Call, pk: int, given: ValueCorrectionIn) -> ObservationOut:
    """Put a value right, with the reason; the former one stays readable."""
    row = _value(pk)
    if permissions.may_observe(request.reader, row.agency_id) is not None:
        raise Http404
    period = _period(row)
    definition = _holding(row.indicator, period)
    value = replace(measuring.value(request, definition, row.agency, period, given), part=row.part)
    measuring.require_checked(definition, value, request)
    made = actions.correct(
        observation=row, value=value, reason=given.reason, by=person(request), at=request.at
    )
    return measuring.observation(made, accepted=None)


@writes("/observations/{int:pk}/verdicts", Permission.REVIEW, ObservationOut)
def judge_value(request: Call, pk: int, given: VerdictIn) -> ObservationOut:
    """Confirm a declared value, or return it with the reason."""
    row = _value(pk)
    if permissions.may_judge(request.reader, row) is not None:
        raise Http404
    office = Agency.objects.filter(pk__in=request.reader.agencies).exclude(pk=row.agency_id)
    judge = office.order_by("code").first()
    if judge is None:
        raise Refused(say("You do not review the figures of this agency."))
    day = happened(request, given.happened_on)
    said: dict[str, Any] = {"agency": judge, "happened_on": day, "by": person(request), "at": request.at}
    if given.accepted:
        actions.accept(observation=row, **said)
    else:
        actions.give_back(observation=row, reason=given.reason, **said)
    return measuring.observation(row, accepted=given.accepted)


def _told(row: Observation) -> ObservationOut:
    return measuring.observation(row, accepted=getattr(row, "judged", None))


def _named(request: Call, code: str, day: AsOf) -> Definition:
    found = measured.named(code, request.reader, day)
    if found is None:
        raise Http404
    return found


def _value(pk: int) -> Observation:
    return get_object_or_404(Observation.objects.select_related("indicator", "agency"), pk=pk)


def _holding(row: Indicator, period: Period) -> Definition:
    found = definitions.on(row, AsOf(period.last))
    if found is None:
        raise Refused(say("%(code)s is not defined on %(day)s.", code=row.code, day=period.last))
    return found


def _period(row: Observation) -> Period:
    found = definitions.on(row.indicator, AsOf(row.period_to))
    every = Periodicity(found.every) if found else Periodicity.YEAR
    return Period(every, row.period_from, row.period_to)
