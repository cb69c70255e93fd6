"""The inspector's desk: figures of discipline, each open to its rows, each row to its log (2.10)."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.assignments.models import Assignment
from thuocdo.assignments.queries import inspection, listing
from thuocdo.assignments.queries.inspection import Figure
from thuocdo.assignments.queries.sight import sight_of
from thuocdo.faces.asof import asked
from thuocdo.lib.say import say
from thuocdo.web import addresses
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.parts import Crumb, Words

PAGE = 25
TITLES: dict[Figure, Words] = {
    Figure.SLOW: _("Slow"),
    Figure.LATE: _("Late"),
    Figure.RETURNED: _("Returned more than once"),
    Figure.WEAK: _("Closed on weak evidence"),
    Figure.MOVED: _("Limits moved"),
    Figure.HASTY: _("Confirmed within minutes"),
    Figure.DISPUTED: _("Waiting disputed"),
    Figure.DEMANDS: _("Demands nobody answered"),
    Figure.DIFFICULTIES: _("Difficulties nobody removed"),
}
WHAT: dict[Figure, Words] = {
    Figure.RETURNED: _("The last return of each duty that was returned at least twice."),
    Figure.WEAK: _("Confirmed although no piece of evidence shows such a product, or on an address alone."),
    Figure.MOVED: _(
        "By extensions and by decisions on working days: how often, by how many days after the first limit."
    ),
    Figure.DISPUTED: _("Who is waited for disputes it, and the assigner has not decided."),
    Figure.DEMANDS: _("Past the day for the answer; both sides see them."),
    Figure.DIFFICULTIES: _("They stand, and name who has to remove them."),
}


@requires(Permission.OVERSEE)
def inspect(request: PageRequest) -> HttpResponse:
    """All figures, with those who have slow and late duties."""
    shown = inspection.desk(request.reader, asked(request).as_of)
    figures = [
        (TITLES[one], shown.counts[one], addresses.to(request, "web:inspect_list", one.value))
        for one in Figure
    ]
    return render(request, "web/inspect/desk.html", {"shown": shown, "figures": figures})


@requires(Permission.OVERSEE)
def inspect_list(request: PageRequest, figure: str) -> HttpResponse:
    """The rows behind one figure."""
    if figure not in {one.value for one in Figure}:
        raise Http404
    chosen, as_of = Figure(figure), asked(request).as_of
    context = {
        "title": TITLES[chosen],
        "trail": [Crumb(_("Inspection"), addresses.to(request, "web:inspect")), Crumb(TITLES[chosen])],
        "duties": Assignment._meta.db_table,
    }
    if chosen in (Figure.SLOW, Figure.LATE):
        spans = inspection.duties(chosen, request.reader, as_of, request.GET.dict())
        page = Paginator(listing.worst_first(spans), PAGE).get_page(request.GET.get("page"))
        rows = listing.rows(page.object_list, sight_of(request.reader), as_of)  # type: ignore[arg-type]
        return render(request, "web/inspect/duties.html", {**context, "page": page, "rows": rows})
    rows_of = inspection.rows_of(chosen, request.reader, as_of)
    page = Paginator(rows_of, PAGE).get_page(request.GET.get("page"))
    found = [inspection.found(chosen, row) for row in page.object_list]
    what = WHAT.get(chosen) or _hasty(inspection.haste(as_of))
    return render(request, "web/inspect/list.html", {**context, "page": page, "found": found, "what": what})


def _hasty(minutes: int) -> Words:
    return say("Confirmed less than %(minutes)s minutes after the claim was recorded.", minutes=minutes)
