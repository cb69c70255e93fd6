"""Jobs for tests: one that ends well, one that fails, one that waits for a file."""

import time
from pathlib import Path

from django_tasks import task


@task()
def note(place: str) -> None:
    """Say that it ran."""
    with Path(place).open("a") as handle:
        handle.write("x")


@task()
def fail() -> None:
    """Fail as when another system does not answer."""
    raise ConnectionRefusedError("nobody listens there")


@task()
def until(place: str) -> None:
    """Say that it began; end when somebody puts the file `go` beside."""
    Path(place).write_text("begun")
    while not Path(place).with_name("go").exists():
        time.sleep(0.02)
