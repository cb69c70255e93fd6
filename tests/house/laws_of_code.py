"""The limits of Python files: each law takes a file's place, its text, and gives what breaks it."""

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

LONGEST_FILE = 400
FACES = {"web", "api", "faces", "operations"}  # beside jobs.py, commands, demo: only these ask the time
WRITERS = {"actions.py", "spans.py", "tallying.py"}
WRITING_APPS = {"audit", "demo"}
WRITES = {
    "save", "asave", "create", "acreate", "delete", "adelete", "update_or_create", "get_or_create",
    "bulk_create", "bulk_update", "abulk_create", "abulk_update",
}  # fmt: skip
SETS = {
    "objects",
    "filter()",
    "exclude()",
    "all()",
    "order_by()",
    "select_for_update()",
}  # of rows, not dicts
CLOCKS = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time"),
    ("timezone", "now"), ("timezone", "localdate"), ("timezone", "localtime"),
}  # fmt: skip
UNFINISHED = ("TO" + "DO", "FIX" + "ME", "XX" + "X")


def app_of(place: str) -> str:
    """The app (or "lib", "config") in which thuocdo/<app>/... stands; "" elsewhere."""
    parts = PurePosixPath(place).parts
    return parts[1] if len(parts) > 2 and parts[0] == "thuocdo" else ""


def _calls(text: str) -> Iterator[tuple[int, str, str]]:
    """(line, last name of the object, method) of every `object.method(...)`."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            yield node.lineno, _last_name(owner), node.func.attr


def _last_name(owner: ast.expr) -> str:
    """`c` of a.b.c, `c()` of a.b.c(...)."""
    if isinstance(owner, ast.Call):
        return f"{_last_name(owner.func)}()"
    return owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")


def file_is_short(place: str, text: str) -> list[str]:
    """A file of more than 400 lines is two files."""
    lines = text.count("\n")
    return [f"{lines} lines, at most {LONGEST_FILE}"] if lines > LONGEST_FILE else []


def says_what_it_is_for(place: str, text: str) -> list[str]:
    """The first thing in a module is a sentence about it (empty files say enough)."""
    return (
        [] if not text.strip() or ast.get_docstring(ast.parse(text)) else ["no docstring on the first line"]
    )


def finished(place: str, text: str) -> list[str]:
    """Nothing is left for later in the text: that belongs into an issue."""
    lines = enumerate(text.splitlines(), 1)
    return [f"line {number}: {mark}" for number, line in lines for mark in UNFINISHED if mark in line]


def writes_only_in_actions(place: str, text: str) -> list[str]:
    """Rows are written in actions.py (or the package actions), spans.py, tallying.py, audit, demo only."""
    file = PurePosixPath(place)
    writer = file.name in WRITERS or file.parent.name == "actions"
    if not app_of(place) or writer or app_of(place) in WRITING_APPS:
        return []
    calls = list(_calls(text))
    found = [call for call in calls if call[2] in WRITES or (call[2] == "update" and call[1] in SETS)]
    return [f"line {line}: {name}.{verb}()" for line, name, verb in found]


def no_clock_below_the_faces(place: str, text: str) -> list[str]:
    """Time is an argument: only pages, the API, jobs, commands ask what time it is."""
    file = PurePosixPath(place)
    allowed = app_of(place) in FACES or file.name == "jobs.py" or "management" in file.parts
    if not app_of(place) or allowed:
        return []
    found = [(line, name, verb) for line, name, verb in _calls(text) if (name, verb) in CLOCKS]
    found += [(line, "functions", "Now") for line in _now_of_the_database(text)]
    return [f"line {line}: {name}.{verb}()" for line, name, verb in found]


def _now_of_the_database(text: str) -> list[int]:
    nodes = ast.walk(ast.parse(text))
    froms = [node for node in nodes if isinstance(node, ast.ImportFrom)]
    return [
        node.lineno
        for node in froms
        if (node.module or "").startswith("django.db.models.functions")
        and any(alias.name == "Now" for alias in node.names)
    ]


def imports_at_the_top(place: str, text: str) -> list[str]:
    """An import of another app inside a function hides an arrow; only start-up code needs one."""
    if not app_of(place) or app_of(place) == "config" or PurePosixPath(place).name == "apps.py":
        return []
    functions = [
        n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    inner = [node for function in functions for node in ast.walk(function)]
    return [
        f"line {node.lineno}: import of {_imported(node)} inside a function"
        for node in inner
        if isinstance(node, ast.Import | ast.ImportFrom) and _app_imported(node) not in ("", app_of(place))
    ]


def _app_imported(node: ast.Import | ast.ImportFrom) -> str:
    package, _, inside = _imported(node).partition(".")
    return inside.partition(".")[0] if package == "thuocdo" else ""


def _imported(node: ast.Import | ast.ImportFrom) -> str:
    return node.module or "" if isinstance(node, ast.ImportFrom) else node.names[0].name


def no_duckdb_in_the_web(place: str, text: str) -> list[str]:
    """DuckDB counts in jobs; a web worker that loads it is 100 MB heavier."""
    if app_of(place) not in FACES:
        return []
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom)]
    return [
        f"line {node.lineno}: DuckDB in a face" for node in nodes if _imported(node).split(".")[0] == "duckdb"
    ]


def no_signals(place: str, text: str) -> list[str]:
    """An app calls the other's action; a signal as glue hides who writes what."""
    glued = ("post_", "pre_", "m2m_", "request_")
    found = [
        (line, name) for line, name, verb in _calls(text) if verb == "connect" and name.startswith(glued)
    ]
    return [f"line {line}: {name}.connect()" for line, name in found]
