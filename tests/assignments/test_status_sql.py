"""The status table gives the same in Python and in SQL, over every state."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.agencies.factory import agency
from tests.directives.factory import obligation
from tests.marks import covers
from thuocdo.assignments.enums import Condition, LimitClass, Series, Status
from thuocdo.assignments.models import Assignment, Span
from thuocdo.assignments.queries import status as sql
from thuocdo.assignments.rules.conditions import conditions_of
from thuocdo.assignments.rules.status import status
from thuocdo.lib.conditions import Op
from thuocdo.lib.moments import DAY_MAX, MOMENT_MAX, AsOf

pytestmark = pytest.mark.django_db

NOON = datetime(2025, 4, 1, 5, tzinfo=UTC)
DAY = date(2025, 7, 1)
NEAR = st.integers(-3, 3).map(lambda days: DAY + timedelta(days=days))
MAYBE = st.none() | NEAR
SELDOM = st.integers(0, 9).map(lambda number: number == 0)


def since(by):
    """Not before which day, given no later than which: unknown, the same day, or a little earlier."""
    return (
        st.none() if by is None else st.none() | st.integers(0, 2).map(lambda days: by - timedelta(days=days))
    )


@st.composite
def rows(draw):
    """The columns of one span whose days lie close together, so that every comparison matters."""
    kind = draw(st.sampled_from([LimitClass.DATED] * 8 + [LimitClass.STANDING, LimitClass.UNDATED]))
    limit_on = draw(NEAR) if kind is LimitClass.DATED else None
    declared_by, confirmed_by = draw(MAYBE), draw(MAYBE)
    return {
        "limit_class": kind,
        "limit_on": limit_on,
        "judged_by": draw(NEAR) if kind is LimitClass.DATED else None,
        "started": draw(st.booleans()),
        "paused": draw(SELDOM),
        "withdrawn": draw(SELDOM),
        "known_until": draw(MAYBE),
        "declared_by": declared_by,
        "declared_from": draw(since(declared_by)),
        "confirmed_by": confirmed_by,
        "confirmed_from": draw(since(confirmed_by)),
        "slow_from": draw(MAYBE),
        "stalled_from": draw(MAYBE),
        "waits_for_id": draw(st.none() | st.just(2)),
        "blocked_by_id": draw(st.none() | st.just(3)),
        "unreachable": draw(st.booleans()),
    }


@pytest.fixture
def owner(db):
    """An assignment that carries the spans; the spans' own columns are what is tested."""
    body = agency("SKHCN-12", "Sở Khoa học và Công nghệ Lai Châu")
    duty = obligation()
    return Assignment.objects.create(
        obligation=duty, directive=duty.directive, assigner=body, lead=body, work=duty.work,
        limit_class=LimitClass.UNDATED, folded="", recorded_at=NOON,
    )  # fmt: skip


def disagreements(owner, drawn, seen: Counter):
    """How many of the drawn spans have another status in SQL than in Python."""
    Span.objects.all().delete()
    common = {
        "assignment": owner, "valid_from": DAY, "valid_to": DAY_MAX, "known_from": NOON, "lead_id": 1,
        "known_to": MOMENT_MAX, "assigner_id": 1, "directive_id": 1, "depth": 0, "is_key": False,
        "awaits_review": False,
    }  # fmt: skip
    Span.objects.bulk_create(Span(**common, **row) for row in drawn)
    wrong = 0
    for span in sql.with_status(sql.standing(AsOf(DAY)), DAY):
        for series in Series:
            expected = status(span, DAY, series)
            seen[expected] += 1
            wrong += getattr(span, f"status_{series}") != expected
    return wrong + _conditions_apart()


def _conditions_apart():
    """How many spans are in another condition in SQL than in Python, or late without being overdue."""
    spans = sql.standing(AsOf(DAY))
    wrong = sum(
        (status(span, DAY, Series.DECLARED) is Status.OVERDUE) != (Condition.LATE in conditions_of(span, DAY))
        for span in spans
    )
    for one in Condition:
        plain = {span.pk for span in spans if one in conditions_of(span, DAY)}
        wrong += len(plain ^ set(spans.filter(sql.Holds(DAY, one)).values_list("pk", flat=True)))
    return wrong


SETTINGS = settings(
    max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)


@covers("1.20", "2.04")
def test_python_and_sql_agree_and_every_state_is_met(owner):
    seen: Counter[Status] = Counter()

    @SETTINGS
    @given(st.lists(rows(), min_size=30, max_size=60))
    def agree(drawn):
        assert disagreements(owner, drawn, seen) == 0

    agree()
    total = sum(seen.values())
    rare = {one: seen[one] / total for one in Status if seen[one] < total * 0.01}
    assert rare == {}


@covers("1.20")
@pytest.mark.parametrize(
    ("op", "flipped"),
    [(Op.BEFORE, "<="), (Op.NOT_AFTER, "<"), (Op.AFTER, ">="), (Op.EQUALS, ">")],
)
def test_flipping_one_comparison_in_sql_alone_is_noticed(owner, monkeypatch, op, flipped):
    monkeypatch.setattr(sql, "SIGNS", {**sql.SIGNS, op: flipped})
    found: list[int] = []

    @SETTINGS
    @given(st.lists(rows(), min_size=30, max_size=60))
    def look(drawn):
        found.append(disagreements(owner, drawn, Counter()))

    look()
    assert sum(found) > 0
