"""Installations with real processes, on both databases; everything here belongs to the long ring."""

import itertools
import os
import secrets
from pathlib import Path

import pytest

from tests.resilience.installation import Installation, new_database

numbers = itertools.count(1)


def pytest_collection_modifyitems(items):
    """Everything in this folder takes long."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("slow")


@pytest.fixture(scope="session")
def durable_server():
    """A PostgreSQL with the settings of production. Missing: a failure in CI, one skipped line elsewhere."""
    import postgres  # bin/postgres.py

    if postgres.binaries() is None:
        missing = "no PostgreSQL: apt-get install postgresql"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    with postgres.cluster("-c max_connections=60") as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request, tmp_path):
    """An empty installation, its tables made; all its processes end with the test."""
    found = Installation(tmp_path, _database(request))
    found.manage("prepare", "--empty")
    yield found
    found.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request, tmp_path):
    """An installation in which nothing was prepared yet."""
    found = Installation(tmp_path, _database(request))
    yield found
    found.stop()


def _database(request) -> str | None:
    if request.param == "sqlite":
        return None
    return new_database(request.getfixturevalue("durable_server"), f"thuocdo{next(numbers)}")


@pytest.fixture
def seed(capsys, record_property) -> int:
    """Chosen anew each time and printed; THUOCDO_SEED repeats a run."""
    chosen = int(os.environ.get("THUOCDO_SEED") or secrets.randbits(32))
    record_property("seed", chosen)
    with capsys.disabled():
        print(f"\nTHUOCDO_SEED={chosen}")  # noqa: T201
    return chosen
