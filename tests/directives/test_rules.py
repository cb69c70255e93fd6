"""The small rules of the register as tables: secrecy marks, relations, publicity, words to be found by."""

from datetime import date

import pytest

from tests.marks import covers
from thuocdo.directives.rules import finding, publicity, relations, secrecy
from thuocdo.directives.rules.publicity import Shown
from thuocdo.directives.rules.symbol_tables import TYPES

ALL, NONE, PROGRESS = Shown(progress=True, responsibility=True, results=True), Shown(), Shown(progress=True)
EARLY, LATE = date(2025, 1, 9), date(2025, 4, 1)


@covers("1.09")
@pytest.mark.parametrize(
    ("symbol", "title"),
    [
        ("12/QĐ-TTg (Mật)", "Về việc A"),
        ("12/QĐ-TTg ngày 5/3/2025 (Tối mật)", "Về việc A"),
        ("12/QĐ-TTg-Mật", "Về việc A"),
        ("MẬT 12/QĐ-TTg", "Về việc A"),
        ("tuyet mat: 12-QĐ/TW", "Về việc A"),
        ("12/QĐ-TTg", "Kế hoạch A (MẬT)"),
        ("12/QĐ-TTg", "Kế hoạch A (độ Tuyệt mật)"),
        ("12/QĐ-TTg", "TỐI MẬT. Kế hoạch A"),
        ("12/QĐ-TTg", "Độ mật: Mật - Kế hoạch A"),
        ("12/QĐ-TTg", "Kế hoạch A - Mật"),
    ],
)
def test_a_secrecy_mark_is_seen(symbol, title):
    assert secrecy.problem(symbol, title) is not None


@pytest.mark.parametrize(
    "title",
    [
        "Kế hoạch bảo mật hệ thống thông tin",
        "Danh mục bí mật nhà nước độ Tối mật của ngành Tài chính",
        "Quy chế mật mã dân sự",
        "Kế hoạch phát triển mật ong",
        "Tăng mật độ trạm 5G",
    ],
)
def test_secrecy_as_a_subject_is_no_mark(title):
    assert secrecy.problem("12/QĐ-TTg", title) is None


@pytest.mark.parametrize(
    ("kind", "issued", "to_issued", "back", "allowed"),
    [
        ("amends", LATE, EARLY, set(), True),
        ("amends", EARLY, LATE, set(), False),
        ("replaces", EARLY, LATE, set(), False),
        ("adjusts_to", EARLY, LATE, set(), True),  # plan 151-KH/TU is adjusted to a later letter
        ("amends", None, EARLY, set(), True),
        ("implements", LATE, EARLY, {"implements"}, False),
        ("implements", LATE, EARLY, {"adjusts_to"}, True),
    ],
)
def test_which_relations_may_be(kind, issued, to_issued, back, allowed):
    assert (relations.problem(kind, issued, to_issued, frozenset(back)) is None) is allowed


@covers("1.27")
@pytest.mark.parametrize(
    ("before", "after", "withheld", "allowed"),
    [
        (NONE, ALL, "", True),
        (NONE, PROGRESS, "", False),
        (NONE, PROGRESS, "Tên người chịu trách nhiệm: chưa thông báo", True),
        (NONE, Shown(results=True), "Lý do", False),
        (NONE, NONE, "", True),
        (ALL, NONE, "", False),
        (ALL, NONE, "Đang rà soát số liệu", True),
    ],
)
def test_what_is_withheld_has_a_reason(before, after, withheld, allowed):
    assert (publicity.problem(before, after, withheld) is None) is allowed


@covers("1.23")
@pytest.mark.parametrize(
    "asked",
    ["422/qd-ttg", "422 qd ttg", "quyet dinh 422", "quyet dinh so 422", "decision 422", "dich vu cong"],
)
def test_a_text_is_found_by_each_way_to_ask(asked):
    text = finding.of_directive("422/QĐ-TTg", 422, TYPES["QĐ"], ["Danh mục dịch vụ công"])
    assert asked in text


@pytest.mark.parametrize("asked", ["nghi quyet 3\n", "nghi quyet 03\n"])
def test_a_small_number_is_found_with_its_zero_and_without(asked):
    assert asked in finding.of_directive("03/NQ-CP", 3, TYPES["NQ"], ["Chương trình"])
