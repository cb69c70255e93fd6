"""The search page: one question, answers by kind, and what to do when there are none."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from thuocdo.accounts.enums import Permission
from thuocdo.faces.asof import asked
from thuocdo.lib.say import Say
from thuocdo.search import queries
from thuocdo.search.rules.words import LONGEST
from thuocdo.web.access import PageRequest, requires


@requires(Permission.READ_PUBLIC)
def search(request: PageRequest) -> HttpResponse:
    """The answers this reader may see; without a question, how to ask."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    found = queries.search(text, request.reader, asked(request).as_of)
    context: dict[str, Any] = {"text": text, "longest": LONGEST, "too_little": None, "found": None}
    if isinstance(found, Say):
        context["too_little"] = found
    else:
        sight = found.sight.among(row.pk for row in found.assignments.rows)
        context["found"] = found
        context["duties"] = [(row, sight.names_lead(row)) for row in found.assignments.rows]
        context["stated"] = [(row, queries.names_leads(row, sight)) for row in found.obligations.rows]
    return render(request, "web/search/search.html", context)
