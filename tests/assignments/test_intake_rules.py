"""Rows of a table are found again in the register by group and number, or by their words."""

import pytest

from tests.marks import covers
from thuocdo.assignments.rules import intake
from thuocdo.assignments.rules.intake import Known, Line


def line(ordinal="", work="Ban hành kế hoạch", group="", product="", limit="2025") -> Line:
    return Line(group, ordinal, work, product, limit)


def known(key, work="Ban hành kế hoạch", product="", limit="2025", pk=7) -> Known:
    return Known(pk, key, work, product, limit)


def keys(lines, register=()):
    return [(match.key, match.lines, match.known) for match in intake.matched(lines, register)[0]]


@pytest.mark.parametrize(
    ("group", "number"),
    [
        ("I", "I"), ("I. Nâng cao nhận thức", "I"), ("Nhóm IV: Nhân lực", "IV"), ("Phần 2", "2"), ("", ""),
        ("b) Hạ tầng", "B"),
    ],
)  # fmt: skip
def test_a_group_is_known_by_its_number(group, number):
    assert intake.group_number(group) == number


def test_a_group_without_number_is_known_by_its_name():
    assert intake.group_number("Hạ tầng số") == intake.group_number("HẠ TẦNG  số") != ""


@pytest.mark.parametrize(
    ("of", "key"),
    [
        (line("12"), "12"), (line("12."), "12"), (line("12", group="III. Hạ tầng"), "III/12"),
        (line(""), ""), (line("x" * 30), ""),
    ],
)  # fmt: skip
def test_a_number_with_its_group_is_the_key(of, key):
    assert intake.number_key(of) == key


def test_words_are_the_key_without_a_number():
    assert keys([line(work="A")])[0][0] == intake.words_key("a", "")


def test_one_number_for_two_works_is_no_key():
    found = keys([line("1", "A"), line("1", "B")])
    assert [key for key, _, _ in found] == [intake.words_key("A", ""), intake.words_key("B", "")]


@covers("1.24")
def test_a_second_run_finds_every_row():
    lines = [line("1", "A"), line("2", "B", group="II"), line(work="C")]
    register = [known(key, lines[place[0]].work) for key, place, _ in keys(lines)]
    assert all(match.known for match in intake.matched(lines, register)[0])


def test_a_duty_registered_by_hand_is_found_by_its_words():
    assert keys([line("1", "A")], [known("Phụ lục I", "A")])[0][0] == "Phụ lục I"


def test_a_number_that_says_something_else_is_wrong():
    wrong = intake.matched([line("1", "A")], [known("1", "B")])[1]
    assert [str(one.say) for one in wrong] == [
        "This number already says something else in the register: “B”."
    ]


def test_a_repeated_duty_is_one_with_two_rows():
    assert keys([line("1", "A"), line("1", "A")]) == [("1", (0, 1), None)]


def test_a_repeated_duty_with_another_limit_is_wrong():
    wrong = intake.matched([line("1", "A"), line("1", "A", limit="2026")], [])[1]
    assert [one.line for one in wrong] == [1]


@pytest.mark.parametrize(
    ("of", "label"),
    [
        (line("12", group="III. Hạ tầng"), "Nhóm III, số 12"), (line("3"), "Số 3"),
        (line("3", group="Hạ tầng số"), "Hạ tầng số, số 3"), (line(), "Ban hành kế hoạch"),
    ],
)  # fmt: skip
def test_the_provision_is_cited_by_group_and_number(of, label):
    assert intake.label(of) == label


@pytest.mark.parametrize(("key", "ordinal"), [("I/12", "12"), ("12", "12"), ("w-abc", "")])
def test_the_number_of_a_key_is_printed_again(key, ordinal):
    assert intake.ordinal_of(key) == ordinal


def test_a_group_too_long_to_be_one_is_wrong():
    assert [one.line for one in intake.matched([line("1", group="a" * 301)], [])[1]] == [0]
