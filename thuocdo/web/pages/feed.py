"""The calendar of a person at a secret address, for the calendar programs of telephones and desks (2.08)."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone, translation
from icalendar import Calendar, Event

from thuocdo.accounts import permissions
from thuocdo.accounts.enums import Permission
from thuocdo.assignments.queries import calendar as duties
from thuocdo.assignments.queries.calendar import Duty
from thuocdo.faces import wording
from thuocdo.lib.say import say
from thuocdo.notices.queries import reading
from thuocdo.web import letters
from thuocdo.web.access import PageRequest, requires

PACE = timedelta(hours=4)


@requires(Permission.READ_PUBLIC)
def feed(request: PageRequest, secret: str) -> HttpResponse:
    """The time limits of the duties that the owner's agencies lead; what they may read today, no more."""
    found = reading.feed_of(secret)
    if found is None:
        raise Http404
    today = timezone.localdate()
    reader = permissions.reader_of(found.user, today)
    with translation.override(found.user.language):
        text = calendar([event(duty) for duty in duties.led_by(reader, today)])
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, max-age=900"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def calendar(events: list[Event]) -> bytes:
    """The events as a calendar that says how often to ask again."""
    made = Calendar()
    made.add("prodid", "-//Thuoc Do//vi")
    made.add("version", "2.0")
    made.add("x-wr-calname", wording.tell(say("Thước Đo: time limits")))
    made.add("refresh-interval", PACE, {"VALUE": "DURATION"})
    for one in events:
        made.add_component(one)
    return bytes(made.to_ical())


def event(duty: Duty) -> Event:
    """One limit as a day; moved, it keeps its name and has a higher number."""
    host = settings.ADDRESS.partition("://")[2].partition("/")[0].partition(":")[0]
    made = Event()
    made.add("uid", f"assignment-{duty.pk}@{host}")
    made.add("sequence", duty.moves)
    made.add("dtstamp", duty.changed_at)
    made.add("last-modified", duty.changed_at)
    made.add("dtstart", duty.limit_on)
    made.add("dtend", duty.limit_on + timedelta(days=1))
    made.add("transp", "TRANSPARENT")
    made.add("summary", duty.work[:200])
    made.add(
        "description",
        wording.tell(say("%(symbol)s. %(agency)s leads it.", symbol=duty.symbol, agency=duty.lead)),
    )
    made.add("url", letters.link(f"/assignments/{duty.pk}/"))
    return made
