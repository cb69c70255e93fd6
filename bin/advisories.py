"""Compares the locked packages with the flaws known to requirements/advisories.toml. Asks nobody else."""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
OLD = 180  # days after which nobody should rely on the list
LOCKED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^]]*\])?==([^ ;\\]+)", re.MULTILINE)
NEEDED = {"package", "below", "id", "what", "source"}


@dataclass(frozen=True)
class Flaw:
    """One locked package with one known flaw."""

    package: str
    version: str
    advisory: dict[str, Any]

    def __str__(self) -> str:
        about = self.advisory
        return (
            f"{self.package} {self.version}: {about['what']} ({about['id']}); mended in {about['below']}. "
            f"{about['source']}"
        )


def name(package: str) -> str:
    """The name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", package).lower()


def locked(text: str) -> dict[str, str]:
    """Version by name of a locked requirements file."""
    return {name(package): version for package, version in LOCKED.findall(text)}


def flaws(versions: dict[str, str], advisories: list[dict[str, Any]]) -> list[Flaw]:
    """The locked packages that stand in the list with a version that has the flaw."""
    found = []
    for advisory in advisories:
        package = name(advisory["package"])
        version = versions.get(package)
        since = Version(advisory.get("from", "0"))
        if version is not None and since <= Version(version) < Version(advisory["below"]):
            found.append(Flaw(package, version, advisory))
    return found


def incomplete(advisories: list[dict[str, Any]]) -> list[str]:
    """Advisories that lack a word that the check or its reader needs."""
    return [str(one.get("id", one)) for one in advisories if not one.keys() >= NEEDED]


def main() -> None:
    """Name every flaw; say what was compared, so that silence is not taken for more than it is."""
    listed = tomllib.loads((ROOT / "requirements" / "advisories.toml").read_text(encoding="utf-8"))
    advisories = listed["advisory"]
    versions: dict[str, str] = {}
    for file in ("dev.txt", "runtime.txt"):
        versions |= locked((ROOT / "requirements" / file).read_text(encoding="utf-8"))
    if lacking := incomplete(advisories):
        sys.exit(f"requirements/advisories.toml: incomplete: {', '.join(lacking)}")
    if found := flaws(versions, advisories):
        sys.exit("\n".join(map(str, found)))
    age = (date.today() - listed["entered_on"]).days  # noqa: DTZ011 - the day of whoever runs it
    print(f"{len(versions)} locked packages have none of the {len(advisories)} flaws written down here.")
    print(f"The last was entered {age} days ago{': too long' if age > OLD else ''}. It knows no others.")


if __name__ == "__main__":
    main()
