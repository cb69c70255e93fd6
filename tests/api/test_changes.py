"""The feed of changes: all that happened, in order, nothing missed, nothing that may not be known."""

from datetime import UTC, datetime
from threading import Event, Thread
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from tests.api.client import Program, program, said
from tests.assignments import factory
from tests.marks import covers
from thuocdo.accounts.enums import Role
from thuocdo.api.endpoints import changes
from thuocdo.assignments import actions
from thuocdo.audit import queries

LONG = 30  # seconds after which a waiting test gives up


def read(caller, after=0, limit=500):
    return said(caller.get(f"/changes?after={after}&limit={limit}"))


@covers("2.14")
@pytest.mark.django_db
def test_who_asks_on_gets_each_change_once_in_its_order():
    here = factory.world()
    row = factory.given(here)
    actions.report(assignment=row, said=factory.said(), by=here.an, at=factory.JUNE)
    an = program(here.an)
    whole, parts, after, more = read(an)["items"], [], 0, True
    while more:
        page = read(an, after, 2)
        parts, after, more = parts + page["items"], page["next"], page["more"]
    verbs = [one["verb"] for one in whole if one["assignment_id"] == row.pk]
    assert (parts, verbs) == (whole, ["assignment.drafted", "assignment.given", "report.sent"])
    assert read(an, after)["items"] == []


@covers("2.14", "2.13")
@pytest.mark.django_db
def test_others_learn_nothing_of_it():
    here = factory.world()
    row = factory.given(here)
    factory.claimed(here, row)
    hai = program(factory.person("hai", here.hung_yen, Role.FOCAL))
    for caller in (Program(), hai):
        assert [one for one in read(caller)["items"] if one["assignment_id"]] == []


@pytest.fixture
def late(transactional_db):
    """A report that is written before another, and not committed until told."""
    here = factory.world()
    row, other = factory.given(here), factory.given(here)
    start, written, go = queries.last_id(), Event(), Event()

    def slowly():
        try:
            with transaction.atomic():
                actions.report(assignment=row, said=factory.said(), by=here.an, at=datetime.now(UTC))
                written.set()
                assert go.wait(LONG)
        finally:
            connection.close()

    slow = Thread(target=slowly)
    slow.start()
    assert written.wait(LONG)
    actions.report(assignment=other, said=factory.said(), by=here.an, at=datetime.now(UTC))
    yield SimpleNamespace(caller=program(here.an), start=start, go=go, slow=slow, rows=[row.pk, other.pk])
    go.set()
    slow.join(LONG)


def reported(late):
    found = read(late.caller, late.start)["items"]
    return [one["assignment_id"] for one in found if one["kind"] == "report"]


several = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")


@covers("2.14")
@several
@pytest.mark.django_db(transaction=True)
def test_a_writer_that_ends_soon_is_waited_for(late, monkeypatch):
    usual = queries.writers
    monkeypatch.setattr(queries, "writers", lambda: (usual(), late.go.set())[0])
    assert reported(late) == late.rows


@covers("2.14")
@several
@pytest.mark.django_db(transaction=True)
def test_one_that_does_not_holds_the_feed_back_and_is_not_missed(late, monkeypatch):
    monkeypatch.setattr(changes, "PATIENCE", 0.0)
    before = reported(late)
    late.go.set()
    late.slow.join(LONG)
    assert (before, reported(late)) == ([], late.rows)
