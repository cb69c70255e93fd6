"""What pages show of committees and sessions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import JSONField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import JSONObject

from thuocdo.accounts.permissions import Reader
from thuocdo.agencies.models import Agency, Succession
from thuocdo.lib.moments import AsOf
from thuocdo.meetings.enums import SessionState
from thuocdo.meetings.models import (
    Attendance,
    Committee,
    Conclusion,
    Item,
    Member,
    Note,
    Pack,
    Point,
    Session,
)
from thuocdo.meetings.permissions import concerning
from thuocdo.meetings.queries.conclusions import standing_conclusions
from thuocdo.meetings.rules import sessions
from thuocdo.meetings.rules.sessions import Held

RELATED = (
    "committee__agency",
    "committee__standing_body",
    "committee__covers",
    "closing",
    "issue__directive",
)


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice of conclusions of a session, issued as a directive."""

    number: int
    directive: int
    symbol: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A session on a day. `points`: each with `attended`, its last attendance by then."""

    session: Session
    state: SessionState
    items: tuple[Item, ...]
    points: tuple[Any, ...]
    notes: tuple[Note, ...]
    conclusions: tuple[Conclusion, ...]
    pack: Pack | None
    became: Notice | None  # its own notice, or else that of the session before it


def committees(reader: Reader, today: date) -> QuerySet[Committee]:
    """The committees whose sessions the reader may read, each with its sessions, the newest first."""
    newest = Session.objects.select_related("closing", "issue__directive").order_by("-number")
    rows = Committee.objects.filter(concerning(reader, today))
    related = rows.select_related("agency", "standing_body", "covers", "parent__agency")
    return related.prefetch_related(Prefetch("sessions", newest)).order_by("agency__level", "agency__code")


def members(committee: Committee, day: date) -> list[Member]:
    """Who sits in it on the day."""
    rows = Member.objects.filter(committee=committee, opened_on__lte=day, closed_on__gt=day)
    return list(rows.select_related("agency").order_by("pk"))


def merged_from(committee: Committee, as_of: AsOf) -> list[Agency]:
    """The bodies whose work it took over: the map keeps that (1.08)."""
    rows = Succession.objects.filter(successor=committee.agency_id, happened_on__lte=as_of.day)
    return [row.predecessor for row in rows.select_related("predecessor").order_by("pk")]


def sessions_of(reader: Reader, today: date) -> QuerySet[Any]:
    """The sessions that the reader may read; `notice`: the last one issued up to each session."""
    seen = Committee.objects.filter(concerning(reader, today)).values("pk")
    former = Session.objects.filter(
        committee=OuterRef("committee"), number__lte=OuterRef("number"), issue__isnull=False
    )
    columns = {"directive": "issue__directive_id", "symbol": "issue__directive__symbol"}
    last = former.order_by("-number").values(said=JSONObject(number="number", **columns))[:1]
    rows: QuerySet[Any] = Session.objects.filter(committee__in=seen)
    found: QuerySet[Any] = rows.annotate(notice=Subquery(last, output_field=JSONField()))
    return found.select_related(*RELATED)


def held(session: Session) -> Held:
    """When it was closed, and its notice issued."""
    closing, issue = getattr(session, "closing", None), getattr(session, "issue", None)
    return Held(closing.happened_on if closing else None, issue.happened_on if issue else None)


def shown(session: Any, as_of: AsOf) -> Shown:  # noqa: ANN401 - a row of `sessions_of`
    """The session with all that hangs on it. Five statements."""
    known = {} if as_of.known is None else {"recorded_at__lte": as_of.known}
    last = Attendance.objects.filter(point=OuterRef("pk"), **known).order_by("-pk")
    columns: Mapping[str, Any] = {name: Subquery(last.values(name)[:1]) for name in ("present", "led_by")}
    points = Point.objects.filter(session=session).annotate(**columns).select_related("agency")
    return Shown(
        session,
        sessions.state(held(session), as_of.day),
        tuple(Item.objects.filter(session=session).order_by("ordinal")),
        tuple(points.order_by("pk")),
        tuple(Note.objects.filter(session=session, **known).select_related("by", "item").order_by("pk")),
        tuple(standing_conclusions(session)),
        Pack.objects.filter(session=session, **known).order_by("pk").last(),
        Notice(**session.notice) if session.notice else None,
    )
