"""What faults of the machine mean to a person."""

import errno
import sqlite3

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, ProgrammingError

from tests.marks import covers
from thuocdo.lib import trouble


def wrapped(kind, cause):
    """A driver's fault as Django passes it on."""
    fault = kind(str(cause))
    fault.__cause__ = cause
    return fault


def sqlite(code, words="words of the driver"):
    fault = sqlite3.OperationalError(words)
    fault.sqlite_errorcode = code
    return wrapped(OperationalError, fault)


@covers("2.17")
@pytest.mark.parametrize(
    ("fault", "found"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), trouble.FULL),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), trouble.FULL),
        (FileNotFoundError(errno.ENOENT, "No such file"), None),
        (sqlite(sqlite3.SQLITE_FULL), trouble.FULL),
        (sqlite(sqlite3.SQLITE_BUSY), trouble.BUSY),
        (sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), trouble.BUSY),
        (sqlite(sqlite3.SQLITE_READONLY), trouble.CLOSED),
        (sqlite(sqlite3.SQLITE_ERROR, "no such table: assignments_report"), trouble.UNREADY),
        (sqlite(sqlite3.SQLITE_ERROR, "syntax error"), None),
        (wrapped(OperationalError, psycopg.errors.DiskFull()), trouble.FULL),
        (wrapped(OperationalError, psycopg.errors.TooManyConnections()), trouble.BUSY),
        (wrapped(OperationalError, psycopg.errors.DeadlockDetected()), trouble.BUSY),
        (wrapped(OperationalError, psycopg.errors.AdminShutdown()), trouble.AWAY),
        (wrapped(OperationalError, psycopg.OperationalError("connection refused")), trouble.AWAY),
        (wrapped(ProgrammingError, psycopg.errors.UndefinedTable()), trouble.UNREADY),
        (wrapped(DatabaseError, psycopg.errors.ReadOnlySqlTransaction()), trouble.CLOSED),
        (wrapped(DatabaseError, psycopg.errors.UniqueViolation()), None),
        (ValueError("a mistake of ours"), None),
        (None, None),
    ],
)
def test_what_a_fault_means(fault, found):
    assert trouble.of(fault) is found
