"""Urging, instructions, demands for explanation, their answers; promises of late leads (2.05, 2.06)."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.agencies.models import Agency
from thuocdo.assignments import actions
from thuocdo.assignments.enums import DemandKind
from thuocdo.assignments.models import Answer, Assignment, Commitment, Demand, DemandWithdrawal
from thuocdo.assignments.permissions import (
    may_answer,
    may_demand,
    may_report,
    may_see,
    may_see_demand,
    may_take_back,
    senders,
)
from thuocdo.assignments.queries import demands as demand_queries
from thuocdo.assignments.wording import wording
from thuocdo.faces.asof import asked
from thuocdo.lib.say import say
from thuocdo.web import addresses, desk
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.desk import Sheet
from thuocdo.web.forms.demands import AnswerForm, DemandForm, PromiseForm
from thuocdo.web.forms.giving import ReasonForm
from thuocdo.web.pages.duties import address, duties, duty, known, trail
from thuocdo.web.parts import Row, Words


@requires(Permission.OVERSEE)
def demand_on_duty(request: PageRequest, pk: int) -> HttpResponse:
    """Write to today's lead of a duty."""
    row = get_object_or_404(duties(), pk=pk)
    desk.hidden_unless_allowed(may_see(request.reader, row))
    lead = get_object_or_404(Agency, pk=wording(row).lead_id)
    return _demand(request, lead, row)


@requires(Permission.OVERSEE)
def demand_of_agency(request: PageRequest, code: str) -> HttpResponse:
    """Write to an agency, of no duty in particular."""
    return _demand(request, get_object_or_404(Agency, code=code), None)


def _demand(request: PageRequest, agency: Agency, row: Assignment | None) -> HttpResponse:
    today = desk.today()
    desk.hidden_unless_allowed(may_demand(request.reader, agency, row, today))
    of = {kind: senders(request.reader, kind, agency, row, today) for kind in DemandKind}
    kinds = [kind for kind, ids in of.items() if ids]
    for_whom = list(Agency.objects.filter(pk__in=frozenset().union(*of.values())).order_by("level", "code"))
    form = DemandForm(request.POST or None, kinds=kinds, senders=for_whom, day=desk.day(request))
    title = _("Urge, instruct or ask for explanation")
    sheet = Sheet(
        title,
        _("Send it"),
        _("It is sent, and stands on both sides’ pages until it is answered."),
        address(request, row.pk) if row else addresses.to(request, "web:agency", agency.code),
        lead=say("To %(agency)s", agency=agency),
        crumbs=trail(request, row, title) if row else (),
    )

    def sent() -> Demand:
        day = form.cleaned_data["happened_on"]
        return actions.demand(asking=form.asking(agency, row), happened_on=day, **desk.signed(request))

    return desk.filled(request, form, sent, sheet)


@requires(Permission.READ_OWN)
def demands_of_agency(request: PageRequest, code: str) -> HttpResponse:
    """What the agency has to answer, as far as the reader is one of the sides."""
    as_of = asked(request).as_of
    agency = get_object_or_404(Agency, code=code)
    found = demand_queries.of_agency(agency.pk, request.reader, as_of)
    context = {"agency": agency, "demands": found, "day": as_of.day}
    return render(request, "web/demands/of_agency.html", context)


def _found(request: PageRequest, pk: int) -> Any:  # noqa: ANN401 - a Demand with its limit on the day
    related = ("agency", "sender", "assignment__directive")
    rows = demand_queries.demands(asked(request).as_of)
    found = get_object_or_404(rows.select_related(*related, "term"), pk=pk)
    desk.hidden_unless_allowed(may_see_demand(request.reader, found))
    return found


def _rows(found: Any) -> list[Row]:  # noqa: ANN401
    rows = [
        Row(_("Kind"), DemandKind(found.kind).label),
        Row(pgettext_lazy("sender", "From"), found.sender.name),
        Row(_("To"), found.agency.name),
        Row(_("Written on"), say("%(day)s", day=found.happened_on)),
        Row(_("Text"), found.text),
        Row(_("Answer by"), say("%(day)s", day=found.due_on)),
    ]
    if found.term is not None:
        counted = say("%(days)s working days, by the calendar of the agency", days=found.term.quantity)
        rows.append(Row(_("Counted as"), counted))
    if found.due_on != found.answer_on:
        rows.append(Row(_("First limit"), say("%(day)s", day=found.answer_on)))
    return rows


@requires(Permission.READ_OWN)
def demand(request: PageRequest, pk: int) -> HttpResponse:
    """A demand with its answers, for both sides."""
    found = _found(request, pk)
    day = desk.day(request)
    answers = list(
        found.answers.filter(happened_on__lte=day).select_related("agency").order_by("happened_on", "pk")
    )
    context: dict[str, Any] = {
        "demand": found,
        "rows": _rows(found),
        "answers": answers,
        "standing": demand_queries.state(found, day).label,
        "offers": list(_offers(request.reader, found)),
        "taken_back": getattr(found, "withdrawal", None) if found.taken_back_on else None,
        "duty": _duty_seen(request.reader, found.assignment),
    }
    return render(request, "web/demands/demand.html", context)


def _offers(reader: Reader, found: Any) -> Iterator[tuple[Words, str]]:  # noqa: ANN401
    """What the reader may do to it, if it still stands."""
    if found.taken_back_on is not None:
        return
    if may_answer(reader, found, desk.today()) is None:
        yield _("Answer"), reverse("web:answer_demand", args=[found.pk])
    if found.answered_on is None and may_take_back(reader, found, desk.today()) is None:
        yield _("Take it back"), reverse("web:take_back_demand", args=[found.pk])


@requires(Permission.OVERSEE)
def take_back_demand(request: PageRequest, pk: int) -> HttpResponse:
    """The side that wrote a demand takes it back, with the reason."""
    found = _found(request, pk)
    desk.hidden_unless_allowed(may_take_back(request.reader, found, desk.today()))
    form = ReasonForm(request.POST or None, day=max(desk.day(request), found.happened_on))
    sheet = Sheet(
        _("Take it back"),
        _("Take it back"),
        _("It is taken back; it stays readable with the reason."),
        addresses.to(request, "web:demand", pk),
        template="web/waiting/hold.html",
        more={"rows": _rows(found)},
    )

    def taken() -> DemandWithdrawal:
        given = form.cleaned_data
        return actions.take_back(
            demand=found,
            agency=found.sender,
            reason=given["reason"],
            happened_on=given["happened_on"],
            **desk.signed(request),
        )

    return desk.filled(request, form, taken, sheet)


def _duty_seen(reader: Reader, row: Assignment | None) -> Assignment | None:
    return row if row is not None and may_see(reader, row) is None else None


@requires(Permission.REPORT)
def answer_demand(request: PageRequest, pk: int) -> HttpResponse:
    """The agency that was asked answers."""
    found = _found(request, pk)
    desk.hidden_unless_allowed(may_answer(request.reader, found, desk.today()))
    form = AnswerForm(request.POST or None, day=max(desk.day(request), found.happened_on))
    sheet = Sheet(
        _("Answer"),
        _("Send the answer"),
        _("The answer is sent."),
        addresses.to(request, "web:demand", pk),
        template="web/waiting/hold.html",
        more={"rows": _rows(found)},
    )

    def answered() -> Answer:
        given = form.cleaned_data
        return actions.answer(
            demand=found,
            agency=found.agency,
            text=given["text"],
            happened_on=given["happened_on"],
            **desk.signed(request),
        )

    return desk.filled(request, form, answered, sheet)


@requires(Permission.REPORT)
def promise(request: PageRequest, pk: int) -> HttpResponse:
    """A late lead promises a day; the limit does not move."""
    row = duty(request, pk, may_report)
    form = PromiseForm(request.POST or None, day=desk.day(request))
    sheet = Sheet(
        _("Promise a day"),
        _("Send the promise"),
        _("The promise is recorded. The limit does not move."),
        address(request, pk),
        crumbs=trail(request, row, _("Promise a day")),
        template="web/changing/ask.html",
        more={"known": known(row)},
    )

    def promised() -> Commitment:
        given = form.cleaned_data
        return actions.promise(
            assignment=row,
            promised_on=given["promised_on"],
            text=given["text"],
            happened_on=given["happened_on"],
            **desk.signed(request),
        )

    return desk.filled(request, form, promised, sheet)
