"""Tampering by someone with the database in hand: each kind is found, its place named."""

import io
import json
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.audit.factory import NINE, after, ministry, stored
from tests.marks import covers
from thuocdo.audit import actions, guards, heads, log, queries, verify, verify_rows
from thuocdo.audit.models import Batch, Entry, Seal

pytestmark = pytest.mark.django_db
COLUMNS = (
    'verb', '"table"', 'row_id', 'by_id', 'for_id', 'at', '"old"', '"new"', 'row_digest', 'salt',
)  # fmt: skip


def sql(statement: str, *values: object) -> None:
    """One statement past Django, as an intruder would give it."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def ids():
    """Three batches of three entries each, the guards taken away; the ids in order."""
    found = []
    for number in range(9):
        found.append(log.record("file.received", stored(f"{number}.pdf"), by=None, at=after(number)).id)
        if number % 3 == 2:
            actions.seal(at=after(number))
    actions.seal(at=after(9))
    for statement in guards.off(connection.vendor):
        sql(statement)
    return found


@pytest.mark.usefixtures("ids")
def test_an_untouched_log_has_no_problem():
    assert [*verify.log(heads.read(queries.export_head())), *verify_rows.rows()] == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("verb", "file.checked"), ('"table"', "x"), ("row_id", "9999"), ("by_id", 7), ("for_id", 7),
        ("at", NINE),
        ('"old"', '{"name": "x"}'), ('"new"', "{}"), ("row_digest", "0" * 64), ("salt", "aa"),
    ],
)  # fmt: skip
@covers("1.22")
def test_a_changed_entry_is_found_at_its_place(ids, column, value):
    sql(f"UPDATE audit_entry SET {column} = %s WHERE id = %s", value, ids[4])
    assert [(p.kind, p.batch, p.position, p.entry_id) for p in verify.log()] == [("changed", 2, 1, ids[4])]


@covers("1.22")
def test_a_removed_entry_is_found_at_its_place(ids):
    sql("DELETE FROM audit_entry WHERE id = %s", ids[4])
    assert [(p.kind, p.batch, p.position, p.entry_id) for p in verify.log()] == [("removed", 2, 1, ids[4])]


@covers("1.22")
def test_an_entry_removed_with_its_seal_leaves_an_empty_place(ids):
    sql("DELETE FROM audit_entry WHERE id = %s", ids[4])
    sql("DELETE FROM audit_seal WHERE entry_id = %s", ids[4])
    assert [(p.kind, p.batch, p.position) for p in verify.log()] == [("removed", 2, 1)]


@covers("1.22")
def test_entries_that_change_places_are_found(ids):
    for old, new in ((ids[3], -1), (ids[5], ids[3]), (-1, ids[5])):
        sql("UPDATE audit_entry SET id = %s WHERE id = %s", new, old)
    found = [(p.kind, p.batch, p.position, p.entry_id) for p in verify.log()]
    assert found == [("changed", 2, 0, ids[3]), ("changed", 2, 2, ids[5])]


@covers("1.22")
def test_seals_that_change_places_are_found():
    for number in range(3):
        log.record("file.received", stored(), by=None, at=after(number))
    actions.seal(at=after(3))
    for statement in guards.off(connection.vendor):
        sql(statement)
    for old, new in ((0, 9), (2, 0), (9, 2)):
        sql("UPDATE audit_seal SET position = %s WHERE position = %s", new, old)
    assert [(p.kind, p.batch) for p in verify.log()] == [("order", 1)]


@covers("1.22")
def test_an_entry_inserted_among_sealed_ones_is_found(ids):
    names = ", ".join(COLUMNS)
    sql(f"INSERT INTO audit_entry (id, {names}) SELECT -5, {names} FROM audit_entry WHERE id = %s", ids[0])
    sql("UPDATE audit_entry SET id = %s WHERE id = -5", ids[0] - 1)
    assert [(p.kind, p.entry_id) for p in verify.log()] == [("inserted", ids[0] - 1)]


@covers("1.22")
def test_an_entry_inserted_with_a_seal_of_its_own_is_found(ids):
    names = ", ".join(COLUMNS)
    sql(f"INSERT INTO audit_entry (id, {names}) SELECT -5, {names} FROM audit_entry WHERE id = %s", ids[0])
    sql(
        "INSERT INTO audit_seal (entry_id, batch, position, leaf) "
        "SELECT -5, 2, 3, leaf FROM audit_seal WHERE entry_id = %s", ids[0],
    )  # fmt: skip
    assert [(p.kind, p.batch, p.position, p.entry_id) for p in verify.log()] == [("inserted", 2, 3, -5)]


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        ("count = 2", {"batch", "inserted"}),
        ("settled_id = 0", {"batch"}),
        (f"root = '{'0' * 64}'", {"batch", "order"}),
        (f"at = '{after(99).isoformat(' ')}'", {"batch"}),
        (f"previous = '{'0' * 64}'", {"batch"}),
        (f"signature = '{'0' * 128}'", {"signature"}),
        ("signature = 'x'", {"signature"}),
    ],
)
@covers("1.22")
def test_a_changed_batch_is_found(change, kinds):
    sql(f"UPDATE audit_batch SET {change} WHERE number = 2")
    found = list(verify.log())
    assert {p.kind for p in found} == kinds
    assert {p.batch for p in found} == {2}


@covers("1.22")
def test_a_log_forged_to_fit_is_found_by_its_signature(ids):
    sql("UPDATE audit_entry SET verb = 'file.forged' WHERE id = %s", ids[8])
    leaf = heads.leaf(Entry.objects.get(id=ids[8]))
    sql("UPDATE audit_seal SET leaf = %s WHERE entry_id = %s", leaf, ids[8])
    batch = Batch.objects.get(number=3)
    batch.root = heads.merkle.root(
        [bytes(seal.leaf) for seal in Seal.objects.filter(batch=3).order_by("position")]
    ).hex()
    sql("UPDATE audit_batch SET root = %s, chain = %s WHERE number = 3", batch.root, heads.chain(batch))
    assert [(p.kind, p.batch) for p in verify.log()] == [("signature", 3)]


@covers("1.22")
def test_a_batch_taken_out_of_the_middle_is_found(ids):
    sql("DELETE FROM audit_batch WHERE number = 2")
    found = list(verify.log())
    assert found[0].batch == 2
    assert {p.entry_id for p in found[1:]} == set(ids[3:6])


@pytest.mark.usefixtures("ids")
@covers("1.22")
def test_a_cut_off_end_is_found_by_an_exported_head():
    kept = heads.read(queries.export_head())
    for table, column in (("batch", "number"), ("seal", "batch")):
        sql(f"DELETE FROM audit_{table} WHERE {column} = 3")
    sql("DELETE FROM audit_entry WHERE id NOT IN (SELECT entry_id FROM audit_seal)")
    assert list(verify.log()) == []
    assert [(p.kind, p.batch) for p in verify.log(kept)] == [("head", 3)]


@pytest.mark.usefixtures("ids")
@covers("1.22")
def test_an_end_written_anew_with_the_key_is_found_by_an_exported_head():
    kept = heads.read(queries.export_head())
    for table, column in (("batch", "number"), ("seal", "batch")):
        sql(f"DELETE FROM audit_{table} WHERE {column} = 3")
    sql("UPDATE audit_sealer SET pending_id = 0")
    actions.seal(at=after(50))
    assert list(verify.log()) == []
    assert [(p.kind, p.batch) for p in verify.log(kept)] == [("head", 3)]


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize(
    ("change", "kinds"), [({"root": "0" * 64}, ["head"]), ({"signature": "00"}, ["signature"])]
)
def test_a_changed_head_is_found(change, kinds):
    kept = replace(heads.read(queries.export_head()), **change)
    assert [p.kind for p in verify.log(kept)] == kinds


@pytest.fixture
def agency():
    """A ministry that was renamed once."""
    row = ministry()
    log.record("agency.founded", row, by=None, at=NINE)
    before = log.snapshot(row)
    row.name = "Bộ Khoa học"
    row.save()
    log.record("agency.renamed", row, by=None, at=after(1), before=before)
    return row


@covers("1.22")
def test_a_row_changed_past_the_log_is_found_with_its_fields(agency):
    sql("UPDATE agencies_agency SET name_en = 'X', opened_on = '2020-01-01' WHERE id = %s", agency.pk)
    found = next(verify_rows.rows())
    assert (found.table, found.row_id, set(found.fields)) == (
        "agencies_agency", str(agency.pk), {"name_en", "opened_on"},
    )  # fmt: skip


@covers("1.22")
def test_a_row_removed_past_the_log_is_found(agency):
    sql("DELETE FROM agencies_agency WHERE id = %s", agency.pk)
    found = list(verify_rows.rows())
    assert [(p.table, p.row_id, p.entry_id) for p in found] == [
        ("agencies_agency", str(agency.pk), Entry.objects.latest("id").id)
    ]


@covers("1.22")
def test_a_row_written_past_the_log_is_found():
    row = ministry()
    assert [(p.table, p.row_id) for p in verify_rows.rows()] == [("agencies_agency", str(row.pk))]


def test_a_row_that_came_back_after_its_removal_is_found():
    row = stored()
    log.record_gone("file.removed", row, by=None, at=NINE)
    assert "says it was removed" in str(next(verify_rows.rows()).say)


def test_a_row_removed_with_its_entry_is_no_problem():
    row = stored()
    log.record("file.received", row, by=None, at=NINE)
    log.record_gone("file.removed", row, by=None, at=NINE)
    row.delete()
    assert list(verify_rows.rows()) == []


def statements() -> int:
    """How many statements one check of all rows takes."""
    with CaptureQueriesContext(connection) as context:
        assert list(verify_rows.rows()) == []
    return len(context)


@pytest.mark.usefixtures("agency")
def test_checking_rows_takes_as_many_statements_for_one_as_for_many():
    log.record("file.received", stored(), by=None, at=NINE)
    for_one = statements()
    rows = [stored(f"{number}.pdf") for number in range(40)]
    log.record_many("file.received", rows, by=None, at=NINE)
    assert statements() == for_one


@pytest.mark.parametrize("deed", ["UPDATE audit_{} SET {} = {}", "DELETE FROM audit_{}"])
@pytest.mark.parametrize(("table", "column"), [("entry", "id"), ("batch", "number"), ("seal", "entry_id")])
@covers("1.22")
def test_the_database_itself_refuses_to_change_the_log(ids, deed, table, column):
    for statement in guards.on(connection.vendor):
        sql(statement)
    with pytest.raises(Exception, match="append-only"):
        sql(deed.format(table, column, column))


@covers("1.22")
def test_the_command_says_what_is_wrong_and_fails(ids, tmp_path):
    sql("UPDATE audit_entry SET verb = 'x' WHERE id = %s", ids[0])
    out = io.StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command("verify_audit", stdout=out)
    assert f"Batch 1, place 0: entry {ids[0]} (files_storedfile" in out.getvalue()


@pytest.mark.usefixtures("ids")
@covers("1.22")
def test_the_command_takes_an_exported_head(tmp_path):
    out, file = io.StringIO(), tmp_path / "head.json"
    call_command("export_head", stdout=out)
    file.write_text(out.getvalue())
    call_command("verify_audit", head=file, stdout=out)
    assert "sealed to batch 3" in out.getvalue()
    file.write_text(json.dumps({"batch": 3}))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify_audit", head=file)
