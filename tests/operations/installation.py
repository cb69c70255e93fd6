"""An installation of its own for one test: a folder, a database, commands run as an operator runs them."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import dj_database_url
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]

# A small world whose every row is in the log, with one stored file, sealed. Run inside the installation.
WORLD = """
import django; django.setup()
from django.utils import timezone
from tests.assignments import factory
from tests.files.factory import stored
from thuocdo.audit import actions
here = factory.world(); row = factory.given(here); factory.claimed(here, row)
stored("quyet-dinh.pdf", by=here.an)
while actions.seal(at=timezone.now()): pass
"""


@dataclass(frozen=True)
class Installation:
    """`folder` is its THUOCDO_VAR."""

    folder: Path
    database: str

    def run(self, *words: str, expect: int = 0, **more: str) -> str:
        """What `thuocdo WORDS` says; its exit code must be the one expected."""
        return self._run([sys.executable, str(ROOT / "manage.py"), *words], expect, more)

    def python(self, text: str) -> str:
        """What this program says, run with the installation's settings."""
        return self._run([sys.executable, "-W", "ignore", "-c", text], 0, {})

    def _run(self, command, expect, more):
        told = subprocess.run(
            command,
            cwd=ROOT,
            env={
                **{name: value for name, value in os.environ.items() if not name.startswith("THUOCDO_")},
                "DJANGO_SETTINGS_MODULE": "thuocdo.config.settings",
                "THUOCDO_VAR": str(self.folder),
                "DATABASE_URL": self.database,
                "PYTHONPATH": str(ROOT),
                **more,
            },
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert told.returncode == expect, told.stdout + told.stderr
        return told.stdout + told.stderr


def installations(folder: Path):
    """Makes installations of the kind of database that the test runs on: `made("here")`; gone at the end."""
    databases: list[str] = []

    def made(name: str, *, migrated: bool = True) -> Installation:
        place = folder / name
        place.mkdir()
        if connection.vendor == "sqlite":
            found = Installation(place, f"sqlite:///{place / 'thuocdo.sqlite3'}")
        else:
            database = f"{connection.settings_dict['NAME']}_{name}"
            _statement(f'CREATE DATABASE "{database}"')
            databases.append(database)
            found = Installation(place, _url(database))
        if migrated:
            found.run("migrate", "--verbosity", "0")
        return found

    yield made
    for database in databases:
        _statement(f'DROP DATABASE "{database}" WITH (FORCE)')


def _statement(text: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(text)


def _url(database: str) -> str:
    given = connection.settings_dict
    assert dj_database_url.parse(os.environ["DATABASE_URL"])["HOST"] == given["HOST"]
    return f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{database}"
