"""Runs with an installation's own settings: makes its small world, and looks whether everything is there.

`python -m tests.resilience.inside WORD …` prints what it found as JSON.
"""

import hashlib
import io
import json
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - after the settings
from django.contrib.auth import SESSION_KEY  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import DatabaseError, connection, transaction  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from tests.assignments import factory  # noqa: E402
from thuocdo.accounts.enums import Role  # noqa: E402
from thuocdo.accounts.models import Sending  # noqa: E402
from thuocdo.assignments import actions, spans  # noqa: E402
from thuocdo.assignments.enums import ProductKind  # noqa: E402
from thuocdo.assignments.models import (  # noqa: E402
    Assignment,
    Claim,
    Difficulty,
    Evidence,
    Hold,
    Report,
    Resource,
    Review,
)
from thuocdo.assignments.terms import Received, Said  # noqa: E402
from thuocdo.audit import log  # noqa: E402
from thuocdo.audit import queries as log_queries  # noqa: E402
from thuocdo.audit.models import Entry  # noqa: E402
from thuocdo.directives.models import Obligation  # noqa: E402
from thuocdo.files import places  # noqa: E402
from thuocdo.files.models import StoredFile  # noqa: E402
from thuocdo.jobs.queries import Job  # noqa: E402

NOW = datetime(2025, 6, 20, 2, tzinfo=UTC)
LEADS = 5  # officers who report, each with the same duties, so that they meet
CLAIMED = (Claim, "report__text")
MARKED: dict[str, tuple[Any, str]] = {
    "report": (Report, "text"),
    "claim": CLAIMED,
    "filed": CLAIMED,
    "difficulty": (Difficulty, "text"),
    "resource": (Resource, "source_text"),
    "hold": (Hold, "reason"),
    "review": (Review, "reason"),
}


def world(count: str = "40") -> dict[str, object]:
    """Duties of Lai Châu, people who report on them, one who reviews; with the sessions they act in."""
    here = factory.world()
    terms = replace(factory.CLEAR, product_kind=ProductKind.PLAN)
    text = Received(here.obligation, terms, factory.parties(here), factory.GIVEN_ON)
    duties = actions.receive_many(texts=[text] * int(count), by=None, at=NOW)
    people = [factory.person(f"nguoi{n}", here.lai_chau, Role.FOCAL) for n in range(LEADS)]
    return {
        "duties": duties,
        "leads": [_session(person) for person in people],
        "reviewer": _session(here.binh),
        "second": _session(factory.person("hai", here.office, Role.REVIEWER)),
    }


def _session(person: Any) -> str:
    client = Client()
    client.force_login(person)
    assert client.session[SESSION_KEY]
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def check(answers: str) -> dict[str, object]:
    """Everything acknowledged is there, nothing is half there, the log verifies, a rebuild says the same."""
    said = [line.split() for line in Path(answers).read_text().splitlines()]
    problems = [
        *_lost([(kind, mark) for kind, mark, status in said if status == "302"]),
        *_though_refused([(kind, mark) for kind, mark, status in said if status == "200"]),
        *(f"answered {status}: {kind} {mark}" for kind, mark, status in said if status not in ("200", "302")),
        *_half(),
        *_files(),
        *_command("verify_audit"),
        *_command("rebuild"),
    ]
    return {"problems": problems, "sent": Sending.objects.count(), "durable": durable()}


def _marked(kind: str) -> set[str]:
    model, field = MARKED[kind]
    return set(model.objects.values_list(field, flat=True))


def _lost(acknowledged: list[tuple[str, str]]) -> list[str]:
    there = {kind: _marked(kind) for kind in MARKED}
    return [f"lost: {kind} {mark}" for kind, mark in acknowledged if mark not in there[kind]]


def _though_refused(refused: list[tuple[str, str]]) -> list[str]:
    there = {kind: _marked(kind) for kind in MARKED}
    return [f"written though refused: {kind} {mark}" for kind, mark in refused if mark in there[kind]]


def _half() -> list[str]:
    """Of each act: the note of its form, its row, the rows that belong to it."""
    notes = dict(Sending.objects.values_list("key", "address"))
    columns = set(MARKED.values()) - {CLAIMED}  # whose mark stands in its report
    written = Counter(
        mark for model, field in columns for mark in model.objects.values_list(field, flat=True)
    )
    claims = Claim.objects.values_list("report", flat=True)
    shown = set(Evidence.objects.values_list("report", flat=True))
    return [
        *(f"written twice: {mark}" for mark, times in written.items() if times > 1),
        *(f"no row of the form {key}" for key in notes.keys() - written.keys()),
        *(f"no form of the row {mark}" for mark in written.keys() - notes.keys()),
        *(f"no address of {key}" for key, address in notes.items() if not address),
        *(f"a claim without evidence: report {pk}" for pk in claims if pk not in shown),
    ]


def _files() -> list[str]:
    """The bytes of every row are on the disk, whole."""
    known = set(StoredFile.objects.values_list("sha256", flat=True))
    kept = {sha: places.place_of(sha) for sha in known}
    return [
        f"file {sha} is not whole"
        for sha, place in kept.items()
        if not place.exists() or hashlib.sha256(place.read_bytes()).hexdigest() != sha
    ]


def _command(name: str) -> list[str]:
    told = io.StringIO()
    try:
        call_command(name, stdout=told)
    except BaseException as fault:
        return [f"{name}: {fault}: {told.getvalue()}"]
    return []


def durable() -> dict[str, str]:
    """The settings that decide whether an acknowledged write outlives the power."""
    ask, names = "PRAGMA {}", ["journal_mode", "synchronous"]
    if connection.vendor == "postgresql":
        ask, names = "SHOW {}", ["fsync", "synchronous_commit", "full_page_writes"]
    with connection.cursor() as cursor:
        return {name: str(cursor.execute(ask.format(name)).fetchone()[0]) for name in names}


def claims() -> dict[str, object]:
    """How many claims each duty has, the last of them, how many reviews there are; what does not verify."""
    found = Counter(str(pk) for pk in Claim.objects.values_list("assignment", flat=True))
    last = Claim.objects.order_by("pk").last()
    problems = [*_command("verify_audit"), *_command("rebuild")]
    reviews = Review.objects.count()
    return {"claims": found, "last": last and last.pk, "reviews": reviews, "problems": problems, **digest()}


def digest() -> dict[str, object]:
    """Of the read model, as it stands."""
    return {"digest": spans.digest()}


def duties() -> dict[str, object]:
    """How many duties stand in the register."""
    return {"duties": Obligation.objects.count()}


def jobs() -> dict[str, object]:
    """Jobs that seem to run although nobody works; entries that are not sealed."""
    running = Job.objects.running().count()
    return {"running": running, "unsealed": log_queries.head_status(timezone.now()).unsealed}


def schema() -> dict[str, object]:
    """Which steps of the upgrade still wait; whether the database refuses to change the log."""
    executor = MigrationExecutor(connection)
    waiting = [str(step) for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            log.record("file.received", StoredFile(pk=0, recorded_at=NOW), by=None, at=NOW)
            cursor.execute("UPDATE audit_entry SET verb = 'changed'")
        guarded = False
    except DatabaseError:
        guarded = True
    return {"waiting": waiting, "guarded": guarded}


def late(answers: str) -> dict[str, object]:
    """Write a report, say so in a file, commit only when standard input says so; the entry of the report."""
    with transaction.atomic():
        row = Assignment.objects.given().order_by("pk").last()
        made = actions.report(assignment=row, said=Said("late", NOW.date()), by=None, at=NOW)
        entry = Entry.objects.filter(verb="report.sent", row_id=str(made.pk)).get()
        Path(answers).write_text(str(entry.pk))
        sys.stdin.readline()
    return {"entry": entry.pk}


def sealed(entry: str) -> dict[str, object]:
    """The batch of an entry, and the highest entry that was sealed before it."""
    batch = log_queries.batches_of([int(entry)]).get(int(entry))
    later = Entry.objects.filter(pk__gt=int(entry)).order_by("pk").values_list("pk", flat=True)
    batches = log_queries.batches_of(list(later))
    return {"batch": batch, "neighbours": sorted(set(batches.values()))}


WORDS: dict[str, Callable[..., dict[str, object]]] = {
    "world": world, "check": check, "claims": claims, "late": late,
    "digest": digest, "duties": duties, "schema": schema, "jobs": jobs, "sealed": sealed,
}  # fmt: skip

if __name__ == "__main__":
    sys.stdout.write(json.dumps(WORDS[sys.argv[1]](*sys.argv[2:])))
