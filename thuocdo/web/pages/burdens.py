"""What weighs on a duty: waiting for somebody, difficulties, resources; its numbers in other systems."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.agencies.models import Agency
from thuocdo.assignments import actions
from thuocdo.assignments.models import Assignment, Difficulty, Hold
from thuocdo.assignments.permissions import may_enter_number, may_report
from thuocdo.assignments.wording import wording
from thuocdo.lib.say import Say
from thuocdo.web import desk
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.desk import Sheet
from thuocdo.web.forms.reporting import CloseForm, DifficultyForm, HoldForm, NumberForm, ResourceForm
from thuocdo.web.pages.duties import address, duty, trail
from thuocdo.web.parts import Words


def _sheet(request: PageRequest, row: Assignment, title: Words, done: Words) -> Sheet:
    """A small form on the duty, and back to it."""
    to = address(request, row.pk)
    return Sheet(title, _("Record it"), done, to, lead=row.work, crumbs=trail(request, row, title))


@requires(Permission.REPORT)
def open_hold(request: PageRequest, pk: int) -> HttpResponse:
    """The lead waits for somebody else; the limit does not move."""
    row = duty(request, pk, may_report)
    form = HoldForm(request.POST or None, day=desk.day(request))
    sheet = _sheet(request, row, _("We wait for somebody"), _("Recorded. The limit does not move."))

    def waits() -> Hold:
        given = form.cleaned_data
        return actions.open_hold(
            assignment=row,
            agency=given["agency"],
            reason=given["reason"],
            opened_on=given["opened_on"],
            **desk.signed(request),
        )

    return desk.filled(request, form, waits, sheet)


@requires(Permission.REPORT)
def close_hold(request: PageRequest, pk: int) -> HttpResponse:
    """What the lead waited for has come."""
    hold = get_object_or_404(Hold.objects.select_related("assignment", "agency"), pk=pk)
    row = duty(request, hold.assignment_id, may_report)
    form = CloseForm(request.POST or None, day=max(desk.day(request), hold.opened_on))
    sheet = _sheet(request, row, _("What we waited for has come"), _("Recorded: it waits no more."))

    def came() -> Hold:
        return actions.close_hold(hold=hold, closed_on=form.cleaned_data["closed_on"], **desk.signed(request))

    return desk.filled(request, form, came, sheet)


@requires(Permission.REPORT)
def open_difficulty(request: PageRequest, pk: int) -> HttpResponse:
    """Name what holds the work back, by class, with who has to remove it."""
    row = duty(request, pk, may_report)
    form = DifficultyForm(request.POST or None, day=desk.day(request))
    sheet = _sheet(request, row, _("Name a difficulty"), _("The difficulty is recorded."))

    def met() -> Difficulty:
        lead = get_object_or_404(Agency, pk=wording(row).lead_id)
        since = form.cleaned_data["opened_on"]
        return actions.open_difficulty(
            obstacle=form.obstacle(row, lead), opened_on=since, **desk.signed(request)
        )

    return desk.filled(request, form, met, sheet)


@requires(Permission.REPORT)
def remove_difficulty(request: PageRequest, pk: int) -> HttpResponse:
    """The difficulty is removed: said by who had to remove it, or by who met it."""
    found = get_object_or_404(Difficulty.objects.select_related("assignment"), pk=pk)
    sides = (found.owner_id, found.agency_id)
    if not any(request.reader.may_for(Permission.REPORT, side) for side in sides):
        raise Http404
    form = CloseForm(request.POST or None, day=max(desk.day(request), found.opened_on))
    of = found.assignment
    sheet = Sheet(
        _("A difficulty is removed"),
        _("Record it"),
        _("Recorded: it holds nothing back any more."),
        address(request, of.pk) if of and may_report(request.reader, of) is None else reverse("web:work"),
        lead=found.text,
    )

    def removed() -> Difficulty:
        return actions.remove_difficulty(
            difficulty=found, closed_on=form.cleaned_data["closed_on"], **desk.signed(request)
        )

    return desk.filled(request, form, removed, sheet)


@requires(Permission.REPORT)
def add_resource(request: PageRequest, pk: int) -> HttpResponse:
    """Money asked, allocated, disbursed; people; equipment."""
    row = duty(request, pk, may_report)
    form = ResourceForm(request.POST or None, day=desk.day(request))
    sheet = _sheet(request, row, _("Record resources"), _("The resources are recorded."))

    def added() -> object:
        given = form.cleaned_data
        return actions.add_resource(
            assignment=row,
            kind=given["kind"],
            amount=form.quantity(),
            happened_on=given["happened_on"],
            **desk.signed(request),
        )

    return desk.filled(request, form, added, sheet)


@requires(Permission.READ_OWN)
def enter_number(request: PageRequest, pk: int) -> HttpResponse:
    """The number of the duty in another system, so that nobody types it a third time (1.15)."""
    row = duty(request, pk, _may_enter)
    form = NumberForm(request.POST or None, day=desk.day(request))
    sheet = _sheet(request, row, _("Number in another system"), _("The number is recorded."))

    def entered() -> object:
        given = form.cleaned_data
        return actions.enter_foreign_number(
            assignment=row,
            system=given["system"],
            number=given["number"],
            entered_on=given["entered_on"],
            **desk.signed(request),
        )

    return desk.filled(request, form, entered, sheet)


def _may_enter(reader: Reader, row: Assignment) -> Say | None:
    return may_enter_number(reader, row, desk.today())
