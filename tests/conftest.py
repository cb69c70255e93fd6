"""The test run, stricter than production: undefined template variables fail, profiles chosen."""

import os
from collections.abc import Iterator

import pytest
import pytest_django
from django.conf import settings
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.strict import Undefined
from thuocdo.audit import guards

# Before any template engine is built; our templates may name nothing that is not there.
settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined("%s")

SOAK = os.environ.get("THUOCDO_SOAK") == "1"
_slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
hypothesis_settings.register_profile(
    "ci", max_examples=200, deadline=None, database=None, suppress_health_check=_slow, print_blob=True
)
hypothesis_settings.register_profile("soak", hypothesis_settings.get_profile("ci"), max_examples=5_000)
hypothesis_settings.load_profile("soak" if SOAK else "ci")

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database, so that bin/test can run it on PostgreSQL too."""
    for item in items:
        if item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """A page asked for in another language leaves it behind in the thread; the next test begins without."""
    yield
    translation.deactivate()


@pytest.fixture
def mutations() -> int:
    """How many mutated inputs a fuzz test tries: 1,000, in the long run 10,000 (issue line 1.25)."""
    return 10_000 if SOAK else 1_000


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> None:
    """On SQLite Django empties tables after a transactional test with DELETE, which the log refuses.

    So there, and in tests only, the guard against DELETE is taken away; tests of the guard set it again.
    PostgreSQL truncates, which the guards let pass.
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for statement in guards.off("sqlite", ("DELETE",)):
                cursor.execute(statement)
