"""The tool that keeps the catalogues: it finds every message, and it can fail."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tests.marks import covers
from thuocdo.web import messages

PYTHON = """
_ = gettext_lazy
A = _("alone")
B = say(
    "in two "
    "parts %(x)s", x=1)
C = ngettext("%(n)s day", "%(n)s days", 3)
D = pgettext("of a task", "State")
"""
TEMPLATE = """{% load i18n %}<p class="a">it's ( {% translate "in a tag" %}
      {% translate "State" context "of the map" %}
  {% blocktranslate trimmed count n=days with who=x %}
     {{ n }} day by {{ who }}
  {% plural %}{{ n }} days by {{ who }}{% endblocktranslate %} {{ _("in a variable") }}
  {% ruler x what=_("in an argument") %}
"""


@pytest.fixture
def package(tmp_path):
    """A package with one module, one template, one catalogue per language."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "module.py").write_text(PYTHON)
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    return tmp_path


def found(catalogue):
    return {(message.context, message.id) for message in catalogue if message.id}


@covers("1.28")
def test_messages_are_found_in_code_and_in_templates(package):
    assert found(messages.collect(package)) == {
        (None, "alone"),
        (None, "in two parts %(x)s"),
        (None, ("%(n)s day", "%(n)s days")),
        ("of a task", "State"),
        (None, "in a tag"),
        ("of the map", "State"),
        (None, ("%(n)s day by %(who)s", "%(n)s days by %(who)s")),
        (None, "in a variable"),
        (None, "in an argument"),
    }


def wanted(*ids):
    catalogue = Catalog()
    for text in ids:
        catalogue.add(text)
    return catalogue


def written(folder, *entries, language="de"):
    """A catalogue file of these lines."""
    path = messages.path_of(language, folder)
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n' + "\n\n".join(entries)
    )
    return folder


@covers("1.28")
@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ('msgid "day %(d)s"\nmsgstr "Tag %(d)s"', None),
        ('msgid "day %(d)s"\nmsgstr ""', "missing"),
        ('msgid "night"\nmsgstr "Nacht"', "missing"),
        ('#, fuzzy\nmsgid "day %(d)s"\nmsgstr "Tag %(d)s"', "fuzzy"),
        ('msgid "day %(d)s"\nmsgstr "Tag %(t)s"', "places differ"),
        ('msgid "day %(d)s"\nmsgstr "Tag"', "places differ"),
        ('msgid "day %(d)s"\nmsgstr "Tag %(d)s"\n\nmsgid "night"\nmsgstr "Nacht"', "no longer used"),
        ('msgid "day %(d)s"\nmsgstr "day %(d)s"', "equal the English"),
    ],
)
def test_the_check_can_fail(tmp_path, entry, problem):
    said = "; ".join(messages.problems("de", wanted("day %(d)s"), written(tmp_path, entry)))
    assert (problem in said) if problem else said == ""


def test_what_is_alike_in_both_languages_may_be_listed(tmp_path):
    (tmp_path / messages.SAME).write_text("Name\n")
    assert messages.problems("de", wanted("Name"), written(tmp_path, 'msgid "Name"\nmsgstr "Name"')) == []


def test_an_update_keeps_what_is_said_and_drops_what_is_gone(tmp_path):
    written(tmp_path, 'msgid "day"\nmsgstr "Tag"', 'msgid "night"\nmsgstr "Nacht"')
    messages.update("de", wanted("day", "week"), tmp_path)
    kept = messages.read("de", tmp_path)
    assert {m.id: m.string for m in kept if m.id} == {"day": "Tag", "week": ""}


def test_an_update_without_news_changes_no_byte(tmp_path):
    messages.update("vi", wanted("day", ("one", "many")), tmp_path)
    before = messages.path_of("vi", tmp_path).read_bytes()
    messages.update("vi", wanted(("one", "many"), "day"), tmp_path)
    assert messages.path_of("vi", tmp_path).read_bytes() == before


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_files_name_no_day_and_no_line(language):
    text = messages.path_of(language).read_text()
    assert not any(mark in text for mark in ("-Date", "\n#:", "fuzzy", str(Path.cwd())))


@covers("1.28")
@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_places_of_every_translation_fit(language):
    said = messages.problems(language, messages.collect())
    assert [problem for problem in said if ": places differ" in problem or ": fuzzy:" in problem] == []
