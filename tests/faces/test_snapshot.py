"""All figures of a page come from one state of the database, and a page that is read writes nothing."""

import threading

import pytest
from django.db import DatabaseError, connection, connections, transaction

from tests.marks import covers
from thuocdo.accounts.models import User
from thuocdo.faces.asof import snapshot
from thuocdo.lib.moments import MOMENT_MAX

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def file_database(tmp_path, django_db_blocker):
    """On SQLite the tests' database is in memory and shared; this one is a file, as in real use."""
    if connection.vendor != "sqlite":
        yield
        return
    usual = dict(connection.settings_dict)
    connection.close()
    was, connection.connection = connection.connection, None
    connection.settings_dict["NAME"] = str(tmp_path / "w.sqlite3")
    with connection.schema_editor() as editor:
        editor.create_model(User)
    yield
    connection.connection.close()
    connection.connection = was
    connection.settings_dict.update(usual)


def add_a_person(email):
    """Write in a connection of its own, as another worker does."""

    def work():
        try:
            User.objects.create(email=email, name="Lê Văn B", created_at=MOMENT_MAX)
        finally:
            connections["default"].close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(10)
    assert not thread.is_alive()


@covers("1.20")
def test_what_others_write_meanwhile_is_not_seen(file_database):
    with snapshot():
        before = User.objects.count()
        add_a_person("b@example.org")
        during = User.objects.count()
    assert (before, during, User.objects.count()) == (0, 0, 1)


@covers("1.20")
def test_nothing_may_be_written_inside():
    with pytest.raises(DatabaseError), snapshot():
        User.objects.create(email="c@example.org", name="Nguyễn Thị C", created_at=MOMENT_MAX)


def test_afterwards_writing_works_as_before():
    with snapshot():
        User.objects.count()
    with transaction.atomic():
        User.objects.create(email="c@example.org", name="Nguyễn Thị C", created_at=MOMENT_MAX)
    assert User.objects.count() == 1
