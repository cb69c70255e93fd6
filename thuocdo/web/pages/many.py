"""One duty for many: whom it goes to is listed on the map of that day before anything is written (1.12)."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.agencies import queries as agencies
from thuocdo.agencies.enums import Collective
from thuocdo.agencies.models import Agency
from thuocdo.assignments import actions
from thuocdo.assignments.models import Assignment
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Say, say
from thuocdo.web import desk
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.desk import Sheet
from thuocdo.web.forms.giving import ManyForm
from thuocdo.web.pages.duties import address, duty, trail
from thuocdo.web.pages.giving import may


@requires(Permission.ASSIGN)
def fan_out(request: PageRequest, pk: int) -> HttpResponse:
    """Choose by collective or by name; the list comes first, a second step writes."""
    row = duty(request, pk, _may)
    day = row.given_on or desk.day(request)
    form = ManyForm(request.POST or (request.GET if request.GET.get("look") else None), day=day)
    looked = form.is_bound and form.is_valid()
    chosen = named(form.cleaned_data, AsOf(day)) if looked else []
    sheet = Sheet(
        _("One duty for many"),
        _("Give each of them its own"),
        say("%(count)s agencies have it now.", count=len(chosen)),
        address(request, pk),
        lead=row.work,
        crumbs=trail(request, row, _("One duty for many")),
        template="web/giving/many.html",
        more={"chosen": chosen, "looked": looked, "map_day": day, "there": _there(row)},
    )

    def each() -> list[Assignment]:
        return actions.fan_out(assignment=row, agencies=chosen, **desk.signed(request))

    return desk.filled(request, form, each, sheet)


def named(given: dict[str, Any], as_of: AsOf) -> list[Agency]:
    """The agencies of the collectives and those named besides, each once."""
    chosen = [one for one in Collective if given.get(one)]
    found = [agency for one in chosen for agency in agencies.collective(one, as_of)]
    return list(dict.fromkeys([*found, *given.get("others", ())]))


def _there(row: Assignment) -> frozenset[int]:
    return frozenset(pk for pk in row.children.values_list("lead_id", flat=True) if pk is not None)


def _may(reader: Reader, row: Assignment) -> Say | None:
    return may(reader, row) if row.is_fan_out else say("It is in the hands of one agency.")
