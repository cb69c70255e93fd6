"""Stewards open agencies, amend their names, put them below others (1.07)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.agencies import actions
from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Agency
from thuocdo.web import desk
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.desk import Sheet
from thuocdo.web.forms.agencies import NamesForm, OpenForm, PlaceForm
from thuocdo.web.parts import Crumb


@requires(Permission.STEWARD)
def open_agency(request: PageRequest) -> HttpResponse:
    """A new agency below one that the steward answers for."""
    form = OpenForm(request.POST or None, today=desk.today())

    def act() -> Agency:
        _own(request, form.cleaned_data["parent"])
        agency = actions.open_agency(new=form.new(), **desk.signed(request))
        actions.relate(opened_on=agency.opened_on, child=agency, **_place(form), **desk.signed(request))
        return agency

    title = _("Open an agency")
    sheet = Sheet(title, title, _("The agency is opened."), _page, crumbs=_trail(title))
    return desk.filled(request, form, act, sheet)


@requires(Permission.STEWARD)
def amend_agency(request: PageRequest, code: str) -> HttpResponse:
    """What an agency is also called, in which language."""
    agency = _own(request, get_object_or_404(Agency, code=code))
    first = {name: getattr(agency, name) for name in ("name_en", "name_fr", "name_de")}
    form = NamesForm(request.POST or None, initial={**first, "aliases": "\n".join(agency.aliases)})
    title = _("Amend its names")

    def act() -> Agency:
        return actions.amend_agency(
            agency=agency,
            aliases=form.lines(),
            translations=form.translations(),
            **desk.signed(request),
        )

    sheet = Sheet(title, title, _("The names are amended."), _page, agency.name, _trail(title, agency))
    return desk.filled(request, form, act, sheet)


@requires(Permission.STEWARD)
def place_agency(request: PageRequest, code: str) -> HttpResponse:
    """Below whom it stands in one tree from a day on; past days keep what was."""
    agency = _own(request, get_object_or_404(Agency, code=code))
    form = PlaceForm(request.POST or None, today=desk.today())
    title = _("Put it below another")

    def act() -> Agency:
        _own(request, form.cleaned_data["parent"])
        day = form.cleaned_data["on"]
        actions.move(child=agency, on=day, **_place(form), **desk.signed(request))
        return agency

    done = _("The agency stands there from this day on.")
    sheet = Sheet(title, title, done, _page, agency.name, _trail(title, agency))
    return desk.filled(request, form, act, sheet)


def _place(form: PlaceForm) -> dict[str, Any]:
    return {"kind": RelationKind(form.cleaned_data["kind"]), "parent": form.cleaned_data["parent"]}


def _own(request: PageRequest, agency: Agency) -> Agency:
    """The agency, if the steward answers for it."""
    if not request.reader.may_for(Permission.STEWARD, agency.pk):
        raise Http404
    return agency


def _page(agency: Agency) -> str:
    return reverse("web:agency", args=[agency.code])


def _trail(title: Any, agency: Agency | None = None) -> list[Crumb]:  # noqa: ANN401 - text, lazy or not
    steps = [Crumb(_("Agencies"), reverse("web:agencies"))]
    if agency is not None:
        steps.append(Crumb(agency.name, _page(agency)))
    return [*steps, Crumb(title)]
