"""My work: what is due, returned, to confirm, to decide, to give, to remove (1.28); values too (3.09)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.assignments.queries import work as work_queries
from thuocdo.faces.asof import asked
from thuocdo.indicators.queries import awaiting
from thuocdo.recommendations.queries.piles import labelled
from thuocdo.recommendations.queries.piles import piles as piles_of_recommendations
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.parts import Words

# name of a pile -> what stands above it, the heads of its columns, the page that answers
ASKED: dict[str, tuple[Words, Words, Words, str]] = {
    "demands": (_("To be answered"), _("From"), _("Answer by"), "web:demand"),
    "broken": (_("Promises we did not keep"), _("Promised by"), _("Promised day"), "web:promise"),
    "unanswered": (_("Our demands that nobody answered"), _("Asked of"), _("Answer by"), "web:demand"),
    "holds": (_("Somebody says it waits for us"), _("Who waits"), _("Since"), "web:answer_hold"),
    "disputes": (_("Disputes about waiting, to decide"), _("Disputed by"), _("Since"), "web:decide_hold"),
    "recommended": (_("Recommendations to answer"), _("From"), _("Answer by"), "web:recommendation"),
    "recommendations_late": (
        _("Our recommendations past their day"), _("Lies with"), _("Answer by"), "web:recommendation",
    ),
    "difficulties": (_("Difficulties we have to remove"), _("Met by"), _("Since"), "web:remove_difficulty"),
}  # fmt: skip


@requires(Permission.READ_OWN)
def work(request: PageRequest) -> HttpResponse:
    """Everything that waits for the reader, the first of each sort."""
    as_of = asked(request).as_of
    found = work_queries.work(request.reader, as_of, piles_of_recommendations(request.reader, as_of))
    piles = labelled(found.asked)
    values = awaiting.judged_or_not(request.reader, as_of)
    context = {
        "work": found,
        "day": as_of.day,
        "asked": [(name, piles[name], *ASKED[name]) for name in ASKED if name in piles],
        "values": values,
        "waits": found.waits or piles or values.count,
    }
    return render(request, "web/work/work.html", context)


@requires(Permission.READ_OWN)
def values(request: PageRequest) -> HttpResponse:
    """The values that wait for the reader: to give, returned, to confirm (3.09)."""
    as_of = asked(request).as_of
    context = {"values": awaiting.waiting(request.reader, as_of), "day": as_of.day}
    return render(request, "web/work/all_values.html", context)
