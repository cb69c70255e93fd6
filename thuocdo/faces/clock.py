"""When something is recorded that somebody does now; what to tell when the clock cannot be right."""

from datetime import datetime, timedelta

from django.utils import timezone

from thuocdo.audit import queries
from thuocdo.lib.say import Say, say

TOLERATED = timedelta(minutes=2)  # between clocks of servers that keep time


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
