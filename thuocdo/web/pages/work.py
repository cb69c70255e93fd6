"""My work: what is due, returned, to confirm, to decide, to give, to remove (1.28)."""

from django.http import HttpResponse
from django.shortcuts import render

from thuocdo.accounts.enums import Permission
from thuocdo.assignments.queries import work as work_queries
from thuocdo.faces.asof import asked
from thuocdo.web.access import PageRequest, requires


@requires(Permission.READ_OWN)
def work(request: PageRequest) -> HttpResponse:
    """Everything that waits for the reader, the first of each sort."""
    as_of = asked(request).as_of
    return render(
        request, "web/work/work.html", {"work": work_queries.work(request.reader, as_of), "day": as_of.day}
    )
