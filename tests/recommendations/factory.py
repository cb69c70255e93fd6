"""Lai Châu asks the Government for guidance that one of its duties waits for."""

from dataclasses import replace
from datetime import date
from typing import Any

from tests.assignments.factory import JULY, World
from thuocdo.assignments.models import Assignment
from thuocdo.recommendations import actions
from thuocdo.recommendations.enums import Outcome, RecommendationKind
from thuocdo.recommendations.models import Recommendation, Step
from thuocdo.recommendations.terms import Asking, Reply

ASKED, DUE = date(2025, 7, 1), date(2025, 7, 10)
GUIDANCE = "Sớm có hướng dẫn về vị trí việc làm chuyên trách chuyển đổi số"
YES = Reply(Outcome.ACCEPTED, "Bộ Nội vụ hướng dẫn trước 31/7")


def asked(here: World, *assignments: Assignment, on: date = ASKED, **more: Any) -> Recommendation:
    """Sent by An on ASKED."""
    asking = Asking(
        RecommendationKind.GUIDANCE, here.lai_chau, here.government, GUIDANCE,
        directive=here.obligation.directive, assignments=assignments,
    )  # fmt: skip
    return actions.send(asking=replace(asking, **more), happened_on=on, by=here.an, at=JULY)


def received(here: World, row: Recommendation, on: date = date(2025, 7, 2), due: date | None = DUE) -> Step:
    """Received, to be answered by DUE."""
    return actions.receive(recommendation=row, due_on=due, happened_on=on, by=here.chi, at=JULY)


def forwarded(here: World, row: Recommendation, on: date = date(2025, 7, 5), **more: Any) -> Step:
    """Passed to the ministry."""
    facts = {"to": here.ministry, "reason": "Thuộc thẩm quyền của Bộ", **more}
    return actions.forward(recommendation=row, happened_on=on, by=here.chi, at=JULY, **facts)


def answered(here: World, row: Recommendation, on: date = date(2025, 7, 15), reply: Reply = YES) -> Step:
    """Answered with what follows."""
    return actions.answer(recommendation=row, reply=reply, happened_on=on, by=here.chi, at=JULY)
