"""The demo world, loaded once for a module and rolled back after it; its tests only read."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import override_settings

from thuocdo.demo import world

AT = datetime(2026, 1, 15, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    files = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files"))
    with files, django_db_blocker.unblock(), transaction.atomic():
        world.load(at=AT)
        yield
        transaction.set_rollback(True)
