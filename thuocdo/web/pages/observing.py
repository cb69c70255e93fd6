"""Figures are given, corrected, confirmed or returned, one form for one agency and period (3.09)."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.agencies.models import Agency
from thuocdo.indicators import actions, permissions
from thuocdo.indicators.enums import Periodicity
from thuocdo.indicators.models import Definition, Indicator, Observation
from thuocdo.indicators.queries import definitions, values
from thuocdo.indicators.rules import periods
from thuocdo.indicators.rules.periods import Period
from thuocdo.indicators.terms import Value
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Refused, say
from thuocdo.web import desk, measures
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.desk import Sheet
from thuocdo.web.forms.observing import CorrectionForm, JudgeForm, ValueForm
from thuocdo.web.parts import Crumb, Words


@dataclass(frozen=True, slots=True)
class Known:
    """What the form shows and does not ask."""

    definition: Definition
    agency: Agency
    period: Period
    former: Decimal | None  # the value of the period before
    last: Observation | None  # the value that stands


@requires(Permission.REPORT)
def enter(request: PageRequest, code: str) -> HttpResponse:
    """Give the value of one's agency for a period: the last that is over, unless the address names one."""
    indicator = get_object_or_404(Indicator, code=code)
    known = _known(indicator, _agency(request), _period(request, indicator))
    form = ValueForm(request.POST or None, definition=known.definition, former=known.former)
    sheet = _sheet(known, _("Give a value"), _("Record it"), _("The value is recorded as declared."))

    def given() -> Observation:
        value, day = form.given(Value(known.agency, known.period)), desk.day(request)
        return actions.observe(indicator=indicator, value=value, happened_on=day, **desk.signed(request))

    return desk.filled(request, form, given, sheet)


@requires(Permission.REPORT)
def correct(request: PageRequest, pk: int) -> HttpResponse:
    """Put a value of one's agency right, with the reason."""
    row = _value(pk)
    desk.hidden_unless_allowed(permissions.may_observe(request.reader, row.agency_id))
    known = _known_of(row)
    form = CorrectionForm(request.POST or None, definition=known.definition, former=known.former)
    done = _("The correction is recorded; the former value stays readable.")
    sheet = _sheet(known, _("Correct a value"), _("Record the correction"), done)

    def corrected() -> Observation:
        value, reason = (
            form.given(Value(row.agency, known.period, part=row.part)),
            form.cleaned_data["reason"],
        )
        return actions.correct(observation=row, value=value, reason=reason, **desk.signed(request))

    return desk.filled(request, form, corrected, sheet)


@requires(Permission.REVIEW)
def judge(request: PageRequest, pk: int) -> HttpResponse:
    """Confirm a declared value, or return it with the reason."""
    row = _value(pk)
    desk.hidden_unless_allowed(permissions.may_judge(request.reader, row))
    form = JudgeForm(request.POST or None, initial={"happened_on": desk.day(request)})
    title, done = _("Confirm or return a value"), _("The decision is recorded.")
    to = reverse("web:observation", args=[pk])
    sheet = _sheet(_known_of(row), title, _("Record the decision"), done, to)

    def judged() -> object:
        day, office = form.cleaned_data["happened_on"], _judge(request, row)
        said = {"happened_on": day, **desk.signed(request)}
        if form.accepts:
            return actions.accept(observation=row, agency=office, **said)
        reason = form.cleaned_data["reason"]
        return actions.give_back(observation=row, agency=office, reason=reason, **said)

    return desk.filled(request, form, judged, sheet)


def _sheet(known: Known, title: Words, button: Words, done: Words, to: str = "") -> Sheet:
    """The page of one form about a value, and on to its passport."""
    name = measures.name_of(known.definition)
    return Sheet(
        title,
        button,
        done,
        to or _address,
        lead=name,
        crumbs=[
            Crumb(_("Indicators"), reverse("web:indicators")),
            Crumb(name, reverse("web:indicator", args=[known.definition.indicator.code])),
            Crumb(title),
        ],
        template="web/indicators/enter.html",
        more={"known": known, "definition": known.definition},
    )


def _address(row: Observation) -> str:
    return reverse("web:observation", args=[row.pk])


def _known(indicator: Indicator, agency: Agency, period: Period) -> Known:
    definition = definitions.on(indicator, AsOf(period.last))
    if definition is None:
        raise Http404
    before = periods.before(period).last
    told = values.told([indicator.pk], [agency.pk], AsOf(desk.today()), since=before)
    former = next((one.value for one in told if one.period_to == before), None)
    standing = next((one.key for one in told if one.period_to == period.last), None)
    last = Observation.objects.get(pk=standing) if standing else None
    return Known(definition, agency, period, former, last)


def _known_of(row: Observation) -> Known:
    """The same of a value that was given."""
    found = definitions.on(row.indicator, AsOf(row.period_to))
    every = Periodicity(found.every) if found else Periodicity.YEAR
    return _known(row.indicator, row.agency, Period(every, row.period_from, row.period_to))


def _agency(request: PageRequest) -> Agency:
    """The agency that the address names, or that the reader works in and reports for."""
    reach = request.reader.reach.get(Permission.REPORT, frozenset())
    alive = Agency.objects.alive(AsOf(desk.today())).filter(pk__in=reach)
    code = request.GET.get("agency", "")[:40]
    own = alive.filter(code=code) if code else alive.filter(pk__in=request.reader.agencies)
    found = own.order_by("code").first()
    if found is None:
        raise Http404
    return found


def _period(request: PageRequest, indicator: Indicator) -> Period:
    """The period that the address names, or the last one that is over."""
    newest = definitions.on(indicator, AsOf(desk.day(request)))
    if newest is None or newest.formula:
        raise Http404
    try:
        return periods.read(request.GET["period"])
    except (KeyError, Refused):
        return periods.last_closed(desk.day(request), Periodicity(newest.every))


def _value(pk: int) -> Observation:
    return get_object_or_404(Observation.objects.select_related("indicator", "agency"), pk=pk)


def _judge(request: PageRequest, row: Observation) -> Agency:
    """The agency in whose name the reviewer decides."""
    own = Agency.objects.filter(pk__in=request.reader.agencies).exclude(pk=row.agency_id)
    found = own.order_by("code").first()
    if found is None:
        raise Refused(say("You do not review the figures of this agency."))
    return found
