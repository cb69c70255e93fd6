"""Who acts on a page, when, and on which day the pages stand."""

from datetime import date, datetime, timedelta

from django.http import Http404
from django.utils import timezone

from thuocdo.accounts.models import User
from thuocdo.audit import queries
from thuocdo.lib.say import Say, say
from thuocdo.web.access import PageRequest
from thuocdo.web.asof import asked

TOLERATED = timedelta(minutes=2)  # between clocks of servers that keep time


def person(request: PageRequest) -> User:
    """Who acts; a page where one acts is open to nobody else."""
    if request.reader.user is None:
        raise Http404
    return request.reader.user


def now() -> datetime:
    """The moment at which something is recorded: never before what the log holds already."""
    return queries.moment(timezone.now())


def clock_problem() -> Say | None:
    """What to tell when the server's clock stands behind the log: one of the two was wrong."""
    clock, last = timezone.now(), queries.last_at()
    if last is None or last - clock < TOLERATED:
        return None
    return say(
        "The server's clock says %(clock)s, but the log already holds an entry of %(last)s. What is sent now "
        "is recorded after that entry. Tell the people who run this installation.",
        clock=clock, last=last,
    )  # fmt: skip


def day(request: PageRequest) -> date:
    """The day the pages stand at: what an officer enters happened then, unless they say otherwise."""
    return asked(request).as_of.day


def today() -> date:
    """Today in Vietnam: rights are those of today."""
    return timezone.localdate()
