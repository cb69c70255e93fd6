"""What of the log a reader may learn of: that something happened to a duty or a text, never more (2.14)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F

from thuocdo.assignments.models import (
    Assignment,
    CapacityChange,
    ChangeDecision,
    ChangeRequest,
    Claim,
    Coordinator,
    Difficulty,
    Evidence,
    ForeignNumber,
    Hold,
    Interruption,
    Report,
    Resource,
    Review,
)
from thuocdo.assignments.permissions import concerning, visible
from thuocdo.assignments.queries.coverage import readable_directives
from thuocdo.assignments.queries.sight import Sight
from thuocdo.audit.models import Entry
from thuocdo.directives.models import Directive, Obligation, Provision, Publication


@dataclass(frozen=True, slots=True)
class Kind:
    """How the feed names the rows of a table, where they point, which aspect of a duty must be public."""

    name: str
    model: type[models.Model]
    path: str
    aspect: str = "progress"


OF_DUTIES = (
    Kind("assignment", Assignment, "pk"),
    Kind("interruption", Interruption, "assignment"),
    Kind("resource", Resource, "assignment"),
    Kind("number", ForeignNumber, "assignment"),
    Kind("coordinator", Coordinator, "assignment", "responsibility"),
    Kind("hands", CapacityChange, "assignment", "responsibility"),
    Kind("hold", Hold, "assignment", "responsibility"),
    Kind("difficulty", Difficulty, "assignment", "responsibility"),
    Kind("report", Report, "assignment", "results"),
    Kind("evidence", Evidence, "report__assignment", "results"),
    Kind("claim", Claim, "assignment", "results"),
    Kind("review", Review, "claim__assignment", "results"),
    Kind("request", ChangeRequest, "assignment", "results"),
    Kind("decision", ChangeDecision, "request__assignment", "results"),
)
OF_TEXTS = (
    Kind("directive", Directive, "pk"),
    Kind("provision", Provision, "directive"),
    Kind("obligation", Obligation, "directive"),
    Kind("publication", Publication, "directive"),
)
DUTIES: Mapping[str, Kind] = {kind.model._meta.db_table: kind for kind in OF_DUTIES}
TEXTS: Mapping[str, Kind] = {kind.model._meta.db_table: kind for kind in OF_TEXTS}


@dataclass(frozen=True, slots=True)
class Change:
    """That something happened: what it is of is read where it stands."""

    entry: Entry
    kind: str
    assignment_id: int | None = None
    directive_id: int | None = None


def changes(entries: Iterable[Entry], sight: Sight) -> list[Change]:
    """Of these entries those the reader may learn of, in their order; a statement for each kind of row."""
    entries = list(entries)
    duties, texts = _pointing(entries, DUTIES), _pointing(entries, TEXTS)
    ids = set(duties.values())
    rows = Assignment.objects.filter(pk__in=ids).order_by()
    seen = dict(rows.filter(visible(sight.reader)).values_list("pk", "directive_id"))
    own = set(rows.filter(concerning(sight.reader)).values_list("pk", flat=True)) if ids else set()
    open_texts = readable_directives(sight.reader).filter(pk__in=set(texts.values())).order_by()
    readable = set(open_texts.values_list("pk", flat=True)) if texts else set()
    found: list[Change] = []
    for entry in entries:
        key = (entry.table, entry.row_id)
        duty, text = duties.get(key), texts.get(key)
        if duty in seen:
            kind, of = DUTIES[entry.table], seen[duty]
            if duty in own or of in getattr(sight, kind.aspect):
                found.append(Change(entry, kind.name, duty, of))
        elif text in readable:
            found.append(Change(entry, TEXTS[entry.table].name, None, text))
    return found


def _pointing(entries: Iterable[Entry], kinds: Mapping[str, Kind]) -> dict[tuple[str, str], Any]:
    """What the row of each entry belongs to."""
    rows: dict[str, set[str]] = {}
    for entry in entries:
        if entry.table in kinds:
            rows.setdefault(entry.table, set()).add(entry.row_id)
    found: dict[tuple[str, str], Any] = {}
    for table, ids in rows.items():
        kind = kinds[table]
        pairs = kind.model._default_manager.filter(pk__in=ids).order_by()
        found |= {(table, str(pk)): of for pk, of in pairs.values_list("pk", F(kind.path)) if of is not None}
    return found
