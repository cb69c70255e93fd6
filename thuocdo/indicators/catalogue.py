"""Indicators declared in YAML, checked against a JSON Schema; each mistake by file and line (3.01)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from thuocdo.lib.say import Say, say

SCHEMA = Path(__file__).resolve().parent / "data" / "indicators.schema.json"
Where = tuple[str | int, ...]  # the way from the top to a value: "indicators", 3, "unit"


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong, and where. `line` counts from 1."""

    file: str
    line: int
    text: Say


@dataclass(frozen=True, slots=True)
class Page:
    """One YAML file as plain values, with the line on which each of them stands."""

    file: str
    values: Any
    lines: Mapping[Where, int]

    def line(self, where: Where) -> int:
        """The line of a value, or of what holds it."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)


def read(path: Path) -> tuple[Page | None, list[Mistake]]:
    """The file, and what is wrong with it; no page when it is no YAML at all."""
    try:
        return parse(path.name, path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        return None, [Mistake(path.name, 1, say("The file is not written in UTF-8."))]


def parse(name: str, written: str) -> tuple[Page | None, list[Mistake]]:
    """The same of a text that stands nowhere yet."""
    try:
        node = yaml.compose(written, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        text = say("This is no YAML: %(problem)s.", problem=str(getattr(error, "problem", "") or "—"))
        return None, [Mistake(name, mark.line + 1 if mark else 1, text)]
    lines: dict[Where, int] = {}
    values = None if node is None else _plain(node, (), lines)
    page = Page(name, values, lines)
    return page, [_mistake(page, error) for error in _errors(values)]


def write(row: Mapping[str, object]) -> str:
    """One indicator as the catalogue has it."""
    return str(yaml.safe_dump({"indicators": [row]}, allow_unicode=True, sort_keys=False, width=100))


def _plain(node: yaml.Node, where: Where, lines: dict[Where, int]) -> Any:  # noqa: ANN401 - any YAML
    """Plain values; days and numbers stay text as they are written, so that nothing is rounded."""
    lines[where] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        found = {}
        for key, value in node.value:
            name = str(key.value)
            found[name] = _plain(value, (*where, name), lines)
            lines[(*where, name)] = key.start_mark.line + 1
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value, (*where, place), lines) for place, value in enumerate(node.value)]
    return _scalar(node)


def _scalar(node: yaml.Node) -> str | int | bool | None:
    kind = node.tag.rpartition(":")[2]
    if kind == "bool":
        return str(node.value).lower() in ("true", "yes", "on")
    if kind == "null":
        return None
    text = str(node.value)
    return int(text) if kind == "int" and text.lstrip("-").isdigit() and len(text) < 10 else text


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def _errors(values: object) -> Iterator[ValidationError]:
    yield from sorted(
        _validator().iter_errors(values), key=lambda error: [str(p) for p in error.absolute_path]
    )


def _mistake(page: Page, error: ValidationError) -> Mistake:
    where: Where = tuple(error.absolute_path)
    extra = _extra(error)
    line = page.line((*where, extra)) if extra else page.line(where)
    return Mistake(page.file, line, _sentence(error, str(where[-1]) if where else "", extra))


def _extra(error: ValidationError) -> str:
    """The first name that is not known, of a mapping that has one."""
    if error.validator != "additionalProperties" or not isinstance(error.instance, dict):
        return ""
    known: Mapping[str, object] = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
    return next((name for name in error.instance if name not in known), "")


def _sentence(error: ValidationError, name: str, extra: str) -> Say:
    """The mistake as an officer can read it."""
    if extra:
        return say("“%(name)s” is not known here.", name=extra)
    if error.validator == "required":
        lacking = _lacking(error)
        return say("Missing: %(names)s.", names=lacking)
    if error.validator == "enum" and isinstance(error.validator_value, list):
        words = tuple(str(word) for word in error.validator_value)
        return say("“%(name)s” is one of: %(words)s.", name=name, words=words)
    if error.validator == "pattern":
        return say("“%(value)s” is not written as “%(name)s” has to be.", value=error.instance, name=name)
    if error.validator in ("maxLength", "maximum", "minimum", "minLength"):
        return say("“%(name)s” is too long, too short or out of range.", name=name)
    return say("“%(name)s” is of another kind than expected.", name=name or "—")


def _lacking(error: ValidationError) -> tuple[str, ...]:
    have: Sequence[str] | Mapping[str, object] = error.instance if isinstance(error.instance, dict) else ()
    wanted = error.validator_value if isinstance(error.validator_value, list) else []
    return tuple(str(name) for name in wanted if name not in have)
