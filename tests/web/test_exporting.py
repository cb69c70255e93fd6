"""The pages that give a list away as a file: what the reader may see, in the reader's language."""

from datetime import date

import pytest
from django.test import Client

from tests.assignments import factory
from tests.directives import factory as directives
from tests.marks import covers
from thuocdo.directives import actions as directive_actions
from thuocdo.directives.models import Directive

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> factory.World:
    world = factory.world()
    factory.given(world)
    return world


def publish() -> None:
    directive_actions.publish(
        directive=Directive.objects.get(), shown=directives.ALL, decided_on=date(2025, 6, 1), by=None,
        at=factory.JUNE,
    )  # fmt: skip


def lines(client: Client, address="/assignments/export.csv?as_of=2025-06-20") -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode("utf-8-sig").splitlines()


@covers("1.29")
def test_the_public_gets_public_rows_only(world, client):
    assert len(lines(client)) == 4
    publish()
    assert len(lines(client)) == 5


def test_who_may_read_it_gets_the_row(world, client, settings):
    settings.SIGN_IN_OF_EXAMPLES = True
    client.force_login(world.an)
    assert "UBND tỉnh Lai Châu" in lines(client)[-1]


def test_the_file_says_its_day_and_what_it_counts(world, client):
    top = lines(client, "/en/assignments/export.csv?as_of=2025-06-20")
    assert [line.strip('"')[:16] for line in top[1:3]] == ["As of 20 June 20", "Counted: every d"]


def test_the_filter_of_the_list_holds(world, client):
    publish()
    assert len(lines(client, "/assignments/export.csv?as_of=2025-06-20&status=overdue")) == 4


def test_a_workbook_is_one(world, client):
    response = client.get("/assignments/export.xlsx?as_of=2025-06-20")
    assert (b"".join(response.streaming_content)[:2], response["Content-Disposition"]) == (
        b"PK", 'attachment; filename="thuoc-do-2025-06-20.xlsx"',
    )  # fmt: skip
