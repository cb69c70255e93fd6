"""The inspector's desk: what discipline looks like on a day, each figure with the rows behind it (2.10)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.models import User
from thuocdo.accounts.permissions import Reader
from thuocdo.agencies.models import Agency
from thuocdo.assignments.enums import Capacity, ChangeKind, Condition, Parameter, ProductKind
from thuocdo.assignments.models import (
    Assignment,
    CapacityChange,
    ChangeDecision,
    Difficulty,
    Evidence,
    LimitMove,
    ParameterValue,
    Review,
)
from thuocdo.assignments.queries.asked import holds_to_decide
from thuocdo.assignments.queries.demands import unanswered
from thuocdo.assignments.queries.overview import standing_difficulties
from thuocdo.assignments.queries.status import Holds, standing
from thuocdo.assignments.rules.evidence import SHOWN_BY
from thuocdo.assignments.rules.parameters import DEFAULTS
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Say, say, say_n

HEADS = 40  # named on the desk, those with most late first


class Figure(StrEnum):
    """A figure of the desk, under whose name its rows are listed."""

    SLOW = "slow"
    LATE = "late"
    RETURNED = "returned"
    WEAK = "weak"
    MOVED = "moved"
    HASTY = "hasty"
    DISPUTED = "disputed"
    DEMANDS = "demands"
    DIFFICULTIES = "difficulties"


@dataclass(frozen=True, slots=True)
class Head:
    """What one person who answers has that is slow or late. Names are shown inside only."""

    agency: Agency
    post: str
    name: str
    slow: int
    late: int


@dataclass(frozen=True, slots=True)
class Desk:
    """The whole desk."""

    counts: Mapping[Figure, int]
    heads: list[Head]  # the most late first
    agencies: list[Head]  # the same by agency
    haste: int  # minutes


@dataclass(frozen=True, slots=True)
class Found:
    """One row behind a figure: its duty, the agency it is about, and where the log has its entries."""

    assignment_id: int | None
    work: str
    agency: str
    on: date | None
    told: Say
    table: str
    row: int


def desk(reader: Reader, as_of: AsOf) -> Desk:
    """The figures the reader may see: four statements."""
    minutes = haste(as_of)
    rows = list(_heads(reader, as_of))
    agencies = Agency.objects.defer("aliases", "names_folded").in_bulk({row[0] for row in rows})
    heads = [Head(agencies[lead], *rest) for lead, *rest in rows]
    sums: dict[int, list[int]] = {}
    for lead, _post, _name, slow, late in rows:
        so_far = sums.setdefault(lead, [0, 0])
        sums[lead] = [so_far[0] + slow, so_far[1] + late]
    by_agency = [Head(agencies[lead], "", "", slow, late) for lead, (slow, late) in sums.items()]
    by_agency.sort(key=lambda one: (-one.late, -one.slow, one.agency.pk))
    counts = _counts(reader, as_of, minutes)
    counts |= {Figure.SLOW: sum(one.slow for one in heads), Figure.LATE: sum(one.late for one in heads)}
    return Desk(counts, heads[:HEADS], by_agency[:HEADS], minutes)


def haste(as_of: AsOf) -> int:
    """Minutes within which a confirmation is hasty, as decided by the day."""
    rows = ParameterValue.objects.filter(name=Parameter.HASTE, happened_on__lte=as_of.day)
    if as_of.known is not None:
        rows = rows.filter(recorded_at__lte=as_of.known)
    last = rows.order_by("happened_on", "recorded_at", "pk").values_list("value", flat=True).last()
    return int(DEFAULTS[Parameter.HASTE].value if last is None else last)


def watched(reader: Reader) -> Q:
    """The spans that the reader oversees: of leads below, and of duties monitored for."""
    if reader.reads_all:
        return Q()
    reach = reader.reach.get(Permission.OVERSEE, frozenset())
    return Q(lead_id__in=reach) | Q(monitoring_id__in=reach)


def _inside(rows: QuerySet[Any], reader: Reader, as_of: AsOf, field: str) -> QuerySet[Any]:
    """The rows whose assignment the reader oversees on the day."""
    if reader.reads_all:
        return rows
    spans = standing(as_of).filter(watched(reader))
    return rows.filter(**{f"{field}__in": spans.values("assignment")})


def duties(figure: Figure, reader: Reader, as_of: AsOf, whose: Mapping[str, str]) -> QuerySet[Any]:
    """The slow or late spans, of one lead and one head if `whose` names them by `lead`, `post`, `name`."""
    spans = _answered_for(standing(as_of).filter(watched(reader)), as_of)
    if whose.get("lead"):
        spans = spans.filter(lead_id__in=Agency.objects.filter(code=whose["lead"]).values("pk"))
    if "name" in whose:
        spans = spans.filter(name=whose["name"], post=whose.get("post", ""))
    found: QuerySet[Any] = spans.filter(Holds(as_of.day, Condition(figure.value)))
    return found


def _heads(reader: Reader, as_of: AsOf) -> QuerySet[Any, Any]:
    """(lead, post, name, slow, late) of everybody who has something slow or late."""
    slow, late = Holds(as_of.day, Condition.SLOW), Holds(as_of.day, Condition.LATE)
    spans = _answered_for(standing(as_of).filter(watched(reader)), as_of).filter(Q(slow) | Q(late))
    counted: QuerySet[Any, Any] = (
        spans.order_by()
        .values_list("lead_id", "post", "name")
        .annotate(slow=Count("pk", filter=slow), late=Count("pk", filter=late))
    )
    ordered: QuerySet[Any, Any] = counted.order_by("-late", "-slow", "lead_id", "name")
    return ordered


def _answered_for(spans: QuerySet[Any], as_of: AsOf) -> QuerySet[Any]:
    """The spans with `post` and `name` of who answers on the day."""
    found: QuerySet[Any] = spans.annotate(post=_head("head_post", as_of), name=_head("head_name", as_of))
    return found


def _head(column: str, as_of: AsOf) -> Coalesce:
    """Who answers on the day, after changes of hands."""
    changes = CapacityChange.objects.filter(
        assignment=OuterRef("assignment"), capacity=Capacity.LEAD, happened_on__lte=as_of.day
    )
    if as_of.known is not None:
        changes = changes.filter(recorded_at__lte=as_of.known)
    last = changes.order_by("-happened_on", "-recorded_at", "-pk").values(column)[:1]
    return Coalesce(Subquery(last), F(f"assignment__{column}"))


def _counts(reader: Reader, as_of: AsOf, minutes: int) -> dict[Figure, int]:
    """How many rows each figure has: one statement, a row of counts."""
    sets = {figure: one.rows(reader, as_of, minutes) for figure, one in FIGURES.items()}
    columns = {f"n_{figure}": _number(rows) for figure, rows in sets.items()}
    me = User.objects.filter(pk=reader.user.pk if reader.user else 0).order_by()
    found = me.annotate(**columns).values(*columns).first() or dict.fromkeys(columns, 0)
    return {figure: found[f"n_{figure}"] for figure in sets}


def _number(rows: QuerySet[Any]) -> Coalesce:
    all_of_them = rows.order_by().annotate(one_=Value(1)).values("one_").annotate(n_=Count("pk")).values("n_")
    return Coalesce(Subquery(all_of_them, output_field=IntegerField()), 0)


def _seen(rows: QuerySet[Any], as_of: AsOf) -> QuerySet[Any]:
    rows = rows.filter(happened_on__lte=as_of.day)
    return rows if as_of.known is None else rows.filter(recorded_at__lte=as_of.known)


def _reviews(reader: Reader, as_of: AsOf, *, accepted: bool) -> QuerySet[Any]:
    """Reviews that stand on the day: not corrected by then."""
    corrected = Review.objects.filter(corrects=OuterRef("pk"))
    rows = _seen(Review.objects.filter(accepted=accepted), as_of).filter(~Exists(_seen(corrected, as_of)))
    return _inside(rows, reader, as_of, "claim__assignment")


def _returned(reader: Reader, as_of: AsOf, _minutes: int) -> QuerySet[Any]:
    """The last return of each duty that was returned more than once; `times` of it."""
    rows = _reviews(reader, as_of, accepted=False)
    same = _seen(Review.objects.filter(accepted=False, corrected_by=None), as_of)
    same = same.filter(claim__assignment=OuterRef("claim__assignment")).order_by()
    times = same.annotate(one_=Value(1)).values("one_").annotate(n_=Count("pk")).values("n_")
    found: QuerySet[Any] = rows.annotate(times=Subquery(times, output_field=IntegerField()))
    return found.filter(~Exists(same.filter(pk__gt=OuterRef("pk"))), times__gt=1)


def _weak(reader: Reader, as_of: AsOf, _minutes: int) -> QuerySet[Any]:
    """Confirmations of claims whose evidence does not show such a product, or is an address alone."""
    shown = Evidence.objects.filter(report=OuterRef("claim__report"))
    fitting = reduce(or_, (_fits(kind) for kind in ProductKind))
    more = shown.filter(Q(file__isnull=False) | Q(directive__isnull=False) | ~Q(symbol=""))
    return _reviews(reader, as_of, accepted=True).filter(~Exists(shown.filter(fitting)) | ~Exists(more))


def _fits(kind: ProductKind) -> Q:
    kinds = [kind.value, ""] if kind is ProductKind.OTHER else [kind.value]
    return Q(report__assignment__product_kind__in=kinds, kind__in=[one.value for one in SHOWN_BY[kind]])


def _moved(reader: Reader, as_of: AsOf, _minutes: int) -> QuerySet[Any]:
    """Duties whose limit was moved: by extensions, and by decisions on working days, counted apart."""
    granted: QuerySet[Any] = ChangeDecision.objects.filter(
        granted=True, request__kind=ChangeKind.LIMIT, limit_on__isnull=False
    )
    granted = _seen(granted, as_of).filter(request__assignment=OuterRef("pk")).order_by()
    shifts = _seen(LimitMove.objects.all(), as_of).filter(term__assignment=OuterRef("pk")).order_by()
    rows = Assignment.objects.filter(Exists(granted) | Exists(shifts))
    spans = standing(as_of).filter(watched(reader), assignment=OuterRef("pk"))
    found: QuerySet[Any] = rows.filter(Exists(spans)).annotate(
        extended=Coalesce(_in_all(granted), 0),
        shifted=Coalesce(_in_all(shifts), 0),
        **_last("granted", granted),
        **_last("shift", shifts),
        in_force=Subquery(spans.values("limit_on")[:1]),
    )
    days = Greatest(Coalesce("granted_on", date.min), Coalesce("shift_on", date.min))
    dated: QuerySet[Any] = found.annotate(moved_on=days)
    return dated


def _in_all(rows: QuerySet[Any]) -> Subquery:
    counted = rows.annotate(one_=Value(1)).values("one_").annotate(n_=Count("pk")).values("n_")
    return Subquery(counted, output_field=IntegerField())


def _last(name: str, rows: QuerySet[Any]) -> dict[str, Subquery]:
    """The key, day and moment of the last of them."""
    last = rows.order_by("-happened_on", "-recorded_at", "-pk")
    columns = {"pk": "pk", "on": "happened_on", "at": "recorded_at"}
    return {f"{name}_{key}": Subquery(last.values(column)[:1]) for key, column in columns.items()}


def _hasty(reader: Reader, as_of: AsOf, minutes: int) -> QuerySet[Any]:
    """Claims that were confirmed within minutes of being recorded.

    What was recorded at the very same moment was loaded in bulk, and says nothing about a reviewer.
    """
    soon = F("claim__recorded_at") + timedelta(minutes=minutes)
    rows = _reviews(reader, as_of, accepted=True)
    return rows.filter(recorded_at__lt=soon, recorded_at__gt=F("claim__recorded_at"), corrects=None)


def _disputed(reader: Reader, as_of: AsOf, _minutes: int) -> QuerySet[Any]:
    return _inside(holds_to_decide(as_of), reader, as_of, "assignment")


def _demands(reader: Reader, as_of: AsOf, _minutes: int) -> QuerySet[Any]:
    rows = unanswered(as_of)
    if reader.reads_all:
        return rows
    reach = reader.reach.get(Permission.OVERSEE, frozenset())
    return rows.filter(Q(agency__in=reach) | Q(sender__in=reach))


def _difficulties(reader: Reader, as_of: AsOf, _minutes: int) -> QuerySet[Any]:
    rows = Difficulty.objects.filter(
        standing_difficulties(as_of), owner__isnull=False, assignment__isnull=False
    )
    return _inside(rows, reader, as_of, "assignment")


def _itself(row: Any) -> tuple[str, int]:  # noqa: ANN401
    return row._meta.db_table, row.pk


@dataclass(frozen=True, slots=True)
class Behind:
    """How the rows of a figure are found, and what is told of each."""

    rows: Callable[[Reader, AsOf, int], QuerySet[Any]]
    assignment: str  # the way from a row to its duty; empty: the row itself
    on: str  # the column of its day
    agency: str  # the way to the agency it is about
    told: Callable[[Any], Say]
    logged: Callable[[Any], tuple[str, int]] = _itself  # the table and the key that the log has it under


def _minutes(row: Any) -> int:  # noqa: ANN401
    return int((row.recorded_at - row.claim.recorded_at).total_seconds() // 60)


def _times(row: Any) -> Say:  # noqa: ANN401
    days = (row.in_force - row.limit_on).days if row.in_force and row.limit_on else 0
    if not row.shifted:
        return say("moved %(times)s times, by %(days)s days in all", times=row.extended, days=days)
    return say(
        "moved %(times)s times, of these %(shifted)s by decisions on working days, by %(days)s days in all",
        times=row.extended + row.shifted, shifted=row.shifted, days=days,
    )  # fmt: skip


def _last_move(row: Any) -> tuple[str, int]:  # noqa: ANN401
    """Where the log has what moved the limit last."""
    granted = (row.granted_on, row.granted_at) if row.granted_pk else None
    shift = (row.shift_on, row.shift_at) if row.shift_pk else None
    if shift is None or (granted is not None and granted >= shift):
        return ChangeDecision._meta.db_table, row.granted_pk
    return LimitMove._meta.db_table, row.shift_pk


FIGURES: Mapping[Figure, Behind] = {
    Figure.RETURNED: Behind(
        _returned, "claim.assignment", "happened_on", "claim.assignment.lead",
        lambda row: say("returned %(times)s times, last: %(reason)s", times=row.times, reason=row.reason),
    ),
    Figure.WEAK: Behind(
        _weak, "claim.assignment", "happened_on", "claim.assignment.lead",
        lambda row: say("confirmed by %(agency)s", agency=row.agency),
    ),
    Figure.MOVED: Behind(_moved, "", "moved_on", "lead", _times, _last_move),
    Figure.HASTY: Behind(
        _hasty, "claim.assignment", "happened_on", "claim.assignment.lead",
        lambda row: say_n(
            "confirmed after %(n)s minute by %(agency)s", "confirmed after %(n)s minutes by %(agency)s",
            _minutes(row), agency=row.agency,
        ),
    ),
    Figure.DISPUTED: Behind(
        _disputed, "assignment", "opened_on", "agency",
        lambda row: say("waits for %(agency)s: %(text)s", agency=row.agency, text=row.reason),
    ),
    Figure.DEMANDS: Behind(
        _demands, "assignment", "due_on", "agency",
        lambda row: say("%(agency)s asks: %(text)s", agency=row.sender, text=row.text),
    ),
    Figure.DIFFICULTIES: Behind(
        _difficulties, "assignment", "opened_on", "owner",
        lambda row: say("difficulty: %(text)s", text=row.text),
    ),
}  # fmt: skip


def rows_of(figure: Figure, reader: Reader, as_of: AsOf) -> QuerySet[Any]:
    """The rows behind a figure, the longest standing first, with all that `found` reads of them."""
    behind = FIGURES[figure]
    of = behind.assignment.replace(".", "__")
    related = {behind.agency.replace(".", "__")} | ({of, f"{of}__lead"} if of else set())
    related |= {"sender"} if figure is Figure.DEMANDS else set()
    related |= {"agency"} if figure in (Figure.WEAK, Figure.HASTY) else set()
    rows = behind.rows(reader, as_of, haste(as_of))
    return rows.select_related(*sorted(related)).order_by(behind.on, "pk")


def found(figure: Figure, row: Any) -> Found:  # noqa: ANN401 - a row of the figure's own table
    """What the list shows of a row."""
    behind = FIGURES[figure]
    way = [name for name in behind.assignment.split(".") if name]
    duty = reduce(lambda one, name: getattr(one, name), way, row)
    agency = reduce(lambda one, name: getattr(one, name, None), behind.agency.split("."), row)
    table, pk = behind.logged(row)
    return Found(
        assignment_id=duty.pk if duty else None,
        work=duty.work if duty else "",
        agency=agency.name if agency else "",
        on=getattr(row, behind.on),
        told=behind.told(row),
        table=table,
        row=pk,
    )
