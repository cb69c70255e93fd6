"""Shapes of tables that offices are asked for: which columns, under which headings, in which order (1.15)."""

import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from thuocdo.lib.say import Refused, say


@dataclass(frozen=True, slots=True)
class Shape:
    """`columns`: (name in `queries/exporting.py`, heading); `system`: the one foreign numbers are of."""

    name: str
    title: str
    system: str
    columns: tuple[tuple[str, str], ...]


def names() -> list[str]:
    """The shapes that come with the product."""
    found = (resources.files(__name__).joinpath(".")).iterdir()
    return sorted(file.name.removesuffix(".toml") for file in found if file.name.endswith(".toml"))


def read(name: str) -> Shape:
    """A shape by its name, or an office's own by the path of its .toml file. `Refused` if it is no shape."""
    if name in names():
        text = resources.files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    elif name.endswith(".toml") and Path(name).is_file():
        text = Path(name).read_text(encoding="utf-8")
    else:
        raise Refused(
            say("There is no shape “%(name)s”; known are %(names)s.", name=name, names=tuple(names()))
        )
    try:
        return _shape(name, tomllib.loads(text))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError):
        about = say("“%(name)s” is no shape: it needs title, system, columns as [name, heading].", name=name)
        raise Refused(about) from None


def _shape(name: str, data: dict[str, Any]) -> Shape:
    columns = tuple((str(column), str(heading)) for column, heading in data["columns"])
    return Shape(name, str(data["title"]), str(data["system"]), columns)
