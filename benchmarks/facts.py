"""Lines 3.20, 3.21: the index of many facts from Parquet, one month refreshed, memory; the import of a CSV.

python -m benchmarks.facts [DOSSIERS] [IMPORTED]      the lines ask for 20,000,000 and 1,000,000

By hand: the same aggregates, a query for each kind, its rows fetched. Read: the same of one month.
Neither holds the writing of the cube to the database.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from benchmarks._world import show
from thuocdo.indicators.facts import counting, deriving, engine, reading, synthetic, texts
from thuocdo.indicators.facts.columns import COLUMNS, Kind
from thuocdo.indicators.facts.reading import Unit
from thuocdo.indicators.facts.store import Store
from thuocdo.indicators.rules.dossiers import WorkingDays

UNITS = [Unit(f"G{pk}", pk, date(1900, 1, 1), date(9999, 1, 1)) for pk in range(1, 34 + 3_321 + 1)]
DAYS = WorkingDays.of(lambda day: day.weekday() < 5, date(2010, 1, 1), date(2032, 12, 31))
SINCE, MONTHS, ROUNDS, SEED = date(2025, 7, 1), 12, 5, 766


def main() -> None:
    """Make the facts once, then measure each thing in a process of its own."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000
    imported = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    store = Store(Path(tempfile.gettempdir()) / f"thuocdo-bench-facts-{rows}")
    made(store, rows)
    ours, hand = [], []
    for _ in range(ROUNDS):
        hand.append(apart(store, "hand"))
        ours.append(apart(store, "ours"))
    took = [statistics.median(second for second, _ in found) for found in (ours, hand)]
    whole = statistics.median(apart(store, "quarters")[0] for _ in range(ROUNDS))
    print(
        f"{rows} dossiers, {MONTHS} months, {len(UNITS)} agencies: ours {took[0]:.2f} s, "
        f"by hand {took[1]:.2f} s; with quarters {whole:.2f} s"
    )
    ratio = took[0] / took[1]
    show("whole index, cold, against one query by hand", f"{ratio:.2f} x", "≤ 1.3 x", met=ratio <= 1.3)
    peak = max(memory for _, memory in ours)
    show("memory of the worker", f"{peak:.0f} MB", "≤ 800 MB", met=peak <= 800)
    month = [apart(store, "month")[0] - apart(store, "read")[0] for _ in range(ROUNDS)]
    extra = statistics.median(month) * 1000
    show("one month refreshed, over its read", f"{extra:.0f} ms", "≤ 100 ms", met=extra <= 100)
    taken = imports(imported)
    show(f"import of {imported} facts from CSV", f"{taken:.1f} s", "≤ 20 s", met=taken <= 20)


def made(store: Store, rows: int) -> None:
    """The facts, on first use."""
    firsts = synthetic.months(SINCE, MONTHS)
    if store.files(Kind.COUNTS):
        return
    begun = time.perf_counter()
    with store.writing(), engine.connected() as db:
        for first, share in zip(firsts, synthetic.shares(rows, firsts), strict=True):
            synthetic.enter_month(db, store, first, share, UNITS, [DAYS], SEED)
    print(f"made in {time.perf_counter() - begun:.0f} s")


def apart(store: Store, what: str) -> tuple[float, float]:
    """Seconds and most memory of one measure in a new process, the files dropped from the system's memory."""
    for kind in Kind:
        for path in store.files(kind).values():
            with path.open("rb") as handle:
                os.posix_fadvise(handle.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    command = [sys.executable, "-m", "benchmarks.facts", "--one", what, str(store.folder)]
    seconds, memory = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(seconds), float(memory)


def one(what: str, store: Store) -> None:
    """One measure; prints its seconds and the most memory this process had."""
    months = sorted(store.files(Kind.PROCEDURES))
    begun = time.perf_counter()
    if what in ("ours", "quarters"):
        counting.count(store, set(months), quarterly=what == "quarters")
    elif what == "month":
        counting.count(store, set(months[-1:]), quarterly=False)
    else:
        with engine.connected() as db:
            for kind in texts.TEXTS:
                files = [store.files(kind)[month] for month in (months[-1:] if what == "read" else months)]
                db.execute(by_hand(kind, files)).fetchall()
    print(time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def by_hand(kind: Kind, files: list[Path]) -> str:
    """The same aggregates as somebody would write them for DuckDB alone."""
    return texts.text(kind, engine.parquet(files))


def imports(rows: int) -> float:
    """Seconds from a CSV to its partitions and sums."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        csv(folder / "d.csv", rows)
        store, begun = Store(folder / "facts"), time.perf_counter()
        with store.writing(), engine.connected() as db:
            bad = reading.stage(db, folder / "d.csv", Kind.DOSSIERS, UNITS, DAYS)
            deriving.derive(db, Kind.DOSSIERS, [DAYS])
            entered, months = store.enter(db, Kind.DOSSIERS)
        counting.count(store, set(months))
        if bad or entered != rows:
            raise AssertionError((bad[:3], entered))
        return time.perf_counter() - begun


def csv(file: Path, rows: int) -> None:
    """Invented dossiers of a month as a system hands them over."""
    names = ", ".join(f"'G' || pk AS {one.name}" if one.name == "unit" else one.name
                      for one in COLUMNS[Kind.DOSSIERS])  # fmt: skip
    with engine.connected() as db:
        synthetic.stage_month(db, Kind.DOSSIERS, SINCE, rows, UNITS, SEED)
        db.execute(f"COPY (SELECT {names} FROM staged) TO {engine.literal(file)} (FORMAT csv, HEADER)")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], Store(Path(sys.argv[3])))
    else:
        main()
