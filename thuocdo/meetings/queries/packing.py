"""The pack of a session: the exceptions of the branch it follows, as plain values (4.03).

What stands in it is read as of one day and as known at one moment; days and decimals are written as text.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.queries import subtree_ids
from thuocdo.assignments.enums import Series, Status
from thuocdo.assignments.queries import demands, listing
from thuocdo.assignments.queries.sight import EVERYTHING
from thuocdo.assignments.queries.status import standing
from thuocdo.assignments.rules.status import COMPLETED
from thuocdo.indicators.enums import Origin
from thuocdo.indicators.models import Observation
from thuocdo.indicators.queries import measured
from thuocdo.lib.moments import AsOf, day_of
from thuocdo.meetings.enums import Section
from thuocdo.meetings.models import Committee, Pack, Session
from thuocdo.meetings.queries.conclusions import duties_of, last_issued
from thuocdo.recommendations.enums import Group
from thuocdo.recommendations.queries import reading

MOST = 200  # lines of a section; how many there are in all stands beside
Lines = list[dict[str, Any]]


def gathered(session: Session, as_of: AsOf, *, log_entry: int, log_batch: int) -> dict[str, Any]:
    """Everything of the pack."""
    committee = session.committee
    since = _since(session)
    inside = {pk for kind in RelationKind for pk in subtree_ids([committee.covers_id], kind, as_of)}
    inside.add(committee.covers_id)
    sections = {
        Section.CONCLUSIONS: _conclusions(session, as_of),
        Section.NEW_LATE: _new_late(inside, since, as_of),
        Section.BROKEN: _broken(inside, as_of),
        Section.DISAGREEMENTS: [*_unconfirmed(inside, as_of), *_measured_otherwise(inside, as_of)],
        Section.RECOMMENDATIONS: _recommendations(inside, as_of),
        Section.INDICATORS: _turned(committee, since, as_of),
    }
    return {
        "committee": committee.agency.name,
        "session": session.number,
        "held_on": day_of(session.starts_at).isoformat(),
        "covers": committee.covers.name,
        "as_of": as_of.day.isoformat(),
        "known": as_of.known.isoformat() if as_of.known else None,
        "since": since.isoformat() if since else None,
        "log": {"entry": log_entry, "batch": log_batch},
        "counts": {section.value: len(lines) for section, lines in sections.items()},
        "sections": {section.value: lines[:MOST] for section, lines in sections.items()},
    }


def _since(session: Session) -> date | None:
    """The day of the pack before this one; what was an exception then is not new now."""
    packs = Pack.objects.filter(session__committee=session.committee_id, session__number__lt=session.number)
    last = packs.order_by("-session__number", "-pk").first()
    return last.as_of if last else None


def _duty(row: listing.Row) -> dict[str, Any]:
    return {
        "duty": row.pk,
        "symbol": row.symbol,
        "work": row.work,
        "lead": row.lead.name if row.lead else "",
        "limit_on": _day(row.limit_on),
        "declared": row.declared.value,
        "confirmed": row.confirmed.value,
        "waits_for": row.waits_for.name if row.waits_for else "",
    }


def _rows(spans: QuerySet[Any], as_of: AsOf) -> Lines:
    return [_duty(row) for row in listing.rows(listing.worst_first(spans), EVERYTHING, as_of)]


def _inside(inside: set[int], as_of: AsOf) -> QuerySet[Any]:
    return standing(as_of).filter(lead_id__in=inside)


def _late(inside: set[int], as_of: AsOf) -> QuerySet[Any]:
    return listing.having(_inside(inside, as_of), as_of.day, Series.DECLARED, {Status.OVERDUE})


def _conclusions(session: Session, as_of: AsOf) -> Lines:
    last = last_issued(session)
    return _rows(duties_of(last.issue.directive_id, as_of), as_of) if last else []


def _new_late(inside: set[int], since: date | None, as_of: AsOf) -> Lines:
    spans = _late(inside, as_of)
    if since is not None:
        before = _late(inside, AsOf(since, as_of.known)).values("assignment")
        spans = spans.exclude(assignment__in=before)
    return _rows(spans, as_of)


def _broken(inside: set[int], as_of: AsOf) -> Lines:
    rows = demands.broken(as_of).filter(assignment__in=_inside(inside, as_of).values("assignment"))
    found = rows.select_related("assignment__directive", "agency").order_by("promised_on", "pk")
    return [
        {
            "duty": row.assignment_id,
            "symbol": row.assignment.directive.symbol,
            "work": row.assignment.work,
            "promised_by": row.agency.name,
            "promised_on": _day(row.promised_on),
            "text": row.text,
        }
        for row in found
    ]


def _unconfirmed(inside: set[int], as_of: AsOf) -> Lines:
    """Duties that their leads call completed and nobody has confirmed."""
    said = listing.having(_inside(inside, as_of), as_of.day, Series.DECLARED, COMPLETED)
    return _rows(said.filter(confirmed_by=None), as_of)


def _measured_otherwise(inside: set[int], as_of: AsOf) -> Lines:
    """Values that an agency entered and that a count of records set right to another."""
    counted = Observation.objects.known(as_of).filter(agency__in=inside, origin=Origin.RECORDS)
    set_right = counted.filter(corrects__isnull=False).exclude(corrects__origin=Origin.RECORDS)
    rows = set_right.select_related("indicator", "agency", "corrects")
    return [
        {
            "indicator": row.indicator.code,
            "agency": row.agency.name,
            "period_to": _day(row.period_to),
            "declared": _text(row.corrects.value),
            "measured": _text(row.value),
        }
        for row in rows.order_by("indicator__code", "agency", "pk")
        if row.corrects is not None and row.corrects.value != row.value
    ]


def _recommendations(inside: set[int], as_of: AsOf) -> Lines:
    rows = reading.chosen(EVERYTHING, as_of, Group.UNANSWERED, None)
    lines = reading.lines([row for row in rows if {row.agency_id, row.owner_id} & inside], as_of)
    return [
        {
            "recommendation": line.row.pk,
            "text": line.row.text,
            "asked_by": line.row.agency.name,
            "lies_with": line.owner.name,
            "since": _day(line.row.since),
            "due_on": _day(line.row.due_on),
            "state": line.state.value,
            "explains": line.explains,
        }
        for line in lines
    ]


def _turned(committee: Committee, since: date | None, as_of: AsOf) -> Lines:
    """Indicators of which another status is true than when the last pack was frozen."""
    if since is None:
        return []
    definitions = measured.listed(EVERYTHING.reader, as_of)
    now = _healths(measured.figures(definitions, committee.covers, EVERYTHING.reader, as_of))
    past = AsOf(since, as_of.known)
    before = _healths(measured.figures(definitions, committee.covers, EVERYTHING.reader, past))
    return [
        {"indicator": code, "before": before[code], "now": health}
        for code, health in now.items()
        if code in before and before[code] != health
    ]


def _healths(figures: list[measured.Figure]) -> dict[str, str]:
    return {
        one.code: one.measured.judgement.health.value
        for one in figures
        if one.measured and one.measured.judgement
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _text(value: Decimal | None) -> str | None:
    return f"{value.normalize():f}" if value is not None else None
