"""`thuocdo demo` loads into an empty database only, and names the sample people only where they may enter."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.agencies.factory import FIRST_MOMENT, agency
from tests.marks import covers
from thuocdo.accounts.models import User
from thuocdo.config import readiness
from thuocdo.demo import people
from thuocdo.directives.models import Directive, Source

pytestmark = pytest.mark.django_db


def answer(*options):
    out = StringIO()
    call_command("demo", *options, stdout=out)
    return out.getvalue()


@covers("1.02")
def test_where_only_the_map_is_entered_a_start_loads_nothing():
    agency("CP", "Chính phủ")
    assert answer("--if-empty") == ""
    assert not Directive.objects.exists()


@covers("1.02")
def test_it_is_not_mixed_into_a_database_with_accounts():
    User.objects.create(email="a@example.org", name="A", created_at=FIRST_MOMENT)
    assert answer("--if-empty") == ""
    with pytest.raises(CommandError, match="in use"):
        answer()


@covers("1.02")
def test_the_sample_people_are_named_once_at_the_first_start(settings):
    Source.objects.create(key="VIDU", title="Ví dụ", recorded_at=FIRST_MOMENT)
    settings.SIGN_IN_OF_EXAMPLES = True
    printed = answer("--if-empty") + "\n".join(readiness.sign_ins())
    assert printed.count(people.PASSWORD) == 1
