"""docs/states.md: the state machines of the rules, drawn; the ordered conditions of the computed status."""

import importlib
import importlib.util
from collections.abc import Iterator
from pathlib import Path

from thuocdo.config.documents.markdown import table
from thuocdo.lib.transitions import Transitions

STATUS = "thuocdo.assignments.rules.status"


def page(checkout: Path) -> str:
    """Every `Transitions` table in thuocdo/*/rules, then the conditions of the status."""
    drawn = [
        f"## {title}\n\n```mermaid\n{machine.diagram()}\n```\n"
        for title, machine in machines(checkout / "thuocdo")
    ]
    return "\n".join(["# States\n", *drawn, *_status()])


def machines(package: Path) -> Iterator[tuple[str, Transitions[str]]]:
    """(app: name, table) of every state machine in the rules."""
    for path in sorted(package.glob("*/rules/*.py")):
        app, module = path.parts[-3], path.stem
        rules = importlib.import_module(f"thuocdo.{app}.rules.{module}".removesuffix(".__init__"))
        found = [(name, value) for name, value in vars(rules).items() if isinstance(value, Transitions)]
        yield from ((f"{app}: {name.lower().replace('_', ' ')}", value) for name, value in found)


def _status() -> Iterator[str]:
    """The tables of the status rule, one for each series; nothing while the rule is not there."""
    if not importlib.util.find_spec(STATUS):
        return
    rule = importlib.import_module(STATUS)
    yield "## The status of an assignment\n"
    yield f"{rule.__doc__ or ''}".strip() + "\n"
    for series, conditions in rule.TABLES.items():
        rows = [(str(i), f"{status}", _words(tests)) for i, (status, tests) in enumerate(conditions, 1)]
        yield f"### The series “{series}”\n\n" + table(
            ("no.", "status", "when, and nothing above holds"), rows
        )


def _words(tests: tuple[object, ...]) -> str:
    return " and ".join(map(_test, tests)) or "otherwise"


def _test(test: object) -> str:
    column = f"`{getattr(test, 'column', test)}`"
    if not hasattr(test, "op"):
        return f"{column} is there"
    value = getattr(test, "value", None)
    return f"{column} {str(test.op).replace('_', ' ')} {_value(value)}"


def _value(value: object) -> str:
    """A constant, another column by its name, or else the day that is looked at."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return str(value)
    return f"`{getattr(value, 'name', '')}`" if hasattr(value, "name") else "the day"
