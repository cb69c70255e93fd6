"""Entries of the log: what they hold, what is refused."""

import pytest
from django.db import connection, transaction

from tests.audit.factory import NINE, after, lan, ministry, stored
from tests.marks import covers
from thuocdo.agencies.models import Agency
from thuocdo.audit import canon, log
from thuocdo.audit.models import Entry, Sealer

pytestmark = pytest.mark.django_db


@covers("1.22")
def test_an_entry_says_who_when_what_old_and_new():
    person, row = lan(), ministry()
    before = log.snapshot(row)
    row.name = "Bộ Khoa học"
    row.save()
    log.record("agency.renamed", row, by=person, at=NINE, before=before)
    entry = Entry.objects.get()
    assert (entry.verb, entry.table, entry.row_id, entry.by_id, entry.at) == (
        "agency.renamed", "agencies_agency", str(row.pk), person.pk, NINE,
    )  # fmt: skip
    assert (entry.old, entry.new) == ({"name": "Bộ Khoa học và Công nghệ"}, {"name": "Bộ Khoa học"})


def test_a_new_row_is_entered_with_all_its_audited_fields():
    row = ministry()
    entry = log.record("agency.founded", row, by=None, at=NINE)
    assert entry.old == {}
    assert set(entry.new) == set(Agency.audited)
    assert entry.by_id is None


def test_the_digest_in_memory_is_the_digest_of_the_row_as_the_database_gives_it():
    row = ministry()
    row.opened_on = "2025-03-01"
    entry = log.record("agency.founded", row, by=None, at=NINE)
    assert entry.row_digest == canon.digest(log.snapshot(Agency.objects.get()))


def test_a_removed_row_leaves_what_it_held_and_no_digest():
    row = stored()
    with transaction.atomic():
        entry = log.record_gone("file.removed", row, by=None, at=NINE)
        row.delete()
    assert (entry.old["name"], entry.new, entry.row_digest) == ("minh-chung.pdf", {}, None)


def test_an_import_is_entered_with_one_statement_for_500_rows(django_assert_num_queries):
    rows = [stored(f"{number}.pdf") for number in range(501)]
    with django_assert_num_queries(2):
        assert log.record_many("file.received", rows, by=None, at=NINE) == 501


def test_a_moment_without_its_zone_is_refused():
    with pytest.raises(ValueError, match="aware"):
        log.record("file.received", stored(), by=None, at=NINE.replace(tzinfo=None))


def test_many_entries_are_as_one_by_one():
    rows = [stored("a.pdf"), stored("b.pdf")]
    before = {rows[1].pk: log.snapshot(rows[1])}
    rows[1].name = "c.pdf"
    log.record_many("file.received", rows, by=None, at=NINE, before=before)
    first, second = Entry.objects.order_by("id")
    assert (first.row_id, first.old, first.new["name"]) == (str(rows[0].pk), {}, "a.pdf")
    assert (second.old, second.new, second.at) == ({"name": "b.pdf"}, {"name": "c.pdf"}, NINE)


def test_one_entry_is_one_statement(django_assert_num_queries):
    row = stored()
    with django_assert_num_queries(1):
        log.record("file.received", row, by=None, at=NINE)


def test_a_model_that_names_no_audited_fields_is_refused():
    with pytest.raises(TypeError, match="Sealer names no `audited` fields"):
        log.record("sealer.made", Sealer(pk=1), by=None, at=NINE)


def test_a_row_without_its_key_is_refused():
    row = stored()
    row.pk = None
    with pytest.raises(ValueError, match="has its key"):
        log.record("file.received", row, by=None, at=NINE)


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: Entry.objects.update(verb="x"),
        lambda entry: Entry.objects.all().delete(),
        lambda entry: Entry.objects.bulk_update([entry], ["verb"]),
    ],
)
@covers("1.22")
def test_an_entry_is_neither_changed_nor_deleted(change):
    entry = log.record("file.received", stored(), by=None, at=NINE)
    with pytest.raises(TypeError, match="never"):
        change(entry)


@pytest.fixture
def _people_are_audited(monkeypatch):
    from thuocdo.accounts.models import User

    monkeypatch.setattr(User, "audited", ("email", "name", "is_active"), raising=False)
    monkeypatch.setattr(User, "audited_personal", ("email", "name"), raising=False)
    canon.encoders.cache_clear()
    canon.personal.cache_clear()
    yield
    canon.encoders.cache_clear()
    canon.personal.cache_clear()


@pytest.mark.usefixtures("_people_are_audited")
@covers("1.22")
def test_a_persons_name_is_nowhere_in_the_entry():
    log.record("person.added", lan(), by=None, at=NINE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM audit_entry")
        text = str(cursor.fetchall())
    assert "Lan" not in text
    assert "lan@" not in text
    assert "is_active" in text


@pytest.mark.usefixtures("_people_are_audited")
def test_the_same_name_has_another_digest_in_another_entry():
    person = lan()
    first = log.record("person.added", person, by=None, at=NINE)
    second = log.record("person.seen", person, by=None, at=after(1))
    assert first.new["name"] != second.new["name"]
    assert first.new["name"] == canon.salted("name", "Nguyễn Thị Lan", first.salt)


@pytest.mark.usefixtures("_people_are_audited")
def test_only_the_personal_field_that_changed_is_entered():
    person = lan()
    before = log.snapshot(person)
    person.name = "Nguyễn Thị Lan Anh"
    person.save()
    entry = log.record("person.renamed", person, by=None, at=NINE, before=before)
    assert set(entry.old) == set(entry.new) == {"name"}


@pytest.mark.django_db(transaction=True)
@covers("1.22")
def test_the_log_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="in the transaction of the write"):
        log.record("file.received", stored(), by=None, at=NINE)


@pytest.mark.django_db(transaction=True)
@covers("1.22")
def test_nothing_is_entered_when_the_write_is_rolled_back():
    with transaction.atomic():
        log.record("file.received", stored(), by=None, at=NINE)
        transaction.set_rollback(True)
    assert not Entry.objects.exists()
