"""An installation of its own: a folder, a database, the server of bin/serve, the sealer; killed at will."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from unittest import mock

import psycopg
import requests

ROOT = Path(__file__).resolve().parents[2]
LONG = 90  # seconds after which something that is waited for is given up
NOT_PASSED_ON = {
    "DJANGO_SETTINGS_MODULE",
    "THUOCDO_SECRET_KEY",
    "THUOCDO_VAR",
    "DATABASE_URL",
    "THUOCDO_SEED",
}

sys.path.append(str(ROOT / "bin"))


def until(condition: Callable[[], object], what: str) -> None:
    """Wait until it holds; a test that waits in vain says for what."""
    end = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.005)


def new_database(server: str, name: str) -> str:
    """An empty database on the server; its address."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return server.rsplit("/", 1)[0] + f"/{name}"


class Installation:
    """`url` names a database of PostgreSQL; without it the installation keeps SQLite in its folder."""

    def __init__(self, folder: Path, url: str | None = None) -> None:
        self.folder = folder
        self.port, self.begun = _free_port(), 0
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {name: value for name, value in os.environ.items() if name not in NOT_PASSED_ON}
        self.environment |= {"DJANGO_SETTINGS_MODULE": "thuocdo.config.settings", "THUOCDO_VAR": str(folder)}
        self.environment |= {"DATABASE_URL": url} if url else {}
        self.server: subprocess.Popen[bytes] | None = None
        self.sealer: subprocess.Popen[bytes] | None = None
        self.work: subprocess.Popen[bytes] | None = None

    def run(self, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command of the installation to its end."""
        told = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.environment, capture_output=True, text=True
        )
        assert told.returncode == 0 or not check, told.stdout + told.stderr
        return told

    def manage(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """A command of the operator, as `thuocdo` runs it."""
        return self.run("manage.py", *words, check=check)

    def inside(self, *words: str) -> dict[str, object]:
        """What a function of tests/resilience/inside.py found with the installation's own settings."""
        found: dict[str, object] = json.loads(self.run("-m", "tests.resilience.inside", *words).stdout)
        return found

    def begin(self, *command: str) -> subprocess.Popen[bytes]:
        """Start a process of the installation in a group of its own; its output goes to a file."""
        self.begun += 1
        with self.told().open("wb") as output:
            return subprocess.Popen(
                [sys.executable, *command], cwd=ROOT, env=self.environment, stdin=subprocess.PIPE,
                stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip

    def told(self) -> Path:
        """The file of what the process begun last says."""
        return self.folder / f"told-{self.begun}.txt"

    def start(self, ready: Callable[[], object] | None = None) -> None:
        """Start server, background work, a busy sealer, as far as they do not run; back when it answers."""
        import house  # bin/house.py

        if self.sealer is None:
            self.sealer = self.begin("manage.py", "seal", "--every", "0.2", "--while-fed")
        if self.work is None:
            self.work = self.begin("manage.py", "work", "--while-fed")
        if self.server is None:
            with mock.patch.dict(os.environ, self.environment, clear=True):
                options = house.server_options("127.0.0.1", self.port)
            self.server = self.begin("-m", "granian", *options)
        until(ready or self.answers, "the server answers")

    def listens(self) -> bool:
        """Whether the server answers at all, be it with a fault."""
        with suppress(requests.ConnectionError):
            return bool(requests.get(f"{self.address}/en/", timeout=LONG).status_code)
        return False

    def answers(self) -> bool:
        """Whether the server answers a page."""
        try:
            return requests.get(f"{self.address}/en/account/login/", timeout=LONG).ok
        except requests.ConnectionError:
            return False

    def workers(self) -> list[int]:
        """The processes that answer requests, below the one that keeps them."""
        assert self.server
        tasks = Path(f"/proc/{self.server.pid}/task").glob("*/children")
        return sorted(int(pid) for task in tasks for pid in task.read_text().split())

    def kill_server(self) -> None:
        """All processes of the server at once, as when the power fails."""
        self.server = _killed(self.server)

    def kill_sealer(self) -> None:
        """The sealer, in the middle of whatever it does."""
        self.sealer = _killed(self.sealer)

    def kill_work(self) -> None:
        """The background work, at whatever job it is."""
        self.work = _killed(self.work)

    def kill(self, process: "subprocess.Popen[bytes]") -> None:
        """A job, wherever it is; it may have ended already."""
        _killed(process)

    def stop(self) -> None:
        """At the end of a test."""
        self.kill_server()
        self.kill_sealer()
        self.kill_work()


def _killed(process: "subprocess.Popen[bytes] | None") -> None:
    if process is not None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def lines(path: Path, entries: Iterable[str]) -> None:
    """Append lines to a file, on the disk before this returns."""
    with path.open("a") as handle:
        handle.writelines(f"{entry}\n" for entry in entries)
        handle.flush()
        os.fsync(handle.fileno())
