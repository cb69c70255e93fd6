"""Line 1.34: a claim with its evidence, with and without its entries in the log, 8 clients, PostgreSQL.

    python -m benchmarks.whole_action

Every client is a process of its own. The two ways take turns, so that a busy machine disturbs both.
"""

import os
import time
from collections.abc import Iterator
from itertools import islice
from multiprocessing import get_context
from multiprocessing.pool import Pool

from benchmarks import _world as world

CLIENTS, EACH, ROUNDS = 8, 12, 7


def ready(env: dict[str, str]) -> None:
    """Make this process one that can act on the load."""
    os.environ.update(env)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thuocdo.config.settings")
    import django

    django.setup()


def claim(work: tuple[bool, list[int]]) -> int:
    """Claim these assignments, with entries or without; how many were taken."""
    from django.utils import timezone

    from thuocdo.assignments import actions
    from thuocdo.assignments.enums import EvidenceKind
    from thuocdo.assignments.models import Assignment
    from thuocdo.assignments.terms import Said, Shown
    from thuocdo.audit import log
    from thuocdo.lib.moments import day_of
    from thuocdo.lib.say import Refused

    logged, ids = work
    usual = log.record, log.record_many
    if not logged:
        log.record = log.record_many = lambda *_, **__: None  # type: ignore[assignment]
    done = 0
    for row in Assignment.objects.filter(pk__in=ids):
        at = timezone.now()
        said = Said("Đã hoàn thành (giả lập)", day_of(at), None)
        shown = [Shown(EvidenceKind.ISSUED_TEXT, symbol=f"{row.pk}/BC-GL")]
        try:
            actions.claim(assignment=row, said=said, evidence=shown, shown_on=day_of(at), by=None, at=at)
            done += 1
        except Refused:
            continue
    log.record, log.record_many = usual
    return done


def rate(pool: Pool, ids: Iterator[int], *, logged: bool) -> float:
    """Claims a second of all clients together."""
    start = time.perf_counter()
    done = sum(pool.map(claim, [(logged, list(islice(ids, EACH))) for _ in range(CLIENTS)], chunksize=1))
    return done / (time.perf_counter() - start)


def main() -> None:
    """Load, act, print."""
    with world.server_of_databases() as server:
        env = world.loaded(server, world.L)
        ready(env)
        from thuocdo.assignments.models import Span
        from thuocdo.lib.moments import MOMENT_MAX

        free = Span.objects.filter(
            known_to=MOMENT_MAX, valid_to__year=9999, declared_by=None, withdrawn=False
        )
        ids = iter(list(free.filter(paused=False).order_by("-pk").values_list("assignment_id", flat=True)))
        with get_context("spawn").Pool(CLIENTS, ready, (env,)) as pool:
            rate(pool, ids, logged=True)
            pairs = [(rate(pool, ids, logged=True), rate(pool, ids, logged=False)) for _ in range(ROUNDS)]
    ratio = world.middle([full / bare for full, bare in pairs])
    full, bare = (world.middle(column) for column in zip(*pairs, strict=True))
    world.show("whole action with its entries against without", f"{ratio:.2f} x", "≥ 0.7 x", met=ratio >= 0.7)
    print(f"  {full:.0f} a second with, {bare:.0f} without; the middle of {ROUNDS} rounds")


if __name__ == "__main__":
    main()
