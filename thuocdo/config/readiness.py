"""What must stand before a server starts; each step does nothing when it is done already."""

import hashlib
import importlib
import os
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

STATIC_STAMP = "static.stamp"


def compile_messages(folder: Path) -> list[Path]:
    """Compile each .po below `folder` that is newer than its .mo; those compiled. Two processes may do it."""
    done = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as handle:
            catalogue = read_po(handle, locale=source.parent.parent.name)
        number, new = tempfile.mkstemp(dir=target.parent, suffix=".new")
        with os.fdopen(number, "wb") as handle:
            write_mo(handle, catalogue)
        Path(new).replace(target)
        done.append(target)
    return done


def migrate() -> bool:
    """Bring the tables up to date; whether there was anything to do."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    call_command("migrate", interactive=False, verbosity=0)
    return True


def collect_static() -> bool:
    """Collect, compress and name the static files if any changed since the last time; whether any had."""
    stamp = settings.VAR / STATIC_STAMP
    now = _static_mark()
    if stamp.exists() and stamp.read_text() == now and Path(settings.STATIC_ROOT).is_dir():
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(now)
    return True


def _static_mark() -> str:
    """A digest over name, size and time of every static file."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            about = Path(storage.path(name)).stat()
            digest.update(f"{name} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def load_demo() -> bool:
    """Load the demo world into an empty database, where this release brings one; whether it brings one."""
    if "demo" not in get_commands():
        return False
    call_command("demo", "--if-empty")
    return True


def sign_ins() -> list[str]:
    """How the demo's people sign in, a line for each, where settings let them at all."""
    if not settings.SIGN_IN_OF_EXAMPLES or "demo" not in get_commands():
        return []
    lines: list[str] = importlib.import_module("thuocdo.demo.people").sign_ins()
    return lines
