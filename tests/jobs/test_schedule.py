"""When a periodic job is due, when a failed one is tried again."""

from datetime import UTC, datetime, time, timedelta

import pytest

from tests.marks import covers
from thuocdo.jobs.rules.schedule import Daily, Every, Periodic, due, overdue, wait

MINUTE = Periodic("seal", "Seal", Every(timedelta(minutes=1)))
NIGHT = Periodic("tally", "Tally", Daily(time(0, 10)))


def at(hour, minute=0, day=20):
    """A moment in June, by the clock of Hà Nội."""
    return datetime(2025, 6, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@covers("2.09")
@pytest.mark.parametrize(
    ("line", "last", "now", "expected"),
    [
        (MINUTE, None, at(9), True),
        (MINUTE, at(9), at(9), False),
        (MINUTE, at(9), at(9, 1), True),
        (NIGHT, None, at(9), True),
        (NIGHT, at(0, 9), at(0, 9), False),
        (NIGHT, at(0, 9), at(0, 10), True),
        (NIGHT, at(0, 10, day=19), at(0, 10), True),
        (NIGHT, at(0, 11), at(23, 59), False),
        (NIGHT, at(9, day=17), at(3), True),  # missed nights are one run
    ],
)
def test_when_a_job_is_due(line, last, now, expected):
    assert due(line, last, now) is expected


@covers("2.09")
@pytest.mark.parametrize(
    ("line", "done", "expected"),
    [(MINUTE, None, False), (MINUTE, at(8, 40), False), (MINUTE, at(8, 30), True), (NIGHT, at(0, 12), False)],
)
def test_when_a_job_is_overdue(line, done, expected):
    assert overdue(line, done, at(9)) is expected


@covers("2.09")
def test_pauses_grow_and_end():
    pauses = [wait(tries) for tries in range(1, 6)]
    assert pauses[:4] == sorted(pauses[:4])
    assert len(set(pauses[:4])) == 4
    assert pauses[4] is None


@covers("2.09")
def test_a_periodic_job_is_not_waited_for_longer_than_its_pace():
    assert wait(4, MINUTE) == timedelta(minutes=1)
