"""Line 1.34: how long after a confirmation every page shows it, under load L on PostgreSQL.

python -m benchmarks.freshness
"""

import os
import time

from benchmarks import _world as world

ROUNDS = 5


def main() -> None:
    """Load, serve, confirm, look."""
    with world.server_of_databases() as server:
        env = world.loaded(server, world.L)
        os.environ.update(env)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thuocdo.config.settings")
        import django

        django.setup()
        with world.serving(env) as (port, _):
            taken = [shown_after(port) for _ in range(ROUNDS)]
    worst = max(taken)
    world.show(
        "a confirmation is on every page that counts or shows it after",
        f"{worst:.2f} s",
        "< 1 s",
        met=worst < 1,
    )


def shown_after(port: int) -> float:
    """Seconds from the end of the action until every page that counts or shows the duty differs."""
    from django.utils import timezone

    from thuocdo.agencies.models import Agency
    from thuocdo.assignments import actions
    from thuocdo.assignments.models import Claim, Span
    from thuocdo.lib.moments import MOMENT_MAX, day_of

    waiting = Span.objects.filter(awaits_review=True, known_to=MOMENT_MAX, valid_to__year=9999, paused=False)
    span = waiting.order_by("?").first()
    if span is None:
        raise LookupError("no claim awaits review")
    lead = Agency.objects.get(pk=span.lead_id)
    paths = ["/", f"/agencies/{lead.code}/", f"/assignments/{span.assignment_id}/"]
    paths += [f"/assignments/?agency={lead.code}&series=confirmed&status=completed"]
    before = {path: world.page(port, path) for path in paths}
    at = timezone.now()
    claim = Claim.objects.get(assignment=span.assignment_id)
    actions.accept(claim=claim, happened_on=day_of(at), by=None, at=at)
    start = time.perf_counter()
    while any(world.page(port, path) == before[path] for path in paths):
        if time.perf_counter() - start > 10:
            raise TimeoutError([path for path in paths if world.page(port, path) == before[path]])
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
