"""A write that is sent again is done once and gets its first answer, on both databases, also at once."""

import sqlite3
import threading
from contextlib import closing

import pytest
from django.db import connection, connections

from tests.api.client import Program, program, said, token
from tests.assignments import factory
from tests.marks import covers
from thuocdo.assignments.models import Report

REPORT = {"text": "Đã trình dự thảo", "happened_on": "2025-06-18"}


@pytest.fixture
def here():
    return factory.world()


@covers("2.14")
@pytest.mark.django_db
def test_a_repeat_gives_the_first_answer_and_does_nothing(here):
    address, an = f"/assignments/{factory.given(here).pk}/reports", program(here.an)
    first, again = (an.post(address, REPORT, Idempotency_Key="tháng-6".encode().hex()) for _ in range(2))
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert (Report.objects.count(), again["Idempotency-Replayed"]) == (1, "true")


@covers("2.14")
@pytest.mark.django_db
def test_a_refusal_too_is_given_again(here):
    address, an = f"/assignments/{factory.given(here).pk}/reports", program(here.an)
    sent = {"text": "Ngày mai", "happened_on": "2999-01-01"}
    answers = [an.post(address, sent, Idempotency_Key="k1") for _ in range(2)]
    assert [one.status_code for one in answers] == [422, 422]
    assert (answers[0].content, Report.objects.count()) == (answers[1].content, 0)


@covers("2.14")
@pytest.mark.django_db
def test_the_same_key_with_another_body_is_refused(here):
    address, an = f"/assignments/{factory.given(here).pk}/reports", program(here.an)
    an.post(address, REPORT, Idempotency_Key="k1")
    answer = an.post(address, {**REPORT, "text": "Khác"}, Idempotency_Key="k1")
    assert (answer.status_code, said(answer)["type"]) == (422, "urn:thuocdo:problem:key-used")
    assert Report.objects.count() == 1


@covers("2.14")
@pytest.mark.django_db
def test_the_key_of_one_account_is_not_that_of_another(here):
    row = factory.given(here)
    hold = {"agency": here.ministry.code, "reason": "Chờ", "opened_on": "2025-06-10"}
    program(here.an).post(f"/assignments/{row.pk}/reports", REPORT, Idempotency_Key="k1")
    answer = program(here.chi).post(f"/assignments/{row.pk}/holds", hold, Idempotency_Key="k1")
    assert answer.status_code == 404  # not the report of An


@pytest.fixture
def several_connections(tmp_path):
    """On SQLite the tests' database is in memory, for one connection; its copy in a file is for several."""
    if connection.vendor == "sqlite":
        usual = dict(connection.settings_dict)
        path = str(tmp_path / "copy.sqlite3")
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
        connection.settings_dict["NAME"] = path
        yield
        connection.settings_dict.update(usual)
    else:
        yield


def at_once(count, work):
    """What the work gives in so many threads that begin together, each with a connection of its own."""
    start, found = threading.Barrier(count), []

    def run():
        try:
            start.wait()
            found.append(work())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@covers("2.14")
@pytest.mark.django_db(transaction=True)
def test_eight_that_come_at_once_do_it_once(here, request):
    address, secret = f"/assignments/{factory.given(here).pk}/reports", token(here.an)[1]
    request.getfixturevalue("several_connections")

    def send():
        answer = Program(secret).post(address, REPORT, Idempotency_Key="k1")
        return answer.status_code, answer.content

    found = at_once(8, send)
    assert (len(found), len(set(found)), found[0][0]) == (8, 1, 201)
    assert at_once(1, Report.objects.count) == [1]
