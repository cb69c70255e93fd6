"""A PostgreSQL with a synthetic load, the production server on it, clients, and what requests cost.

The database is a private one (`bin/postgres.py`), or on the server that DATABASE_URL names: there a database
`thuocdo_bench_…` is made, kept for the next run, and dropped with `dropdb`.
"""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "bin"))

import house  # noqa: E402
import postgres  # noqa: E402
import psycopg  # noqa: E402

DISK = "-c max_connections=50 -c shared_buffers=512MB -c work_mem=16MB -c max_wal_size=2GB"
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Load:
    """A synthetic load: so many assignments, of so many duties for so many leads."""

    assignments: int
    shape: str = ""


L = Load(17_400, "145x120")
TEN_THOUSAND = Load(10_000)
XL = Load(1_000_000)


def left_out(what: str, why: str) -> None:
    """End in one line that says what is missing and how to get it; in CI that is a failure."""
    print(f"left out: {what}: {why}")
    sys.exit(os.environ.get("CI") == "true")


@contextmanager
def server_of_databases() -> Iterator[str]:
    """The address of a PostgreSQL: the one DATABASE_URL names, else a private one for this run."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
    elif postgres.binaries() is None:
        left_out("benchmarks on PostgreSQL", "apt-get install postgresql, or set DATABASE_URL")
    else:
        with postgres.cluster(DISK) as address:
            yield address


def loaded(server: str, load: Load) -> dict[str, str]:
    """The environment of a process that works on this load; made on first use."""
    name = f"thuocdo_bench_{load.assignments}"
    env = {
        "DATABASE_URL": urlunsplit(urlsplit(server)._replace(path=f"/{name}")),
        "THUOCDO_VAR": str(Path(tempfile.gettempdir()) / f"thuocdo-bench-{load.assignments}"),
    }
    with psycopg.connect(server, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return env
        connection.execute(f"CREATE DATABASE {name}")
    manage(env, "migrate", "-v0")
    shape = ["--shape", load.shape] if load.shape else []
    manage(env, "demo", "--scale", str(load.assignments), *shape)
    if load.assignments < XL.assignments:
        manage(env, "tally")  # as the first night does; of the million each benchmark takes those it needs
    with psycopg.connect(env["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return env


def manage(env: dict[str, str], *words: str) -> None:
    """Run a command of manage.py in this environment."""
    Path(env["THUOCDO_VAR"]).mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env={**os.environ, **env}, check=True, text=True
    )


@contextmanager
def serving(env: dict[str, str]) -> Iterator[tuple[int, int]]:
    """(port, process id) of the server as `bin/serve` starts it, while the block runs."""
    manage(env, "prepare", "--empty")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    os.environ["DATABASE_URL"] = env["DATABASE_URL"]  # decides the number of threads
    command = [sys.executable, "-m", "granian", *house.server_options("127.0.0.1", port)]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **env})
    try:
        _wait(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def beside(env: dict[str, str], module: str, *words: str) -> Iterator[None]:
    """Another process of ours while the block runs."""
    process = subprocess.Popen([sys.executable, "-m", module, *words], cwd=ROOT, env={**os.environ, **env})
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            get(port, "/")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(port)


@dataclass(frozen=True, slots=True)
class Answer:
    """How long one request took to its first byte and to its last, in seconds, and its bytes as sent."""

    first: float
    last: float
    size: int


def get(port: int, path: str, to: http.client.HTTPConnection | None = None) -> Answer:
    """One GET, compressed as browsers ask for it."""
    connection = to or http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    start = time.perf_counter()
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read(1)
    first = time.perf_counter() - start
    body += answer.read()
    if answer.status != 200:
        raise ValueError(f"{path}: {answer.status}")
    return Answer(first, time.perf_counter() - start, len(body))


def page(port: int, path: str) -> str:
    """The text of a page."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
        return str(answer.read().decode())


def clients(port: int, number: int, seconds: float, path: Callable[[int], str]) -> list[Answer]:
    """What so many clients get in the time, each asking for the next of its paths as soon as it has one."""
    answers: list[Answer] = []
    until = time.perf_counter() + seconds

    def ask(seed: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        turn = 0
        while time.perf_counter() < until:
            answers.append(get(port, path(seed * 1_000_003 + turn), connection))
            turn += 1

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def at(share: float, values: Sequence[float]) -> float:
    """The value below which this share of all lies."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def middle(values: Sequence[float]) -> float:
    """The median."""
    return statistics.median(values)


def processor_seconds(pids: Sequence[int]) -> float:
    """The processor time these processes have used, in seconds."""
    found = 0.0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        found += (int(fields[11]) + int(fields[12])) / TICKS
    return found


def family(pid: int) -> list[int]:
    """The process and all it started."""
    found = [pid]
    for line in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = line.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found += family(int(line.parent.name))
    return found


def backends(env: dict[str, str]) -> list[int]:
    """The processes of PostgreSQL that serve this database."""
    with psycopg.connect(env["DATABASE_URL"]) as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return [pid for (pid,) in rows]


def memory(pid: int) -> int:
    """The resident memory of a process, in bytes."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS"))


def show(what: str, value: str, target: str, *, met: bool) -> None:
    """One line of figures; `bin/bench` gathers these lines into its table."""
    print(f"  {what:<58} {value:>14}   target {target:<14} {'reached' if met else 'MISSED'}", flush=True)
