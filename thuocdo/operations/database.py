"""The database as one file and back: SQLite by its backup API, PostgreSQL by pg_dump and pg_restore."""

import os
import shutil
import sqlite3
import subprocess  # nosec B404 # fixed programs, no shell
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction

WAIT = 60  # seconds for a lock
DEBIAN = Path("/usr/lib/postgresql")
PARAMETERS = {
    "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "dbname": "PGDATABASE", "service": "PGSERVICE",
    "password": "PGPASSWORD",  # nosec B105 # the name of a variable
    "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY",
    "passfile": "PGPASSFILE",
}  # fmt: skip


class DatabaseError(Exception):
    """It could not be dumped or restored; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Dump:
    """What stands in the dumped database: the hashes of its stored files, the migrations it went through."""

    files: list[str]
    migrations: list[str]


def dump(target: Path) -> Dump:
    """Write the database as it is at one moment, while others go on writing."""
    return _dump_sqlite(target) if connection.vendor == "sqlite" else _dump_postgresql(target)


def load(source: Path) -> None:
    """Put the dump in the place of what the database holds, whole or not at all."""
    connection.close()
    _load_sqlite(source) if connection.vendor == "sqlite" else _load_postgresql(source)


def holdings() -> int:
    """How many rows of people and of the log there are: 0 means that nobody has worked here yet."""
    there = set(connection.introspection.table_names())
    count = 0
    with connection.cursor() as cursor:
        for table in sorted({"accounts_user", "audit_entry"} & there):
            cursor.execute(f"SELECT COUNT(*) FROM {table}")  # nosec B608 # a name from the line above
            count += cursor.fetchone()[0]
    return count


_FILES = "SELECT DISTINCT sha256 FROM files_storedfile ORDER BY sha256"
_MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY app, name"


def _told(cursor: Any) -> Dump:  # noqa: ANN401 - of either driver
    cursor.execute(_FILES)
    files = [sha256 for (sha256,) in cursor.fetchall()]
    cursor.execute(_MIGRATIONS)
    return Dump(files, [f"{app}.{name}" for app, name in cursor.fetchall()])


def _sqlite_path() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _dump_sqlite(target: Path) -> Dump:
    address = f"{_sqlite_path().absolute().as_uri()}?mode=ro"
    try:
        source = sqlite3.connect(address, uri=True, timeout=WAIT)
        with closing(source), closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            ((found,),) = copy.execute("PRAGMA quick_check(1)")
            if found != "ok":
                raise DatabaseError(f"The database is damaged: {found}. Restore the last good backup.")
            return _told(copy.cursor())
    except sqlite3.Error as fault:
        raise DatabaseError(f"The database cannot be copied: {fault}.") from fault


def _load_sqlite(source: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(source)) as made,
            closing(sqlite3.connect(_sqlite_path(), timeout=WAIT)) as target,
        ):
            made.backup(target)
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as fault:
        raise DatabaseError(f"The database cannot be replaced: {fault}. Stop the server first.") from fault


def _dump_postgresql(target: Path) -> Dump:
    """pg_dump reads the very snapshot in which the files are listed."""
    program = _program("pg_dump")
    with _one_snapshot() as name, connection.cursor() as cursor:
        told = _told(cursor)
        _call(
            [
                program,
                "--format=custom",
                "--no-owner",
                "--no-privileges",
                f"--snapshot={name}",
                f"--file={target}",
            ]
        )
    return told


@contextmanager
def _one_snapshot() -> Iterator[str]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def _load_postgresql(source: Path) -> None:
    options = ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction"]
    _call([_program("pg_restore"), *options, f"--dbname={_parameters()['PGDATABASE']}", str(source)])


def _program(name: str) -> str:
    """Debian's newest, else that of the search path: it must not be older than the server."""
    debian = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    found = str(debian[-1]) if debian else shutil.which(name)
    if found is None:
        raise DatabaseError(f"{name} is not installed. On Debian: sudo apt-get install postgresql-client")
    return found


def _parameters() -> dict[str, str]:
    """Where the database is, as the programs of PostgreSQL read it; a password is never on a command line."""
    given = connection.get_connection_params()
    return {PARAMETERS[name]: str(value) for name, value in given.items() if name in PARAMETERS and value}


def _call(command: list[str]) -> None:
    told = subprocess.run(  # nosec B603 # a program of PostgreSQL, arguments of our own
        command, env={**os.environ, **_parameters()}, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    if told.returncode:
        raise DatabaseError(f"{Path(command[0]).name} failed: {told.stderr.strip()[-600:]}")
