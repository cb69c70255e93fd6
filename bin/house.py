"""What the words of the house (bin/serve, bin/test, ...) share; standard library only, for any python3."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = str(VENV / "bin" / "python")
OLDEST = (3, 11)


def stop(problem: str, cure: str) -> NoReturn:
    """End with what is missing; the second line is the one command that brings it."""
    print(f"{problem}\n    {cure}", file=sys.stderr)
    sys.exit(1)


def environment(kind: str) -> None:
    """Make .venv from requirements/<kind>.txt ("runtime", or "dev", which contains it) unless it stands."""
    if sys.version_info < OLDEST:
        have = ".".join(map(str, sys.version_info[:3]))
        stop(f"Python 3.11 or newer is needed, python3 is {have}. On Debian:", "sudo apt-get install python3")
    mark = _mark(kind)
    stamp = VENV / f"{kind}.stamp"
    if stamp.is_file() and stamp.read_text() == mark and os.access(PYTHON, os.X_OK):
        return
    if not _runs(PYTHON):
        _make_venv()
    print(f"Installing requirements/{kind}.txt into .venv ...", flush=True)
    _install(ROOT / "requirements" / f"{kind}.txt")
    stamp.write_text(mark)
    if kind == "dev":
        (VENV / "runtime.stamp").write_text(_mark("runtime"))


def _mark(kind: str) -> str:
    """What .venv was made from: the locked files, the version of Python."""
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for name in {"runtime": ["runtime"], "dev": ["runtime", "dev"]}[kind]:
        digest.update((ROOT / "requirements" / f"{name}.txt").read_bytes())
    return digest.hexdigest()


def _runs(python: str) -> bool:
    """Whether this interpreter starts, has pip, and is of the version that runs us."""
    if not os.access(python, os.X_OK):
        return False
    ask = "import sys, pip; print(tuple(sys.version_info[:2]))"
    told = subprocess.run([python, "-c", ask], capture_output=True, text=True)
    return told.stdout.strip() == str(tuple(sys.version_info[:2]))


def _make_venv() -> None:
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        stop("python3 lacks its venv module. On Debian and Ubuntu:", _VENV)
    shutil.rmtree(VENV, ignore_errors=True)
    print("Making .venv ...", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        print(made.stdout + made.stderr, file=sys.stderr)
        stop("python3 could not make a virtual environment. On Debian and Ubuntu:", _VENV)


def _install(requirements: Path) -> None:
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    command += ["--require-hashes", "--no-deps", "-r", str(requirements)]
    told = subprocess.run(command, env={**os.environ, "PIP_USER": "0"}, stderr=subprocess.PIPE, text=True)
    if not told.returncode:
        return
    print("\n".join(told.stderr.strip().splitlines()[-6:]), file=sys.stderr)
    if "HASHES" in told.stderr:
        stop("A package is not the one that was locked: do not use this index. To ask another:", _INDEX)
    stop("pip could not fetch the packages: is a package index within reach? To name one:", _INDEX)


_VENV = "sudo apt-get install python3-venv"
_INDEX = "python3 -m pip config set global.index-url ADDRESS-OF-THE-INDEX"


def run(*command: str, **extra: str) -> int:
    """Run a command in the checkout, its output passed on; its exit code. `extra` joins the environment."""
    sys.stdout.flush()
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **extra}, stdin=subprocess.DEVNULL).returncode


def timed(label: str, *command: str, **extra: str) -> int:
    """The same, with a line that says how long it took."""
    print(f"== {label}", flush=True)
    start = time.monotonic()
    code = run(*command, **extra)
    result = "ok" if code == 0 else f"FAILED ({code})"
    print(f"-- {label}: {result}, {time.monotonic() - start:.1f} s", flush=True)
    return code


def strict() -> bool:
    """Whether this is CI, where a missing browser or database server is a failure."""
    return os.environ.get("CI") == "true"


def left_out(what: str, cure: str) -> None:
    """Say in one line that a part cannot run here; on CI end with it."""
    if strict():
        stop(f"CI=true, yet {what} cannot run:", cure)
    print(f"left out: {what}; they run after: {cure}", flush=True)


def browser() -> str | None:
    """The path of Debian's chromium, or of what stands in for it."""
    return os.environ.get("THUOCDO_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def identity_provider() -> bool:
    """Whether the provider of identities for the browser tests stands; npm brings it when it is there."""
    folder = ROOT / "tests" / "oidc"
    lock, stamp = folder / "package-lock.json", folder / "node_modules" / ".package-lock.json"
    if stamp.is_file() and stamp.stat().st_mtime >= lock.stat().st_mtime:
        return shutil.which("node") is not None
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return False
    print("Installing tests/oidc with npm ...", flush=True)
    return run(npm, "ci", "--prefix", str(folder), "--no-audit", "--no-fund", "--loglevel=error") == 0


def server_options(host: str, port: int) -> list[str]:
    """Two workers; of one thread on SQLite, whose lock is unfair between writers, of four on PostgreSQL."""
    threads = "4" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "1"
    options = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", "2"]
    options += ["--blocking-threads", threads, "--log-level", "warning", "--respawn-failed-workers"]
    return [*options, "thuocdo.config.wsgi:application"]
