"""The log: its signed heads for everybody, its entries for those who read it (1.22)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.models import User
from thuocdo.audit import queries
from thuocdo.audit.queries import Line
from thuocdo.faces import wording
from thuocdo.web import addresses, officer
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.pages.lists import number

PAGE = 40
HEADS = 20


@dataclass(frozen=True, slots=True)
class Field:
    """One column that an entry changed; the values are None for a reader who may not see them all."""

    name: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry with the name of who made it, for whom, and its changed columns."""

    line: Line
    by: str
    in_place_of: str  # for whom they stood in, if they did
    fields: tuple[Field, ...]


@requires(Permission.READ_PUBLIC)
def log(request: PageRequest) -> HttpResponse:
    """Heads, key, age of the unsealed tail; below them the entries, for readers of the log."""
    status = queries.head_status(timezone.now())
    heads = queries.heads_of_log(HEADS)
    table, row = request.GET.get("table", ""), request.GET.get("row", "")
    may_read = request.reader.may(Permission.READ_LOG)
    before = number(request.GET.get("before")) or None
    lines = queries.tail(PAGE + 1, before, table=table, row_id=row) if may_read else []
    context = {
        "status": status,
        "waiting": _minutes(status.age),
        "clock": officer.clock_problem(),
        "heads": heads,
        "may_read": may_read,
        "values": request.reader.reads_all,
        "tables": tables(),
        "table": table,
        "row": row,
        "rows": shown(lines[:PAGE], request.reader.reads_all),
        "older": addresses.changed(request, "before", lines[PAGE - 1].entry.id) if lines[PAGE:] else "",
        "newest": addresses.without(request, "before") if request.GET.get("before") else "",
    }
    return render(request, "web/log/log.html", context)


@requires(Permission.READ_PUBLIC)
def head(request: PageRequest) -> HttpResponse:
    """The signed head as a file, for people outside to keep and to check the log against later."""
    text = queries.export_head()
    if text is None:
        raise Http404
    answer = HttpResponse(text + "\n", content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="log-head.json"'
    return answer


def tables() -> list[str]:
    """The tables whose rows the log tells of, by name."""
    return sorted(model._meta.db_table for model in apps.get_models() if hasattr(model, "audited"))


def shown(lines: Iterable[Line], values: object) -> list[Shown]:
    """The entries with names and values, in one statement.

    Values and names only for who reads all that the installation holds: an entry may tell of any agency.
    """
    lines = list(lines)
    named = {key for line in lines for key in (line.entry.by_id, line.entry.for_id) if key}
    people = User.objects.select_related("erasure").in_bulk(named) if values else {}
    return [
        Shown(line, _name(line.entry.by_id, people), _name(line.entry.for_id, people), _fields(line, values))
        for line in lines
    ]


def _name(key: int | None, people: Mapping[int, User]) -> str:
    found = people.get(key or 0)
    return wording.person(found) if found else ""


def _fields(line: Line, values: object) -> tuple[Field, ...]:
    old, new = line.entry.old, line.entry.new
    named = [name for name in {**old, **new} if old.get(name) or new.get(name)]
    if not values:
        return tuple(Field(name, None, None) for name in named)
    return tuple(Field(name, old.get(name), new.get(name)) for name in named)


def _minutes(age: timedelta | None) -> int:
    return 0 if age is None else max(0, int(age.total_seconds() // 60))
