"""Every operation is walked as the interface describes it: no server error, each answer as described."""

import hashlib
import json

import hypothesis
import pytest
import schemathesis
from django.apps import apps
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.client import Program, said, token
from tests.marks import covers
from tests.web import access_world
from thuocdo.accounts.enums import Role
from thuocdo.accounts.models import Membership, TokenUse, User
from thuocdo.agencies.models import Agency
from thuocdo.api.operations import TABLE
from thuocdo.api.urls import api
from thuocdo.audit import actions as sealing
from thuocdo.audit.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SEED = 20250930
EXAMPLES = 20  # of each operation
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance
]  # fmt: skip
WORDS = {"claims": "claim", "requests": "request", "reports": "report", "reviews": "review", "holds": "hold",
         "difficulties": "difficulty", "files": "file", "directives": "directive", "demands": "demand",
         "log": "entry", "outages": "outage", "obligations": "obligation",
         "observations": "observation", "indicators": "indicator"}  # fmt: skip
ALSO = {"assignment": ("draft", "many"), "hold": ("asked",)}  # objects of a kind in another state


def description():
    return json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))


@pytest.fixture
def scene(settings, tmp_path):
    settings.MEDIA_ROOT, settings.API_CALLS_A_MINUTE = tmp_path, 10**6
    made = access_world.scene()
    sealing.seal(at=access_world.JUNE)
    return made


@pytest.fixture
def kept_open():
    """The handler ends the database connection with its request, but here the test shares it."""
    signals = [request_started, request_finished]
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def everything(here) -> User:
    """An account that may do everything of the table."""
    user = here.an
    for agency in (here.lai_chau, here.office, here.government):
        for role in Role:
            Membership.objects.get_or_create(
                user=user, agency=agency, role=role, opened_on=agency.opened_on, kind="administrative"
            )
    return user


def with_objects(described, ids):
    """The description, its objects those that there are, and one that is not."""
    ids = {**ids, "entry": Entry.objects.earliest("pk").pk}
    for address, methods in described["paths"].items():
        word = WORDS.get(address.split("/")[3], "assignment")
        numbers = [ids.get(word, 1), *(ids[name] for name in ALSO.get(word, ()))]
        code = "indicator" if word == "indicator" else "agency"
        known = {"pk": numbers, "code": [str(ids[code])]}
        for operation in methods.values():
            for one in operation.get("parameters", []):
                if one["in"] == "path":
                    one["schema"] = {"enum": [*known[one["name"]], access_world.MISSING]}
    return described


def digest():
    """Of every row of every table but those that count calls."""
    found = hashlib.sha256()
    for model in apps.get_models():
        if model is not TokenUse:
            for row in model._default_manager.order_by("pk").values_list():
                found.update(repr(row).encode())
    return found.hexdigest()


def named(operations, name):
    found = (one.ok() for one in operations)
    return next(one for one in found if one.definition.raw["operationId"] == name)


@covers("2.14")
def test_the_description_is_served_and_is_openapi_3_1():
    answer = Program().get("/openapi.json")
    told = said(answer)
    described = {one["operationId"] for methods in told["paths"].values() for one in methods.values()}
    assert (answer.status_code, told["openapi"]) == (200, "3.1.0")
    assert described == {row.name for row in TABLE}
    assert all(one["summary"] for methods in told["paths"].values() for one in methods.values())


@covers("2.14")
@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_each_answer_is_as_described_and_no_read_changes_data(row, scene, kept_open):
    secret = token(everything(scene.here))[1]
    schema = schemathesis.openapi.from_dict(with_objects(description(), scene.own.ids))
    operation = named(schema.get_all_operations(), row.name)
    headers = {"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"}
    before, seen = digest(), set()

    @hypothesis.seed(SEED)
    @hypothesis.settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=False)
    @hypothesis.given(case=operation.as_strategy())
    def walk(case):
        answer = case.call(app=WSGIHandler(), headers=headers)
        seen.add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    walk()
    assert seen - {404}, "only what is not there was found"
    assert row.method != "GET" or digest() == before
    assert Agency.objects.exists()
