"""Installations for tests of what an operator does."""

import pytest

from tests.operations import installation


@pytest.fixture
def made(tmp_path, django_db_setup, django_db_blocker):
    """Makes installations: `made("here")`."""
    with django_db_blocker.unblock():
        yield from installation.installations(tmp_path)


@pytest.fixture
def here(made):
    """An installation with a small world, sealed."""
    found = made("here")
    found.python(installation.WORLD)
    return found
