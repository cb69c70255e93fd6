"""One worker at a time: a lock that the worker holds while it lives, and that dies with it."""

import fcntl
from pathlib import Path
from typing import IO

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

KEY = 0x7468756F6364  # any number that nobody else locks


class WorkerLock:
    """On PostgreSQL a lock of a session of its own; on SQLite one of a file beside the database."""

    def __init__(self) -> None:
        self._session: BaseDatabaseWrapper | None = None
        self._file: IO[str] | None = None

    def held(self) -> bool:
        """Whether this process holds the lock, after trying to take it."""
        return self._of_session() if connection.vendor == "postgresql" else self._of_file()

    def _of_session(self) -> bool:
        """A session that was lost has lost the lock: `DatabaseError` here, and the next call tries anew."""
        if self._session is None:
            session = connections.create_connection("default")
            if not _asks(session, f"SELECT pg_try_advisory_lock({KEY})"):
                session.close()
                return False
            self._session = session
            return True
        try:
            return _asks(self._session, "SELECT TRUE")
        except Exception:
            self._session = None
            raise

    def _of_file(self) -> bool:
        if self._file is None:
            handle = Path(f"{connection.settings_dict['NAME']}.worker").open("w")  # noqa: SIM115 - held as long as we live
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                handle.close()
                return False
            self._file = handle
        return True


def _asks(session: BaseDatabaseWrapper, question: str) -> bool:
    with session.cursor() as cursor:
        cursor.execute(question)
        return bool(cursor.fetchone()[0])
