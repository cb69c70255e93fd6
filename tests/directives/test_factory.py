"""The small world of texts holds together."""

from datetime import date

import pytest

from tests.directives.factory import directive, obligation
from thuocdo.directives.enums import DirectiveState, LimitKind

pytestmark = pytest.mark.django_db


def test_two_duties_of_one_text_stand_under_two_lines():
    first = obligation()
    second = obligation()
    assert {line.pk for line in second.directive.provisions.all()} == {
        first.provision_id,
        second.provision_id,
    }


@pytest.mark.parametrize("kind", [LimitKind.STANDING, LimitKind.ANNUAL, LimitKind.NONE])
def test_a_duty_without_a_last_day(kind):
    assert obligation(due=None, kind=kind).limit_kind == kind


def test_a_later_text_is_registered_on_its_day():
    assert directive("2629/QĐ-TTg", issued_on=date(2025, 12, 1)).recorded_at.date() == date(2025, 12, 1)


def test_a_text_without_a_day_is_awaited():
    assert directive(issued_on=None).state == DirectiveState.AWAITED
