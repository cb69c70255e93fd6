"""Sealing while others write: PostgreSQL alone has several writers at once."""

from collections.abc import Callable
from threading import Barrier, Event, Thread

import pytest
from django.db import connection, transaction

from tests.audit.factory import NINE, stored
from tests.marks import covers
from thuocdo.audit import actions, log, queries, verify, verify_rows
from thuocdo.audit.models import Batch, Entry, Seal

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]
LONG = 30  # seconds after which a waiting test gives up


def started(work: Callable[[], None]) -> Thread:
    """The work in a thread with its own connection, closed at the end."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


def enter() -> int:
    """One file received, in a transaction of its own; the id of its entry."""
    with transaction.atomic():
        return log.record("file.received", stored(), by=None, at=NINE).id


class Slow:
    """A writer that has entered its line but does not commit until told."""

    def __enter__(self) -> "Slow":
        self.written, self.go = Event(), Event()
        self.thread = started(self.work)
        assert self.written.wait(LONG)
        return self

    def work(self) -> None:
        with transaction.atomic():
            self.id = log.record("file.received", stored("slow.pdf"), by=None, at=NINE).id
            self.written.set()
            assert self.go.wait(LONG)

    def commit(self) -> None:
        self.go.set()
        self.thread.join(LONG)

    def __exit__(self, *_fault: object) -> None:
        self.commit()


@covers("1.22")
def test_an_entry_that_commits_late_with_a_lower_id_is_sealed_in_a_later_batch():
    with Slow() as slow:
        later = enter()
        first = actions.seal(at=NINE)
        assert slow.id < later
        assert queries.batches_of([slow.id, later]) == {later: first.number}
        slow.commit()
    actions.seal(at=NINE)
    assert queries.batches_of([slow.id]) == {slow.id: 2}
    assert list(verify.log()) == []


def test_the_settled_line_waits_for_the_slow_writer_and_for_nobody_else():
    with Slow() as slow:
        for _ in range(3):
            enter()
            actions.seal(at=NINE)
        assert queries.last_batch().settled_id < slow.id
        slow.commit()
    with Slow() as another:
        actions.seal(at=NINE)
        assert slow.id < queries.last_batch().settled_id < another.id


def test_a_sealer_does_not_wait_for_a_writer_nor_a_writer_for_a_sealer():
    entered: list[int] = []
    with Slow(), transaction.atomic():
        enter()
        actions.seal(at=NINE)  # holds the sealers' lock until the block ends
        thread = started(lambda: entered.append(enter()))
        thread.join(LONG)
        assert len(entered) == 1


@covers("1.22")
def test_many_writers_and_sealers_at_once_seal_every_entry_once():
    together = Barrier(6)

    def write() -> None:
        together.wait(LONG)
        for _ in range(40):
            enter()

    def seal() -> None:
        together.wait(LONG)
        for _ in range(25):
            actions.seal(at=NINE, most=7)

    threads = [started(work) for work in (write, write, write, write, seal, seal)]
    for thread in threads:
        thread.join(LONG)
    while actions.seal(at=NINE):
        pass
    assert Entry.objects.count() == Seal.objects.count() == 160
    assert sum(Batch.objects.values_list("count", flat=True)) == 160
    assert list(verify.log()) == []


def test_checking_rows_while_others_write_raises_no_false_alarm():
    with transaction.atomic():
        row = stored()
        log.record("file.received", row, by=None, at=NINE)
    done = Event()

    def rename() -> None:
        for number in range(60):
            with transaction.atomic():
                before = log.snapshot(row)
                row.name = f"{number}.pdf"
                row.save()
                log.record("file.renamed", row, by=None, at=NINE, before=before)
        done.set()

    thread = started(rename)
    while not done.is_set() and thread.is_alive():
        assert list(verify_rows.rows()) == []
    thread.join(LONG)
    assert done.is_set()
