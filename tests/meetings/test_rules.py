"""How far a session has come, what may follow, what stands in the way of closing it (4.04)."""

from dataclasses import replace
from datetime import date

import pytest

from tests.marks import covers
from thuocdo.assignments.rules.six_clears import Duty
from thuocdo.meetings.enums import SessionState
from thuocdo.meetings.rules.sessions import Held, closing_problems, move_problem, state, writing_problem

S = SessionState
CLOSED, ISSUED = date(2025, 7, 15), date(2025, 7, 17)
CLEAR = Duty("Việc", "Sản phẩm", "dated", ISSUED, "", True, "Chủ tịch", "Mẫu", CLOSED, "Chủ tịch")  # noqa: FBT003


@covers("4.02", "4.04")
@pytest.mark.parametrize(
    ("held", "day", "stands"),
    [
        (Held(), ISSUED, S.CALLED), (Held(CLOSED), CLOSED, S.CLOSED),
        (Held(CLOSED), date(2025, 7, 14), S.CALLED), (Held(CLOSED, ISSUED), date(2025, 7, 16), S.CLOSED),
        (Held(CLOSED, ISSUED), ISSUED, S.ISSUED),
    ],
)  # fmt: skip
def test_how_far_it_had_come(held, day, stands):
    assert state(held, day) is stands


@covers("4.04")
def test_every_pair_of_states():
    moves = {(old, new) for old in S for new in S if move_problem(old, new) is None}
    assert moves == {(S.CALLED, S.CLOSED), (S.CLOSED, S.ISSUED)}
    assert [writing_problem(one) is None for one in S] == [True, False, False]


@covers("4.04")
@pytest.mark.parametrize(
    ("duties", "problems"),
    [
        ([], ["The session has no conclusion yet."]), ([CLEAR], []),
        ([CLEAR, replace(CLEAR, product=" ")], ["Conclusion 2 lacks: product."]),
        ([replace(CLEAR, head_since=None)], ["Conclusion 1 lacks: person."]),
        ([replace(CLEAR, has_lead=False)], ["Conclusion 1 lacks: responsibility."]),
    ],
)  # fmt: skip
def test_what_stands_in_the_way_of_closing(duties, problems):
    assert [str(one) for one in closing_problems(duties)] == problems
