"""The overview of the installation and of an agency: what hurts first, every figure open to its list."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.agencies import describing
from thuocdo.agencies import queries as agency_queries
from thuocdo.agencies.enums import RelationKind, Side
from thuocdo.agencies.models import Agency
from thuocdo.assignments.enums import Series, Status
from thuocdo.assignments.queries import demands
from thuocdo.assignments.queries.compare import compare
from thuocdo.assignments.queries.counts import Counted, Scope, Table
from thuocdo.assignments.queries.overview import HeldBack, open_outage, overview
from thuocdo.assignments.queries.sight import sight_of
from thuocdo.assignments.rules.status import Counts
from thuocdo.directives.queries import tallies
from thuocdo.faces.asof import asked
from thuocdo.faces.wording import name_of
from thuocdo.lib.say import say
from thuocdo.web import addresses
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.pages.agencies import gone
from thuocdo.web.parts import Amount, Crumb, Segment, Words

RULER = (
    Status.ON_TIME,
    Status.LATE,
    Status.TIMELINESS_UNKNOWN,
    Status.IN_TERM,
    Status.NOT_STARTED,
    Status.OVERDUE,
)
BESIDE = (Status.STANDING, Status.UNDATED, Status.PAUSED, Status.NOT_KNOWN)
COUNTED: Mapping[Counted, Words] = {
    Counted.TOP: _(
        "Counted: every duty in the hands of one lead; what a lead handed on is not counted again."
    ),
    Counted.ENTRY: _(
        "Counted: duties given to this agency and those below it from outside; not what they hand on."
    ),
    Counted.BRANCH: _("Counted: duties handed on inside this agency's branch."),
}


@requires(Permission.READ_PUBLIC)
def home(request: PageRequest) -> HttpResponse:
    """The overview of everything this installation holds, as far as the reader may see it."""
    return _page(request, Scope(counted=Counted.TOP), None)


@requires(Permission.READ_PUBLIC)
def agency(request: PageRequest, code: str) -> HttpResponse:
    """The overview of one agency with all below it, in the tree of the kind asked for."""
    as_of = asked(request).as_of
    rows = Agency.objects.known(as_of).select_related("territory")
    if request.reader.own:
        rows = rows.annotate(**demands.counted(request.reader, as_of), silent=open_outage())
    found = get_object_or_404(rows, code=code)
    if not agency_queries.is_alive(found, as_of):
        return gone(request, found, as_of)
    usual = RelationKind.PARTY if found.side == Side.PARTY else RelationKind.ADMINISTRATIVE
    kind = RelationKind(request.GET["tree"]) if request.GET.get("tree") in RelationKind.values else usual
    counted = Counted.BRANCH if request.GET.get("counted") == Counted.BRANCH else Counted.ENTRY
    return _page(request, Scope(found.pk, kind, counted), found)


def _page(request: PageRequest, scope: Scope, of: Agency | None) -> HttpResponse:
    as_of = asked(request).as_of
    sight, other = sight_of(request.reader), asked(request).compare
    shown = overview(scope, sight, as_of)
    context = {
        "agency": of,
        "trail": _trail(request, shown.above, of),
        "shown": shown,
        "ruler": segments(request, scope, of, shown.table.declared),
        "due": share_of(shown.table.due, shown.table.declared.assigned),
        "conditions": _conditions(request, scope, of, shown.table),
        "beside": _beside(request, scope, of, shown.table.declared),
        "rows": _rows(shown.table),
        "counted": COUNTED[scope.counted],
        "other": _other(request, scope, of),
        "list": list_address(request, scope, of),
        "tallies": tallies([of.pk] if of else None, as_of),
        "below": shown.below,
        "compared": compare(scope, sight, as_of, other) if other and other != as_of.day else None,
        "about": describing.about(of, as_of) if of else None,
        "keeps": of is not None and request.reader.may_for(Permission.STEWARD, of.pk),
        "held_back": [_held_back(one, shown.owners) for one in shown.held_back],
    }
    return render(request, "web/overview/overview.html", context)


def segments(request: HttpRequest, scope: Scope, of: Agency | None, counts: Counts) -> list[Segment]:
    """The counted statuses on the ruler, each open to its list."""
    return [Segment(one, counts.of(one), list_address(request, scope, of, status=one)) for one in RULER]


def list_address(request: HttpRequest, scope: Scope, of: Agency | None, **more: str) -> str:
    """The list of exactly the assignments that a figure of this page counts."""
    query = {
        "agency": of.code if of else "",
        "tree": scope.kind if of and scope.kind != RelationKind.ADMINISTRATIVE else "",
        "counted": scope.counted if scope.counted is Counted.BRANCH else "",
        **more,
    }
    address = addresses.to(request, "web:assignments")
    stated = urlencode({name: value for name, value in query.items() if value})
    return f"{address}{'&' if '?' in address else '?'}{stated}" if stated else address


def _held_back(one: HeldBack, owners: Mapping[int, Agency]) -> Amount:
    """The difficulties of a class, of which nature they are, and who has to remove most of them."""
    notes = [
        say("%(count)s to be removed by %(agency)s", count=n, agency=owners[owner]) for owner, n in one.owners
    ]
    if one.objective or one.subjective:
        natures = {"objective": one.objective, "subjective": one.subjective}
        notes.insert(0, say("%(objective)s objective, %(subjective)s subjective", **natures))
    return Amount(one.kind.label, one.count, note=notes)


def share_of(part: int, whole: int) -> Decimal | None:
    """A part of a whole as a share of one; None of nothing."""
    return Decimal(part) / whole if whole else None


def _other(request: HttpRequest, scope: Scope, of: Agency | None) -> Crumb | None:
    """The other way to count an agency's duties: those from outside, those handed on inside (1.17)."""
    if of is None:
        return None
    address = addresses.to(request, "web:agency", of.code)
    if scope.counted is Counted.BRANCH:
        return Crumb(_("See the duties given from outside"), address)
    joint = "&" if "?" in address else "?"
    return Crumb(_("See the duties handed on inside the branch"), f"{address}{joint}counted=branch")


def _beside(request: HttpRequest, scope: Scope, of: Agency | None, counts: Counts) -> list[Segment]:
    """What stands beside the sum, each with its own count."""
    found = [Segment(one, counts.of(one), list_address(request, scope, of, status=one)) for one in BESIDE]
    return [segment for segment in found if segment.count]


def _conditions(request: HttpRequest, scope: Scope, of: Agency | None, table: Table) -> list[Segment]:
    """The conditions of the open duties, each with its own count and list (2.04)."""
    return [
        Segment(one, n, list_address(request, scope, of, condition=one))
        for one, n in table.conditions.items()
    ]


def _rows(table: Table) -> list[dict[str, Any]]:
    """The two series as a table that adds up, or the reason why it is not shown."""
    return [
        {"standing": series.value, "counts": table.of(series), "problem": table.of(series).problem()}
        for series in Series
    ]


def _trail(request: HttpRequest, above: list[Agency], of: Agency | None) -> list[Crumb]:
    """The agencies above, each a step back."""
    if of is None:
        return []
    steps = [Crumb(name_of(one), addresses.to(request, "web:agency", one.code)) for one in above]
    return [Crumb(_("All"), addresses.to(request, "web:home")), *steps, Crumb(name_of(of))]
