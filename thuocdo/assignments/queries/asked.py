"""What other agencies ask of a reader: to answer a hold, to decide a dispute, to remove a difficulty (2.04).

All piles are one statement: of each the first rows, every row carrying the number of its pile.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    TextField,
    Value,
    Window,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, RowNumber

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.assignments.enums import DemandKind, DifficultyClass, HoldState
from thuocdo.assignments.models import Difficulty, Hold, HoldAnswer
from thuocdo.assignments.queries.demands import to_answer, to_mend, unanswered
from thuocdo.assignments.queries.overview import standing_difficulties
from thuocdo.assignments.queries.piles import SHOWN, Line, Pile, by_side, carried_on, mine, present
from thuocdo.assignments.queries.status import standing
from thuocdo.lib.moments import AsOf

KINDS: Mapping[str, type[TextChoices]] = {
    "difficulties": DifficultyClass,
    "demands": DemandKind,
    "unanswered": DemandKind,
}  # of the lines of a pile
PILES = ("demands", "broken", "unanswered", "holds", "disputes", "difficulties")
EMPTY = Value("", TextField())
COLUMNS = ("pile", "key", "work", "symbol", "agency_name", "since", "words", "sort", "in_all")


@dataclass(frozen=True, slots=True)
class Asked:
    """The columns of one pile."""

    name: str
    rows: QuerySet[Any]
    on: str
    agency: str
    text: str
    kind: Combinable = EMPTY
    key: str = "pk"
    assignment: str = "assignment__"


def asked(reader: Reader, as_of: AsOf, also: Iterable[QuerySet[Any, Any]] = ()) -> dict[str, Pile]:
    """The piles by name; those with nothing in them are not there. One statement.

    `also`: piles of an app above, in the same columns.
    """
    found = [*(_common(one) for one in _piles(reader, as_of)), *also]
    if not found:
        return {}
    rows = found[0].union(*found[1:], all=True).order_by("pile", "since", "key")
    piles: dict[str, tuple[int, list[Line]]] = {}
    for pile, key, work, symbol, agency, since, words, kind, in_all in rows:
        line = Line(key, work or "", symbol or "", agency or "", since, words, _label(pile, kind))
        piles.setdefault(pile, (in_all, []))[1].append(line)
    return {name: Pile(in_all, tuple(lines)) for name, (in_all, lines) in piles.items()}


def open_holds(as_of: AsOf) -> QuerySet[Any]:
    """Holds that stood open on the day, of duties that were, as known at the moment.

    `state`: what was answered last by then, empty while nobody has answered.
    """
    answers = HoldAnswer.objects.filter(hold=OuterRef("pk"), happened_on__lte=as_of.day)
    rows = Hold.objects.filter(opened_on__lte=as_of.day)
    still_open = Q(closed_on__gt=as_of.day)
    if as_of.known is not None:
        answers = answers.filter(recorded_at__lte=as_of.known)
        rows = rows.filter(recorded_at__lte=as_of.known)
        still_open |= Q(closed_recorded_at__gt=as_of.known)
    last = answers.order_by("-happened_on", "-recorded_at", "-pk").values("state")[:1]
    spans = standing(as_of).filter(assignment=OuterRef("assignment"), withdrawn=False, declared_by=None)
    found: QuerySet[Any] = rows.filter(still_open, Exists(spans)).annotate(state=Subquery(last))
    return found


def holds_to_answer(as_of: AsOf) -> QuerySet[Any]:
    """Open holds that nobody has answered: `agency` is asked."""
    return open_holds(as_of).filter(state=None)


def holds_to_decide(as_of: AsOf) -> QuerySet[Any]:
    """Open holds that are disputed: the assigner is asked."""
    return open_holds(as_of).filter(state=HoldState.DISPUTED)


def _piles(reader: Reader, as_of: AsOf) -> Iterable[Asked]:
    reporting, deciding = mine(reader, Permission.REPORT), mine(reader, Permission.DECIDE)
    if reporting:
        waiting = holds_to_answer(as_of).filter(carried_on("agency", reporting, as_of.day))
        yield Asked("holds", waiting, "opened_on", "assignment__lead__name", "reason")
        open_demands = to_answer(as_of).filter(carried_on("agency", reporting, as_of.day))
        yield Asked("demands", open_demands, "due_on", "sender__name", "text", F("kind"))
        missed = to_mend(as_of).filter(agency__in=reporting)
        yield Asked("broken", missed, "promised_on", "agency__name", "text", key="assignment")
    if deciding:
        disputed = holds_to_decide(as_of).filter(by_side(deciding, as_of, "assignment__"))
        yield Asked("disputes", disputed, "opened_on", "agency__name", "reason")
    if overseeing := mine(reader, Permission.OVERSEE):
        late = unanswered(as_of).filter(sender__in=overseeing)
        yield Asked("unanswered", late, "due_on", "agency__name", "text", F("kind"))
    if reader.agencies:
        owned = Difficulty.objects.filter(standing_difficulties(as_of), owner__in=reader.agencies)
        yield Asked("difficulties", owned, "opened_on", "agency__name", "text", F("kind"))


def _label(pile: str, kind: str) -> str:
    kinds = KINDS.get(pile)
    return str(kinds(kind).label) if kinds else kind


def _common(one: Asked) -> QuerySet[Any]:
    """The pile in the common columns, its first rows."""
    ordered = Window(RowNumber(), order_by=[F(one.on).asc(), F("pk").asc()])
    rows: QuerySet[Any] = one.rows.order_by().annotate(
        pile=Value(one.name, TextField()),
        key=F(one.key),
        work=Cast(present(one.assignment), TextField()),
        symbol=Cast(f"{one.assignment}directive__symbol", TextField()),
        agency_name=Cast(one.agency, TextField()),
        since=F(one.on),
        words=Cast(one.text, TextField()),
        sort=Cast(one.kind, TextField()),
        in_all=Window(Count("pk")),
        place=ordered,
    )
    found: QuerySet[Any] = rows.filter(place__lte=SHOWN).values_list(*COLUMNS)
    return found
