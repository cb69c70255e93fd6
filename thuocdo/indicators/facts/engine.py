"""DuckDB, embedded: a connection in memory, with a bound on what it may take."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

MEMORY = "500MB"
Settings = dict[str, str | bool | int | float | list[str]]


@contextmanager
def connected(memory: str = MEMORY) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that spills to a folder of its own and leaves nothing behind."""
    with TemporaryDirectory(prefix="thuocdo-facts-") as folder:
        settings: Settings = {"memory_limit": memory, "temp_directory": folder}
        with duckdb.connect(":memory:", config=settings) as connection:
            yield connection


def literal(value: str | Path) -> str:
    """A text as SQL writes it, for the few places that take no parameter."""
    return "'" + str(value).replace("'", "''") + "'"


def parquet(files: list[Path]) -> str:
    """These files as one table."""
    return f"read_parquet([{', '.join(literal(file) for file in files)}], union_by_name = true)"
