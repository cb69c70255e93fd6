"""Indicators: the list, one for one agency with those below, the passport of a value (3.02, 3.05-3.07)."""

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.agencies.enums import Level
from thuocdo.agencies.models import Agency
from thuocdo.assignments import measures as duties
from thuocdo.assignments.queries.coverage import readable_directives
from thuocdo.directives.models import Directive
from thuocdo.faces.asof import asked
from thuocdo.indicators import permissions
from thuocdo.indicators.enums import Origin
from thuocdo.indicators.models import Definition
from thuocdo.indicators.queries import measured, outlooks, passports
from thuocdo.indicators.queries import scores as scoring
from thuocdo.indicators.queries.measured import Child, Figure
from thuocdo.indicators.queries.passports import Passport
from thuocdo.indicators.rules.quality import Share
from thuocdo.lib.card import Card
from thuocdo.lib.moments import AsOf
from thuocdo.web import addresses, measures
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.parts import Crumb, Words

ON_A_PAGE = 25


@requires(Permission.READ_PUBLIC)
def indicators(request: PageRequest) -> HttpResponse:
    """Every indicator the reader may see, for the Government or the agency that the address names."""
    as_of, reader = asked(request).as_of, request.reader
    agency = _agency(request, public=True)
    found = measured.figures(measured.listed(reader, as_of), agency, reader, as_of) if agency else []
    page = Paginator(sorted(found, key=_order), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "agency": agency,
        "page": page,
        "together": measured.together(found),
        "may_define": permissions.may_define(reader) is None,
    }
    return render(request, "web/indicators/list.html", context)


@requires(Permission.READ_PUBLIC)
def directive_figures(request: PageRequest, pk: int) -> HttpResponse:
    """What a text aims at in figures: its targets for one agency, rolled up, each leading on (3.07)."""
    as_of, reader = asked(request).as_of, request.reader
    of = get_object_or_404(readable_directives(reader).known(as_of), pk=pk)
    aimed = measured.aimed_by(of.pk, reader, as_of)
    agencies = sorted({agency.pk: agency for _, agency in aimed}.values(), key=_by_level)
    agency = _chosen(request, agencies)
    mine = [row for row, one in aimed if agency is not None and one.pk == agency.pk]
    found = measured.figures(mine, agency, reader, as_of) if agency else []
    context = {
        "directive": of,
        "agency": agency,
        "others": [one for one in agencies if one is not agency],
        "page": Paginator(sorted(found, key=_order), len(found) or 1).get_page(1),
        "together": measured.together(found),
        "trail": _of_text(request, of),
    }
    return render(request, "web/indicators/directive.html", context)


@requires(Permission.READ_OWN)
def scores(request: PageRequest) -> HttpResponse:
    """How well an agency reports: right, complete, clean and alive, each with how it was counted (3.06)."""
    as_of, reader = asked(request).as_of, request.reader
    agency = _agency(request, public=False)
    if agency is None or not permissions.may_read(reader, [agency.pk], public=False):
        raise Http404
    trail = _trail(request, Crumb(_("How well it reports")))
    shown = [*measures.scored(scoring.scores(agency, as_of)), measures.disagreement(agency.pk, as_of)]
    context = {"agency": agency, "scores": shown, "trail": trail}
    return render(request, "web/indicators/scores.html", context)


def _chosen(request: PageRequest, agencies: list[Agency]) -> Agency | None:
    """The one of these that the address names, else the first."""
    code = request.GET.get("agency", "")
    found = next((one for one in agencies if code in ("", one.code)), None)
    if code and found is None:
        raise Http404
    return found


def _of_text(request: PageRequest, of: Directive) -> list[Crumb]:
    return [
        Crumb(_("Directives"), addresses.to(request, "web:directives")),
        Crumb(of.symbol, addresses.to(request, "web:directive", of.pk)),
        Crumb(_("Its targets")),
    ]


def _by_level(agency: Agency) -> tuple[int, str]:
    return list(Level).index(Level(agency.level)), agency.code


def _order(figure: Figure) -> tuple[bool, bool, str]:
    """What has a value and a target first, what has neither last."""
    value = figure.rolled.whole.value if figure.rolled else None
    return value is None, figure.aimed is None, figure.code


@requires(Permission.READ_PUBLIC)
def indicator(request: PageRequest, code: str) -> HttpResponse:
    """One indicator for one agency: value, target, trajectory, those below, how it was computed."""
    as_of, reader = asked(request).as_of, request.reader
    definition = measured.named(code, reader, as_of)
    if definition is None:
        raise Http404
    agency = _agency(request, public=measured.is_public(definition))
    if agency is None:
        raise Http404
    sheet = measured.sheet(definition, agency, reader, as_of)
    drawn = measures.chart(sheet.figure, as_of.day)
    context = {
        "sheet": sheet,
        "told": [child for child in sheet.children if _has_told(child)],
        "silent": [child for child in sheet.children if not _has_told(child)],
        "figure": sheet.figure,
        "definition": definition,
        "agency": agency,
        "cards": _cards(sheet.figure),
        "chart": drawn,
        "lines": measures.lines(drawn),
        "trail": _trail(request, Crumb(measures.name_of(definition))),
        "judged": outlooks.last(definition.indicator_id, agency.pk, as_of) if sheet.figure.rolled else None,
        "may_judge": reader.may_for(Permission.REVIEW, agency.pk),
        "live": _live(sheet.figure, as_of),
        "may_define": permissions.may_define(reader) is None and not definition.indicator.is_system,
        "may_enter": permissions.may_observe(reader, agency.pk) is None and _is_entered(definition),
    }
    return render(request, "web/indicators/indicator.html", context)


@requires(Permission.READ_PUBLIC)
def observation(request: PageRequest, pk: int) -> HttpResponse:
    """The passport of one value: who gave it, from what, what became of it."""
    as_of, reader = asked(request).as_of, request.reader
    shown = passports.passport(pk, reader, as_of)
    if shown is None:
        raise Http404
    row = shown.observation
    to = addresses.to(request, "web:indicator", row.indicator.code)
    trail = _trail(request, Crumb(measures.name_of(shown.definition), to), Crumb(_("One value")))
    context = {"shown": shown, "row": row, "trail": trail, "offers": list(_offers(request, shown))}
    return render(request, "web/indicators/observation.html", context)


def _offers(request: PageRequest, shown: Passport) -> Iterator[tuple[Words, str]]:
    """What the reader may do with the value that stands; each page asks once more whether they may."""
    row = shown.observation
    if shown.newer is not None or row.origin != Origin.ENTERED:
        return
    if permissions.may_observe(request.reader, row.agency_id) is None:
        yield _("Correct a value"), reverse("web:correct_value", args=[row.pk])
    if permissions.may_judge(request.reader, row) is None:
        yield _("Confirm or return a value"), reverse("web:judge_value", args=[row.pk])


def _live(figure: Figure, as_of: AsOf) -> Share | None:
    """What the rule of a published rate gives on the day itself, of the month as far as it has come."""
    if figure.rolled is None or not figure.definition.indicator.is_system:
        return None
    return duties.live(figure.agency.pk, as_of).get(figure.code)


def _is_entered(definition: Definition) -> bool:
    """Whether agencies give its values: not what is computed from others, nor what is counted here."""
    return not definition.formula and not definition.indicator.is_system


def _has_told(child: Child) -> bool:
    return child.rolled is not None and child.rolled.whole.reported > 0


def _cards(figure: Figure) -> list[Card]:
    """How each figure of the page was computed, made by the code that computed it."""
    if figure.rolled is None or figure.measured is None:
        return []
    return [figure.rolled.whole.card, *figure.measured.cards]


def _agency(request: PageRequest, *, public: bool) -> Agency | None:
    """The agency that the address names, or where the pages stand."""
    as_of = asked(request).as_of
    if code := request.GET.get("agency", "").strip()[:40]:
        return get_object_or_404(Agency.objects.alive(as_of), code=code)
    return measured.standpoint(request.reader, as_of, public=public)


def _trail(request: PageRequest, *steps: Crumb) -> list[Crumb]:
    return [Crumb(_("Indicators"), addresses.to(request, "web:indicators")), *steps]
