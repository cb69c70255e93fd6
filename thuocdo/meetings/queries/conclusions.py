"""Conclusions as they stand, the draft of the notice they make, and what became of those of a session."""

from typing import Any

from django.db.models import QuerySet

from thuocdo.assignments.models import Span
from thuocdo.assignments.queries.status import standing
from thuocdo.lib.moments import AsOf, day_of
from thuocdo.meetings.models import Conclusion, Session


def standing_conclusions(session: Session) -> list[Conclusion]:
    """The last wording of each, by number."""
    rows = Conclusion.objects.filter(session=session, replaced_by=None).select_related("lead")
    return list(rows.order_by("ordinal"))


def draft_of(session: Session, rows: list[Conclusion]) -> dict[str, Any]:
    """The draft notice as plain values: what is frozen when the session closes."""
    return {
        "committee": session.committee.agency.name,
        "session": session.number,
        "held_on": day_of(session.starts_at).isoformat(),
        "place": session.place,
        "conclusions": [
            {
                "number": row.ordinal,
                "work": row.work,
                "product": row.product,
                "lead": row.lead.name if row.lead else "",
                "person": " · ".join(filter(None, (row.head_post, row.head_name))),
                "limit_on": row.limit_on.isoformat() if row.limit_on else None,
                "authority": row.signer,
            }
            for row in rows
        ],
    }


def last_issued(session: Session) -> Session | None:
    """The session before this one whose notice was issued."""
    rows = Session.objects.filter(
        committee=session.committee_id, number__lt=session.number, issue__isnull=False
    )
    return rows.select_related("issue__directive").order_by("-number").first()


def duties_of(directive_id: int, as_of: AsOf) -> QuerySet[Span]:
    """The duties that the conclusions of an issued notice became, in their order, on the day."""
    return standing(as_of).filter(directive_id=directive_id, depth=0).order_by("assignment_id")
