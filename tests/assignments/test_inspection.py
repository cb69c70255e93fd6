"""The inspector's desk: every figure with the rows behind it, within the reader's reach (2.10)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.assignments.factory import CLEAR, JUNE, claimed, given, person, world
from tests.assignments.test_limits import decide, running
from tests.marks import covers
from tests.web.factory import signed_in, text_of
from thuocdo.accounts.enums import Role
from thuocdo.accounts.permissions import reader_of
from thuocdo.assignments import actions, limits
from thuocdo.assignments.enums import ChangeKind, DemandKind, EvidenceKind, HoldState, Parameter, ProductKind
from thuocdo.assignments.models import Review
from thuocdo.assignments.queries import inspection
from thuocdo.assignments.queries.inspection import Figure
from thuocdo.assignments.terms import Ask, Asking, Obstacle, Said, Shown
from thuocdo.lib.moments import AsOf

pytestmark = pytest.mark.django_db
DAY = date(2025, 7, 20)
F = Figure
JULY = datetime(2025, 7, 20, 2, tzinfo=UTC)


@pytest.fixture
def here():
    made = world()
    made.inspector = person("dung", made.government, Role.INSPECTOR)
    return made


def desk(who):
    return inspection.desk(reader_of(who, DAY), AsOf(DAY))


def counts(who):
    """The figures that are not nought."""
    return {figure: n for figure, n in desk(who).counts.items() if n}


def rows(figure, who):
    reader, as_of = reader_of(who, DAY), AsOf(DAY)
    return [inspection.found(figure, row) for row in inspection.rows_of(figure, reader, as_of)]


@covers("2.10")
def test_slow_and_late_are_counted_by_agency_and_by_who_answers(here):
    given(here)
    row = given(here, lead=here.hung_yen, terms=replace(CLEAR, limit_on=date(2025, 9, 30)))
    actions.report(assignment=row, said=Said("Mới bắt đầu", date(2025, 6, 18), Decimal(5)), by=None, at=JUNE)
    found = desk(here.inspector)
    assert [(one.agency.name, one.slow, one.late) for one in found.agencies] == [
        (here.lai_chau.name, 0, 1), (here.hung_yen.name, 1, 0),
    ]  # fmt: skip
    assert {one.name for one in found.heads} == {"Nguyễn Văn Mẫu"}
    assert (found.counts[F.SLOW], found.counts[F.LATE]) == (1, 1)
    whose = {"lead": here.lai_chau.code, "name": "Nguyễn Văn Mẫu", "post": "Chủ tịch UBND tỉnh"}
    reader = reader_of(here.inspector, DAY)
    assert inspection.duties(F.LATE, reader, AsOf(DAY), whose).count() == 1
    assert inspection.duties(F.LATE, reader, AsOf(DAY), {**whose, "name": "Ai khác"}).count() == 0


@covers("2.10")
def test_returned_more_than_once(here):
    row = given(here)
    for day in (18, 19):
        claim = claimed(here, row, date(2025, 6, day))
        actions.return_claim(
            claim=claim, reason="Thiếu dấu", happened_on=date(2025, 6, day), by=here.binh, at=JUNE
        )
        assert counts(here.inspector).get(F.RETURNED, 0) == (day == 19)
    (found,) = rows(F.RETURNED, here.inspector)
    assert (found.assignment_id, found.table) == (row.pk, Review._meta.db_table)
    assert str(found.told) == "returned 2 times, last: Thiếu dấu"


def confirmed(here, after=timedelta(minutes=3), **more):
    claim = claimed(here, given(here), **more)
    return actions.accept(claim=claim, happened_on=date(2025, 6, 20), by=here.binh, at=JUNE + after)


@covers("2.10")
def test_confirmed_within_minutes_by_a_named_parameter(here):
    confirmed(here)
    confirmed(here, timedelta(minutes=25))
    confirmed(here, timedelta(0))  # loaded in bulk
    assert counts(here.inspector) == {F.HASTY: 1}
    actions.set_parameter(
        name=Parameter.HASTE, value=Decimal(30), source_text="Quyết định",
        happened_on=date(2025, 7, 1), by=None, at=JULY,
    )  # fmt: skip
    assert counts(here.inspector) == {F.HASTY: 2}
    assert str(rows(F.HASTY, here.inspector)[0].told).startswith("confirmed after 3 minutes")


@covers("2.10")
def test_closed_on_weak_evidence(here):
    slow = timedelta(hours=3)
    confirmed(here, slow)
    assert counts(here.inspector) == {}
    system = replace(CLEAR, product_kind=ProductKind.SYSTEM)
    address = Shown(EvidenceKind.ADDRESS, address="https://example.vn")
    claim = claimed(here, given(here, terms=system), evidence=[address])
    actions.accept(claim=claim, happened_on=date(2025, 6, 20), by=here.binh, at=JUNE + slow)
    assert counts(here.inspector) == {F.WEAK: 1}


@covers("2.10")
def test_limits_moved_how_often_and_how_far(here):
    row = given(here)
    for limit_on in (date(2025, 7, 31), date(2025, 8, 29)):
        ask = Ask(ChangeKind.LIMIT, "Chờ vốn", limit_on=limit_on)
        request = actions.ask_change(
            assignment=row, ask=ask, happened_on=date(2025, 6, 19), by=here.an, at=JUNE
        )
        actions.decide_change(
            request=request, granted=True, happened_on=date(2025, 6, 19), by=here.chi, at=JUNE
        )
    (found,) = rows(F.MOVED, here.inspector)
    assert str(found.told) == "moved 2 times, by 60 days in all"


@covers("2.10", "2.01")
def test_limits_that_decisions_on_working_days_moved_are_counted_and_lead_to_the_log(here):
    row = running(here)
    first = row.limit_on
    decision = decide(first, at=JULY)
    mark = limits.preview(decision, at=JULY).mark
    (move,) = actions.move_limits(decision=decision, seen=mark, by=None, at=JULY)
    (found,) = rows(F.MOVED, here.inspector)
    assert counts(here.inspector)[F.MOVED] == 1
    assert str(found.told).startswith("moved 1 times, of these 1 by decisions on working days, by 3 days")
    assert (found.table, found.row, found.assignment_id) == ("assignments_limitmove", move.pk, row.pk)


@covers("2.10")
def test_disputes_demands_and_difficulties_that_wait(here):
    row = given(here)
    hold = actions.open_hold(
        assignment=row, agency=here.ministry, reason="Chờ", opened_on=date(2025, 6, 1), by=here.an, at=JUNE
    )
    actions.answer_hold(
        hold=hold, state=HoldState.DISPUTED, agency=here.ministry, reason="Đã trả lời",
        happened_on=date(2025, 6, 5), by=None, at=JUNE,
    )  # fmt: skip
    obstacle = Obstacle(here.lai_chau, "money", "Thiếu vốn", here.ministry, row)
    actions.open_difficulty(obstacle=obstacle, opened_on=date(2025, 6, 1), by=here.an, at=JUNE)
    asking = Asking(DemandKind.EXPLAIN, here.lai_chau, here.office, "Vì sao chậm?", row, date(2025, 6, 30))
    actions.demand(asking=asking, happened_on=date(2025, 6, 18), by=None, at=JUNE)
    found = counts(here.inspector)
    assert {one: found[one] for one in (F.DISPUTED, F.DEMANDS, F.DIFFICULTIES)} == {
        F.DISPUTED: 1, F.DEMANDS: 1, F.DIFFICULTIES: 1,
    }  # fmt: skip
    told = [str(rows(one, here.inspector)[0].told) for one in (F.DISPUTED, F.DEMANDS, F.DIFFICULTIES)]
    assert [text.split(": ")[-1] for text in told] == ["Chờ", "Vì sao chậm?", "Thiếu vốn"]


@covers("2.10")
def test_a_monitoring_agencys_leader_sees_what_they_oversee(here):
    given(here)
    given(here, monitoring=here.office)
    watching = person("khoa", here.office, Role.LEADER)
    beside = person("ha", here.hung_yen, Role.LEADER)
    assert [counts(who).get(F.LATE, 0) for who in (here.inspector, watching, beside)] == [2, 1, 0]


@covers("2.10")
@pytest.mark.parametrize("many", [1, 12])
def test_the_desk_opens_every_figure_in_twelve_statements(here, many, django_assert_max_num_queries):
    for _ in range(many):
        given(here)
        confirmed(here)
    client = signed_in(here.inspector)
    with django_assert_max_num_queries(12):
        answer = client.get("/en/inspect/?as_of=2025-07-20")
    assert "Nguyễn Văn Mẫu" in text_of(answer)
    for figure in F:
        with django_assert_max_num_queries(12):
            answer = client.get(f"/en/inspect/{figure}/?as_of=2025-07-20")
        assert answer.status_code == 200
    late = client.get("/en/inspect/late/?as_of=2025-07-20").content.decode()
    assert late.count("/log/?table=assignments_assignment") == many
    assert client.get("/en/inspect/nothing/").status_code == 404
