"""Who is waited for answers; the assigner decides and sets interim targets; places without a signal."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.agencies.models import Agency
from thuocdo.assignments import actions, offices, standing
from thuocdo.assignments.enums import HoldState
from thuocdo.assignments.models import Assignment, Hold, HoldAnswer, InterimTarget, Outage
from thuocdo.assignments.permissions import may_answer_hold, may_decide, may_record_outage, may_see
from thuocdo.lib.moments import DAY_MAX
from thuocdo.lib.say import Say, say
from thuocdo.web import addresses, desk
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.desk import Sheet
from thuocdo.web.forms.reporting import CloseForm
from thuocdo.web.forms.waiting import AnswerHoldForm, DecideHoldForm, OutageForm, TargetsForm
from thuocdo.web.pages.duties import address, duty, known, trail
from thuocdo.web.parts import Row


def _hold(pk: int) -> Hold:
    related = ("assignment__directive", "assignment__obligation__provision", "agency", "assignment__lead")
    return get_object_or_404(Hold.objects.select_related(*related), pk=pk)


def _said(hold: Hold, last: HoldAnswer | None) -> list[Row]:
    """The hold as its lead states it, and what was answered last."""
    rows = [
        Row(_("Waits for"), hold.agency.name),
        Row(_("What it has to do"), hold.reason),
        Row(_("Waiting since"), say("%(day)s", day=hold.opened_on)),
    ]
    if hold.closed_on < DAY_MAX:
        rows.append(Row(_("Ended on"), say("%(day)s", day=hold.closed_on)))
    if last is not None:
        answer = say(
            "%(what)s on %(day)s: %(text)s",
            what=HoldState(last.state),
            day=last.happened_on,
            text=last.reason,
        )
        rows.append(Row(_("Last answer"), answer))
    return rows


@requires(Permission.REPORT)
def answer_hold(request: PageRequest, pk: int) -> HttpResponse:
    """Accept that the lead waits for us, or dispute it; accepted, the waiting is charged to us."""
    hold = _hold(pk)
    desk.hidden_unless_allowed(may_answer_hold(request.reader, hold, desk.today()))
    row, last = hold.assignment, standing.last_hold_answer(hold)
    disputed = last is not None and last.state == HoldState.DISPUTED
    form = AnswerHoldForm(request.POST or None, day=max(desk.day(request), hold.opened_on), disputed=disputed)
    sees = may_see(request.reader, row) is None
    sheet = Sheet(
        _("Does it wait for us?"),
        _("Send the answer"),
        _("The answer is recorded. The limit does not move."),
        address(request, row.pk) if sees else reverse("web:work"),
        lead=row.work,
        template="web/waiting/hold.html",
        more={"rows": _said(hold, last), "final": last is not None and not disputed},
    )
    return desk.filled(request, form, lambda: _answer(request, form, hold, hold.agency), sheet)


@requires(Permission.DECIDE)
def decide_hold(request: PageRequest, pk: int) -> HttpResponse:
    """The assigner decides a dispute: the lead had to wait, or did not."""
    hold = _hold(pk)
    row = duty(request, hold.assignment_id, _may_decide)
    last = standing.last_hold_answer(hold)
    form = DecideHoldForm(request.POST or None, day=max(desk.day(request), hold.opened_on))
    sheet = Sheet(
        _("Decide a dispute about waiting"),
        _("Record the decision"),
        _("The decision is recorded. The limit does not move."),
        address(request, row.pk),
        lead=row.work,
        crumbs=trail(request, row, _("Decide")),
        template="web/waiting/hold.html",
        more={"rows": _said(hold, last), "final": last is None or last.state != HoldState.DISPUTED},
    )
    return desk.filled(request, form, lambda: _answer(request, form, hold, offices.assigner(row)), sheet)


def _answer(request: PageRequest, form: AnswerHoldForm, hold: Hold, agency: Agency) -> HoldAnswer:
    given = form.cleaned_data
    return actions.answer_hold(
        hold=hold,
        state=HoldState(given["state"]),
        agency=agency,
        happened_on=given["happened_on"],
        reason=given["reason"],
        **desk.signed(request),
    )


@requires(Permission.DECIDE)
def set_targets(request: PageRequest, pk: int) -> HttpResponse:
    """How far the work has to be on which day, where it does not grow evenly."""
    row = duty(request, pk, _may_decide)
    form = TargetsForm(request.POST or None, day=desk.day(request))
    sheet = Sheet(
        _("Set interim targets"),
        _("Set them"),
        _("The targets are set. They take the place of all before."),
        address(request, pk),
        crumbs=trail(request, row, _("Interim targets")),
        template="web/changing/ask.html",
        more={"known": known(row)},
    )

    def setting() -> list[InterimTarget]:
        given = form.cleaned_data
        return actions.set_targets(
            assignment=row, points=given["points"], happened_on=given["happened_on"], **desk.signed(request)
        )

    return desk.filled(request, form, setting, sheet)


@requires(Permission.REPORT)
def open_outage(request: PageRequest, code: str) -> HttpResponse:
    """Nothing can come from there; its silence is not called stalled."""
    agency = get_object_or_404(Agency.objects.select_related("territory"), code=code)
    desk.hidden_unless_allowed(may_record_outage(request.reader, agency))
    form = OutageForm(request.POST or None, agency=agency, day=desk.day(request))
    sheet = Sheet(
        _("No signal"),
        _("Record it"),
        _("Recorded: its silence is not called stalled."),
        addresses.to(request, "web:agency", code),
        lead=agency.name,
    )

    def silent() -> Outage:
        given = form.cleaned_data
        return actions.open_outage(
            reach=form.reach(),
            reason=given["reason"],
            opened_on=given["opened_on"],
            closed_on=given["closed_on"],
            **desk.signed(request),
        )

    return desk.filled(request, form, silent, sheet)


@requires(Permission.REPORT)
def close_outage(request: PageRequest, pk: int) -> HttpResponse:
    """The signal is back."""
    found = get_object_or_404(Outage.objects.select_related("agency", "territory"), pk=pk)
    agency = found.agency or Agency.objects.filter(territory=found.territory).order_by("pk").first()
    if agency is None:
        raise Http404
    desk.hidden_unless_allowed(may_record_outage(request.reader, agency))
    form = CloseForm(request.POST or None, day=max(desk.day(request), found.opened_on))
    to = addresses.to(request, "web:agency", agency.code)
    sheet = Sheet(_("The signal is back"), _("Record it"), _("Recorded."), to, lead=found.reason)

    def back() -> Outage:
        return actions.close_outage(
            outage=found, closed_on=form.cleaned_data["closed_on"], **desk.signed(request)
        )

    return desk.filled(request, form, back, sheet)


def _may_decide(reader: Reader, row: Assignment) -> Say | None:
    return may_decide(reader, row, desk.today())
