"""`thuocdo migrate`: Django's, after which the read model says what this release says of the facts (1.20)."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from thuocdo.assignments import spans


class Command(migrate.Command):
    help = "Brings the tables to this release, and makes the read model anew where the release changes it."

    def handle(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - as Django passes them
        """Migrate; then make the spans anew if tables of the assignments changed and none is left behind."""
        before = _executor(options["database"]).loader.applied_migrations
        super().handle(*arguments, **options)
        after = _executor(options["database"])
        changed = any(
            app == "assignments" for app, _ in after.loader.applied_migrations.keys() - before.keys()
        )
        if changed and not after.migration_plan(after.loader.graph.leaf_nodes()):
            spans.rebuild()


def _executor(database: str) -> MigrationExecutor:
    return MigrationExecutor(connections[database])
