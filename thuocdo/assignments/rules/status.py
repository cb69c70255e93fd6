"""The status of an assignment on a day: one ordered table, read in Python here, in SQL by `queries` (1.16).

The first condition that holds decides. The limit is tested last, so a completed assignment never becomes
overdue, and what is not known is never overdue (1.18). Source of the four counted classes and their
identities: the arithmetic of the Government Office's reports (Báo cáo 1270, 2017).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from thuocdo.assignments.enums import LimitClass, Series, Status
from thuocdo.lib.conditions import DAY, Column, Condition, Day, Op, Present, Test, holds
from thuocdo.lib.say import Say, say

Table = tuple[tuple[Status, Condition], ...]

JUDGED_BY = Column("judged_by")


def table(series: Series) -> Table:
    """The ordered conditions of one series over the columns of a span."""
    done_from, done_by = f"{series}_from", f"{series}_by"
    return (
        (Status.WITHDRAWN, (Test("withdrawn", Op.EQUALS, value=True),)),
        (Status.STANDING, (Test("limit_class", Op.EQUALS, LimitClass.STANDING),)),
        (Status.UNDATED, (Test("limit_class", Op.EQUALS, LimitClass.UNDATED),)),
        (Status.ON_TIME, (Test(done_by, Op.NOT_AFTER, JUDGED_BY),)),
        (Status.LATE, (Present(done_by), Test(done_from, Op.AFTER, JUDGED_BY))),
        (Status.TIMELINESS_UNKNOWN, (Present(done_by),)),
        (Status.PAUSED, (Test("paused", Op.EQUALS, value=True),)),
        (Status.NOT_KNOWN, (Test("known_until", Op.BEFORE, DAY),)),
        (Status.OVERDUE, (Test("limit_on", Op.BEFORE, DAY),)),
        (Status.NOT_STARTED, (Test("started", Op.EQUALS, value=False),)),
        (Status.IN_TERM, ()),
    )


TABLES: Mapping[Series, Table] = {series: table(series) for series in Series}


# the columns whose status changes by nothing but a day that passes
DAYS_LOOKED_AT = sorted(
    {
        test.column
        for one in TABLES.values()
        for _, condition in one
        for test in condition
        if isinstance(test, Test) and isinstance(test.value, Day)
    }
)


def status(span: object, day: date, series: Series) -> Status:
    """The status of the span's assignment on a day inside the span."""
    return next(status for status, condition in TABLES[series] if holds(condition, span, day))


COMPLETED = frozenset({Status.ON_TIME, Status.LATE, Status.TIMELINESS_UNKNOWN})
OPEN = frozenset({Status.NOT_STARTED, Status.IN_TERM, Status.OVERDUE})
ASSIGNED = COMPLETED | OPEN  # dated and not withdrawn
BESIDE = frozenset({Status.STANDING, Status.UNDATED, Status.PAUSED, Status.NOT_KNOWN})


@dataclass(frozen=True, slots=True)
class Counts:
    """How many assignments of a set have which status in one series; `assigned` was counted apart."""

    by_status: Mapping[Status, int]
    assigned: int

    def of(self, *statuses: Status) -> int:
        """How many have one of these statuses."""
        return sum(self.by_status.get(one, 0) for one in statuses)

    @property
    def completed(self) -> int:
        return self.of(*COMPLETED)

    @property
    def in_term(self) -> int:
        """Open with the limit not passed; those not started count by their limit."""
        return self.of(Status.IN_TERM, Status.NOT_STARTED)

    @property
    def overdue(self) -> int:
        return self.of(Status.OVERDUE)

    @property
    def beside(self) -> int:
        """Standing, undated, paused and not known: never part of the sum."""
        return self.of(*BESIDE)

    def problem(self) -> Say | None:
        """Why the table does not add up, or None when it does."""
        parts = self.completed + self.in_term + self.overdue
        if parts == self.assigned:
            return None
        return say(
            "%(assigned)s are assigned, but the parts make %(parts)s: the table is not shown.",
            assigned=self.assigned,
            parts=parts,
        )


def tally(statuses: Iterable[Status]) -> Mapping[Status, int]:
    """How often each status occurs."""
    found: dict[Status, int] = {}
    for one in statuses:
        found[one] = found.get(one, 0) + 1
    return found
