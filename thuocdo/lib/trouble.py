"""What a fault of the machine means to a person: no room, others writing, no database, half an upgrade."""

import errno
import sqlite3
from dataclasses import dataclass

from thuocdo.lib.say import Say, say

NOT_KEPT = say("Nothing of what you sent was kept.")
WHEN_ROOM = say("Tell the people who run this installation; when there is room again, send it once more.")
LATER = say("Try again in a few minutes.")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happened, what it did to what was sent, what to do; and what a reader who sent nothing does."""

    status: int
    what: Say
    now: Say
    kept: Say = NOT_KEPT
    reading: Say = LATER

    @property
    def told(self) -> tuple[Say, Say, Say]:
        """What is said to somebody who sent a form."""
        return self.what, self.kept, self.now


FULL = Trouble(507, say("The server has no room left."), WHEN_ROOM)
CLOSED = Trouble(503, say("The database can only be read at present."), WHEN_ROOM)
BUSY = Trouble(
    503,
    say("Others are writing at this moment, and your turn did not come."),
    say("Send it once more in a minute."),
)
AWAY = Trouble(
    503,
    say("The database does not answer."),
    say("Send the same form once more in a few minutes: it is kept once, even if it arrives twice."),
    say("What you sent was probably not kept."),
)
TAKE_UP = say("Try again in a few minutes. Those who run it take up what was interrupted: thuocdo prepare.")
UNREADY = Trouble(
    503,
    say("This installation is being brought up to date, or that was interrupted."),
    TAKE_UP,
    reading=TAKE_UP,
)

ERRNO = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EROFS: CLOSED}
SQLITE = {  # the primary code is the lowest byte
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_READONLY: CLOSED,
    sqlite3.SQLITE_CANTOPEN: AWAY,
    sqlite3.SQLITE_IOERR: AWAY,
}
POSTGRESQL = {  # appendix A of its manual; the longest beginning that fits decides
    "53100": FULL, "53300": BUSY, "40001": BUSY, "40P01": BUSY, "55P03": BUSY, "25006": CLOSED,
    "42P01": UNREADY, "42703": UNREADY, "57P0": AWAY, "08": AWAY,
}  # fmt: skip
MISSING = ("no such table", "no such column", "has no column named")


def of(fault: BaseException | None) -> Trouble | None:
    """The trouble behind a fault of the system or of a database driver; None: it is a mistake of ours."""
    if isinstance(fault, OSError):
        return ERRNO.get(fault.errno or 0)
    cause = fault and (fault.__cause__ or fault)
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(cause)
    if cause is not None and type(cause).__module__.startswith("psycopg"):
        return _of_postgresql(cause)
    return None


def _of_sqlite(cause: sqlite3.Error) -> Trouble | None:
    if any(words in str(cause) for words in MISSING):
        return UNREADY
    return SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)


def _of_postgresql(cause: BaseException) -> Trouble | None:
    state = getattr(cause, "sqlstate", None)
    if state is None:  # the driver's own: there is no connection to ask for one
        return AWAY if type(cause).__name__ in ("OperationalError", "InterfaceError") else None
    return next((POSTGRESQL[state[:length]] for length in (5, 4, 2) if state[:length] in POSTGRESQL), None)
