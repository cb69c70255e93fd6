"""Counts in both series, beside what agencies printed themselves."""

from datetime import date

from pydantic import Field

from thuocdo.api.schemas.common import AgencyOut, Told, WordOut
from thuocdo.assignments.enums import Status
from thuocdo.assignments.rules.status import Counts
from thuocdo.faces.wording import tell


class ClassesOut(Told):
    """The four counted classes, and completed ones whose day is not known well enough to say which."""

    completed_on_time: int
    completed_late: int
    in_term: int
    overdue: int
    completed_timeliness_unknown: int


class CountsOut(Told):
    """One series of counts that adds up alone."""

    assigned: int
    completed: int
    classes: ClassesOut
    beside: dict[str, int] = Field(description="Never part of the sum: standing, undated, paused, not known.")
    problem: str | None = Field(description="Why it does not add up; null when it does.")


class ShareOut(Told):
    """An agency with its part of what is counted."""

    agency: AgencyOut
    assigned: int
    completed: int
    confirmed: int
    overdue: int


class HeldBackOut(Told):
    kind: WordOut
    count: int


class TallyOut(Told):
    """A count that an agency printed itself, with what does not add up in it. Always declared."""

    id: int
    standing: str
    agency: AgencyOut | None
    directive_id: int | None
    source: str
    day: date
    total: int | None
    parts: dict[str, int]
    problems: list[str]


class TalliesOut(Told):
    items: list[TallyOut]


class OverviewOut(Told):
    """What the overview page shows of an agency, or of the whole installation."""

    as_of: date
    agency: AgencyOut | None
    counted: str = Field(description="entry: from outside; branch: handed on inside; top: not handed on.")
    declared: CountsOut
    confirmed: CountsOut
    key: int
    due: int = Field(description="Dated, with the limit on or before the day.")
    came_later: int = Field(description="Whose picture of the day rests on facts recorded after it.")
    shares: list[ShareOut]
    held_back: list[HeldBackOut]
    printed: list[TallyOut]
    below: list[AgencyOut]


def counts(of: Counts) -> CountsOut:
    """The counts of one series."""
    problem = of.problem()
    beside = (Status.STANDING, Status.UNDATED, Status.PAUSED, Status.NOT_KNOWN)
    return CountsOut(
        assigned=of.assigned,
        completed=of.completed,
        classes=ClassesOut(
            completed_on_time=of.of(Status.ON_TIME),
            completed_late=of.of(Status.LATE),
            in_term=of.in_term,
            overdue=of.overdue,
            completed_timeliness_unknown=of.of(Status.TIMELINESS_UNKNOWN),
        ),
        beside={one.value: of.of(one) for one in beside},
        problem=None if problem is None else tell(problem),
    )
