"""Many values are given at once in a table that was taken from here: looked at first, then entered (3.09)."""

import tempfile
from functools import partial

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.assignments import exports
from thuocdo.faces import wording
from thuocdo.indicators import actions
from thuocdo.indicators.queries import tabling
from thuocdo.indicators.queries.tabling import Plan
from thuocdo.lib.say import say_n
from thuocdo.web import desk, tables
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.forms.tabling import TableForm
from thuocdo.web.pages.exporting import IN_MEMORY, XLSX, separator
from thuocdo.web.parts import Crumb


@requires(Permission.REPORT)
def value_table(request: PageRequest) -> HttpResponse:
    """Preview a table of values; a second step enters it. Running it twice changes nothing."""
    form = TableForm(request)
    plan = form.plan(request.reader, desk.day(request)) if form.is_bound and form.is_valid() else None
    if plan is not None and "enter" in request.POST and plan.entries:
        done = desk.once(request, form, partial(_enter, request, plan), reverse("web:value_table"))
        if done is not None:
            return redirect(done)
    title = _("A table of values")
    crumbs = [Crumb(_("Indicators"), reverse("web:indicators")), Crumb(title)]
    return render(request, "web/indicators/table.html", {"form": form, "plan": plan, "crumbs": crumbs})


def _enter(request: PageRequest, plan: Plan) -> None:
    """Carry the preview out, and say what was done."""
    done = actions.enter_table(plan=plan, happened_on=desk.day(request), **desk.signed(request))
    told = say_n("%(n)s value is recorded as declared.", "%(n)s values are recorded as declared.", done)
    messages.success(request, wording.tell(told))


@requires(Permission.REPORT)
def value_table_xlsx(request: PageRequest) -> FileResponse:
    """The table to fill in, as a workbook."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    lines = tables.of(tabling.offered(request.reader, desk.day(request)))
    exports.as_xlsx(lines, file)  # type: ignore[arg-type]
    file.seek(0)
    answer = FileResponse(file, content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="thuoc-do-values.xlsx"'
    return answer


@requires(Permission.REPORT)
def value_table_csv(request: PageRequest) -> HttpResponse:
    """The same as .csv."""
    lines = tables.of(tabling.offered(request.reader, desk.day(request)))
    body = b"".join(exports.as_csv(lines, separator()))
    answer = HttpResponse(body, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="thuoc-do-values.csv"'
    return answer
