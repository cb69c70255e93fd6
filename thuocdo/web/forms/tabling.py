"""The form of a table of values: looked at first, then entered; the file is kept in between (3.09)."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.permissions import Reader
from thuocdo.directives.workbook import read_workbook
from thuocdo.faces import wording
from thuocdo.files import queries as file_queries
from thuocdo.indicators.queries import tabling
from thuocdo.indicators.queries.tabling import Plan
from thuocdo.indicators.rules import sheet
from thuocdo.indicators.rules.sheet import Reading
from thuocdo.lib.say import Say
from thuocdo.web import officer, tables
from thuocdo.web.access import PageRequest
from thuocdo.web.forms.base import KeepsFile


class TableForm(KeepsFile):
    """A table of values, as it was taken from here or in any order of its columns."""

    file = forms.FileField(
        label=_("Table"),
        required=False,
        help_text=_("An .xlsx, .ods or .csv file with the headings of the table."),
    )

    def __init__(self, request: PageRequest) -> None:
        sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        super().__init__(*sent, user=officer.person(request), at=officer.now())

    def clean(self) -> dict[str, Any]:
        """Without a table there is nothing to look at."""
        given = super().clean()
        if self.stored is None and "file" not in self.errors:
            self.add_error("file", gettext("Choose a table."))
        return given

    def plan(self, reader: Reader, day: date) -> Plan | None:
        """What the table would do; None where it is no table, which the form then says."""
        if self.stored is None:
            raise ValueError("A preview is made of a valid form.")
        book = read_workbook(b"".join(file_queries.read(self.stored)), tables.knows)
        if isinstance(book, Say):
            self.add_error("file", wording.tell(book))
            return None
        readings = [sheet.read(grid.rows, tables.words()) for grid in book.grids if grid.rows]
        found = [one for one in readings if one.rows] or readings[:1]
        rows = tuple(row for one in found for row in one.rows)
        problems = tuple(problem for one in found for problem in one.problems)
        return tabling.plan(Reading(rows, problems), reader, day)
