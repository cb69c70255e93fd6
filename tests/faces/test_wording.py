"""Sentences of rules in the reader's language."""

import pytest
from django.utils.translation import override

from thuocdo.faces.wording import tell
from thuocdo.lib.say import say_n


@pytest.mark.parametrize(("n", "words"), [(1, "1 day left"), (2, "2 days left"), (0, "0 days left")])
def test_a_number_chooses_its_sentence(n, words):
    with override("en"):
        assert tell(say_n("%(n)s day left", "%(n)s days left", n)) == words


def test_the_plain_form_chooses_too():
    assert str(say_n("%(n)s day", "%(n)s days", 3)) == "3 days"
