"""Reads: any day as known at any moment, pages that stay in place, what has not changed is not sent again."""

from dataclasses import replace
from datetime import date

import pytest

from tests.api.client import Program, program, said
from tests.assignments import factory
from tests.marks import covers
from thuocdo.accounts.enums import Role
from thuocdo.assignments.models import Report
from thuocdo.audit import actions as sealing
from thuocdo.lib import merkle

pytestmark = pytest.mark.django_db
REPORT = {"text": "Đã trình dự thảo", "happened_on": "2025-06-18"}


@pytest.fixture
def here():
    return factory.world()


@covers("2.14")
def test_a_status_is_read_on_a_day_as_known_at_a_moment(here):
    row = factory.given(here)
    factory.claimed(here, row)
    an = program(here.an)

    def declared(query):
        return said(an.get(f"/assignments/{row.pk}?{query}"))["declared"]["code"]

    assert declared("as_of=2025-06-20") == "on_time"
    assert declared("as_of=2025-06-16") == "not_started"
    assert an.get(f"/assignments/{row.pk}?as_of=2025-06-20&known=2025-06-01T08:00").status_code == 404


@covers("2.14")
@pytest.mark.parametrize("query", ["as_of=30/09/2025", "as_of=2999-01-01", "known=yesterday", "as_of=0"])
def test_a_day_that_cannot_be_shown_is_told_of(here, query):
    answer = Program().get(f"/assignments?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")


@covers("2.14")
def test_pages_stay_in_place_while_rows_are_entered(here):
    days = (date(2025, 6, 30), None, date(2025, 7, 31), date(2025, 6, 30))
    undated = {"limit_class": "standing", "limit_on": None, "reporting_period": "month"}
    for day in days:
        factory.given(here, replace(factory.CLEAR, **({"limit_on": day} if day else undated)))
    an = program(here.an)
    whole = [one["id"] for one in said(an.get("/assignments"))["items"]]
    seen, cursor = [], ""
    while cursor is not None:
        page = said(an.get(f"/assignments?limit=1{cursor and f'&cursor={cursor}'}"))
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]
        if len(seen) == 2:
            factory.given(here, replace(factory.CLEAR, limit_on=date(2025, 5, 31)))
    assert (len(whole), seen) == (4, whole)


@covers("2.14")
@pytest.mark.parametrize("cursor", ["x", "W10=", "WzFd", "WyIyMDI1LTA2LTMwIiwgIjEiXQ=="])
def test_a_cursor_that_was_not_given_here_is_told_of(here, cursor):
    assert Program().get(f"/assignments?cursor={cursor}").status_code == 400


@covers("2.14")
def test_the_list_and_the_overview_agree(here):
    for _ in range(3):
        factory.given(here)
    an = program(here.an)
    listed = said(an.get("/assignments?agency=UBND-12&status=overdue"))["items"]
    told = said(an.get("/overview?agency=UBND-12"))
    assert len(listed) == told["declared"]["classes"]["overdue"] == told["declared"]["assigned"] == 3


@covers("2.14")
def test_what_has_not_changed_is_not_sent_again(here):
    row, an = factory.given(here), program(here.an)
    address = f"/assignments/{row.pk}"
    tag = an.get(address)["ETag"]
    same = an.get(address, **{"If-None-Match": tag})
    an.post(f"{address}/reports", REPORT)
    other = an.get(address, **{"If-None-Match": tag})
    assert (same.status_code, same.content, same["ETag"], other.status_code) == (304, b"", tag, 200)


@covers("2.14")
def test_a_write_on_what_has_changed_since_is_refused(here):
    row, an = factory.given(here), program(here.an)
    address = f"/assignments/{row.pk}"
    tag = an.get(address)["ETag"]
    first = an.post(f"{address}/reports", REPORT, If_Match=tag)
    second = an.post(f"{address}/reports", REPORT, If_Match=f"W/{tag}")
    assert (first.status_code, second.status_code, Report.objects.count()) == (201, 412, 1)
    assert said(second)["type"] == "urn:thuocdo:problem:changed"


@covers("2.14")
def test_a_proof_leads_from_an_entry_to_the_signed_head(here):
    factory.given(here)
    sealing.seal(at=factory.JUNE)
    dung = program(factory.person("dung", here.government, Role.INSPECTOR))
    entry = said(dung.get("/log/entries"))["items"][-1]
    proof, head = (
        said(Program().get(f"/log/{place}")) for place in (f"entries/{entry['sequence']}/proof", "head")
    )
    path = [bytes.fromhex(one) for one in proof["path"]]
    leaf, root = bytes.fromhex(proof["leaf"]), bytes.fromhex(head["root"])
    assert proof["batch"] == head["batch"]
    assert merkle.proves(leaf, proof["position"], proof["count"], path, root)


@covers("2.14")
def test_every_read_takes_the_same_few_statements_for_one_row_and_for_twenty(
    here, django_assert_max_num_queries
):
    an = program(here.an)
    factory.given(here)
    with django_assert_max_num_queries(12):
        an.get("/assignments?limit=100")
    for _ in range(19):
        factory.given(here)
    with django_assert_max_num_queries(12):
        assert len(said(an.get("/assignments?limit=100"))["items"]) == 20


@covers("2.14")
def test_an_address_or_method_that_is_not_known_is_told_of_in_words(here):
    answers = [Program().get("/nothing"), Program().get("/"), Program().client.delete("/api/v1/agencies")]
    assert [one.status_code for one in answers] == [404, 404, 405]
    assert {one["Content-Type"] for one in answers} == {"application/problem+json"}
    assert answers[2]["Allow"] == "GET"
