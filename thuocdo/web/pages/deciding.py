"""Stewards enter decisions on working days, see which running limits these move, and move them (2.01)."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.agencies import actions as agency_actions
from thuocdo.agencies.enums import Level
from thuocdo.agencies.models import Agency, DayDecision, WorkingHours
from thuocdo.assignments import actions, limits
from thuocdo.assignments.enums import Parameter
from thuocdo.assignments.models import ParameterValue
from thuocdo.assignments.rules.parameters import DEFAULTS
from thuocdo.lib.say import Refused, say
from thuocdo.web import desk
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.desk import Sheet
from thuocdo.web.forms.calendar import DecisionForm, HoursForm, MoveForm, ParameterForm
from thuocdo.web.parts import Crumb, Words

SHOWN = 200  # limits listed on the page


def may_decide(reader: Reader, agency_ids: set[int | None]) -> bool:
    """Whether the reader answers for the days of these agencies; for everybody (None), at the centre."""
    reach = reader.reach.get(Permission.STEWARD, frozenset())
    if None in agency_ids:
        return Agency.objects.filter(pk__in=reach, level=Level.CENTRAL).exists()
    return agency_ids <= reach


@requires(Permission.STEWARD)
def decide(request: PageRequest) -> HttpResponse:
    """A decision is entered; which limits it moves is shown next, and nothing moves before."""
    form = DecisionForm(request.POST or None, day=desk.today())
    title = _("Enter a decision on working days")
    done = _("The decision is entered. No limit has moved yet.")
    sheet = Sheet(title, _("Enter it"), done, _move_page, crumbs=_trail(title))

    def act() -> DayDecision:
        agency: Agency | None = form.cleaned_data["agency"]
        if not may_decide(request.reader, {agency.pk if agency else None}):
            raise Refused(say("These working days are not yours to decide; name an agency you answer for."))
        return agency_actions.decide_days(new=form.new(), **desk.signed(request))

    return desk.filled(request, form, act, sheet)


@requires(Permission.READ_PUBLIC)
def decision(request: PageRequest, pk: int) -> HttpResponse:
    """One text with the days it makes, for everybody."""
    row = get_object_or_404(DayDecision, pk=pk)
    marks = list(row.marks.select_related("agency").order_by("day", "pk"))
    mine = request.reader.may(Permission.STEWARD) and may_decide(
        request.reader, {one.agency_id for one in marks}
    )
    context = {"row": row, "marks": marks, "mine": mine, "trail": _trail(_("Decision"))}
    return render(request, "web/calendar/decision.html", context)


@requires(Permission.STEWARD)
def move(request: PageRequest, pk: int) -> HttpResponse:
    """What the decision would move, from which day to which; sent, exactly that is moved."""
    row = get_object_or_404(DayDecision, pk=pk)
    if not may_decide(request.reader, set(row.marks.values_list("agency_id", flat=True))):
        raise Http404
    seen = limits.preview(row, at=desk.now())
    form = MoveForm(request.POST or None, initial={"seen": seen.mark})
    title = _("Running limits that move")
    sheet = Sheet(
        title, _("Move them"), _("The limits are moved. The first ones stay visible."),
        reverse("web:day_decision", args=[pk]), lead=row.title, crumbs=_trail(title),
        template="web/calendar/move.html",
        more={"seen": seen, "rows": seen.rows[:SHOWN], "row": row, "shown": SHOWN},
    )  # fmt: skip

    def act() -> object:
        given = form.cleaned_data
        return actions.move_limits(
            decision=row, seen=given["seen"], earlier=given["earlier"], **desk.signed(request)
        )

    return desk.filled(request, form, act, sheet)


@requires(Permission.STEWARD)
def waiting(request: PageRequest) -> HttpResponse:
    """The decisions whose moves wait for somebody, as a job last counted them; nothing has moved."""
    rows = [
        one
        for one in limits.waiting()
        if may_decide(request.reader, {mark.agency_id for mark in one.decision.marks.all()})
    ]
    title = _("Decisions that wait to move limits")
    return render(
        request, "web/calendar/waiting.html", {"rows": rows, "title": title, "trail": _trail(title)}
    )


@requires(Permission.STEWARD)
def hours(request: PageRequest) -> HttpResponse:
    """From a day on, other hours of an ordinary working day: of an agency, or of everybody."""
    form = HoursForm(request.POST or None, day=desk.today())
    title = _("Set the hours of a working day")
    done = _("The hours are set. Limits counted from now on follow them.")
    sheet = Sheet(title, _("Set them"), done, reverse("web:calendar"), crumbs=_trail(title))

    def act() -> WorkingHours:
        agency: Agency | None = form.cleaned_data["agency"]
        if not may_decide(request.reader, {agency.pk if agency else None}):
            raise Refused(say("These working days are not yours to decide; name an agency you answer for."))
        return agency_actions.set_hours(agency=agency, hours=form.hours(), **desk.signed(request))

    return desk.filled(request, form, act, sheet)


@requires(Permission.STEWARD)
def parameter(request: PageRequest, name: str) -> HttpResponse:
    """A steward of a central agency sets a named number of the discipline, by a decision, from a day on."""
    if name not in Parameter or not may_decide(request.reader, {None}):
        raise Http404
    of, bounds = Parameter(name), DEFAULTS[Parameter(name)]
    form = ParameterForm(request.POST or None, day=desk.today())
    title = _("Set a named number")
    between = say(
        "%(name)s. It lies between %(least)s and %(most)s.", name=of, least=bounds.least, most=bounds.most
    )
    done = _("It is set. Every assignment is looked at anew by it.")
    sheet = Sheet(title, _("Set it"), done, reverse("web:counting_rules"), lead=between, crumbs=_trail(title))

    def act() -> ParameterValue:
        given = form.cleaned_data
        return actions.set_parameter(
            name=of,
            value=given["value"],
            source_text=given["source_text"].strip(),
            happened_on=given["happened_on"],
            **desk.signed(request),
        )

    return desk.filled(request, form, act, sheet)


def _move_page(row: DayDecision) -> str:
    return reverse("web:move_limits", args=[row.pk])


def _trail(title: Words) -> list[Crumb]:
    return [Crumb(_("Working days"), reverse("web:calendar")), Crumb(title)]
