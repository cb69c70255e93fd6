"""No room, a clock set back, a database that is away: words, nothing lost, what was typed stays (2.17)."""

import errno
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from tests.assignments.factory import given, world
from tests.marks import covers
from tests.web.factory import fill, key_of, signed_in, text_of
from thuocdo.assignments import spans
from thuocdo.assignments.models import Report
from thuocdo.audit import verify, verify_rows
from thuocdo.audit.models import Entry
from thuocdo.files import actions as file_actions
from thuocdo.files.models import StoredFile
from thuocdo.web.pages import overview

SAID = {"text": "Đã trình dự thảo lần hai", "progress": "50", "happened_on": "2025-06-18"}
NO_ROOM = "The server has no room left."


@pytest.fixture
def here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    found = world()
    found.row = given(found)
    found.address = f"/en/assignments/{found.row.pk}/report/"
    return found


class NoRoom(io.BytesIO):
    """A file on a disk that is full."""

    name = "nowhere"

    def write(self, _piece):
        raise OSError(errno.ENOSPC, "No space left on device")


@covers("2.17")
@pytest.mark.django_db
def test_a_file_for_which_there_is_no_room_is_told_beside_it_and_the_text_stays(here, monkeypatch):
    monkeypatch.setattr(file_actions, "NamedTemporaryFile", lambda **_: NoRoom())
    sent = {**SAID, "e1-kind": "photo", "e1-file": SimpleUploadedFile("x.pdf", b"%PDF-1.4 x")}
    page = fill(signed_in(here.an), here.address, **sent)
    assert NO_ROOM in text_of(page)
    assert SAID["text"] in page.content.decode()
    assert not StoredFile.objects.exists()
    assert not Report.objects.exists()


@pytest.fixture
def full_database(transactional_db):
    """Fills the database on the word; makes room again at the end."""
    filled = fill_sqlite if connection.vendor == "sqlite" else fill_postgresql
    empty = {"sqlite": empty_sqlite, "postgresql": empty_postgresql}[connection.vendor]
    yield filled, empty
    empty()


def run(*statements):
    with connection.cursor() as cursor:
        return [cursor.execute(statement).fetchone() if "PRAGMA" in statement else cursor.execute(statement)
                for statement in statements]  # fmt: skip


def fill_sqlite():
    ((pages,),) = run("PRAGMA page_count")
    run(f"PRAGMA max_page_count={pages}")


def empty_sqlite():
    run("PRAGMA max_page_count=1073741823")


def fill_postgresql():
    """The server's own answer when it cannot extend a table."""
    run(
        "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$",
        "CREATE TRIGGER no_room BEFORE INSERT ON audit_entry EXECUTE FUNCTION no_room()",
    )


def empty_postgresql():
    run("DROP FUNCTION IF EXISTS no_room() CASCADE")


@covers("2.17")
def test_a_full_database_keeps_nothing_says_so_and_the_same_form_is_done_once_there_is_room(
    full_database, here
):
    filled, emptied = full_database
    client = signed_in(here.an)
    sent = {**SAID, "text": SAID["text"] + " dài" * 40_000, "once": key_of(client.get(here.address))}
    before = spans.digest(), Entry.objects.count()
    filled()
    page = client.post(here.address, sent)
    assert page.status_code == 507
    assert NO_ROOM in text_of(page)
    assert SAID["text"] in page.content.decode()
    assert (spans.digest(), Entry.objects.count(), Report.objects.count()) == (*before, 0)
    emptied()
    assert client.post(here.address, sent).status_code == 302
    assert Report.objects.count() == 1
    assert [*verify.log(), *verify_rows.rows()] == []


@covers("2.17")
@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("en/", "does not answer"), ("", "không trả lời")])
def test_a_page_without_a_database_says_so_and_not_that_we_made_a_mistake(monkeypatch, language, words):
    def gone(*_arguments, **_more):
        import psycopg

        raise OperationalError from psycopg.OperationalError("connection refused")

    monkeypatch.setattr(overview, "render", gone)
    answer = Client(raise_request_exception=False).get(f"/{language}")
    assert answer.status_code == 503
    assert words in text_of(answer)


def set_clock(monkeypatch, moment):
    monkeypatch.setattr(timezone, "now", lambda: moment)


@covers("2.17")
@pytest.mark.django_db
def test_a_clock_set_back_a_day_leaves_the_order_of_the_log_and_of_knowledge(here, monkeypatch):
    right = datetime(2025, 6, 20, 3, tzinfo=UTC)
    set_clock(monkeypatch, right)
    client = signed_in(here.an)
    fill(client, here.address, **SAID)
    set_clock(monkeypatch, right - timedelta(days=1))
    answer = client.get(fill(client, here.address, **SAID).url)
    moments = list(Entry.objects.order_by("id").values_list("at", flat=True))[-4:]
    assert moments == sorted(moments)
    assert Report.objects.order_by("pk").last().recorded_at > right
    assert "The server's clock says 19 June 2025 10:00, but the log already holds" in text_of(answer)


@covers("2.17")
@pytest.mark.django_db
def test_after_a_clock_that_ran_ahead_the_log_says_so_and_work_goes_on(here, monkeypatch):
    now = timezone.now()
    set_clock(monkeypatch, now + timedelta(days=400))
    client = signed_in(here.an)
    fill(client, here.address, **SAID)
    monkeypatch.undo()
    assert "Tell the people who run this installation." in text_of(Client().get("/en/log/"))
    assert fill(signed_in(here.an), here.address, **SAID).status_code == 302
    first, second = Report.objects.order_by("pk").values_list("recorded_at", flat=True)
    assert first < second


@covers("2.17")
@pytest.mark.django_db
def test_a_clock_that_is_right_is_not_spoken_of(here):
    client = signed_in(here.an)
    answer = client.get(fill(client, here.address, **SAID).url)
    assert "The server's clock" not in text_of(answer)
    assert "The server's clock" not in text_of(Client().get("/en/log/"))
