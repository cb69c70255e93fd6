"""docs/house.md: the apps in their order, their borders, the modules, the reason of each dependency."""

import ast
import tomllib
from pathlib import Path

from thuocdo.config.documents.markdown import table


def page(checkout: Path) -> str:
    """The whole page, from pyproject.toml, from the first sentence of each module."""
    text = (checkout / "pyproject.toml").read_text(encoding="utf-8")
    contracts = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract.get("exhaustive"))
    borders = "".join(f"* {contract['name']}.\n" for contract in contracts)
    parts = [
        "# The house\n",
        "An app imports only from lines below its own; import-linter holds these borders in `bin/check`:\n",
        borders,
        "## The order of the apps\n",
        _apps(checkout, layers),
        "## The words of the house\n",
        _scripts(checkout),
        "## Inside the apps\n",
        _modules(checkout, layers),
        "## Dependencies, each with its reason\n",
        table(("package", "why it, not its rival"), dependencies(text)),
    ]
    return "\n".join(parts)


def sentence(path: Path) -> str:
    """The first line of a module's docstring, without its full stop; empty when it has none."""
    told = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return told.partition("\n")[0].rstrip(".")


def dependencies(pyproject: str) -> list[tuple[str, str]]:
    """(package, the comment on its line) of every dependency."""
    project = tomllib.loads(pyproject)["project"]
    extras = project.get("optional-dependencies", {}).values()
    wanted = [*project["dependencies"], *(name for extra in extras for name in extra)]
    said = {
        line.split('"')[1]: line.partition("#")[2].strip() for line in pyproject.splitlines() if _quoted(line)
    }
    return [(f"`{name}`", said.get(name, "")) for name in wanted]


def _quoted(line: str) -> bool:
    return line.lstrip().startswith('"') and "#" in line


def _names(layers: list[str], package: Path) -> list[str]:
    """The apps that exist, from the top down."""
    names = [name.strip(" ()") for line in layers for name in line.split("|")]
    return [name for name in names if (package / name).is_dir()]


def _apps(checkout: Path, layers: list[str]) -> str:
    package = checkout / "thuocdo"
    names = _names(layers, package)
    return table(
        ("app", "what it is for"), [(f"`{name}`", sentence(package / name / "__init__.py")) for name in names]
    )


def _scripts(checkout: Path) -> str:
    files = sorted(path for path in (checkout / "bin").iterdir() if path.is_file() and not path.suffix)
    python = [path for path in files if path.read_text(encoding="utf-8").startswith("#!/usr/bin/env python3")]
    commands = sorted((checkout / "thuocdo").glob("*/management/commands/[a-z]*.py"))
    rows = [(f"`bin/{path.name}`", sentence(path)) for path in python]
    rows += [(f"`thuocdo {path.stem}`", sentence(path)) for path in commands]
    return table(("word", "what it does"), rows)


def _modules(checkout: Path, layers: list[str]) -> str:
    package = checkout / "thuocdo"
    return "\n".join(f"### {name}\n\n{_modules_of(package / name)}" for name in _names(layers, package))


def _modules_of(app: Path) -> str:
    outside = {"migrations", "commands", "__pycache__"}
    places = sorted(path.relative_to(app) for path in app.rglob("*.py"))
    kept = [place for place in places if place.name != "apps.py" and not outside & set(place.parts)]
    rows = [(f"`{place}`", sentence(app / place)) for place in kept if place != Path("__init__.py")]
    return table(("module", "what it is for"), [row for row in rows if row[1]])
