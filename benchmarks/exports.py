"""How long exports take, on a database of its own (1.34: .csv first byte ≤ 200 ms, .xlsx whole ≤ 4 s).

    python -m benchmarks.exports             SQLite, or what DATABASE_URL names

The made-up load of 145 duties for 120 agencies, 52,200 reports. Prints the figures of the
pages, the middle of five.
"""

import os
import resource
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thuocdo.config.settings_test")

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from thuocdo.demo import synthetic  # noqa: E402
from thuocdo.demo.synthetic import Shape  # noqa: E402

ROWS = 17_400
ROUNDS = 5


def take(kind: str) -> tuple[float, float, int]:
    """Seconds to the first byte, seconds to the last, bytes."""
    started = time.perf_counter()
    response = Client().get(f"/assignments/export.{kind}?as_of=2025-09-30")
    pieces = iter(response.streaming_content)
    size = len(next(pieces))
    first = time.perf_counter() - started
    size += sum(len(piece) for piece in pieces)
    return first, time.perf_counter() - started, size


def main() -> None:
    """Fill, take, print."""
    setup_test_environment()
    vendor, usual = connection.vendor, str(connection.settings_dict["NAME"])
    connection.settings_dict["TEST"]["NAME"] = None if vendor == "sqlite" else "thuocdo_bench_exports"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        synthetic.load(Shape.of(ROWS, "145x120"))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"{vendor}: {ROWS:,} rows")
        for kind in ("csv", "xlsx"):
            taken = [take(kind) for _ in range(ROUNDS)]
            first, whole, size = (sorted(row[place] for row in taken)[ROUNDS // 2] for place in range(3))
            print(f"  .{kind:5} first byte {first * 1000:6.0f} ms, whole {whole:5.2f} s, {size / 1e6:.1f} MB")
        print(f"  memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    finally:
        connection.creation.destroy_test_db(usual, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
