"""Installations for tests of what an operator does."""

import pytest

from tests.operations.installation import WORLD, Maker


@pytest.fixture(scope="session")
def model(tmp_path_factory, django_db_setup, django_db_blocker):
    """An installation with a small world, sealed, to be copied; nobody changes it."""
    with django_db_blocker.unblock():
        maker = Maker(tmp_path_factory.mktemp("model"))
        found = maker.empty("model")
        found.run("migrate", "--verbosity", "0")
        found.python(WORLD)
        yield found
        maker.clear()


@pytest.fixture
def maker(tmp_path, django_db_setup, django_db_blocker):
    """Makes installations: `maker.empty("new")`."""
    with django_db_blocker.unblock():
        found = Maker(tmp_path)
        yield found
        found.clear()


@pytest.fixture
def here(maker, model):
    """An installation with a small world, sealed."""
    return maker.copy(model, "here")
