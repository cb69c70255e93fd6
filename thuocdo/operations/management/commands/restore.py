"""Puts a backup in the place of what this installation holds, after checking every digest in it."""

from argparse import ArgumentParser
from itertools import chain
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from thuocdo.audit import verify, verify_rows
from thuocdo.files.models import StoredFile
from thuocdo.files.queries import verify as is_whole
from thuocdo.operations import backups
from thuocdo.operations.archive import ArchiveError
from thuocdo.operations.database import DatabaseError


class Command(BaseCommand):
    help = "Restore the backup FILE into this installation. Stop the server and the worker first."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--replace", action="store_true", help="give up what this installation holds")

    def handle(self, *_arguments: object, file: Path, replace: bool, **_options: object) -> None:
        try:
            manifest = backups.restore(file, replace=replace)
        except (ArchiveError, DatabaseError, OSError) as fault:
            raise CommandError(f"Nothing is restored. {fault}") from fault
        self.stdout.write(f"Restored as of {manifest.about['made_at']}: {len(manifest.members)} parts.")
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write(
                "The backup is of an older release. Bring its tables up to date: thuocdo migrate"
            )
            return
        self._verify()

    def _verify(self) -> None:
        """Say whether the log, the rows, the files are what they were."""
        wrong = [str(problem.say) for problem in chain(verify.log(), verify_rows.rows())]
        files = StoredFile.objects.order_by("pk").iterator()
        wrong += [f"Stored file {file.pk} is missing or altered." for file in files if not is_whole(file)]
        for text in wrong:
            self.stderr.write(text)
        if wrong:
            raise CommandError(f"It is restored, yet {len(wrong)} things are not as the log left them.")
        self.stdout.write("The log, the rows it tells of, and every stored file verify.")
