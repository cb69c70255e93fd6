"""What a question asks for, and which texts answer it."""

import pytest

from tests.marks import covers
from thuocdo.lib.say import Say
from thuocdo.search.rules import words
from thuocdo.search.rules.words import Question, Rank

DECISION = "422/qd-ttg\n422 qd ttg\nquyet dinh 422\nquyet dinh so 422\nphe duyet de an chuyen doi so"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Quyết định 422", ("quyet", "dinh", "422")), ("422/QĐ-TTg", ("422", "qd", "ttg")),
        ("  đổi   mới ", ("doi", "moi")), ("57", ("57",)), ("a_b", ("a", "b")),
    ],
)  # fmt: skip
def test_a_question_is_its_folded_words(text, asked):
    assert words.read(text) == Question(asked)


@pytest.mark.parametrize("text", ["", "  ", "a", "/-", "'; DROP TABLE"[:2]])
def test_too_little_is_told_in_words(text):
    assert isinstance(words.read(text), Say)


@covers("1.23")
@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("quyet dinh 422", Rank.LINE), ("422/QĐ-TTg", Rank.LINE), ("422 qd ttg", Rank.LINE),
        ("đề án 422", Rank.WORDS), ("chuyển đổi số", Rank.WORDS), ("quyết 42", Rank.BEGINNINGS),
        ("42 quyết", None), ("422 nq", None), ("2", None),
        ("quyết định 4", None), ("422 quyết định xóa", None),
    ],
)  # fmt: skip
def test_an_answer_has_every_word_or_its_beginning(text, rank):
    assert words.rank(Question(tuple(words.WORD.findall(words.fold(text)))), DECISION) == rank
