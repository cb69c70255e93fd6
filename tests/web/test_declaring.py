"""A steward declares an indicator, changes its definition from a day on, is told mistakes by line (3.01)."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from tests.assignments.factory import person
from tests.indicators.factory import TRAINED, declared, world
from tests.marks import covers
from thuocdo.accounts.enums import Role
from thuocdo.indicators.models import Definition
from thuocdo.indicators.queries import definitions
from thuocdo.lib.moments import AsOf

pytestmark = pytest.mark.django_db
PAGE = "/en/indicators/TRAINED/declare/"


@pytest.fixture
def here():
    made = world()
    checks = {"least": "0", "jump": "50"}
    parts = [["sex", ["female", "male"]]]
    made.trained = declared(replace(TRAINED, checks=checks, disaggregations=parts, source="Báo cáo"))
    made.client = Client()
    made.client.force_login(person("sen", made.government, Role.STEWARD))
    return made


def written(here):
    """The text that stands in the form."""
    return here.client.get(PAGE).context["form"]["written"].value()


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@covers("3.01")
def test_the_text_of_a_definition_given_back_changes_nothing(here):
    before = Definition.objects.count()
    assert here.client.post(PAGE, {"written": written(here)}).status_code == 302
    assert Definition.objects.count() == before


@covers("3.01")
def test_a_change_holds_from_its_day_on_and_the_past_keeps_the_former(here):
    changed = written(here).replace("jump: '50'", "jump: '80'").replace("'2025-01-01'", "2026-01-01")
    assert here.client.post(PAGE, {"written": changed}).status_code == 302
    found = [definitions.on(here.trained, AsOf(date(year, 6, 1))).checks for year in (2025, 2026)]
    assert found == [{"least": "0", "jump": "50"}, {"least": "0", "jump": "80"}]


@covers("3.01")
@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("kind: number", "kind: heap", "Line 10: “kind” is one of: number, ratio"),
        ("unit: person", "unitt: person", "“unitt” is not known here."),
        ("every: quarter", "every: quarter\n  children: [", "This is no YAML"),
        ("periods: sum", "periods: none", "Line 2: Say how the values of several periods make one."),
    ],
)
def test_each_mistake_is_said_with_its_line_and_nothing_typed_is_lost(here, old, new, sentence):
    text = written(here)
    assert old in text
    answer = here.client.post(PAGE, {"written": text.replace(old, new)})
    assert sentence in words(answer)
    assert new.split("\n")[0] in answer.content.decode()
    assert Definition.objects.filter(indicator=here.trained).count() == 2


@covers("3.01")
def test_a_new_indicator_is_declared_and_listed(here):
    text = here.client.get("/en/indicators/declare/").context["form"]["written"].value()
    for language, name in (("vi", "Số lớp"), ("en", "Courses"), ("fr", "Cours"), ("de", "Kurse")):
        text = text.replace(f"{language}: ''", f"{language}: {name}")
    new = text.replace("code: CODE", "code: COURSES")
    assert here.client.post("/en/indicators/declare/", {"written": new}).status_code == 302
    assert "Courses" in words(here.client.get("/en/indicators/"))
