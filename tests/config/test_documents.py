"""The documents made from the code say what the code says."""

import pytest
from django.conf import settings

from tests.marks import covers
from thuocdo.config import documents
from thuocdo.config.documents import acceptance, house, states

CHECKOUT = settings.ROOT.parent


@pytest.fixture
def small(tmp_path):
    """A checkout with one test that shows 1.01 of two lines."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/acceptance_lines.txt").write_text("1.01 The first\n1.02 The second\n")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_a.py").write_text('@covers("1.01")\ndef test_a(): ...\n')
    return tmp_path


@covers("1.05")
def test_a_line_with_a_test_names_it(small):
    assert "* `tests/test_a.py::test_a`" in acceptance.page(small)


def test_a_line_without_a_test_says_so(small):
    assert "| 1.02 | The second | **not shown yet** |" in acceptance.page(small)


def test_a_mark_of_no_line_is_refused(small):
    (small / "tests/test_b.py").write_text('@covers("9.99")\ndef test_b(): ...\n')
    with pytest.raises(ValueError, match=r"9\.99"):
        acceptance.page(small)


@covers("1.05")
@pytest.mark.parametrize("page", documents.PAGES.values(), ids=documents.PAGES)
def test_each_page_can_be_made_of_this_checkout(page):
    assert page(CHECKOUT).startswith("# ")


def test_every_state_machine_of_the_rules_is_drawn():
    page = states.page(CHECKOUT)
    assert all(title in page for title, _ in states.machines(CHECKOUT / "thuocdo"))


def test_every_app_has_its_sentence():
    page = house.page(CHECKOUT)
    assert "| `agencies` | " in page
    assert "| `agencies` |  |" not in page


def test_each_dependency_has_its_reason():
    text = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
    assert all(reason for _, reason in house.dependencies(text))


@covers("1.05")
def test_a_page_that_fell_behind_is_found(monkeypatch, tmp_path):
    monkeypatch.setattr(documents, "PAGES", {"a.md": lambda checkout: "as the code says"})
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text(documents.MADE + "as it was")
    assert documents.write(tmp_path) == ["a.md"]
    assert documents.stale(tmp_path) == []
