"""Whether printed counts add up: real ones and wrong ones."""

import pytest

from tests.marks import covers
from thuocdo.directives.rules.tally import problems


@covers("1.21")
@pytest.mark.parametrize(
    ("total", "parts"),
    [
        (145, [("đã hoàn thành", 85), ("đang thực hiện", 60)]),  # Lai Châu, 30/09/2025
        (37, [("hoàn thành", 22), ("trong hạn", 13), ("quá hạn", 2)]),  # 71/NQ-CP, 24/05/2025
        (9831, [("hoàn thành", 8150), ("trong hạn", 1620), ("quá hạn", 61)]),  # Government Office, 24/10/2025
        (42, []),
        (0, [("hoàn thành", 0)]),
    ],
)
def test_a_count_that_adds_up_has_no_problem(total, parts):
    assert problems(total, parts) == []


@covers("1.21")
@pytest.mark.parametrize(
    ("total", "parts", "sentence"),
    [
        (
            9831,
            [("hoàn thành", 7892), ("trong hạn", 1602), ("quá hạn", 319)],  # Government Office, 20/10/2025
            "The parts add up to 9813, the printed total is 9831: 18 stand in no part.",
        ),
        (10, [("a", 7), ("b", 5)], "The parts add up to 12, the printed total is 10: that is 2 too many."),
        (10, [("a", 5), ("a", 5)], "The part “a” is printed twice."),
    ],
)
def test_a_count_that_does_not_add_up_says_so(total, parts, sentence):
    assert [str(problem) for problem in problems(total, parts)] == [sentence]
