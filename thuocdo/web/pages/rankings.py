"""Published rankings: places, one unit's points, the package, publishing and withdrawing (3.15, 3.16)."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.agencies.models import Agency
from thuocdo.faces.asof import asked
from thuocdo.indicators import actions
from thuocdo.indicators.actions import Ranked
from thuocdo.indicators.models import Ranking, RankingLine, RankingPackage
from thuocdo.indicators.permissions import may_publish_ranking
from thuocdo.indicators.queries import rankings, service
from thuocdo.lib.moments import AsOf
from thuocdo.web import addresses, desk, maps, placed, services
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.desk import Sheet
from thuocdo.web.forms.ranking import PublishForm, WithdrawForm
from thuocdo.web.parts import Crumb
from thuocdo.web.services import Axis

ON_A_PAGE, DAY = 60, 86_400


def found(request: PageRequest, pk: int) -> Ranking:
    """The ranking, if it had been published on the day."""
    row = rankings.one(pk, asked(request).as_of)
    if row is None:
        raise Http404
    return row


def _trail(request: PageRequest, row: Ranking | None, *steps: Crumb) -> list[Crumb]:
    home = Crumb(_("Services"), addresses.to(request, "web:index766"))
    if row is None:
        return [home, *steps]
    return [home, Crumb(placed.title(row), addresses.to(request, "web:ranking", row.pk)), *steps]


@requires(Permission.READ_PUBLIC)
def ranking(request: PageRequest, pk: int) -> HttpResponse:
    """The places of a published ranking, who has none and why, the picture, what it was computed from."""
    row = found(request, pk)
    lines = rankings.lines(row)
    ends = rankings.ends(row)
    axis, page = Axis.of((ends.low, ends.high)), Paginator(lines, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "ranking": row,
        "axis": axis,
        "page": page,
        "placed": [placed.of_line(request, line, axis) for line in page if line.rank],
        "unranked": [(line.agency, rankings.reason(line)) for line in page if line.rank is None],
        "picture": maps.picture(row, list(page), ends.least, ends.most),
        "withdrawal": placed.withdrawal(row, asked(request).as_of),
        "may_withdraw": may_publish_ranking(request.reader, row.parent_id) is None,
        "trail": _trail(request, None, Crumb(placed.title(row))),
    }
    return render(request, "web/service/ranking.html", context)


@requires(Permission.READ_PUBLIC)
def unit(request: PageRequest, pk: int, code: str) -> HttpResponse:
    """One unit of a published ranking: its points as they were frozen, and its course over rankings."""
    row, as_of = found(request, pk), asked(request).as_of
    line = get_object_or_404(RankingLine.objects.select_related("agency"), ranking=row, agency__code=code)
    index = rankings.index_of(line, row)
    course = rankings.course(line.agency_id, row, as_of)
    context = {
        "ranking": row,
        "line": line,
        "index": index,
        "parts": services.parts(index) if index else [],
        "reason": rankings.reason(line),
        "course": placed.course(course),
        "withdrawal": placed.withdrawal(row, as_of),
        "trail": _trail(request, row, Crumb(line.agency.name)),
    }
    return render(request, "web/service/unit.html", context)


@requires(Permission.READ_PUBLIC)
def package(request: PageRequest, pk: int) -> HttpResponse:
    """The zip from which people outside recompute the ranking: the very bytes that were published."""
    row = found(request, pk)
    content = bytes(get_object_or_404(RankingPackage, ranking=row).content)
    name = f"thuocdo-766-{row.units}-{row.period}-{row.pk}.zip"
    return HttpResponse(
        content,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@requires(Permission.READ_PUBLIC)
def drawing(request: PageRequest, pk: int) -> HttpResponse:
    """A published ranking on the map, as an SVG of its own: thousands of dots outweigh a page."""
    row = found(request, pk)
    drawn = maps.drawing(row, rankings.scores(row))
    return HttpResponse(
        drawn, content_type="image/svg+xml", headers={"Cache-Control": f"private, max-age={DAY}"}
    )


@requires(Permission.PUBLISH)
def publish(request: PageRequest) -> HttpResponse:
    """Rank the units below an agency for a period and make it public."""
    parent = _parent(request)
    there = service.periods(parent.pk, AsOf(desk.today()))
    form = PublishForm(
        request.POST or None, day=desk.today(), periods=there, level=parent.level, asked=request.GET
    )
    title = _("Publish a ranking")
    sheet = Sheet(
        title, _("Publish it"), _("The ranking is public from now on."),
        lambda made: reverse("web:ranking", args=[made.pk]), lead=parent.name,
        crumbs=_trail(request, None, Crumb(title)), template="web/service/publish.html",
    )  # fmt: skip

    def published() -> Ranking:
        given = form.cleaned_data
        ranked = Ranked(parent, form.units(), int(given["period"]), given["floor"])
        return actions.publish_ranking(
            ranked=ranked, published_on=given["published_on"], **desk.signed(request)
        )

    return desk.filled(request, form, published, sheet)


@requires(Permission.PUBLISH)
def withdraw(request: PageRequest, pk: int) -> HttpResponse:
    """Say that a published ranking does not hold, and why."""
    row = found(request, pk)
    desk.hidden_unless_allowed(may_publish_ranking(request.reader, row.parent_id))
    form = WithdrawForm(request.POST or None, day=desk.today())
    title = _("Withdraw this ranking")
    sheet = Sheet(
        title, _("Withdraw it"), _("It stays to be seen, marked as withdrawn."),
        reverse("web:ranking", args=[pk]), lead=placed.title(row),
        crumbs=_trail(request, row, Crumb(title)),
    )  # fmt: skip

    def withdrawn() -> object:
        given = form.cleaned_data
        return actions.withdraw_ranking(
            ranking=row, reason=given["reason"], happened_on=given["happened_on"], **desk.signed(request)
        )

    return desk.filled(request, form, withdrawn, sheet)


def _parent(request: PageRequest) -> Agency:
    """The agency that the address names, or one's own; only whom the reader publishes for."""
    as_of = AsOf(desk.today())
    code = request.GET.get("agency", "").strip()[:40]
    reach = request.reader.reach.get(Permission.PUBLISH, frozenset())
    if code:
        parent = Agency.objects.alive(as_of).filter(code=code).first()
    else:
        own = Agency.objects.alive(as_of).filter(pk__in=request.reader.agencies & reach)
        parent = own.order_by("code").first()
    if parent is None:
        raise Http404
    desk.hidden_unless_allowed(may_publish_ranking(request.reader, parent.pk))
    return parent
