"""Directives: the register, and one text with its cascade, its duties and what nobody has been given."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.assignments.queries import counts as counting
from thuocdo.assignments.queries import coverage as covering
from thuocdo.assignments.queries.counts import Counted, Scope
from thuocdo.assignments.queries.sight import sight_of_one
from thuocdo.directives.models import Directive, DirectiveQuerySet
from thuocdo.directives.queries import cascade, publicity_of, with_publicity
from thuocdo.faces.asof import asked
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.pages.overview import list_address, segments, share_of

PAGE = 30
DUTIES = 50  # lines of duties on one page


def readable(request: PageRequest) -> DirectiveQuerySet:
    """The directives this reader may see."""
    return covering.readable_directives(request.reader)


def may_know(reader: Reader, of: Directive) -> bool:
    """Whether the reader sees who answers although it is not public: everything, or a text of their own."""
    return reader.reads_all or of.issuer_id in reader.own


@requires(Permission.READ_PUBLIC)
def directives(request: PageRequest) -> HttpResponse:
    """The register, newest first."""
    as_of = asked(request).as_of
    rows = readable(request).standing(as_of).worded(as_of).newest_first(as_of)
    page = Paginator(rows.prefetch_related("translations"), PAGE).get_page(request.GET.get("page"))
    found = covering.coverage([row.pk for row in page.object_list], as_of)
    context = {"page": page, "rows": [(row, found[row.pk]) for row in page.object_list]}
    return render(request, "web/directives/list.html", context)


@requires(Permission.READ_PUBLIC)
def directive(request: PageRequest, pk: int) -> HttpResponse:
    """One text on the day."""
    as_of = asked(request).as_of
    rows = readable(request).known(as_of).worded(as_of).select_related("issuer").filter(pk=pk)
    found = with_publicity(rows, "pk").first()
    if found is None:
        raise Http404
    scope = Scope(counted=Counted.TOP, directive_id=pk)
    public = publicity_of(found)
    sight = sight_of_one(request.reader, pk, public.shown)
    table = counting.counts(counting.counted(scope, sight, as_of), as_of.day)
    coverage = covering.coverage([pk], as_of)[pk]
    lines = Paginator(covering.lines(found, request.reader, as_of), DUTIES)
    lines.count = coverage.provisions  # counted already
    context: dict[str, Any] = {
        "directive": found,
        "publicity": public,
        "names": public.shown.responsibility or may_know(request.reader, found),
        "cascade": cascade(found, readable(request), as_of),
        "table": table,
        "ruler": segments(request, scope, None, table.declared),
        "due": share_of(table.due, table.declared.assigned),
        "list": list_address(request, scope, None),
        "coverage": coverage,
        "page": lines.get_page(request.GET.get("page")),
    }
    return render(request, "web/directives/directive.html", context)
