"""A real OpenID Connect provider beside the server of a test: npm's oidc-provider, started by the test."""

import os
import shutil
import socket
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "oidc"
CLIENT = "thuocdo"
SECRET = "a secret of tests alone, long enough"
BACK = "/account/outside/back/"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(here: str, email: str = "an@example.vn"):
    """The issuer's address while the block runs; it sends browsers back to the server at `here`."""
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "CALLBACK": here + BACK, "EMAIL": email}
    command = [_node(), str(FOLDER / "provider.mjs")]
    with subprocess.Popen(
        command, cwd=FOLDER, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            while "ready" not in (line := process.stdout.readline()):
                assert line, "the provider ended before it was ready"
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


def named(issuer: str) -> dict[str, object]:
    """The setting that names this provider."""
    app = {
        "provider_id": "outside", "name": "Cổng định danh", "client_id": CLIENT, "secret": SECRET,
        "settings": {"server_url": issuer},
    }  # fmt: skip
    return {"openid_connect": {"APPS": [app]}}


def _node() -> str:
    """The program that runs it. Missing: a failure in CI, one skipped line elsewhere."""
    node = shutil.which("node")
    if node and (FOLDER / "node_modules").is_dir():
        return node
    missing = "no OpenID Connect provider: apt-get install nodejs npm, then npm ci --prefix tests/oidc"
    return pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
