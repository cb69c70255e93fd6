"""The working days of a year with their reasons; when a term ends; why a limit is the day it is (2.01)."""

from datetime import MAXYEAR, date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.agencies import working_days
from thuocdo.agencies.models import Agency, DayDecision
from thuocdo.agencies.rules import clock
from thuocdo.assignments import limits
from thuocdo.assignments.models import LimitTerm
from thuocdo.assignments.queries.parameters import in_force
from thuocdo.assignments.wording import wording
from thuocdo.faces.asof import asked
from thuocdo.lib.moments import AsOf
from thuocdo.web import addresses, month
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.forms.calendar import CountForm
from thuocdo.web.pages.assignment import found_or_404, trail
from thuocdo.web.pages.deciding import may_decide
from thuocdo.web.parts import Crumb


@requires(Permission.READ_PUBLIC)
def year(request: PageRequest) -> HttpResponse:
    """The months of a year, and each day that is not as its weekday says, with the text that made it."""
    as_of = asked(request).as_of
    held = working_days.years(as_of)
    wanted = _year(request.GET.get("year", ""), as_of.day.year)
    agency = _agency(request.GET.get("agency", ""))
    calendar = working_days.of_agency(agency.pk if agency else None, as_of)
    context = {
        "year": wanted,
        "years": sorted({*held, wanted}),
        "agency": agency,
        "months": month.months(calendar, wanted),
        "weekdays": month.weekdays(),
        "specials": list(month.specials(calendar, wanted)),
        "held_until": calendar.held_until,
        "hours": calendar.ordinary(as_of.day),
        "decisions": decisions(wanted, as_of),
        "own": [] if agency else working_days.own_days(wanted, as_of),
    }
    return render(request, "web/calendar/year.html", context)


@requires(Permission.READ_PUBLIC)
def count(request: PageRequest) -> HttpResponse:
    """When a term ends and why: counted for anybody, with the steps open."""
    as_of = asked(request).as_of
    sent = "quantity" in request.GET
    form = CountForm(request.GET if sent else None, day=as_of.day, initial={"start_on": as_of.day})
    context: dict[str, object] = {"form": form}
    if sent and form.is_valid():
        reckoned, agency = form.reckoned(), form.cleaned_data["agency"]
        due = reckoned.due(working_days.of_agency(agency.pk if agency else None, as_of))
        context |= {"due": due, "said": clock.summary(due, reckoned.term),
                    "parameters": clock.parameters(reckoned.term)}  # fmt: skip
    return render(request, "web/calendar/count.html", context)


@requires(Permission.READ_PUBLIC)
def rules(request: PageRequest) -> HttpResponse:
    """How limits are counted and duties judged: every named parameter with the text that sets it."""
    as_of = asked(request).as_of
    context = {
        "counting": clock.usual(),
        "hours": working_days.ordinary_hours(as_of),
        "parameters": in_force(as_of),
        "sets": request.reader.may(Permission.STEWARD) and may_decide(request.reader, {None}),
        "trail": [
            Crumb(_("Working days"), addresses.to(request, "web:calendar")),
            Crumb(_("How limits are counted")),
        ],
    }
    return render(request, "web/calendar/rules.html", context)


@requires(Permission.READ_PUBLIC)
def limit(request: PageRequest, pk: int) -> HttpResponse:
    """Why the limit of an assignment is that day: the term, the days skipped, what moved it."""
    row = found_or_404(request, pk)
    term = get_object_or_404(LimitTerm.objects.select_related("agency"), assignment=row)
    as_of = asked(request).as_of
    due, reckoned = limits.why(term, known=as_of.known), limits.reckoned_of(term)
    in_force = wording(row, as_of).limit_on
    context = {
        "row": row,
        "term": term,
        "due": due,
        "said": clock.summary(due, reckoned.term),
        "parameters": clock.parameters(reckoned.term),
        "moves": limits.moves(term, as_of.known),
        "other": in_force if in_force != due.on else None,
        "trail": [*trail(request, row), Crumb(_("Why this day"))],
    }
    return render(request, "web/calendar/limit.html", context)


def decisions(year: int, as_of: AsOf) -> list[DayDecision]:
    """The texts that make days of the year, the latest signed first."""
    days = (date(year, 1, 1), date(year, 12, 31))
    rows = DayDecision.objects.filter(marks__day__range=days, signed_on__lte=as_of.day).distinct()
    if as_of.known is not None:
        rows = rows.filter(recorded_at__lte=as_of.known)
    return list(rows.order_by("-signed_on", "-pk"))


def _year(text: str, usual: int) -> int:
    if not text:
        return usual
    if not text.isdigit() or not 1900 <= int(text[:5]) < MAXYEAR:
        raise Http404
    return int(text)


def _agency(code: str) -> Agency | None:
    return get_object_or_404(Agency, code=code) if code else None
