"""Every law of the house holds for every file it speaks of, each shown able to fail on a bad sample."""

from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.house import laws_of_code as code
from tests.house import laws_of_text as texts
from tests.marks import covers

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("thuocdo", "tests", "benchmarks", "bin", "requirements")
PYTHON = ("*.py", "bin/serve", "bin/test", "bin/check", "bin/bench", "bin/soak", "bin/thuocdo")
TEMPLATES = ("thuocdo/*.html",)
LAWS = {  # law: (files it speaks of, a place and a text that break it)
    code.file_is_short: (PYTHON, "thuocdo/web/pages.py", "x = 1\n" * 401),
    code.says_what_it_is_for: (PYTHON, "thuocdo/web/pages.py", "import os\n"),
    code.finished: (("*.py", "*.html", "*.css", "*.js", "*.toml"), "a.py", "# " + "TO" + "DO later\n"),
    code.writes_only_in_actions: (("thuocdo/*.py",), "thuocdo/files/queries.py", "row.save()\n"),
    code.no_clock_below_the_faces: (("thuocdo/*.py",), "thuocdo/files/actions.py", "timezone.now()\n"),
    code.imports_at_the_top: (
        ("thuocdo/*.py",),
        "thuocdo/files/actions.py",
        "def f():\n    from thuocdo.web import urls\n",
    ),
    code.no_duckdb_in_the_web: (("thuocdo/*.py",), "thuocdo/web/pages.py", "import duckdb\n"),
    code.no_signals: (("thuocdo/*.py",), "thuocdo/files/models.py", "post_save.connect(f)\n"),
    texts.template_is_short: (TEMPLATES, "a.html", "<p>\n" * 61),
    texts.no_inline_style_or_script: (TEMPLATES, "a.html", '<p class="a" style="color:red">'),
    texts.no_foreign_host: (
        (*TEMPLATES, "thuocdo/*.css", "thuocdo/*.js"),
        "a.css",
        "@import url(//example.org/a.css);",
    ),
    texts.css_in_layers: (("thuocdo/*.css",), "a.css", "@layer base { p { margin: 0 } }\nb { color: red }\n"),
    texts.requirements_name_no_host: (
        ("requirements/*.txt",),
        "a.txt",
        "a==1 \\\n    --hash=sha256:0\nb==1\n",
    ),
    texts.dependencies_say_why: (("pyproject.toml",), "a", '[project]\ndependencies = [\n"django>=5",\n]\n'),
}


def files(*patterns: str) -> list[str]:
    """The files of the checkout, but migrations, which are made, and what npm fetched."""
    below = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    places = [path.relative_to(ROOT) for path in [*below, ROOT / "pyproject.toml"]]
    written = [
        str(place) for place in places if not {"__pycache__", "migrations", "node_modules"} & set(place.parts)
    ]
    return sorted(name for name in written if any(fnmatch(name, pattern) for pattern in patterns))


@covers("1.01")
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_the_house_keeps_the_law(law):
    patterns = LAWS[law][0]
    spoken_of = files(*patterns)
    broken = {name: law(name, (ROOT / name).read_text(encoding="utf-8")) for name in spoken_of}
    assert {name: problems for name, problems in broken.items() if problems} == {}


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_the_law_can_be_broken(law):
    _, place, text = LAWS[law]
    assert law(place, text)


@pytest.mark.parametrize(
    "text", ["Row.objects.filter(a=1).update(b=2)", "Row.objects.create()", "row.delete()"]
)
def test_each_way_to_write_is_seen(text):
    assert code.writes_only_in_actions("thuocdo/files/queries.py", text)


def test_a_dictionary_may_be_updated_anywhere():
    assert not code.writes_only_in_actions("thuocdo/files/queries.py", "found.update(a=1)")


@pytest.mark.parametrize(
    "text",
    [
        "datetime.datetime.now(UTC)",
        "date.today()",
        "time.time()",
        "from django.db.models.functions import Now",
    ],
)
def test_each_clock_is_seen(text):
    assert code.no_clock_below_the_faces("thuocdo/files/actions.py", text)


@pytest.mark.parametrize("place", ["thuocdo/web/pages.py", "thuocdo/audit/jobs.py"])
def test_the_faces_may_look_at_the_clock(place):
    assert not code.no_clock_below_the_faces(place, "timezone.now()")


def test_all_scripts_together_stay_small():
    lines = sum((ROOT / name).read_text(encoding="utf-8").count("\n") for name in files("thuocdo/*.js"))
    assert lines <= texts.ALL_SCRIPT_LINES


def test_the_walk_finds_this_very_file():
    assert "tests/house/test_laws.py" in files(*PYTHON)
