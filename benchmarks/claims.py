"""Line 2.24: claims a second of 8 clients on PostgreSQL, against bare inserts of the same rows.

    python -m benchmarks.claims

A claim checks the rules, locks its assignment, writes report, evidence, claim, spans and their entries in
the log. The bare way inserts just such rows, read off one claim, for other assignments: one statement a
table, one transaction a claim. Every client is a process of its own; the two ways take turns.
"""

from collections.abc import Iterator
from itertools import islice
from multiprocessing import get_context
from multiprocessing.pool import Pool
from time import perf_counter
from typing import Any

from benchmarks import _world as world
from benchmarks.whole_action import claim, ready

CLIENTS, EACH, ROUNDS = 8, 12, 7
Rows = list[dict[str, Any]]
Sample = dict[str, Rows]  # the rows of one claim by table, in the order they are written


def sampled(assignment_id: int) -> Sample:
    """What the claim of this assignment wrote."""
    from thuocdo.assignments.models import Claim, Evidence, Report, Span
    from thuocdo.audit.models import Entry

    made = Claim.objects.get(assignment=assignment_id)
    found = {
        Report: Report.objects.filter(pk=made.report_id),
        Evidence: Evidence.objects.filter(report=made.report_id),
        Claim: Claim.objects.filter(pk=made.pk),
        Span: Span.objects.filter(assignment=assignment_id, known_from=made.recorded_at),
        Entry: Entry.objects.filter(at=made.recorded_at),
    }
    return {model._meta.db_table: list(rows.values()) for model, rows in found.items()}


def bare(work: tuple[Sample, list[int]]) -> int:
    """Insert the rows of the sample for these assignments; how many claims they make."""
    from django.db import connection, transaction
    from psycopg.types.json import Json

    sample, ids = work
    for assignment_id in ids:
        with transaction.atomic(), connection.cursor() as cursor:
            report = 0
            for table, rows in sample.items():
                names = [name for name in rows[0] if name != "id"]
                own = {"assignment_id": assignment_id, "report_id": report}
                values = [own.get(name, row[name]) for row in rows for name in names]
                values = [Json(value) if isinstance(value, dict) else value for value in values]
                places = ", ".join([f"({', '.join(['%s'] * len(names))})"] * len(rows))
                columns = ", ".join(f'"{name}"' for name in names)
                cursor.execute(f'INSERT INTO "{table}" ({columns}) VALUES {places} RETURNING id', values)
                if table.endswith("_report"):
                    (report,) = cursor.fetchone()
    return len(ids)


def rate(pool: Pool, ids: Iterator[int], sample: Sample | None) -> float:
    """Claims a second of all clients together; with a sample, the bare way."""
    parts = [list(islice(ids, EACH)) for _ in range(CLIENTS)]
    start = perf_counter()
    if sample is None:
        done = sum(pool.map(claim, [(True, part) for part in parts], chunksize=1))
    else:
        done = sum(pool.map(bare, [(sample, part) for part in parts], chunksize=1))
    return done / (perf_counter() - start)


def main() -> None:
    """Load, act, print."""
    with world.server_of_databases() as server:
        env = world.loaded(server, world.L)
        world.manage(env, "migrate", "-v0")
        ready(env)
        from thuocdo.assignments.models import Claim, Span
        from thuocdo.lib.moments import MOMENT_MAX

        free = Span.objects.filter(
            known_to=MOMENT_MAX, valid_to__year=9999, declared_by=None, withdrawn=False, paused=False
        )
        ids = iter(list(free.order_by("-pk").values_list("assignment_id", flat=True)))
        with get_context("spawn").Pool(CLIENTS, ready, (env,)) as pool:
            rate(pool, ids, None)
            last = Claim.objects.order_by("-pk").values_list("assignment_id", flat=True)[0]
            sample = sampled(last)
            rate(pool, ids, sample)
            pairs = [(rate(pool, ids, None), rate(pool, ids, sample)) for _ in range(ROUNDS)]
    ratio = world.middle([full / plain for full, plain in pairs])
    full, plain = (world.middle(column) for column in zip(*pairs, strict=True))
    world.show("claims against bare inserts of the same rows", f"{ratio:.2f} x", "≥ 0.6 x", met=ratio >= 0.6)
    written = ", ".join(f"{len(rows)} {table.rpartition('_')[2]}" for table, rows in sample.items())
    print(f"  {full:.0f} claims a second, {plain:.0f} bare ({written}); the middle of {ROUNDS} rounds")


if __name__ == "__main__":
    main()
