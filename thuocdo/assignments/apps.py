"""Registers the app with Django; after migrations of the app the read model is made anew."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.db.migrations import Migration
from django.db.models.signals import post_migrate


class AssignmentsConfig(AppConfig):
    name = "thuocdo.assignments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(_spans_anew, sender=self)


def _spans_anew(*, plan: Sequence[tuple[Migration, bool]] = (), using: str, **_: object) -> None:
    """A release may put into the spans what they did not say before (1.20)."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    from thuocdo.assignments import spans

    executor = MigrationExecutor(connections[using])
    at_the_end = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    if at_the_end and any(one.app_label == "assignments" for one, _ in plan):
        spans.rebuild()
