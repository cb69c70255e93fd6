"""Counts the facts of a period from their Parquet files: integers by agency, for the cube (3.17)."""

from collections import defaultdict
from pathlib import Path

import duckdb

from thuocdo.indicators.facts import engine, texts
from thuocdo.indicators.facts.columns import Kind
from thuocdo.indicators.facts.store import Store
from thuocdo.indicators.rules.service_counts import QUARTERS, Counted, Periods, Sums, months_of, quarter_of

Made = dict[int, defaultdict[int, Counted]]


def count(store: Store, months: set[int], *, quarterly: bool = True) -> Periods:
    """These months, and (`quarterly`) the quarters that they touch, whole."""
    wanted = sorted(months)
    quarters = sorted({quarter_of(month) for month in wanted}) if quarterly else []
    made: Made = {period: defaultdict(Counted) for period in [*wanted, *quarters]}
    with engine.connected() as db:
        for kind in texts.TEXTS:
            files = store.files(kind)
            _sums(db, kind, [files[month] for month in wanted if month in files], made)
            for quarter in quarters:
                whole = [files[month] for month in months_of(quarter) if month in files]
                _sums(db, kind, whole, made, quarterly=True)
        _reference(db, store, made)
    return made


def _sums(
    db: duckdb.DuckDBPyConnection, kind: Kind, files: list[Path], made: Made, *, quarterly: bool = False
) -> None:
    if not files:
        return
    cursor = db.execute(texts.text(kind, engine.parquet(files), quarterly=quarterly))
    names = [column[0] for column in cursor.description or ()][2:]
    while rows := cursor.fetchmany(5_000):
        for unit, period, *values in rows:
            sums: Sums = {name: int(value or 0) for name, value in zip(names, values, strict=True)}
            made[period][unit].sums.update(sums)


def _reference(db: duckdb.DuckDBPyConnection, store: Store, made: Made) -> None:
    """Counts and points that were given as such; those of a quarter add up its months where it has none."""
    files = store.files(Kind.COUNTS)
    for period, units in made.items():
        parts = [] if period > QUARTERS else [files.get(month) for month in months_of(period)]
        if parts and all(parts):
            _given(db, [part for part in parts if part], units, points=False)
        if period in files:
            _given(db, [files[period]], units, points=True)


def _given(
    db: duckdb.DuckDBPyConnection, files: list[Path], units: defaultdict[int, Counted], *, points: bool
) -> None:
    rows = db.execute(texts.REFERENCE.format(table=engine.parquet(files))).fetchall()
    found: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    for unit, metric, numerator, denominator, official in rows:
        if numerator is not None:
            found[unit, metric].append((numerator, denominator))
        if points and official is not None:
            units[unit].official[metric] = str(official)
    for (unit, metric), parts in found.items():
        if len(parts) == len(files):
            units[unit].given[metric] = (sum(one for one, _ in parts), sum(one for _, one in parts))
