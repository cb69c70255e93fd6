"""The folder of facts: one Parquet file for each kind and month, never half written (3.12)."""

import os
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from thuocdo.indicators.facts import place
from thuocdo.indicators.facts.columns import Kind
from thuocdo.indicators.facts.engine import literal, parquet
from thuocdo.indicators.rules.service_counts import months_of


@dataclass(frozen=True, slots=True)
class Store:
    """Where the facts of an installation are."""

    folder: Path

    def files(self, kind: Kind) -> dict[int, Path]:
        """The partitions of a kind by month (of counts: by month or quarter), in order."""
        found = (self.folder / kind).glob("[0-9]*.parquet")
        return dict(sorted((int(path.stem), path) for path in found))

    def months(self) -> set[int]:
        """Every month of which there are facts, and those of quarters that are counted as such."""
        return {month for kind in Kind for period in self.files(kind) for month in months_of(period)}

    @property
    def uncounted(self) -> set[int]:
        """The periods that were changed and not yet counted: what is left when a process ends between."""
        note = self.folder / place.NOTE
        return {int(word) for word in note.read_text().split()} if note.exists() else set()

    def note_uncounted(self, periods: set[int]) -> None:
        """Note what will have to be counted, before anything is changed; nothing: all is counted."""
        note = self.folder / place.NOTE
        if periods:
            note.write_text(" ".join(str(period) for period in sorted(periods)))
            _on_disk(note)
        else:
            note.unlink(missing_ok=True)

    def writing(self) -> AbstractContextManager[None]:
        """One writer at a time; another waits."""
        return place.writing(self.folder)

    def enter(self, db: duckdb.DuckDBPyConnection, kind: Kind) -> tuple[int, list[int]]:
        """Enter the table `facts`: how many were new or of a higher version, and the months that changed."""
        there = self.files(kind)
        _held(db, there)
        db.execute("""
            CREATE TEMP TABLE fresh AS SELECT facts.* FROM facts LEFT JOIN held USING (code)
            WHERE held.code IS NULL OR held.version < facts.version
        """)
        touched = db.execute("""
            SELECT DISTINCT month FROM fresh
            UNION SELECT DISTINCT held.month FROM held JOIN fresh USING (code)
        """).fetchall()
        months = sorted(int(row[0]) for row in touched)
        if months:
            self.note_uncounted(self.uncounted | set(months))
        for month in months:
            self._write(db, kind, month, there.get(month))
        row = db.execute("SELECT count(*) FROM fresh").fetchone()
        return (int(row[0]) if row else 0), months

    def _write(self, db: duckdb.DuckDBPyConnection, kind: Kind, month: int, old: Path | None) -> None:
        kept = ""
        if old is not None:
            kept = f"UNION ALL BY NAME SELECT * FROM {parquet([old])}"  # nosec B608 # our own words, no input
            kept += " WHERE code NOT IN (SELECT code FROM fresh)"
        rows = f"SELECT * FROM fresh WHERE month = {month} {kept}"  # nosec B608 # our own words, no input
        target = self.folder / kind / f"{month}.parquet"
        write(db, f"SELECT * FROM ({rows}) ORDER BY unit, code", target)  # nosec B608 # our words


def write(db: duckdb.DuckDBPyConnection, query: str, target: Path) -> None:
    """Write rows to a temporary name, make sure the disk has them, give them their name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    made = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        db.execute(f"COPY ({query}) TO {literal(made)} (FORMAT parquet, COMPRESSION zstd)")
        _on_disk(made)
        made.replace(target)
        _on_disk(target.parent)
    finally:
        made.unlink(missing_ok=True)


def _on_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _held(db: duckdb.DuckDBPyConnection, there: dict[int, Path]) -> None:
    """Which of the codes are entered already, in which version and month."""
    if there:
        rows = f"SELECT code, version, month FROM {parquet(list(there.values()))}"  # nosec B608 # our words
        rows += " WHERE code IN (SELECT code FROM facts)"
    else:
        rows = "SELECT '' AS code, 0 AS version, 0 AS month WHERE false"
    db.execute(f"CREATE TEMP TABLE held AS {rows}")
