"""docs/acceptance.md: which test shows which line of the issues, from the `@covers` marks."""

import ast
from collections.abc import Iterator
from pathlib import Path

from thuocdo.config.documents.markdown import table

LINES = "docs/acceptance_lines.txt"


def page(checkout: Path) -> str:
    """The table of the lines, then the tests of each."""
    titles = dict(_titles(checkout / LINES))
    shown: dict[str, list[str]] = {number: [] for number in titles}
    for number, test in marks(checkout):
        if number not in titles:
            raise ValueError(f"{test} covers {number}, which {LINES} does not name")
        shown[number].append(test)
    rows = [(number, title, _state(shown[number])) for number, title in titles.items()]
    tests = [f"### {number} {titles[number]}\n\n{_list(shown[number])}" for number in titles if shown[number]]
    return "\n".join(["# What is shown, by which test\n", table(("line", "what", "shown by"), rows), *tests])


def marks(checkout: Path) -> Iterator[tuple[str, str]]:
    """(line, test) of every `@covers(...)` in tests/ and benchmarks/, in the order of the files."""
    for folder in ("tests", "benchmarks"):
        for path in sorted((checkout / folder).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef | ast.ClassDef):
                    place = f"{path.relative_to(checkout)}::{node.name}"
                    yield from ((number, place) for number in _covered(node))


def _covered(node: ast.FunctionDef | ast.ClassDef) -> list[str]:
    calls = [call for call in node.decorator_list if isinstance(call, ast.Call)]
    ours = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "covers"]
    return [str(word.value) for call in ours for word in call.args if isinstance(word, ast.Constant)]


def _titles(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        number, _, title = line.partition(" ")
        if title:
            yield number, title.strip()


def _state(tests: list[str]) -> str:
    if not tests:
        return "**not shown yet**"
    return "1 test" if len(tests) == 1 else f"{len(tests)} tests"


def _list(tests: list[str]) -> str:
    return "".join(f"* `{test}`\n" for test in tests)
