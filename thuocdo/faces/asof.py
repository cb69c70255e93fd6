"""The day a reader asks for, the moment of knowledge, and one snapshot of the database for a whole page."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import cast

from django.db import connection, transaction
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from thuocdo.faces.installation import installation_of
from thuocdo.lib.moments import DAY_MIN, ZONE, AsOf
from thuocdo.lib.say import Refused, say

FIRST_MOMENT = datetime.combine(DAY_MIN, time(), ZONE)


class BadDay(Refused):
    """The address asks for a day or moment that cannot be shown; the page offers the form to correct it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; `given` says whether it named a day or the opening day stands."""

    as_of: AsOf
    compare: date | None
    given: bool
    today: date


def opening_day(opens_on: date | None, today: date) -> date:
    """The day the pages open at: that of the installation (the demo world's is past), never after today."""
    return min(opens_on, today) if opens_on else today


def asked(request: HttpRequest) -> Asked:
    """Read `as_of`, `compare` and `known` from the address, once per request; `BadDay` says what is wrong."""
    known = cast("Asked | None", getattr(request, "asked", None))
    if known is None:
        known = read(request.GET, timezone.now(), installation_of(request).opens_on)
        request.asked = known  # type: ignore[attr-defined]
    return known


def read(query: QueryDict, now: datetime, opens_on: date | None = None) -> Asked:
    """The same from a query string, the clock and the opening day, all given."""
    today = now.astimezone(ZONE).date()
    day = parse_day(query.get("as_of", ""), today)
    known = parse_moment(query.get("known", ""), now)
    compare = parse_day(query.get("compare", ""), today)
    return Asked(AsOf(day or opening_day(opens_on, today), known), compare, day is not None, today)


def parse_day(text: str, today: date) -> date | None:
    """2025-09-30 or 30/09/2025; empty is None; unreadable, too early or yet to come is refused."""
    text = text.strip()
    if not text:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"):
        try:
            found = datetime.strptime(text, form).date()  # noqa: DTZ007 - a day of the calendar has no zone
        except ValueError:
            continue
        return within(found, today)
    raise BadDay(say("“%(given)s” is not a day. Write it as 30/09/2025 or 2025-09-30.", given=text[:40]))


def within(found: date, today: date) -> date:
    """The day, if something can be shown for it."""
    if found > today:
        raise BadDay(
            say(
                "%(day)s has not come yet. The last day to be shown is %(last)s.",
                day=found,
                last=today,
            )
        )
    if found < DAY_MIN:
        raise BadDay(say("Nothing is kept for %(day)s.", day=found))
    return found


def parse_moment(text: str, now: datetime) -> datetime | None:
    """An ISO moment, in Vietnam's time unless it says so; empty or yet to come is None: all known now."""
    text = text.strip().replace(" ", "+")  # a plus sign in an address arrives as a space
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise BadDay(
            say("“%(given)s” is not a moment. Write it as 2025-09-30T17:00.", given=text[:40])
        ) from None
    return known_at(found if found.tzinfo else found.replace(tzinfo=ZONE), now)


def known_at(moment: datetime | None, now: datetime) -> datetime | None:
    """A moment of knowledge in UTC, as every database takes it; None: all that is known now.

    Nothing was recorded before the first day that is kept, so that no moment before it is told apart.
    """
    if moment is None or moment >= now:
        return None
    return max(moment, FIRST_MOMENT).astimezone(UTC)


@contextmanager
def snapshot() -> Iterator[None]:
    """All reads inside see the database at one moment, and nothing inside may write.

    PostgreSQL: REPEATABLE READ READ ONLY. SQLite: a deferred transaction, which keeps to the state of its
    first read and never waits for a writer; `IMMEDIATE`, the setting for writes, would take the write lock.
    Inside a transaction that is already open (a test's) it changes nothing.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with _deferred(), transaction.atomic():
            yield


@contextmanager
def _deferred() -> Iterator[None]:
    """SQLite transactions begun inside are deferred and may not write."""
    connection.ensure_connection()
    usual = connection.transaction_mode  # type: ignore[attr-defined]
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    raw = connection.connection
    raw.execute("PRAGMA query_only=ON")
    try:
        yield
    finally:
        connection.transaction_mode = usual  # type: ignore[attr-defined]
        raw.execute("PRAGMA query_only=OFF")
