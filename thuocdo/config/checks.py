"""Checks that Django runs on request: `thuocdo check --deploy --tag migrations`."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register
from django.db.migrations.loader import MigrationLoader


def bends(names: Mapping[str, tuple[str, ...]]) -> list[str]:
    """What keeps migrations (name → the names they build on) from being one line in the order of names."""
    built_on = {parent for parents in names.values() for parent in parents}
    leaves = sorted(set(names) - built_on)
    if len(leaves) > 1:
        return [f"has {len(leaves)} ends: {', '.join(leaves)}"]
    joints = [name for name, parents in names.items() if len(parents) > 1]
    problems = [f"{name} joins two lines" for name in joints]
    if leaves and leaves[0] != max(names):
        problems.append(f"ends with {leaves[0]}, yet {max(names)} is the last by name")
    return problems


def migrations_are_one_line(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Each app's migrations are one line whose end has the greatest name, so no merge hides another."""
    loader = MigrationLoader(None)
    found: list[CheckMessage] = []
    for app in apps.get_app_configs():
        if Path(app.path).parts[-2] != "thuocdo":
            continue
        names = {
            name: tuple(parent for label, parent in migration.dependencies if label == app.label)
            for (label, name), migration in loader.disk_migrations.items()
            if label == app.label
        }
        found += [Error(f"{app.label}: {problem}", id="thuocdo.E001") for problem in bends(names)]
    return found


register(migrations_are_one_line, "migrations", deploy=True)
