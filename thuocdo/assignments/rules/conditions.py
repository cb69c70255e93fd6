"""Slow, late, stalled, waiting, blocked, unreachable: what is true of an open assignment on a day (2.04).

One table over the columns of a span, read in Python here and in SQL by `queries/status.py`. Each condition is
told apart from the others and several may hold at once. Nobody is called slow or stalled on what was read
outside (1.18), and late is the status “overdue” of the declared series under its other name. On which day a
duty becomes slow or stalled is worked out in `rules/pace.py`, with the parameters in force that day.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from thuocdo.assignments.enums import Condition, LimitClass
from thuocdo.assignments.rules import status
from thuocdo.lib import conditions as lib
from thuocdo.lib.conditions import DAY, Day, Not, Op, Present, Test

OPEN: lib.Condition = (
    Test("withdrawn", Op.EQUALS, value=False),
    Test("paused", Op.EQUALS, value=False),
    Not(Present("declared_by")),
    Not(Test("known_until", Op.BEFORE, DAY)),
)
DATED = Test("limit_class", Op.EQUALS, LimitClass.DATED)
HEARD_HERE = Not(Present("known_until"))
PAST_ITS_LIMIT = Test("limit_on", Op.BEFORE, DAY)

CONDITIONS: Mapping[Condition, lib.Condition] = {
    Condition.SLOW: (
        *OPEN, DATED, HEARD_HERE, Not(PAST_ITS_LIMIT), Test("slow_from", Op.NOT_AFTER, DAY),
    ),
    Condition.LATE: (*OPEN, DATED, PAST_ITS_LIMIT),
    Condition.STALLED: (*OPEN, HEARD_HERE, Test("stalled_from", Op.NOT_AFTER, DAY)),
    Condition.WAITING: (*OPEN, Present("waits_for_id")),
    Condition.BLOCKED: (*OPEN, Present("blocked_by_id")),
    Condition.UNREACHABLE: (*OPEN, Test("unreachable", Op.EQUALS, value=True)),
}  # fmt: skip


def _looked_at(tests: Iterable[Test | Present | Not]) -> set[str]:
    """The columns that these tests compare with the day."""
    plain = [test.test if isinstance(test, Not) else test for test in tests]
    return {test.column for test in plain if isinstance(test, Test) and isinstance(test.value, Day)}


# the columns by which a status or a condition changes by nothing but a day that passes
DAYS_LOOKED_AT = sorted(
    {*status.DAYS_LOOKED_AT, *(name for one in CONDITIONS.values() for name in _looked_at(one))}
)


def conditions_of(span: object, day: date) -> tuple[Condition, ...]:
    """The conditions of the span's assignment on a day inside the span, in the order of the table."""
    return tuple(one for one, condition in CONDITIONS.items() if lib.holds(condition, span, day))
