"""The answers to a question: the same on both databases, and nothing that may not be read."""

from datetime import UTC, date, datetime

import pytest

from tests.assignments import factory
from tests.directives import factory as directives
from tests.marks import covers
from thuocdo.accounts.enums import Role
from thuocdo.accounts.permissions import PUBLIC, Reader, reader_of
from thuocdo.assignments import actions
from thuocdo.assignments.enums import ChangeKind
from thuocdo.assignments.terms import Ask, Terms
from thuocdo.directives import actions as directive_actions
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Say
from thuocdo.search.queries import search

TODAY = AsOf(date(2025, 6, 20))
TITLES = {
    "422/QĐ-TTg": "Phê duyệt Đề án chuyển đổi số quốc gia",
    "42/QĐ-TTg": "Quy định về đường thủy",
    "57-NQ/TW": "Đột phá phát triển khoa học, công nghệ",
    "118/2025/NĐ-CP": "Thủ tục hành chính một cửa",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> factory.World:
    world = factory.world()
    for symbol, title in TITLES.items():
        directives.directive(symbol, title=title, public=True)
    return world


def symbols(text: str, reader: Reader = PUBLIC, as_of: AsOf = TODAY) -> list[str]:
    found = search(text, reader, as_of)
    assert not isinstance(found, Say)
    return [row.symbol for row in found.directives.rows]


def duties(text: str, reader: Reader = PUBLIC) -> list[str]:
    found = search(text, reader, TODAY)
    assert not isinstance(found, Say)
    return [row.work for row in found.assignments.rows]


def reader(user) -> Reader:
    return reader_of(user, date(2025, 6, 20))


@covers("1.23")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("quyet dinh 422", ["422/QĐ-TTg"]), ("Quyết định số 422", ["422/QĐ-TTg"]),
        ("422 qd ttg", ["422/QĐ-TTg"]), ("422/QĐ-TTg", ["422/QĐ-TTg"]), ("422", ["422/QĐ-TTg"]),
        ("duong thuy", ["42/QĐ-TTg"]), ("ĐƯỜNG THỦY", ["42/QĐ-TTg"]), ("nghi quyet 57", ["57-NQ/TW"]),
        ("mot cua", ["118/2025/NĐ-CP"]), ("118/2025", ["118/2025/NĐ-CP"]), ("chuyen doi xanh", []),
        ("cua mot thu", ["118/2025/NĐ-CP"]), ("mot cu", ["118/2025/NĐ-CP"]),
        ("mo cua", []), ("khoa hoc, cong nghe", ["57-NQ/TW"]), ("& | ! ':*", None),
    ],
)  # fmt: skip
def test_the_same_texts_are_found_on_both_databases(world, text, found):
    answer = search(text, PUBLIC, TODAY)
    assert (None if isinstance(answer, Say) else symbols(text)) == found


def test_the_symbol_itself_stands_before_longer_ones(world):
    assert symbols("qd ttg 42") == ["42/QĐ-TTg", "422/QĐ-TTg"]


@covers("1.23")
def test_a_text_that_is_not_public_is_not_found(world):
    directives.directive("999/QĐ-TTg", title="Kế hoạch chưa công bố")
    assert symbols("chua cong bo") == []


def test_a_text_of_a_later_day_is_not_found_before_it(world):
    assert symbols("422", as_of=AsOf(date(2025, 3, 1))) == []


@covers("1.23")
def test_a_duty_is_found_by_who_may_read_it_alone(world):
    factory.given(world)
    assert duties("chuyen doi so cua tinh") == []
    assert duties("chuyen doi so cua tinh", reader(world.an)) == [factory.CLEAR.work]


def test_a_duty_is_found_by_the_public_once_its_text_is(world):
    given = factory.given(world)
    directive_actions.publish(
        directive=given.directive, shown=directives.ALL, decided_on=date(2025, 6, 1), by=None, at=factory.JUNE
    )
    found = search("ke hoach chuyen doi", PUBLIC, TODAY)
    assert not isinstance(found, Say)
    assert (len(found.assignments.rows), len(found.obligations.rows)) == (1, 1)


def test_a_duty_for_many_is_found_once(world):
    factory.fanned_out(world, world.lai_chau, world.hung_yen)
    assert duties("ban hanh ke hoach", reader(world.binh)) == [factory.CLEAR.work]


def reworded(world, row, *, granted=True, on=date(2025, 6, 15)):
    """The lead asks for other words on the day; the assigner decides on the same day."""
    ask = Ask(ChangeKind.CONTENT, "Rõ hơn", text="Xây dựng trung tâm dữ liệu")
    asked = actions.ask_change(assignment=row, ask=ask, happened_on=on, by=world.an, at=factory.JUNE)
    actions.decide_change(
        request=asked, granted=granted, reason="Xét", happened_on=on, by=world.chi, at=factory.JUNE
    )


@covers("1.23")
def test_a_wording_granted_later_is_found_and_shown_and_the_first_still_is(world):
    reworded(world, factory.given(world))
    reads = reader(world.an)
    assert duties("trung tam du lieu", reads) == ["Xây dựng trung tâm dữ liệu"]
    assert duties("ban hanh ke hoach", reads) == ["Xây dựng trung tâm dữ liệu"]
    assert duties("du lieu ke hoach ubnd", reads) == ["Xây dựng trung tâm dữ liệu"]  # with the old product
    before = search("trung tam du lieu", reads, AsOf(date(2025, 6, 14)))
    assert not isinstance(before, Say)
    assert before.assignments.rows == ()


@covers("1.23")
def test_a_wording_that_was_refused_or_may_not_be_read_is_not_found(world):
    reworded(world, factory.given(world), granted=False)
    assert duties("trung tam du lieu", reader(world.an)) == []
    reworded(world, factory.given(world))
    assert duties("trung tam du lieu") == []
    stranger = factory.person("xa", world.hung_yen, Role.FOCAL)
    assert duties("trung tam du lieu", reader(stranger)) == []


def test_a_child_of_a_duty_for_many_is_found_by_the_words_granted_to_it_alone(world):
    _, child, _ = factory.fanned_out(world, world.lai_chau, world.hung_yen)
    reworded(world, child)
    assert duties("trung tam du lieu", reader(world.binh)) == ["Xây dựng trung tâm dữ liệu"]


def test_a_draft_is_found_by_the_side_that_prepares_it(world):
    factory.actions.draft(
        obligation=world.obligation, terms=Terms(work="Bản nháp riêng"), parties=factory.parties(world),
        by=world.chi, at=factory.JUNE,
    )  # fmt: skip
    assert duties("nhap rieng", reader(world.an)) == []
    assert duties("nhap rieng", reader(world.binh)) == ["Bản nháp riêng"]


@pytest.mark.parametrize("text", ["lai chau", "UBND tỉnh Lai Châu", "bo kh&cn"])
def test_an_agency_is_found_by_name_or_abbreviation(world, text):
    found = search(text, PUBLIC, TODAY)
    assert not isinstance(found, Say)
    assert found.agencies.count >= 1


def test_what_was_not_known_then_is_not_found_then(world):
    before = AsOf(date(2025, 6, 20), datetime(2025, 4, 1, tzinfo=UTC))
    assert symbols("422", as_of=before) == []


def test_more_answers_than_are_looked_at_are_told(world, monkeypatch):
    monkeypatch.setattr("thuocdo.search.queries.MOST", 1)
    found = search("ttg", PUBLIC, TODAY)
    assert not isinstance(found, Say)
    assert (found.directives.count, found.directives.more) == (1, True)


def test_a_question_takes_few_statements(world, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        search("chuyen doi so", PUBLIC, TODAY)


@covers("1.27")
def test_who_leads_is_not_found_out_where_that_is_not_public(world):
    text = directives.directive("15/KH-CP", issuer=world.government)
    duty = directive_actions.Duty(key="1", work="Rà soát", leads_raw="Bộ Khoa học và Công nghệ")
    directive_actions.add_obligation(
        provision=directives.provision(text), duty=duty, by=None, at=factory.JUNE
    )
    shown = directives.Shown(progress=True, responsibility=False, results=False)
    directive_actions.publish(
        directive=text, shown=shown, withheld="Chủ trì", decided_on=date(2025, 6, 1), by=None, at=factory.JUNE
    )
    by_lead, by_work = (search(asked, PUBLIC, TODAY) for asked in ("bo khoa hoc va cong nghe", "ra soat"))
    assert not isinstance(by_lead, Say)
    assert not isinstance(by_work, Say)
    assert (len(by_lead.obligations.rows), len(by_work.obligations.rows)) == (0, 1)
