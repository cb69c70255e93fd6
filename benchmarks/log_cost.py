"""What the log costs a write: insert with its entry against the insert alone, on a database of its own.

    python -m benchmarks.log_cost            SQLite, or what DATABASE_URL names

Prints ratios (middle of the rounds); the two ways take turns, so that a busy machine disturbs both.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thuocdo.config.settings_test")

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

from thuocdo.agencies.models import Agency  # noqa: E402
from thuocdo.audit import actions, log, queries, verify, verify_rows  # noqa: E402

AT = datetime(2026, 3, 2, tzinfo=UTC)
ROUNDS, WRITES, BULK = 30, 60, 2000
codes = iter(range(10**9))


def agency() -> Agency:
    """An agency that is not saved yet."""
    return Agency(
        code=str(next(codes)), name="Sở Khoa học", aliases=["SKHCN"], names_folded="so khoa hoc",
        kind="department", side="state", level="province", opened_on=date(2025, 3, 1), recorded_at=AT,
    )  # fmt: skip


def bare() -> None:
    """The insert alone."""
    agency().save(force_insert=True)


def logged() -> None:
    """The insert with its entry."""
    row = agency()
    row.save(force_insert=True)
    log.record("agency.founded", row, by=None, at=AT)


def committed(write: Callable[[], None]) -> Callable[[], None]:
    """The write as an action: in a transaction of its own."""

    def act() -> None:
        with transaction.atomic():
            write()

    return act


def seconds(work: Callable[[], None], times: int) -> float:
    """How long so many calls take."""
    start = time.perf_counter()
    for _ in range(times):
        work()
    return time.perf_counter() - start


def compared(one: Callable[[], None], other: Callable[[], None]) -> tuple[float, float, float]:
    """(ratio of the second to the first, microseconds of each), the middle of the rounds."""
    seconds(one, 20), seconds(other, 20)
    pairs = [(seconds(one, WRITES), seconds(other, WRITES)) for _ in range(ROUNDS)]
    ratio = statistics.median(second / first for first, second in pairs)
    first, second = (statistics.median(column) / WRITES * 1e6 for column in zip(*pairs, strict=True))
    return ratio, first, second


def main() -> None:
    """Measure on a test database, made and dropped here."""
    connection.creation.create_test_db(verbosity=0)
    try:
        measure()
    finally:
        connection.creation.destroy_test_db(":memory:", verbosity=0)


def measure() -> None:
    """Print the figures."""
    print(f"{connection.vendor}")
    with transaction.atomic():
        ratio, plain, full = compared(bare, logged)
    print(f"  insert + entry / insert, one transaction   {ratio:5.2f}   ({plain:.0f} µs, {full:.0f} µs)")
    ratio, plain, full = compared(committed(bare), committed(logged))
    print(f"  the same, each committed                   {ratio:5.2f}   ({plain:.0f} µs, {full:.0f} µs)")
    rows = [agency() for _ in range(BULK)]
    with transaction.atomic():
        bulk = seconds(lambda: Agency.objects.bulk_create(rows, batch_size=500) and None, 1)
        many = seconds(lambda: log.record_many("agency.founded", rows, by=None, at=AT) and None, 1)
    print(f"  bulk insert + entries / bulk insert        {(bulk + many) / bulk:5.2f}   ({BULK} rows)")
    waiting = queries.head_status(AT).unsealed
    sealing = seconds(seal_all, 1)
    print(f"  sealing                                    {sealing / waiting * 1e6:5.0f} µs an entry")
    checking = seconds(lambda: sum(1 for _ in verify.log()), 1)
    print(f"  verifying the log                          {checking / waiting * 1e6:5.0f} µs an entry")
    checking = seconds(lambda: sum(1 for _ in verify_rows.rows()), 1)
    print(f"  comparing the rows                         {checking / waiting * 1e6:5.0f} µs a row")


def seal_all() -> None:
    """Seal until nothing waits."""
    while actions.seal(at=AT):
        pass


if __name__ == "__main__":
    sys.exit(main())
