"""Committees with their members and sessions; one session with its pack and conclusions (4.02-4.04)."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from icalendar import Calendar, Event

from thuocdo.accounts.enums import Permission
from thuocdo.assignments.queries import listing
from thuocdo.assignments.queries.sight import EVERYTHING
from thuocdo.assignments.rules import six_clears
from thuocdo.faces import wording
from thuocdo.faces.asof import asked
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import say
from thuocdo.meetings.enums import SECTIONS, Section, SessionState
from thuocdo.meetings.models import Committee, Issue, Pack, Session
from thuocdo.meetings.permissions import may_prepare
from thuocdo.meetings.queries import reading
from thuocdo.meetings.queries.conclusions import duties_of
from thuocdo.meetings.queries.reading import Shown
from thuocdo.meetings.rules import sessions
from thuocdo.meetings.terms import duty_of
from thuocdo.web import addresses, desk, letters
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.parts import Crumb, Words


@requires(Permission.READ_OWN)
def committees(request: PageRequest) -> HttpResponse:
    """The committees whose sessions the reader may read, each with its sessions."""
    as_of = asked(request).as_of
    rows = [(row, _sessions(row, as_of)) for row in reading.committees(request.reader, desk.today())]
    context = {"rows": rows, "founds": request.reader.may(Permission.ASSIGN)}
    return render(request, "web/meetings/committees.html", context)


def _sessions(row: Committee, as_of: AsOf) -> list[tuple[Session, SessionState, Issue | None]]:
    """Its sessions with how far each had come, and the notice it issued."""
    return [
        (one, sessions.state(reading.held(one), as_of.day), getattr(one, "issue", None))
        for one in row.sessions.all()
    ]


def found_committee(request: PageRequest, pk: int) -> Committee:
    """The committee, if the reader may read its sessions."""
    return get_object_or_404(reading.committees(request.reader, desk.today()), pk=pk)


@requires(Permission.READ_OWN)
def committee(request: PageRequest, pk: int) -> HttpResponse:
    """One committee: who sits in it, what it came from, its working groups, its sessions."""
    as_of = asked(request).as_of
    row = found_committee(request, pk)
    context = {
        "committee": row,
        "trail": [Crumb(_("Committees"), addresses.to(request, "web:committees")), Crumb(row.agency.name)],
        "members": reading.members(row, as_of.day),
        "merged_from": reading.merged_from(row, as_of),
        "groups": list(row.groups.select_related("agency").order_by("pk")),
        "sessions": _sessions(row, as_of),
        "prepares": may_prepare(request.reader, row.standing_body, desk.today()) is None,
    }
    return render(request, "web/meetings/committee.html", context)


def found_session(request: PageRequest, pk: int) -> Session:
    """The session, if the reader may read it."""
    found: Session = get_object_or_404(reading.sessions_of(request.reader, desk.today()), pk=pk)
    return found


def trail(request: PageRequest, of: Session, here: Words = "") -> list[Crumb]:
    """From the committees over the session to a page of it."""
    number = say("Session %(number)s", number=of.number)
    steps = [Crumb(_("Committees"), addresses.to(request, "web:committees"))]
    steps.append(Crumb(of.committee.agency.name, addresses.to(request, "web:committee", of.committee_id)))
    if not here:
        return [*steps, Crumb(number)]
    return [*steps, Crumb(number, addresses.to(request, "web:session", of.pk)), Crumb(here)]


@requires(Permission.READ_OWN)
def session(request: PageRequest, pk: int) -> HttpResponse:
    """A session: agenda, points, pack, minutes, conclusions, and what became of those before.

    Whoever reads the session sees how the duties stand that it, or the one before, decided.
    """
    as_of = asked(request).as_of
    row = found_session(request, pk)
    shown = reading.shown(row, as_of)
    prepares = may_prepare(request.reader, row.committee.standing_body, desk.today()) is None
    became = shown.became
    spans = duties_of(became.directive, as_of) if became else None
    context: dict[str, Any] = {
        "shown": shown,
        "session": row,
        "trail": trail(request, row),
        "conclusions": [(one, six_clears.missing(duty_of(one))) for one in shown.conclusions],
        "writes": prepares and shown.state is SessionState.CALLED,
        "offers": list(_offers(row, shown)) if prepares else [],
        "pack": list(_sections(shown.pack)) if shown.pack else [],
        "issue": getattr(row, "issue", None),
        "became": became,
        "rows": listing.rows(spans, EVERYTHING, as_of) if spans is not None else [],
    }
    return render(request, "web/meetings/session.html", context)


def _offers(row: Session, shown: Shown) -> Iterator[tuple[Words, str]]:
    """The steps that may follow."""
    for state, words, name in STEPS:
        if state is shown.state:
            yield words, reverse(name, args=[row.pk])


STEPS: tuple[tuple[SessionState, Words, str], ...] = (
    (SessionState.CALLED, _("Freeze the pack"), "web:freeze_pack"),
    (SessionState.CALLED, _("Write minutes"), "web:note_session"),
    (SessionState.CALLED, _("Add a conclusion"), "web:conclude"),
    (SessionState.CALLED, _("Close the session"), "web:close_session"),
    (SessionState.CLOSED, _("The notice is signed and numbered"), "web:issue_notice"),
)


def _sections(pack: Pack) -> Iterator[tuple[Words, int, list[dict[str, Any]]]]:
    """The sections of the frozen pack: heading, how many in all, its lines as they were frozen."""
    content = json.loads(pack.body)
    for section in Section:
        lines = content["sections"][section.value]
        yield SECTIONS[section], content["counts"][section.value], [_line(section, line) for line in lines]


def _line(section: Section, line: dict[str, Any]) -> dict[str, Any]:
    """A line of the pack: what it is about, of whom, by when, where it stands now."""
    found = _told(section, line)
    return {**found, "on": date.fromisoformat(found["on"]) if found["on"] else None}


def _told(section: Section, line: dict[str, Any]) -> dict[str, Any]:
    if section is Section.RECOMMENDATIONS:
        return {
            "text": line["text"], "who": line["lies_with"], "on": line["due_on"],
            "address": reverse("web:recommendation", args=[line["recommendation"]]),
        }  # fmt: skip
    if "duty" in line:
        who = line.get("lead") or line.get("promised_by", "")
        return {
            "text": line["work"], "who": who, "on": line.get("promised_on") or line.get("limit_on"),
            "address": reverse("web:assignment", args=[line["duty"]]),
        }  # fmt: skip
    values = (line.get("declared") or line.get("before"), line.get("measured") or line.get("now"))
    return {
        "text": f"{line['indicator']}: {values[0]} → {values[1]}", "who": line.get("agency", ""),
        "on": line.get("period_to"), "address": reverse("web:indicator", args=[line["indicator"]]),
    }  # fmt: skip


@requires(Permission.READ_OWN)
def pack_json(request: PageRequest, pk: int) -> HttpResponse:
    """The frozen pack, byte for byte."""
    row = found_session(request, pk)
    pack = Pack.objects.filter(session=row).order_by("pk").last()
    if pack is None:
        raise Http404
    answer = HttpResponse(pack.body.encode(), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="pack-{row.pk}.json"'
    answer["Digest"] = f"sha-256={pack.sha256}"
    return answer


@requires(Permission.READ_OWN)
def invitation(request: PageRequest, pk: int) -> HttpResponse:
    """The invitation, for the calendar programs of those invited."""
    row = found_session(request, pk)
    shown = reading.shown(row, asked(request).as_of)
    made = Calendar()
    made.add("prodid", "-//Thuoc Do//vi")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add_component(_event(row, shown))
    answer = HttpResponse(bytes(made.to_ical()), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="session-{row.pk}.ics"'
    return answer


def _event(row: Session, shown: Shown) -> Event:
    """The session as an event: agenda and points in its description."""
    host = settings.ADDRESS.partition("://")[2].partition("/")[0].partition(":")[0]
    points = ", ".join(point.agency.name for point in shown.points)
    lines = [*(f"{item.ordinal}. {item.title}" for item in shown.items)]
    if points:
        lines.append(wording.tell(say("Connection points: %(points)s", points=points)))
    event = Event()
    event.add("uid", f"session-{row.pk}@{host}")
    event.add("dtstamp", row.recorded_at)
    event.add("dtstart", row.starts_at)
    event.add("dtend", row.starts_at + timedelta(minutes=row.minutes))
    title = say("Session %(number)s: %(committee)s", number=row.number, committee=row.committee.agency)
    event.add("summary", wording.tell(title))
    event.add("location", row.place)
    event.add("description", "\n".join(lines))
    event.add("url", letters.link(f"/sessions/{row.pk}/"))
    return event
