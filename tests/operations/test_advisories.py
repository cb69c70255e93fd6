"""The offline list of known flaws: what it finds, what it says of itself (2.21)."""

import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.marks import covers

ROOT = Path(__file__).resolve().parents[2]
spec = importlib.util.spec_from_file_location("advisories", ROOT / "bin" / "advisories.py")
advisories = importlib.util.module_from_spec(spec)
sys.modules["advisories"] = advisories
spec.loader.exec_module(advisories)

LISTED = tomllib.loads((ROOT / "requirements" / "advisories.toml").read_text())["advisory"]
OURS = {
    "package": "Some_Package",
    "below": "2.3",
    "from": "2.0",
    "id": "X-1",
    "what": "leaks",
    "source": "https://x",
}


@covers("2.21")
@pytest.mark.parametrize(
    ("version", "flawed"),
    [("1.9", False), ("2.0", True), ("2.2.9", True), ("2.3rc1", True), ("2.3", False), ("2.10", False)],
)
def test_a_version_between_has_the_flaw(version, flawed):
    assert bool(advisories.flaws({"some-package": version}, [OURS])) == flawed


@covers("2.21")
def test_locked_versions_are_read_with_extras_and_markers():
    text = "Some.Package[x,y]==2.1 \\\n    --hash=sha256:0\nother==3 ; python_version < '4' \\\n"
    assert advisories.locked(text) == {"some-package": "2.1", "other": "3"}


@covers("2.21")
def test_a_flaw_is_told_with_its_source():
    told = str(advisories.flaws({"some-package": "2.1"}, [OURS])[0])
    assert told == "some-package 2.1: leaks (X-1); mended in 2.3. https://x"


@covers("2.21")
def test_each_entry_of_the_list_is_whole_and_would_be_found():
    assert advisories.incomplete(LISTED) == []
    for entry in LISTED:
        assert re.fullmatch(r"https://\S+", entry["source"])
        first = entry.get("from", "0.1")
        assert advisories.flaws({advisories.name(entry["package"]): first}, [entry]), entry["id"]


@covers("2.21")
def test_it_says_that_it_knows_no_more_than_is_written_down():
    told = subprocess.run([sys.executable, "bin/advisories.py"], cwd=ROOT, capture_output=True, text=True)
    assert (told.returncode, "It knows no others." in told.stdout) == (0, True)
