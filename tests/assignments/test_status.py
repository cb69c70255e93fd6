"""The status of an assignment on a day, as a table of histories."""

from datetime import date

import pytest

from tests.assignments.histories import accepted, claim, d, facts, known, report, returned
from tests.marks import covers
from thuocdo.assignments.enums import InterruptionKind, LimitClass, Series, Status
from thuocdo.assignments.rules.history import Extended, Interrupted, stretches
from thuocdo.assignments.rules.status import ASSIGNED, BESIDE, COMPLETED, OPEN, Counts, status


def on(day, history):
    """(declared, confirmed) status on the day."""
    span = next(one for one in stretches(history) if one.valid_from <= day < one.valid_to)
    return status(span, day, Series.DECLARED), status(span, day, Series.CONFIRMED)


PAUSED = (
    Interrupted(d(5, 1), InterruptionKind.PAUSE, known()),
    Interrupted(d(6, 1), InterruptionKind.RESUME, known()),
)
IN_TIME = Extended(d(6, 30), d(8, 31), known())
TOO_LATE = Extended(d(7, 1), d(8, 31), known())

TABLE = [
    ("nothing yet", facts(), d(6, 30), "not_started", "not_started"),
    ("the limit has passed", facts(), d(7, 1), "overdue", "overdue"),
    ("a report came", facts(reports=(report(d(5, 2)),)), d(5, 2), "in_term", "in_term"),
    ("the day before the report", facts(reports=(report(d(5, 2)),)), d(5, 1), "not_started", "not_started"),
    (
        "claimed, not reviewed",
        facts(reports=(report(d(6, 20)),), claims=(claim(d(6, 20), shown_on=d(6, 18)),)),
        d(6, 21),
        "on_time",
        "in_term",
    ),
    (
        "claimed, not reviewed, after the limit",
        facts(reports=(report(d(6, 20)),), claims=(claim(d(6, 20), shown_on=d(6, 18)),)),
        d(7, 5),
        "on_time",
        "overdue",
    ),
    (
        "accepted",
        facts(
            reports=(report(d(6, 20)),),
            claims=(claim(d(6, 20), shown_on=d(6, 18)),),
            reviews=(accepted(d(7, 4), shown_on=d(6, 18)),),
        ),
        d(7, 5),
        "on_time",
        "on_time",
    ),
    (
        "the reviewer corrected the day to after the limit",
        facts(claims=(claim(d(7, 3), shown_on=d(6, 30)),), reviews=(accepted(d(7, 4), shown_on=d(7, 2)),)),
        d(7, 5),
        "on_time",
        "late",
    ),
    (
        "returned",
        facts(claims=(claim(d(6, 20), shown_on=d(6, 18)),), reviews=(returned(d(6, 25)),)),
        d(7, 5),
        "overdue",
        "overdue",
    ),
    (
        "no later than a day within the limit",
        facts(claims=(claim(d(6, 20), no_later_than=d(6, 20)),)),
        d(7, 5),
        "on_time",
        "overdue",
    ),
    (
        "no later than a day after the limit",
        facts(claims=(claim(d(7, 20), no_later_than=d(7, 20)),)),
        d(7, 21),
        "timeliness_unknown",
        "overdue",
    ),
    ("extended on the last day", facts(limits=(IN_TIME,)), d(7, 15), "not_started", "not_started"),
    ("extended, before the grant", facts(limits=(IN_TIME,)), d(6, 29), "not_started", "not_started"),
    ("extended too late, open", facts(limits=(TOO_LATE,)), d(7, 15), "not_started", "not_started"),
    (
        "extended in time, completed within the new limit",
        facts(limits=(IN_TIME,), claims=(claim(d(8, 2), shown_on=d(8, 1)),)),
        d(8, 3),
        "on_time",
        "not_started",
    ),
    (
        "extended after the limit never turns late into on time",
        facts(limits=(TOO_LATE,), claims=(claim(d(8, 2), shown_on=d(8, 1)),)),
        d(8, 3),
        "late",
        "not_started",
    ),
    ("paused", facts(interruptions=PAUSED), d(5, 20), "paused", "paused"),
    ("a pause does not move the limit", facts(interruptions=PAUSED), d(7, 1), "overdue", "overdue"),
    (
        "withdrawn",
        facts(interruptions=(Interrupted(d(5, 1), InterruptionKind.WITHDRAW, known()),)),
        d(7, 1),
        "withdrawn",
        "withdrawn",
    ),
    (
        "standing",
        facts(limit_class=LimitClass.STANDING, limit_on=None),
        d(7, 1),
        "standing",
        "standing",
    ),
    ("undated", facts(limit_class=LimitClass.UNDATED, limit_on=None), d(7, 1), "undated", "undated"),
]


@covers("1.16")
@pytest.mark.parametrize(
    ("name", "history", "day", "declared", "confirmed"), TABLE, ids=[row[0] for row in TABLE]
)
def test_status(name, history, day, declared, confirmed):
    assert on(day, history) == (declared, confirmed)


SEEN_IN_MAY = facts(limit_on=d(3, 31), observed_on=d(5, 24))
OUTSIDE_DONE = facts(
    limit_on=d(4, 30),
    observed_on=d(5, 24),
    reports=(report(d(5, 24), observed_on=d(5, 24)),),
    claims=(claim(d(5, 24), no_later_than=d(5, 24), outside=True),),
)
OUTSIDE_TABLE = [
    ("open when it was last seen", SEEN_IN_MAY, d(5, 24), "overdue", "overdue"),
    ("the day after, nothing is known", SEEN_IN_MAY, d(5, 25), "not_known", "not_known"),
    (
        "a year later, still not known and never overdue",
        SEEN_IN_MAY,
        date(2026, 5, 25),
        "not_known",
        "not_known",
    ),
    ("seen completed, on that day", OUTSIDE_DONE, d(5, 24), "timeliness_unknown", "not_known"),
    ("completed some day before, so not accused", OUTSIDE_DONE, d(5, 10), "not_known", "not_known"),
    ("before its limit it was in term", OUTSIDE_DONE, d(4, 30), "not_started", "not_started"),
    ("stays completed as declared", OUTSIDE_DONE, d(12, 1), "timeliness_unknown", "not_known"),
    (
        "reports come in here: known again",
        facts(limit_on=d(3, 31), observed_on=d(5, 24), reports=(report(d(9, 1)),)),
        d(9, 2),
        "overdue",
        "overdue",
    ),
]


@covers("1.18")
@pytest.mark.parametrize(
    ("name", "history", "day", "declared", "confirmed"), OUTSIDE_TABLE, ids=[row[0] for row in OUTSIDE_TABLE]
)
def test_what_was_seen_outside_is_not_known_after_that_day(name, history, day, declared, confirmed):
    assert on(day, history) == (declared, confirmed)


@covers("1.16")
def test_the_classes_are_disjoint_and_cover_every_status():
    classes = [COMPLETED, OPEN, BESIDE, {Status.WITHDRAWN}]
    assert sorted(one for some in classes for one in some) == sorted(Status)
    assert ASSIGNED == COMPLETED | OPEN


@covers("1.16")
def test_report_1270_of_2017_adds_up():
    """14,068 + 1,983 completed, 5,640 in term and 223 overdue make the 21,914 that were assigned."""
    parts = {Status.ON_TIME: 14_068, Status.LATE: 1_983, Status.IN_TERM: 5_640, Status.OVERDUE: 223}
    assert Counts(parts, 21_914).problem() is None


@covers("1.16")
def test_a_table_that_does_not_add_up_says_so():
    """The printed 7,892 + 1,602 + 319 make 9,813, not 9,831."""
    parts = {Status.ON_TIME: 7_892, Status.IN_TERM: 1_602, Status.OVERDUE: 319}
    problem = Counts(parts, 9_831).problem()
    assert problem is not None
    assert "9831" in str(problem)
    assert "9813" in str(problem)
