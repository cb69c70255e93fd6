"""Which entries of the log tell of one assignment: its own, and those of every row that hangs on it."""

from collections.abc import Iterator

from django.db import models

from thuocdo.assignments.models import Assignment
from thuocdo.audit.models import Entry
from thuocdo.lib.say import require, say

Rows = dict[type[models.Model], set[int]]


def entries_of(assignment: int) -> list[int]:
    """The entries in their order. `Refused` for an assignment that is not there."""
    there = Assignment.objects.filter(pk=assignment).exists()
    require(None if there else say("There is no assignment %(number)s.", number=assignment))
    rows = _rows(assignment)
    found: set[int] = set()
    for model, ids in rows.items():
        keys = [str(pk) for pk in ids]
        entries = Entry.objects.filter(table=model._meta.db_table, row_id__in=keys)
        found |= set(entries.values_list("id", flat=True))
    return sorted(found)


def _rows(assignment: int) -> Rows:
    """The rows below the assignment, table by table, and what those rows show (files)."""
    rows: Rows = {Assignment: {assignment}}
    waiting: list[type[models.Model]] = [Assignment]
    while waiting:
        above = waiting.pop(0)
        for model, name in _below(above):
            ids = set(model._base_manager.filter(**{f"{name}__in": rows[above]}).values_list("pk", flat=True))
            if ids - rows.get(model, set()):
                rows[model] = rows.get(model, set()) | ids
                waiting.append(model)
    for model, name in _shown(list(rows)):
        related = model._base_manager.filter(pk__in=rows[model]).exclude(**{name: None})
        target = model._meta.get_field(name).related_model
        if isinstance(target, type):
            rows.setdefault(target, set()).update(related.values_list(name, flat=True))
    return rows


def _below(above: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """Audited models that point at this one; other assignments are stories of their own."""
    for relation in above._meta.related_objects:
        model = relation.related_model
        if isinstance(model, type) and hasattr(model, "audited") and model is not Assignment:
            yield model, relation.field.name


def _shown(found: list[type[models.Model]]) -> Iterator[tuple[type[models.Model], str]]:
    """Fields of these models that name a stored file."""
    for model in found:
        for field in model._meta.get_fields():
            target = field.related_model
            if field.many_to_one and isinstance(target, type) and target._meta.label == "files.StoredFile":
                yield model, field.name
