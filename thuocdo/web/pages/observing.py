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
from thuocdo.indicators.queries import checking, definitions
from thuocdo.indicators.queries.checking import Beside
from thuocdo.indicators.queries.values import Told
from thuocdo.indicators.rules import parts, periods
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

    beside: Beside
    place: Value  # agency, period and part

    @property
    def definition(self) -> Definition:
        return self.beside.definition

    @property
    def agency(self) -> Agency:
        return self.place.agency

    @property
    def period(self) -> Period:
        return self.place.period

    @property
    def former(self) -> Decimal | None:
        """The value of the period before."""
        return self.beside.former(self.agency, self.period, self.place.part)

    @property
    def last(self) -> Told | None:
        """The value that stands."""
        return self.beside.standing(self.agency, self.period, self.place.part)

    @property
    def parts(self) -> list[tuple[str, Told | None]]:
        """The parts of the value, each with what was given of it; of a part none."""
        if self.place.part:
            return []
        found = parts.every(self.beside.split)
        return [(part, self.beside.standing(self.agency, self.period, part)) for part in found]


@requires(Permission.REPORT)
def enter(request: PageRequest, code: str) -> HttpResponse:
    """Give the value of one's agency for a period: the last that is over, unless the address names one."""
    indicator = get_object_or_404(Indicator, code=code)
    part = request.GET.get("part", "")[:60]
    known = _known(indicator, Value(_agency(request), _period(request, indicator), part=part))
    if parts.problem(part, known.beside.split) is not None:
        raise Http404
    form = ValueForm(request, known.beside, known.place)
    sheet = _sheet(known, _("Give a value"), _("Record it"), _("The value is recorded as declared."))

    def given() -> Observation:
        said = {"happened_on": desk.day(request), **desk.signed(request)}
        return actions.observe(indicator=indicator, value=form.given(), **said)

    return desk.filled(request, form, given, sheet)


@requires(Permission.REPORT)
def correct(request: PageRequest, pk: int) -> HttpResponse:
    """Put a value of one's agency right, with the reason."""
    row = _value(pk)
    desk.hidden_unless_allowed(permissions.may_observe(request.reader, row.agency_id))
    known = _known_of(row)
    form = CorrectionForm(request, known.beside, known.place)
    done = _("The correction is recorded; the former value stays readable.")
    sheet = _sheet(known, _("Correct a value"), _("Record the correction"), done)

    def corrected() -> Observation:
        reason = form.cleaned_data["reason"]
        return actions.correct(observation=row, value=form.given(), reason=reason, **desk.signed(request))

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


def _known(indicator: Indicator, place: Value) -> Known:
    definition = definitions.on(indicator, AsOf(place.period.last))
    if definition is None:
        raise Http404
    return Known(checking.beside(definition, [place.agency.pk], [place.period], desk.today()), place)


def _known_of(row: Observation) -> Known:
    """The same of a value that was given."""
    found = definitions.on(row.indicator, AsOf(row.period_to))
    every = Periodicity(found.every) if found else Periodicity.YEAR
    period = Period(every, row.period_from, row.period_to)
    return _known(row.indicator, Value(row.agency, period, part=row.part))


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
