"""A session is called; who is there, and what is said, is written down while it runs."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from thuocdo.accounts.models import User
from thuocdo.audit import log
from thuocdo.lib.moments import day_of
from thuocdo.lib.say import require, say
from thuocdo.meetings.enums import SessionState
from thuocdo.meetings.models import Attendance, Closing, Committee, Issue, Item, Note, Point, Session
from thuocdo.meetings.rules import sessions
from thuocdo.meetings.rules.sessions import Held
from thuocdo.meetings.terms import Call


def locked(session: Session) -> tuple[Session, SessionState]:
    """The session held until the transaction ends, and how far it has come by now."""
    row = Session.objects.select_for_update().get(pk=session.pk)
    closing = Closing.objects.filter(session=row).first()
    issue = Issue.objects.filter(session=row).first()
    held = Held(closing.happened_on if closing else None, issue.happened_on if issue else None)
    last = max(day for day in (held.closed_on, held.issued_on, day_of(row.starts_at)) if day)
    return row, sessions.state(held, last)


@transaction.atomic
def call(*, committee: Committee, wanted: Call, by: User | None, at: datetime) -> Session:
    """Call a session: its number follows the last one, its points and its agenda are entered with it."""
    Committee.objects.select_for_update().get(pk=committee.pk)
    require(
        None if wanted.place.strip() else say("Say where the session is held."),
        None if any(title.strip() for title in wanted.agenda) else say("An agenda needs an item at least."),
        None if wanted.minutes > 0 else say("A session takes some time."),
    )
    number = Session.objects.filter(committee=committee).aggregate(last=Max("number"))["last"] or 0
    row = Session(
        committee=committee, number=number + 1, starts_at=wanted.starts_at, minutes=wanted.minutes,
        place=wanted.place, by=by, recorded_at=at,
    )  # fmt: skip
    row.save(force_insert=True)
    log.record("session.called", row, by=by, at=at)
    points = [Point(session=row, agency=one, recorded_at=at) for one in dict.fromkeys(wanted.points)]
    Point.objects.bulk_create(points)
    log.record_many("session.point_connected", points, by=by, at=at)
    titles = [title.strip()[:300] for title in wanted.agenda if title.strip()]
    items = [Item(session=row, ordinal=n, title=title, recorded_at=at) for n, title in enumerate(titles, 1)]
    Item.objects.bulk_create(items)
    log.record_many("session.item_added", items, by=by, at=at)
    return row


@transaction.atomic
def attend(*, point: Point, present: int, led_by: str, by: User | None, at: datetime) -> Attendance:
    """So many were there at the point; entered again, the last one counts."""
    _session, now = locked(point.session)
    require(sessions.writing_problem(now))
    row = Attendance(point=point, present=present, led_by=led_by, by=by, recorded_at=at)
    row.save(force_insert=True)
    log.record("session.attended", row, by=by, at=at)
    return row


@transaction.atomic
def note(*, session: Session, text: str, item: Item | None, by: User | None, at: datetime) -> Note:
    """A line of the minutes, at the moment it is written."""
    row, now = locked(session)
    require(
        sessions.writing_problem(now),
        None if text.strip() else say("The minutes say nothing."),
        say("The item is not on the agenda of this session.") if item and item.session_id != row.pk else None,
    )
    made = Note(session=row, item=item, text=text, by=by, recorded_at=at)
    made.save(force_insert=True)
    log.record("session.noted", made, by=by, at=at)
    return made
