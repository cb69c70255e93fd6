"""The small world of texts holds together."""

import pytest

from tests.directives.factory import obligation

pytestmark = pytest.mark.django_db


def test_two_duties_of_one_text_stand_under_two_lines():
    first = obligation()
    second = obligation(first.directive)
    assert second.directive.provisions.count() == 2
