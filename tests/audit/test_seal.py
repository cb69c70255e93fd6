"""Sealing: batches, their chain, the head, what the page of the log asks."""

import json
from datetime import timedelta

import pytest

from tests.audit.factory import NINE, after, stored
from tests.marks import covers
from thuocdo.audit import actions, heads, keys, log, queries
from thuocdo.audit.models import Batch, Seal

pytestmark = pytest.mark.django_db


def enter(count: int) -> list[int]:
    """So many files received, each with its entry; the ids of the entries."""
    return [log.record("file.received", stored(), by=None, at=after(n)).id for n in range(count)]


def test_nothing_to_seal_makes_no_batch():
    assert actions.seal(at=NINE) is None


@covers("1.22")
def test_a_batch_takes_every_entry_once_in_order():
    ids = enter(5)
    assert actions.seal(at=after(9)).count == 5
    assert list(Seal.objects.order_by("position").values_list("entry_id", flat=True)) == ids
    assert actions.seal(at=after(10)) is None


@covers("1.22")
def test_batches_are_chained():
    enter(5)
    batches = [actions.seal(at=after(9), most=2) for _ in range(3)]
    assert [batch.count for batch in batches] == [2, 2, 1]
    assert [batch.previous for batch in batches] == [heads.FIRST, batches[0].chain, batches[1].chain]


def test_sealing_takes_as_many_statements_for_one_entry_as_for_many(django_assert_max_num_queries):
    enter(1)
    actions.seal(at=NINE)
    for count in (1, 60):
        enter(count)
        with django_assert_max_num_queries(12):
            actions.seal(at=NINE)


@covers("1.22")
def test_the_head_is_signed_by_the_key_outside_the_database(settings):
    enter(1)
    actions.seal(at=NINE)
    head = heads.read(queries.export_head())
    assert keys.signed(heads.message(1, head.chain), head.signature, keys.public_key())
    assert (settings.VAR / "log-key.pem").stat().st_mode & 0o777 == 0o600


def test_another_key_did_not_sign(tmp_path, settings):
    enter(1)
    batch = actions.seal(at=NINE)
    settings.VAR = tmp_path
    keys.sign(b"makes another key")
    assert not keys.signed(heads.message(1, batch.chain), batch.signature, keys.public_key())


def test_nothing_sealed_exports_nothing():
    assert queries.export_head() is None


@pytest.mark.parametrize("text", ["", "[]", "{}", json.dumps({"form": heads.FORM, "batch": 1})])
def test_what_is_no_head_is_refused(text):
    with pytest.raises(ValueError, match="not a head"):
        heads.read(text)


@covers("1.22")
def test_the_age_of_the_unsealed_tail_is_that_of_its_oldest_entry():
    enter(2)
    assert queries.unsealed_age(after(7)) == timedelta(minutes=7)
    actions.seal(at=after(8))
    assert queries.unsealed_age(after(9)) is None


def test_the_page_of_the_log_reads_its_end(django_assert_num_queries):
    enter(3)
    actions.seal(at=after(4))
    enter(1)
    with django_assert_num_queries(3):
        status = queries.head_status(after(5))
    assert (status.head.number, status.unsealed, status.key) == (1, 1, keys.public_key())


def test_the_tail_goes_back_page_by_page(django_assert_num_queries):
    ids = enter(3)
    actions.seal(at=NINE, most=2)
    with django_assert_num_queries(2):
        newest = queries.tail(2)
    assert [(line.entry.id, line.batch) for line in newest] == [(ids[2], None), (ids[1], 1)]
    assert [line.entry.id for line in queries.tail(2, before_id=ids[1])] == [ids[0]]


def test_the_entries_of_a_row_are_its_history():
    row = stored()
    first = log.record("file.received", row, by=None, at=NINE)
    second = log.record("file.checked", row, by=None, at=after(1))
    enter(1)
    lines = queries.entries_of("files_storedfile", row.pk)
    assert [line.entry.id for line in lines] == [first.id, second.id]


@covers("1.22")
def test_an_entry_proves_its_place_in_its_batch(django_assert_num_queries):
    ids = enter(7)
    actions.seal(at=NINE)
    with django_assert_num_queries(3):
        found = queries.proof(ids[4])
    assert (found.batch, found.position, found.count, len(found.path)) == (1, 4, 7, 3)
    assert found.root == Batch.objects.get().root
    assert found.holds()


def test_an_unsealed_entry_has_no_proof():
    assert queries.proof(enter(1)[0]) is None
