"""Closures against a walk made day by day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.marks import covers
from thuocdo.lib.closure_history import Told, canonical, history
from thuocdo.lib.closures import Edge, LoopError, Row, joined, rows

START = date(2025, 1, 1)
DAYS = 12
STILL = datetime(9999, 1, 1, tzinfo=UTC)
OPEN_END = START + timedelta(days=DAYS)


def day(number: int) -> date:
    return START + timedelta(days=number)


def moment(number: int) -> datetime:
    return datetime(2025, 6, 1, tzinfo=UTC) + timedelta(hours=number)


LIVES = {node: (day(0), day(DAYS)) for node in range(6)}
intervals = st.tuples(st.integers(0, DAYS), st.integers(0, DAYS)).map(sorted)
steps = st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda pair: pair[0] != pair[1])
edges = st.lists(
    st.builds(lambda step, span: Edge(*step, day(span[0]), day(span[1])), steps, intervals), max_size=9
)


def walk(found: list[Edge]) -> set[tuple[int, int, int, date]] | None:
    """(ancestor, descendant, depth, day) by walking each day's graph; None if some day has a loop."""
    result = set()
    for number in range(DAYS):
        today = [edge for edge in found if edge.opened_on <= day(number) < edge.closed_on]
        for node in LIVES:
            level, depth = {node}, 0
            while level:
                if depth > len(LIVES):
                    return None
                result |= {(above, node, depth, day(number)) for above in level}
                level = {edge.parent for edge in today if edge.child in level}
                depth += 1
    return result


def spread(found: set[Row]) -> list[tuple[int, int, int, date]]:
    return [
        (row.ancestor, row.descendant, row.depth, row.opened_on + timedelta(days=number))
        for row in found
        for number in range((row.closed_on - row.opened_on).days)
    ]


@covers("1.07")
@settings(max_examples=400, deadline=None)
@given(edges)
def test_rows_are_what_a_daily_walk_finds(found):
    expected = walk(found)
    if expected is None:
        with pytest.raises(LoopError):
            rows(LIVES, found)
    else:
        assert sorted(spread(rows(LIVES, found))) == sorted(expected)


def test_a_loop_over_different_days_is_no_loop():
    found = [Edge(1, 2, day(0), day(3)), Edge(2, 1, day(3), day(6))]
    assert Row(1, 2, 1, day(3), day(6)) in rows(LIVES, found)


def test_a_loop_is_refused_with_the_names():
    with pytest.raises(LoopError) as refusal:
        rows(LIVES, [Edge(1, 2, day(0), day(3)), Edge(2, 1, day(2), day(6))])
    assert str(refusal.value.say({1: "Sở A", 2: "Sở B"})).count("Sở A → Sở B → Sở A") == 1


def test_adjacent_rows_are_one():
    found = [Edge(1, 2, day(0), day(3)), Edge(1, 2, day(3), day(6))]
    assert Row(2, 1, 1, day(0), day(6)) in rows(LIVES, found)


def test_only_the_nodes_asked_for():
    found = rows(LIVES, [Edge(1, 2, day(0), day(3)), Edge(2, 3, day(0), day(3))], only=[1])
    assert {row.descendant for row in found} == {1}


@pytest.mark.parametrize(
    ("given_days", "expected"),
    [
        ([(1, 2), (2, 3)], [(1, 3)]),
        ([(4, 5), (1, 2)], [(1, 2), (4, 5)]),
        ([(1, 9), (2, 3)], [(1, 9)]),
        ([], []),
    ],
)
def test_joined(given_days, expected):
    assert joined([(day(a), day(b)) for a, b in given_days]) == [(day(a), day(b)) for a, b in expected]


def at_moment(facts, known):
    """The edges as known at a moment, by the plain reading of the facts."""
    for (child, parent), told in facts:
        if told.recorded_at <= known:
            ended = told.closed_recorded_at is not None and told.closed_recorded_at <= known
            yield Edge(child, parent, told.opened_on, told.closed_on if ended else OPEN_END)


tree_steps = st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda pair: pair[0] > pair[1])
told = st.builds(
    lambda span, recorded, later: Told(
        day(span[0]), day(span[1]), moment(recorded), None if later is None else moment(recorded + later)
    ),
    intervals,
    st.integers(1, 9),
    st.none() | st.integers(0, 5),
)


@covers("1.20")
@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(tree_steps, told), max_size=8), st.integers(0, 15))
def test_history_tells_what_was_believed_at_any_moment(facts, hour):
    lives = {node: Told(day(0), OPEN_END, moment(0), None) for node in LIVES}
    believed = canonical(history(lives, facts, OPEN_END, STILL))
    known = moment(hour)
    standing = {row for row, since, until in believed if since <= known < until}
    assert standing == rows(LIVES, at_moment(facts, known))
