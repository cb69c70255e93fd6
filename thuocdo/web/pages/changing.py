"""Requests of the lead, the assigner's decisions, pauses and withdrawals (1.13)."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.assignments import actions
from thuocdo.assignments.enums import ChangeKind
from thuocdo.assignments.models import Assignment, ChangeDecision, ChangeRequest
from thuocdo.assignments.permissions import may_decide, may_report
from thuocdo.assignments.rules.extension import late_flag
from thuocdo.assignments.wording import wording
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Say
from thuocdo.web import desk
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.desk import Sheet
from thuocdo.web.forms.giving import AnewForm, DecideForm, HeadForm, ReasonForm
from thuocdo.web.forms.reporting import AskForm
from thuocdo.web.pages.duties import address, duty, known, trail
from thuocdo.web.parts import Words


def _may(reader: Reader, row: Assignment) -> Say | None:
    return may_decide(reader, row, desk.today())


@requires(Permission.REPORT)
def ask_change(request: PageRequest, pk: int) -> HttpResponse:
    """More time, another lead, another content or product, or: not our function."""
    row = duty(request, pk, may_report)
    form = AskForm(request.POST or None, day=desk.day(request))
    sheet = Sheet(
        _("Ask for a change"),
        _("Send the request"),
        _("The request is sent. Until it is decided, what was given stands."),
        address(request, pk),
        lead=row.work,
        crumbs=trail(request, row, _("Ask for a change")),
        template="web/changing/ask.html",
        more={"known": known(row)},
    )

    def asked() -> ChangeRequest:
        day = form.cleaned_data["happened_on"]
        return actions.ask_change(assignment=row, ask=form.ask(), happened_on=day, **desk.signed(request))

    return desk.filled(request, form, asked, sheet)


@requires(Permission.DECIDE)
def decide_change(request: PageRequest, pk: int) -> HttpResponse:
    """Grant a request or refuse it; the first wording and the first limit stay visible."""
    asked = get_object_or_404(ChangeRequest.objects.select_related("agency", "lead", "decision"), pk=pk)
    row = duty(request, asked.assignment_id, _may)
    form = DecideForm(request.POST or None, asked=asked, day=desk.day(request))
    present = wording(row, AsOf(asked.happened_on)).limit_on
    sheet = Sheet(
        _("Decide on a request"),
        _("Record the decision"),
        _("The decision is recorded."),
        address(request, row.pk),
        crumbs=trail(request, row, _("Decide")),
        template="web/changing/decide.html",
        more={
            "known": known(row),
            "asked": asked,
            "decision": getattr(asked, "decision", None),
            "late": late_flag(present, asked.happened_on) if asked.kind == ChangeKind.LIMIT else None,
        },
    )
    return desk.filled(request, form, partial(_decide, request, form, asked), sheet)


def _decide(request: PageRequest, form: DecideForm, asked: ChangeRequest) -> ChangeDecision:
    given = form.cleaned_data
    return actions.decide_change(
        request=asked,
        granted=form.grants,
        happened_on=given["happened_on"],
        reason=given["reason"],
        **form.effect(),
        **desk.signed(request),
    )


MOVES: dict[str, tuple[Any, Words, Words]] = {
    "pause": (actions.pause, _("Pause the assignment"), _("It is paused. Its limit does not move.")),
    "resume": (actions.resume, _("Resume the assignment"), _("It goes on.")),
    "withdraw": (actions.withdraw, _("Withdraw the assignment"), _("It is withdrawn, with its parts.")),
}


@requires(Permission.DECIDE)
def interrupt(request: PageRequest, pk: int, move: str) -> HttpResponse:
    """The assigner pauses, resumes or withdraws, and says why."""
    row = duty(request, pk, _may)
    act, title, done = MOVES[move]
    form = ReasonForm(request.POST or None, day=desk.day(request))
    sheet = Sheet(title, title, done, address(request, pk), lead=row.work, crumbs=trail(request, row, title))

    def moved() -> object:
        given = form.cleaned_data
        return act(
            assignment=row,
            reason=given["reason"],
            happened_on=given["happened_on"],
            **desk.signed(request),
        )

    return desk.filled(request, form, moved, sheet)


@requires(Permission.DECIDE)
def give_anew(request: PageRequest, pk: int) -> HttpResponse:
    """A withdrawn assignment goes to the same or another lead; its first limit stays."""
    row = duty(request, pk, _may)
    form = AnewForm(request.POST or None, day=desk.day(request))
    title = _("Give it anew")
    done = _("It is given anew. Its first limit stays.")
    sheet = Sheet(title, title, done, address(request, pk), lead=row.work, crumbs=trail(request, row, title))

    def anew() -> object:
        given = form.cleaned_data
        return actions.give_anew(
            assignment=row,
            lead=given["lead"],
            head=form.head(),
            reason=given["reason"],
            happened_on=given["happened_on"],
            **desk.signed(request),
        )

    return desk.filled(request, form, anew, sheet)


@requires(Permission.DECIDE)
def change_head(request: PageRequest, pk: int) -> HttpResponse:
    """Another person answers for it from a day on; the lead stays."""
    row = duty(request, pk, _may)
    form = HeadForm(request.POST or None, day=desk.day(request))
    title = _("Name another person who answers")
    done = _("The person is named.")
    sheet = Sheet(title, title, done, address(request, pk), lead=row.work, crumbs=trail(request, row, title))

    def named() -> object:
        given = form.cleaned_data
        return actions.change_head(
            assignment=row,
            head=form.head(),
            basis=given["reason"],
            happened_on=given["happened_on"],
            **desk.signed(request),
        )

    return desk.filled(request, form, named, sheet)
