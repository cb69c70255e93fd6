"""Line 2.24: escalation over 1,000,000 open assignments on PostgreSQL: all at once, a night, run again.

python -m benchmarks.escalation
"""

import os
import time
from datetime import UTC, date, datetime, timedelta

from benchmarks import _world as world

DAY = date(2025, 9, 30)
AT = datetime(2025, 9, 30, 1, tzinfo=UTC)
OPENED = """
UPDATE assignments_span SET limit_class = 'dated', limit_on = date '2025-06-02' + (assignment_id % 365)::int,
  valid_from = '2025-01-02', declared_from = NULL, declared_by = NULL, confirmed_from = NULL,
  confirmed_by = NULL, withdrawn = FALSE, paused = FALSE, known_until = NULL
WHERE known_to > '9000-01-01' AND valid_to > '9000-01-01'
"""  # every duty open, limits over a year: 120 days past, 245 to come


def main() -> None:
    """Load, open every duty, give each lead a focal point and a leader, escalate three times."""
    with world.server_of_databases() as server:
        env = world.loaded(server, world.XL)
        os.environ.update(env)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thuocdo.config.settings")
        import django

        django.setup()
        _open_all()
        print(f"  open duties with a limit: {_open():,}")
        _run("every duty reaches its step at once", DAY, "")
        taken = _run("the next night: whatever reached a step", DAY + timedelta(days=1), "<= 30 s")
        again = _run("run again the same day", DAY + timedelta(days=1), "<= 30 s")
    raise SystemExit(max(taken, again) > 30)


def _open_all() -> None:
    from django.db import connection

    from thuocdo.accounts.models import Membership, User
    from thuocdo.assignments import actions
    from thuocdo.assignments.models import Span, StepTaken, Watch
    from thuocdo.notices.models import Draft, Notice

    for rows in (Notice, Draft, StepTaken, Watch):
        rows.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(OPENED)
    first = date(2025, 1, 2)
    leads = sorted(set(Span.objects.values_list("lead_id", flat=True)))
    if not Membership.objects.exists():
        made = [
            User(email=f"{role}-{lead}@example.vn", name=role, created_at=AT, password="!")
            for lead in leads
            for role in ("focal", "leader")
        ]
        User.objects.bulk_create(made, batch_size=1_000)
        named = [(user, *user.email.partition("@")[0].split("-")) for user in made]
        Membership.objects.bulk_create(
            [
                Membership(user=user, agency_id=int(lead), role=role, opened_on=first)
                for user, role, lead in named
            ],
            batch_size=1_000,
        )
    actions.escalate(day=first, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE assignments_span")


def _open() -> int:
    from thuocdo.assignments.models import Span
    from thuocdo.lib.moments import MOMENT_MAX

    return Span.objects.filter(known_to=MOMENT_MAX, valid_to__year=9999, declared_by=None).count()


def _run(what: str, day: date, target: str) -> float:
    """One run of the job; its seconds."""
    from thuocdo.assignments import actions
    from thuocdo.notices.models import Notice

    told = Notice.objects.count()
    start = time.perf_counter()
    steps = actions.escalate(day=day, at=AT)
    taken = time.perf_counter() - start
    named = f"{what}: {steps:,} steps, {Notice.objects.count() - told:,} notices"
    world.show(named, f"{taken:.1f} s", target or "none", met=not target or taken <= 30)
    return taken


if __name__ == "__main__":
    main()
