"""What Lai Châu asked upward in October 2025, as its source has it (4.01)."""

from datetime import date

import pytest

from tests.marks import covers
from thuocdo.accounts.permissions import PUBLIC
from thuocdo.assignments.queries.sight import sight_of
from thuocdo.lib.moments import AsOf
from thuocdo.recommendations.enums import Group, State
from thuocdo.recommendations.queries import reading

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
SAID_ON, NOVEMBER = date(2025, 10, 16), date(2025, 11, 7)


@pytest.fixture
def _django_db_helper(loaded):
    """In the place of pytest-django's transaction for each test: all stand in the one of `loaded`."""


def seen(day, group=None):
    return reading.lines(reading.chosen(sight_of(PUBLIC), AsOf(day), group, None), AsOf(day))


@covers("4.01", "1.26")
def test_lai_chaus_four_recommendations_stand_with_their_source():
    found = seen(SAID_ON)
    assert [(line.row.kind, line.owner.issuer_code, line.state, line.row.source.key) for line in found] == [
        ("money", "CP", State.SENT, "SEED0-2"), ("rule", "CP", State.SENT, "SEED0-2"),
        ("decision", "TTg", State.SENT, "SEED0-2"), ("guidance", "CP", State.SENT, "SEED0-2"),
    ]  # fmt: skip
    assert [line.row.awaits is not None for line in found] == [False, False, True, True]
    assert {line.row.agency.issuer_code for line in found} == {"TU"}  # its Secretary gave them


@covers("4.01")
def test_nobody_knows_what_became_of_them_so_nobody_is_called_late():
    assert {line.state for line in seen(NOVEMBER)} == {State.NOT_KNOWN}
    assert seen(NOVEMBER, Group.UNANSWERED) == []
