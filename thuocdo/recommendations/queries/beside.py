"""What a duty waits for, as a column of the assignment: it costs its page no statement of its own (1.33)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from thuocdo.accounts.permissions import Reader
from thuocdo.agencies.models import Agency
from thuocdo.lib.moments import AsOf
from thuocdo.recommendations.enums import Group
from thuocdo.recommendations.permissions import concerning
from thuocdo.recommendations.queries.standing import in_group, standing, waits

NAMES = ("name", "name_en", "name_fr", "name_de")


@dataclass(frozen=True, slots=True)
class WaitedFor:
    """The unanswered recommendation that the duty waits for, the longest waiting; with whom it lies."""

    pk: int
    text: str
    owner: Agency
    since: date
    due_on: date | None


def waited_for(reader: Reader, as_of: AsOf) -> Subquery:
    """The column. A reader from outside is shown those of the duty's own text alone."""
    waiting = waits(as_of).filter(recommendation=OuterRef("pk"), assignment=OuterRef(OuterRef("pk")))
    seen = concerning(reader) | Q(directive=OuterRef("directive"))
    rows: QuerySet[Any] = standing(as_of).filter(Exists(waiting), seen)
    rows = rows.filter(in_group(Group.UNANSWERED, as_of.day)).order_by("happened_on", "pk")
    owner = Agency.objects.filter(pk=OuterRef("owner_id"))
    names = {name: Subquery(owner.values(name)[:1]) for name in NAMES}
    columns = {name: name for name in ("pk", "text", "since", "due_on")}
    return Subquery(rows.values(said=JSONObject(**columns, **names))[:1], output_field=JSONField())


def read(column: Mapping[str, Any] | None) -> WaitedFor | None:
    """What the column says."""
    if column is None:
        return None
    owner = Agency(**{name: column[name] for name in NAMES})
    due_on = date.fromisoformat(column["due_on"]) if column["due_on"] else None
    return WaitedFor(column["pk"], column["text"], owner, date.fromisoformat(column["since"]), due_on)
