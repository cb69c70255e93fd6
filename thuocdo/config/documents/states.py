"""docs/states.md: the state machines of the rules, drawn; the ordered conditions of the computed status."""

import importlib
from collections.abc import Iterator
from pathlib import Path

from thuocdo.assignments.rules import conditions, status
from thuocdo.config.documents.markdown import table
from thuocdo.lib.conditions import Column, Condition, Not, Present, Test, Value
from thuocdo.lib.transitions import Transitions


def page(checkout: Path) -> str:
    """Every `Transitions` table in thuocdo/*/rules, then the conditions of the status."""
    drawn = [
        f"## {title}\n\n```mermaid\n{machine.diagram()}\n```\n"
        for title, machine in machines(checkout / "thuocdo")
    ]
    return "\n".join(["# States\n", *drawn, *_status(), *_conditions()])


def machines(package: Path) -> Iterator[tuple[str, Transitions[str]]]:
    """(app: name, table) of every state machine in the rules."""
    for path in sorted(package.glob("*/rules/*.py")):
        app, module = path.parts[-3], path.stem
        rules = importlib.import_module(f"thuocdo.{app}.rules.{module}".removesuffix(".__init__"))
        found = [(name, value) for name, value in vars(rules).items() if isinstance(value, Transitions)]
        yield from ((f"{app}: {name.lower().replace('_', ' ')}", value) for name, value in found)


def _status() -> Iterator[str]:
    """The tables of the status rule, one for each series."""
    yield "## The status of an assignment\n"
    yield f"{status.__doc__}".strip() + "\n"
    for series, ordered in status.TABLES.items():
        rows = [(str(i), f"{name}", _words(tests)) for i, (name, tests) in enumerate(ordered, 1)]
        yield f"### The series “{series}”\n\n" + table(
            ("no.", "status", "when, if nothing above holds"), rows
        )


def _conditions() -> Iterator[str]:
    """The table of the conditions, of which several may hold."""
    yield "\n## The conditions of an open assignment\n"
    yield f"{conditions.__doc__}".strip() + "\n"
    rows = [(f"{name}", _words(tests)) for name, tests in conditions.CONDITIONS.items()]
    yield table(("condition", "when"), rows)


def _words(tests: Condition) -> str:
    return " and ".join(map(_test, tests)) or "otherwise"


def _test(test: Test | Present | Not) -> str:
    if isinstance(test, Not):
        return f"not ({_test(test.test)})"
    if isinstance(test, Present):
        return f"`{test.column}` is there"
    return f"`{test.column}` {test.op.replace('_', ' ')} {_value(test.value)}"


def _value(value: Value) -> str:
    """A constant, another column by its name, or the day that is looked at."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Column):
        return f"`{value.name}`"
    return str(value) if isinstance(value, str) else "the day"
