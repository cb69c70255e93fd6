"""An installation of its own for one test: a folder, a database, commands run as an operator runs them."""

import os
import shutil
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


class Maker:
    """Makes installations of the kind of database that the test runs on, and clears them away."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.databases = folder, []

    def empty(self, name: str, template: str = "") -> Installation:
        """A folder and a database without tables; PostgreSQL can copy another one."""
        place = self.folder / name
        place.mkdir(exist_ok=bool(template))
        if connection.vendor == "sqlite":
            return Installation(place, f"sqlite:///{place / 'thuocdo.sqlite3'}")
        database = f"{connection.settings_dict['NAME']}_{name}_{len(self.databases)}_{os.getpid()}"
        _statement(f'CREATE DATABASE "{database}"' + (f' TEMPLATE "{template}"' if template else ""))
        self.databases.append(database)
        return Installation(place, _url(database))

    def copy(self, of: Installation, name: str) -> Installation:
        """The same once more, in a folder and a database of its own."""
        shutil.copytree(of.folder, self.folder / name)
        return self.empty(name, of.database.rpartition("/")[2] or "template1")

    def clear(self) -> None:
        for database in self.databases:
            _statement(f'DROP DATABASE "{database}" WITH (FORCE)')


def _statement(text: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(text)


def _url(database: str) -> str:
    given = connection.settings_dict
    assert dj_database_url.parse(os.environ["DATABASE_URL"])["HOST"] == given["HOST"]
    return f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{database}"
