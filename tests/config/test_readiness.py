"""Making ready: each step works once, then rests."""

import gettext
import os

import pytest
from django.core.management import call_command

from tests.marks import covers
from thuocdo.config import readiness
from thuocdo.config.checks import bends

PO = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "done"
msgstr "xong"
"""


@pytest.fixture
def catalogue(tmp_path):
    folder = tmp_path / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO, encoding="utf-8")
    return folder


@covers("1.02")
def test_messages_are_compiled_without_the_system_gettext(catalogue, tmp_path):
    [target] = readiness.compile_messages(tmp_path)
    with target.open("rb") as handle:
        assert gettext.GNUTranslations(handle).gettext("done") == "xong"


def test_messages_that_did_not_change_are_left_alone(catalogue, tmp_path):
    readiness.compile_messages(tmp_path)
    assert readiness.compile_messages(tmp_path) == []


def test_changed_messages_are_compiled_again(catalogue, tmp_path):
    [target] = readiness.compile_messages(tmp_path)
    os.utime(target, ns=(0, 0))
    assert readiness.compile_messages(tmp_path) == [target]


@covers("1.02")
def test_static_files_are_collected_once(settings, tmp_path):
    settings.VAR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    assert [readiness.collect_static(), readiness.collect_static()] == [True, False]


@pytest.mark.django_db
def test_tables_that_stand_are_left_alone():
    assert readiness.migrate() is False


@pytest.mark.django_db
def test_the_command_says_nothing_when_all_is_done(settings, tmp_path, capsys):
    settings.VAR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    readiness.collect_static()
    call_command("prepare", "--empty")
    assert capsys.readouterr().out == ""


@covers("1.03")
@pytest.mark.parametrize(
    ("names", "problem"),
    [
        ({"0001_a": (), "0002_b": ("0001_a",)}, None),
        ({"0001_a": (), "0002_b": ("0001_a",), "0002_c": ("0001_a",)}, "has 2 ends: 0002_b, 0002_c"),
        ({"0001_a": ("0002_b",), "0002_b": ()}, "ends with 0001_a, yet 0002_b is the last by name"),
    ],
)
def test_migrations_are_one_line(names, problem):
    assert bends(names) == ([problem] if problem else [])


def test_the_migrations_of_the_house_are_one_line():
    call_command("check", deploy=True, tags=["migrations"], fail_level="ERROR")


def test_the_sample_people_are_named_where_they_may_sign_in(settings):
    settings.SIGN_IN_OF_EXAMPLES = True
    assert any("@vidu.example" in line for line in readiness.sign_ins())
    settings.SIGN_IN_OF_EXAMPLES = False
    assert readiness.sign_ins() == []
