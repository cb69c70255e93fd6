"""Lists to take away, as .csv or .xlsx: the rows that the list shows, for the reader who sees them."""

import tempfile
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from thuocdo.accounts.enums import Permission
from thuocdo.agencies import queries as agency_queries
from thuocdo.assignments import exports
from thuocdo.assignments.exports import Table
from thuocdo.assignments.queries import exporting
from thuocdo.assignments.queries.counts import Scope
from thuocdo.assignments.queries.sight import Sight, sight_of
from thuocdo.assignments.shapes import Shape
from thuocdo.faces.asof import asked, snapshot
from thuocdo.faces.wording import day, reader_language, tell
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import say
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.pages import lists
from thuocdo.web.pages.overview import COUNTED

Response = TypeVar("Response", HttpResponse, StreamingHttpResponse, FileResponse)
IN_MEMORY = 4 * 2**20  # bytes of a workbook before it goes to a file
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def about(title: str, scope: Scope, as_of: AsOf) -> list[str]:
    """The lines above a table: what it is, of which day and moment, by which rule, whether it is made up."""
    known = tell(say("as known on %(moment)s", moment=as_of.known)) if as_of.known else _("as known now")
    lines = [title, f"{_('As of')} {day(as_of.day)}, {known}", str(COUNTED[scope.counted])]
    if agency_queries.installation().is_synthetic:
        lines.append(_("Made-up figures with invented names, for trying the system under load."))
    return lines


def of_list(spans: QuerySet[Any], sight: Sight, scope: Scope, as_of: AsOf, columns: Sequence[str]) -> Table:
    """A list with the headings of the reader's language, so that it can be imported again."""
    headings = [str(exporting.COLUMNS[name].heading) for name in columns]
    return Table(
        about(_("Duties"), scope, as_of), columns, headings, exporting.records(spans, sight, as_of, columns)
    )


def of_shape(spans: QuerySet[Any], sight: Sight, scope: Scope, as_of: AsOf, shape: Shape) -> Table:
    """A table in a shape that somebody asks for."""
    names = [name for name, _heading in shape.columns]
    headings = [heading for _name, heading in shape.columns]
    found = exporting.records(spans, sight, as_of, names, system=shape.system)
    return Table(about(shape.title, scope, as_of), names, headings, found)


def separator() -> str:
    """What spreadsheets of the reader's language take between cells."""
    return "," if reader_language() == "en" else ";"


def _table(request: PageRequest) -> Table:
    as_of = asked(request).as_of
    wanted = lists.read(request)
    sight = sight_of(request.reader)
    return of_list(wanted.spans(sight, as_of), sight, wanted.scope, as_of, exporting.LIST)


@requires(Permission.READ_PUBLIC)
def assignments_csv(request: PageRequest) -> StreamingHttpResponse:
    """The list as .csv, sent while it is being read."""
    pieces = _within_snapshot(exports.as_csv(_table(request), separator()), reader_language())
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    return _named(response, request, "csv")


@requires(Permission.READ_PUBLIC)
def assignments_xlsx(request: PageRequest) -> FileResponse:
    """The list as a workbook."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    exports.as_xlsx(_table(request), file)  # type: ignore[arg-type]
    file.seek(0)
    return _named(FileResponse(file, content_type=XLSX), request, "xlsx")


def _within_snapshot(pieces: Iterator[bytes], language: str) -> Iterator[bytes]:
    """The stream is made after the view has returned: it has a snapshot and a language of its own."""
    with override(language), snapshot():
        yield from pieces


def _named(response: Response, request: PageRequest, kind: str) -> Response:
    day_shown = asked(request).as_of.day.isoformat()
    response["Content-Disposition"] = f'attachment; filename="thuoc-do-{day_shown}.{kind}"'
    return response
