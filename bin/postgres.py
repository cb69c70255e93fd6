"""A private PostgreSQL for one run: under a temporary folder, on a free loopback port, gone at the end."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator

# Nothing here outlives the run, so nothing is forced to disk.
_SPEED = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=50"


class NotStartedError(Exception):
    """The server's own last words."""


def binaries() -> Path | None:
    """The folder of initdb, pg_ctl and postgres: Debian's newest, else that of the search path."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = str(debian[-1]) if debian else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def cluster(settings: str = _SPEED) -> Iterator[str]:
    """The address of a server that runs while the block does; a kill of this process ends it too."""
    folder = Path(tempfile.mkdtemp(prefix="thuocdo-pg-"))
    signal.signal(signal.SIGTERM, _leave)
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        _call(folder, "initdb -U postgres -A trust -E UTF8 --no-sync")
        port = _free_port()
        listen = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories='{folder}'"
        _call(folder, "pg_ctl start -w -t 60", "-l", str(folder / "log"), "-o", f"{listen} {settings}")
        try:
            yield f"postgres://postgres@127.0.0.1:{port}/postgres"
        finally:
            _call(folder, "pg_ctl stop -w -m immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _leave(number: int, frame: object) -> NoReturn:
    raise SystemExit(128 + number)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _call(folder: Path, words: str, *arguments: str) -> None:
    """Run one of the server's programs; PostgreSQL refuses to run as root, so then as the user postgres."""
    program, *options = words.split()
    command = [str((binaries() or Path()) / program), *options, "-D", str(folder / "data"), *arguments]
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    heard = folder / "heard"
    with heard.open("w") as told:  # a file, not a pipe: the server keeps its output open
        code = subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, stdout=told, stderr=told).returncode
    if code:
        log = folder / "log"
        raise NotStartedError((log if log.exists() else heard).read_text(errors="replace")[-600:].strip())
